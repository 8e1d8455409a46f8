import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Clock } from './clock.ts'
import { type ClockJump, SteadyClock } from './steady-clock.ts'

/** A clock whose two hands are moved by hand; its one timer runs when it is due. */
class HandClock implements Clock {
  wallMs = 1_700_000_000_000
  elapsedMs = 0
  #due: { atMs: number; callback: () => void } | undefined
  now = (): number => this.wallMs
  monotonicMs = (): number => this.elapsedMs
  startTimer(delayMs: number, callback: () => void) {
    const due = { atMs: this.elapsedMs + delayMs, callback }
    this.#due = due
    return { stop: () => void (this.#due === due && (this.#due = undefined)) }
  }
  advance(ms: number): void {
    this.wallMs += ms
    this.elapsedMs += ms
    const due = this.#due
    if (due === undefined || due.atMs > this.elapsedMs) return
    this.#due = undefined
    due.callback()
  }
  get isArmed(): boolean {
    return this.#due !== undefined
  }
}

describe('SteadyClock', () => {
  it('runs on evenly until the jump is seen, then follows it and tells it in the same turn', () => {
    const source = new HandClock()
    const clock = new SteadyClock(source)
    const startMs = clock.now()
    clock.follow()
    const told: { jump: ClockJump; nowMs: number }[] = []
    clock.onJump(() => {
      throw new Error('mine')
    })
    clock.onJump((jump) => told.push({ jump, nowMs: clock.now() }))
    source.advance(400)
    source.wallMs += 86_400_000
    assert.equal(clock.now(), startMs + 400, 'nobody sees half of it')
    source.advance(600)
    const nowMs = startMs + 86_401_000
    assert.deepEqual(told, [{ jump: { byMs: 86_400_000, atMs: nowMs, monotonicMs: 1000 }, nowMs }])
    source.wallMs -= 3_600_000
    source.advance(1000)
    assert.equal(told[1]!.jump.byMs, -3_600_000)
    assert.equal(clock.now(), source.wallMs)
    clock.close()
    assert.equal(source.isArmed, false)
  })

  it('follows small steps without a word, as a clock that is kept right makes them', () => {
    const source = new HandClock()
    const clock = new SteadyClock(source)
    const told: ClockJump[] = []
    clock.onJump((jump) => told.push(jump))
    clock.follow()
    for (let second = 0; second < 100; second++) {
      source.wallMs += second % 2 === 0 ? 500 : -480
      source.advance(1000)
      assert.equal(clock.now(), source.wallMs)
    }
    assert.deepEqual(told, [])
  })

  it('stays as it is without follow, and tells nobody who has stopped listening', () => {
    const source = new HandClock()
    const clock = new SteadyClock(source)
    const told: ClockJump[] = []
    const stop = clock.onJump((jump) => told.push(jump))
    source.wallMs += 10_000
    source.advance(5000)
    assert.equal(clock.now(), source.wallMs - 10_000)
    stop()
    clock.look()
    assert.deepEqual(told, [])
    assert.equal(clock.now(), source.wallMs)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OverloadControl } from './overload-control.ts'

const lookMs = 50

/** A server that carries so many calls a second, with a queue before it; calls come evenly. */
class Server {
  readonly control = new OverloadControl()
  readonly #capacity: number
  nowMs = 0
  queued = 0
  done = 0
  refused = 0
  #owed = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** @returns how many were done and refused meanwhile */
  run(seconds: number, offered: number): { done: number; refused: number } {
    const before = { done: this.done, refused: this.refused }
    for (let step = 0; step < (seconds * 1000) / lookMs; step++) {
      this.nowMs += lookMs
      for (this.#owed += (offered * lookMs) / 1000; this.#owed >= 1; this.#owed--) {
        if (this.control.admits(this.nowMs)) this.queued++
        else this.refused++
      }
      const able = Math.min(this.queued, (this.#capacity * lookMs) / 1000)
      this.queued -= able
      this.done += able
      this.control.note((this.queued / this.#capacity) * 1000, this.nowMs)
    }
    return { done: this.done - before.done, refused: this.refused - before.refused }
  }
}

describe('overload control', () => {
  it('refuses nobody while there is room, nor for a burst or a pause that is soon over', () => {
    const server = new Server(300)
    assert.equal(server.run(60, 290).refused, 0)
    server.queued += 60
    assert.equal(server.run(10, 200).refused, 0)
    assert.equal(server.control.isLimiting, false)
  })

  for (const times of [2, 5, 20])
    it(`carries most of what it can when ${times} times as many calls come, with a short queue`, () => {
      const server = new Server(300)
      server.run(10, 200)
      server.run(5, 300 * times)
      const { done, refused } = server.run(30, 300 * times)
      assert.ok(done > 0.8 * 300 * 30, `${done} done`)
      assert.ok(refused > (times - 1) * 0.9 * 300 * 30)
      assert.ok(server.queued / 300 < 0.5, `${server.queued} wait`)
    })

  it('lets all in again when fewer come', () => {
    const server = new Server(300)
    server.run(20, 1200)
    assert.equal(server.control.isLimiting, true)
    server.run(5, 200)
    assert.equal(server.run(10, 200).refused, 0)
    server.run(10, 200)
    assert.equal(server.control.isLimiting, false)
  })

  it('never shuts out all, however long it is behind', () => {
    const control = new OverloadControl()
    let admitted = 0
    for (let nowMs = 0; nowMs < 60_000; nowMs += lookMs) {
      control.note(5_000, nowMs)
      for (let i = 0; i < 10; i++) if (control.admits(nowMs)) admitted++
    }
    assert.ok(admitted > 1_000, `${admitted}`)
    assert.equal(control.refused, 12_000 - admitted)
  })

  it('refuses nobody where few calls come: something else keeps the machine busy', () => {
    const control = new OverloadControl()
    for (let look = 1; look <= 1_200; look++) {
      control.note(5_000, look * lookMs)
      if (look % 4 === 0) assert.ok(control.admits(look * lookMs))
      // All phones of a room at one moment.
      if (look % 200 === 0) for (let i = 0; i < 5; i++) assert.ok(control.admits(look * lookMs))
    }
  })

  it('takes one long step of the program for no sign of it', () => {
    const control = new OverloadControl()
    for (let nowMs = lookMs; nowMs < 10_000; nowMs += lookMs) {
      for (let i = 0; i < 10; i++) assert.ok(control.admits(nowMs))
      control.note(nowMs === 5_000 ? 3_000 : 0, nowMs)
    }
    control.note(3_000, 13_000)
    assert.equal(control.isLimiting, false)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fairShare, OverloadControl } from './overload-control.ts'

const lookMs = 50

/** A server that carries so many calls a second, with a queue before it; calls come evenly. */
class Server {
  readonly control = new OverloadControl()
  readonly #capacity: number
  nowMs = 0
  queued = 0
  done = 0
  refused = 0
  readonly #owed = new Map<string, number>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** @returns how many of one source, or of several by their names, were done and refused meanwhile, and who was refused how often */
  run(seconds: number, offered: number | Readonly<Record<string, number>>) {
    const before = { done: this.done, refused: this.refused }
    const refusedOf: Record<string, number> = {}
    const sources = Object.entries(typeof offered === 'number' ? { a: offered } : offered)
    for (let step = 0; step < (seconds * 1000) / lookMs; step++) {
      this.nowMs += lookMs
      for (const [i, [from, rate]] of sources.entries()) {
        // Not all of them at one moment.
        let owed = (this.#owed.get(from) ?? i / sources.length) + (rate * lookMs) / 1000
        for (; owed >= 1; owed--) {
          if (this.control.admits(from, this.nowMs)) this.queued++
          else {
            this.refused++
            refusedOf[from] = (refusedOf[from] ?? 0) + 1
          }
        }
        this.#owed.set(from, owed)
      }
      const able = Math.min(this.queued, (this.#capacity * lookMs) / 1000)
      this.queued -= able
      this.done += able
      this.control.note((this.queued / this.#capacity) * 1000, this.nowMs)
    }
    return { done: this.done - before.done, refused: this.refused - before.refused, refusedOf }
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
      for (let i = 0; i < 10; i++) if (control.admits('a', nowMs)) admitted++
    }
    assert.ok(admitted > 1_000, `${admitted}`)
    assert.equal(control.refused, 12_000 - admitted)
  })

  it('refuses nobody where few calls come: something else keeps the machine busy', () => {
    const control = new OverloadControl()
    for (let look = 1; look <= 1_200; look++) {
      control.note(5_000, look * lookMs)
      if (look % 4 === 0) assert.ok(control.admits('a', look * lookMs))
      // All phones of a room at one moment.
      if (look % 200 === 0) for (let i = 0; i < 5; i++) assert.ok(control.admits('a', look * lookMs))
    }
  })

  it('takes one long step of the program for no sign of it', () => {
    const control = new OverloadControl()
    for (let nowMs = lookMs; nowMs < 10_000; nowMs += lookMs) {
      for (let i = 0; i < 10; i++) assert.ok(control.admits('a', nowMs))
      control.note(nowMs === 5_000 ? 3_000 : 0, nowMs)
    }
    control.note(3_000, 13_000)
    assert.equal(control.isLimiting, false)
  })

  it('lets all calls of those through who send few, however many others send', () => {
    const server = new Server(300)
    const phones = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`phone ${i}`, 0.2]))
    const usual = { ...phones, office: 40 }
    server.run(10, usual)
    server.run(10, { dialler: 2_000, ...usual })
    const { done, refusedOf } = server.run(60, { dialler: 2_000, ...usual })
    assert.deepEqual(
      Object.keys(refusedOf).filter((name) => name.startsWith('phone')),
      [],
    )
    assert.ok((refusedOf['office'] ?? 0) < 0.03 * 40 * 60, `${refusedOf['office']} of the office`)
    assert.ok(done > 0.8 * 300 * 60, `${done} done`)
  })

  for (const capacity of [20, 60, 300])
    it(`lets who sends few calls through from the first moment on, where ${capacity} a second can be done`, () => {
      const server = new Server(capacity)
      server.run(2, { phone: 3 })
      const { refusedOf } = server.run(10, { dialler: 1_500, phone: 3, other: 3, third: 1 })
      assert.deepEqual(Object.keys(refusedOf), ['dialler'])
    })

  it('shares alike among those who send more than there is', () => {
    const server = new Server(300)
    server.run(10, { one: 100, other: 100, third: 50 })
    server.run(10, { one: 2_000, other: 400, third: 50 })
    const { done, refusedOf } = server.run(60, { one: 2_000, other: 400, third: 50 })
    const [one, other] = [2_000 * 60 - refusedOf['one']!, 400 * 60 - refusedOf['other']!]
    assert.ok((refusedOf['third'] ?? 0) < 0.05 * 50 * 60, `${refusedOf['third']} of the third`)
    assert.ok(Math.abs(one - other) < 0.1 * one, `${one} and ${other}`)
    assert.ok(done > 0.8 * 300 * 60, `${done} done`)
  })

  it('carries as much when calls come from ever new addresses', () => {
    const server = new Server(300)
    for (let second = 0; second < 40; second++)
      server.run(1, Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`${second}.${i}`, 1])))
    assert.ok(server.queued / 300 < 1, `${server.queued} wait`)
    assert.ok(server.done > 0.7 * 300 * 30, `${server.done} done`)
  })
})

describe('a fair share', () => {
  it('gives all to those who want little, and the same to each of the others', () => {
    assert.equal(fairShare([10, 50, 400], 160), 100)
    assert.equal(fairShare([400, 400], 160), 80)
    assert.equal(fairShare([10, 50], 160), Number.POSITIVE_INFINITY)
    assert.equal(fairShare([], 160), Number.POSITIVE_INFINITY)
  })
})

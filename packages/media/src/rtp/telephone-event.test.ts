import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { TelephoneEventReceiver, TelephoneEventSender } from './telephone-event.ts'

function receiver() {
  const digits: [string, number][] = []
  const events = new TelephoneEventReceiver((digit, durationMs) => digits.push([digit, durationMs]))
  const take = (event: number, isEnd: boolean, ticks: number, timestamp: number, nowMs = 0, clockRate = 8000) =>
    events.receive(
      Uint8Array.of(event, isEnd ? 0x8a : 10, ticks >> 8, ticks & 255),
      0,
      4,
      { timestamp, ssrc: 1 },
      clockRate,
      nowMs,
    )
  return { digits, events, take }
}

describe('TelephoneEventReceiver (RFC 4733)', () => {
  it('tells a digit once, at the first of its three ends', () => {
    const { digits, take } = receiver()
    for (const ticks of [160, 320, 480, 640]) take(5, false, ticks, 1000)
    for (let i = 0; i < 3; i++) take(5, true, 800, 1000)
    take(5, false, 640, 1000)
    assert.deepEqual(digits, [['5', 100]])
  })

  it('tells the same digit twice when it is pressed twice', () => {
    const { digits, take } = receiver()
    take(11, true, 800, 1000)
    take(11, true, 400, 5000)
    assert.deepEqual(digits, [
      ['#', 100],
      ['#', 50],
    ])
  })

  it('tells two digits once each when the end of the first is overtaken by the second', () => {
    const { digits, take } = receiver()
    take(1, true, 800, 1000)
    take(2, false, 160, 2000)
    take(1, true, 800, 1000)
    take(2, true, 800, 2000)
    take(1, true, 800, 1000)
    take(2, true, 800, 2000)
    take(1, true, 400, 4000)
    assert.deepEqual(digits, [
      ['1', 100],
      ['2', 100],
      ['1', 50],
    ])
  })

  it('tells a flash of the hook, and no other event', () => {
    const { digits, take } = receiver()
    take(16, true, 2000, 1000)
    take(17, true, 800, 5000)
    assert.deepEqual(digits, [['!', 250]])
  })

  it('tells a digit whose end was lost, by the next one or by time', () => {
    const { digits, events, take } = receiver()
    take(1, false, 400, 1000, 0)
    take(2, false, 400, 5000, 100)
    events.pass(300)
    assert.deepEqual(digits, [['1', 50]])
    events.pass(351)
    events.pass(999)
    assert.deepEqual(digits, [
      ['1', 50],
      ['2', 50],
    ])
  })

  it('adds up the segments of a long event (§2.5.1.3)', () => {
    const { digits, take } = receiver()
    take(9, false, 0xffff, 1000)
    take(9, false, 800, 1000 + 0xffff)
    take(9, true, 1600, 1000 + 0xffff)
    assert.deepEqual(digits, [['9', Math.round((0xffff + 1600) / 8)]])
  })

  it('takes the segments of a long event for one also when the last packet of one is lost', () => {
    const { digits, take } = receiver()
    take(9, false, 0xff00, 1000)
    take(9, false, 800, 1000 + 0xffa0)
    take(9, true, 1600, 1000 + 0xffa0)
    assert.deepEqual(digits, [['9', (0xffa0 + 1600) / 8]])
  })

  it('tells all of the fastest dialler, also what a line has kept back for two seconds, and no flood', () => {
    const dialled = receiver()
    for (let i = 0; i < 1000; i++) {
      const pressedMs = i * 80
      const nowMs = pressedMs > 10_000 && pressedMs < 12_000 ? 12_000 : pressedMs
      for (let end = 0; end < 3; end++) dialled.take(i % 10, true, 320, pressedMs * 8, nowMs)
    }
    assert.equal(dialled.digits.length, 1000)
    const flooded = receiver()
    for (let i = 0; i < 100_000; i++) flooded.take(i % 10, true, 320, i * 8, i / 10)
    assert.ok(flooded.digits.length <= 32 * 11, String(flooded.digits.length))
  })

  it('ignores other events and short packets, and survives anything', () => {
    const { digits, events, take } = receiver()
    take(17, true, 800, 1)
    take(255, true, 800, 2)
    events.receive(Uint8Array.of(1, 0x80, 0), 0, 3, { timestamp: 1, ssrc: 1 }, 8000, 0)
    assert.deepEqual(digits, [])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), fc.nat(), (payload, timestamp) =>
        events.receive(payload, 0, payload.length, { timestamp, ssrc: 1 }, 48_000, 0),
      ),
    )
  })
})

describe('TelephoneEventSender (RFC 4733 §2.5.1)', () => {
  it('sends what a receiver takes for the same digits, with pauses between', () => {
    for (const clockRate of [8000, 48_000]) {
      const sender = new TelephoneEventSender()
      const digits: [string, number][] = []
      const events = new TelephoneEventReceiver((digit, durationMs) => digits.push([digit, durationMs]))
      for (const digit of '1#a') assert.ok(sender.add(digit, 100))
      let timestamp = 0
      let packets = 0
      let pauses = 0
      for (let tick = 0; !sender.isIdle; tick++) {
        if (!sender.tick(clockRate)) {
          pauses++
          continue
        }
        packets++
        if (sender.marker) timestamp = tick * 960
        events.receive(sender.payload, 0, 4, { timestamp, ssrc: 1 }, clockRate, tick * 20)
      }
      assert.deepEqual(digits, [
        ['1', 100],
        ['#', 100],
        ['A', 100],
      ])
      assert.equal(packets, 3 * 7)
      assert.equal(pauses, 2 * 3)
    }
  })

  it('refuses what is no digit and bounds what waits and how long it lasts', () => {
    const sender = new TelephoneEventSender()
    assert.equal(sender.add('x', 100), false)
    assert.equal(sender.add('12', 100), false)
    assert.equal(sender.add('', 100), false)
    for (let i = 0; i < 64; i++) assert.equal(sender.add('1', 1e9), true)
    assert.equal(sender.add('1', 100), false)
    let ticks = 0
    while (sender.isBusy || ticks === 0) {
      sender.tick(48_000)
      ticks++
    }
    assert.equal(ticks, 1300 / 20 + 2)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { classifyPacket } from './classify.ts'
import { OutgoingStream } from './outgoing-stream.ts'
import { type ReportBlock, readRtcp } from './rtcp-read.ts'
import { middleNtp, writeBye, writeReport } from './rtcp-write.ts'
import { RtpHeader, writeRtpHeader } from './rtp-header.ts'
import { StreamStatistics } from './stream-statistics.ts'

describe('RtpHeader (RFC 3550 §5.1)', () => {
  const header = new RtpHeader()

  it('reads back what was written', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 0, max: 127 }),
        fc.integer({ min: 0, max: 65_535 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        (marker, payloadType, sequence, timestamp, ssrc) => {
          const packet = new Uint8Array(32)
          writeRtpHeader(packet, marker, payloadType, sequence, timestamp, ssrc)
          assert.ok(header.read(packet, 32))
          assert.deepEqual(
            [header.marker, header.payloadType, header.sequence, header.timestamp, header.ssrc],
            [marker, payloadType, sequence, timestamp, ssrc],
          )
          assert.deepEqual([header.payloadStart, header.payloadEnd], [12, 32])
        },
      ),
    )
  })

  it('passes over CSRCs, extension and padding', () => {
    const packet = Uint8Array.of(
      0xb2,
      8,
      0,
      1,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      1,
      ...new Array(8).fill(7),
      0xbe,
      0xde,
      0,
      1,
      1,
      2,
      3,
      4,
      9,
      9,
      0,
      2,
    )
    assert.ok(header.read(packet, packet.length))
    assert.deepEqual([header.payloadStart, header.payloadEnd], [28, 30])
  })

  it('refuses versions, lengths and paddings that cannot be, and never reads beyond the end', () => {
    assert.ok(!header.read(Uint8Array.of(0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 12))
    assert.ok(!header.read(Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 11))
    assert.ok(!header.read(Uint8Array.of(0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 12))
    assert.ok(!header.read(Uint8Array.of(0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 13))
    assert.ok(!header.read(Uint8Array.of(0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), 13))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (packet) => {
        if (!header.read(packet, packet.length)) return
        assert.ok(header.payloadStart <= header.payloadEnd && header.payloadEnd <= packet.length)
      }),
    )
  })
})

describe('classifyPacket (RFC 7983)', () => {
  it('tells STUN, DTLS, RTP and RTCP apart', () => {
    const kinds = [[0, 1], [22, 254], [0x80, 8], [0x80, 0xe5], [0x81, 200], [0x80, 210], [100, 0], [0x80]].map(
      (bytes) => classifyPacket(Uint8Array.from(bytes), bytes.length),
    )
    assert.deepEqual(kinds, ['stun', 'dtls', 'rtp', 'rtp', 'rtcp', 'rtcp', 'unknown', 'unknown'])
  })
})

describe('StreamStatistics (RFC 3550 A.1, A.3, A.8)', () => {
  it('counts losses over the wrap of the sequence', () => {
    const statistics = new StreamStatistics()
    for (let i = 0; i < 1000; i++) if (i % 10 !== 5) statistics.count((65_000 + i) & 0xffff, i * 160, 1, 8000, i * 20)
    assert.equal(statistics.packets, 900)
    assert.equal(statistics.expected, 1000)
    assert.equal(statistics.lossRatio, 0.1)
    assert.equal(statistics.cumulativeLost, 100)
    assert.equal(statistics.takeFractionLost(), 25)
    assert.equal(statistics.takeFractionLost(), 0)
    assert.equal(statistics.jitterMs, 0)
    assert.equal(statistics.highestSequence, 65_999)
  })

  it('smooths jitter by a sixteenth', () => {
    const statistics = new StreamStatistics()
    for (let i = 0; i < 2000; i++) statistics.count(i & 0xffff, i * 160, 1, 8000, i * 20 + (i % 2) * 10)
    assert.ok(Math.abs(statistics.jitterMs - 10) < 0.2, String(statistics.jitterMs))
  })

  it('does not take one stray packet for a new beginning, but two in a row', () => {
    const statistics = new StreamStatistics()
    statistics.count(100, 0, 1, 8000, 0)
    assert.equal(statistics.count(40_000, 0, 1, 8000, 20), false)
    assert.equal(statistics.count(101, 160, 1, 8000, 20), true)
    assert.equal(statistics.count(50_000, 0, 1, 8000, 40), false)
    assert.equal(statistics.count(50_001, 160, 1, 8000, 60), true)
    assert.equal(statistics.lossRatio, 0)
  })

  it('misses nothing of what a peer sends elsewhere for a while', () => {
    const statistics = new StreamStatistics()
    for (let i = 0; i < 10; i++) statistics.count(i, i * 160, 1, 8000, i * 20)
    statistics.pause()
    for (let i = 500; i < 510; i++) assert.ok(statistics.count(i, i * 160, 1, 8000, i * 20))
    assert.deepEqual([statistics.packets, statistics.expected, statistics.lossRatio], [20, 20, 0])
  })

  it('sums up the sources of one call', () => {
    const statistics = new StreamStatistics()
    for (let i = 0; i < 10; i++) statistics.count(i, i * 160, 1, 8000, i * 20)
    for (let i = 0; i < 10; i++) if (i !== 3) statistics.count(7000 + i, i * 160, 2, 8000, 300 + i * 20)
    assert.equal(statistics.packets, 19)
    assert.equal(statistics.expected, 20)
  })
})

describe('RTCP', () => {
  it('reads the reports that it writes', () => {
    const out = new Uint8Array(400)
    const nowMs = 1_700_000_000_250
    const length = writeReport(out, {
      ssrc: 0xdeadbeef,
      sent: { timestamp: 4_000_000_000, packets: 10, octets: 1600 },
      received: {
        ssrc: 77,
        fractionLost: 64,
        cumulativeLost: -3,
        highestSequence: 70_000,
        jitterTicks: 12,
        lastSenderReport: 0xfedcba98,
        delaySinceLast: 65_536,
      },
      canonicalName: 'abcdefgh12',
      nowMs,
    })
    const end = writeBye(out, length, 0xdeadbeef)
    assert.equal(end % 4, 0)
    const told: unknown[] = []
    const isWhole = readRtcp(out, end, {
      senderReport: (ssrc, ntp) => told.push([ssrc, ntp === middleNtp(nowMs)]),
      reportBlock: (block: ReportBlock) => told.push({ ...block }),
      bye: (ssrc) => told.push(ssrc),
    })
    assert.ok(isWhole)
    assert.deepEqual(told, [
      [0xdeadbeef, true],
      {
        aboutSsrc: 77,
        fractionLost: 0.25,
        cumulativeLost: -3,
        highestSequence: 70_000,
        jitterTicks: 12,
        lastSenderReport: 0xfedcba98,
        delaySinceLast: 65_536,
      },
      0xdeadbeef,
    ])
  })

  it('stops at what is malformed and survives anything', () => {
    const nobody = { senderReport() {}, reportBlock() {}, bye() {} }
    assert.ok(!readRtcp(Uint8Array.of(0x81, 201, 0, 1, 0, 0, 0, 1), 8, nobody))
    assert.ok(!readRtcp(Uint8Array.of(0x80, 201, 0, 9, 0, 0, 0, 1), 8, nobody))
    assert.ok(!readRtcp(new Uint8Array(0), 0, nobody))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (packet) => void readRtcp(packet, packet.length, nobody)))
  })
})

describe('OutgoingStream', () => {
  const start = { ssrc: 1, sequence: 1000, timestamp: 4_294_967_000, clockRate: 8000 }

  it('joins another source without a seam', () => {
    const stream = new OutgoingStream(start)
    const a = {}
    const b = {}
    stream.relay(a, 5, 40_000, 123, 0)
    const first = { sequence: stream.sequence, timestamp: stream.timestamp }
    stream.relay(a, 5, 40_001, 283, 20)
    assert.equal(stream.sequence, first.sequence + 1)
    assert.equal((stream.timestamp - first.timestamp) >>> 0, 160)
    stream.relay(b, 9, 7, 999_999, 60)
    assert.equal(stream.sequence, first.sequence + 2)
    assert.equal((stream.timestamp - first.timestamp) >>> 0, 480, 'the pause of 40 ms counts')
  })

  it('lets losses and disorder of the source show', () => {
    const stream = new OutgoingStream(start)
    const source = {}
    const sent: number[] = []
    for (const [i, sequence] of [65_534, 65_535, 1, 0, 2].entries()) {
      stream.relay(source, 5, sequence, i * 160, i * 20)
      sent.push(stream.sequence - 1001)
    }
    assert.deepEqual(sent, [0, 1, 3, 2, 4])
    stream.next(160, 100)
    assert.equal(stream.sequence, 1006)
    stream.next(160, 120)
    assert.equal(stream.sequence, 1007)
  })

  it('does not pass on a leap of the source', () => {
    const stream = new OutgoingStream(start)
    const source = {}
    stream.relay(source, 5, 10, 0, 0)
    const { sequence, timestamp } = stream
    stream.relay(source, 5, 30_000, 900_000_000, 20)
    assert.equal(stream.sequence, sequence + 1)
    assert.equal((stream.timestamp - timestamp) >>> 0, 160)
  })

  it('counts a short pause that the source knows of, and not one that did not take place', () => {
    const stream = new OutgoingStream({ ...start, timestamp: 0 })
    stream.next(160, 0)
    const steps = [
      { nowMs: 20, pauseTicks: 0 },
      { nowMs: 120, pauseTicks: 640 },
      { nowMs: 150, pauseTicks: 0 },
      { nowMs: 170, pauseTicks: 80_000 },
    ].map(({ nowMs, pauseTicks }) => {
      const before = stream.timestamp
      stream.takeFreshness()
      stream.next(160, nowMs, pauseTicks)
      return [stream.timestamp - before, stream.takeFreshness()]
    })
    assert.deepEqual(steps, [
      [160, false],
      [800, true],
      [160, false],
      [160, true],
    ])
  })

  it('counts the time that an event took, for sound that goes on behind it', () => {
    const stream = new OutgoingStream({ ...start, timestamp: 0 })
    stream.next(160, 0)
    for (let digit = 1; digit <= 10; digit++) {
      const beginsMs = digit * 200
      for (let nowMs = beginsMs - 180; nowMs <= beginsMs - 60; nowMs += 20) stream.nextEvent(nowMs)
      stream.takeFreshness()
      for (let nowMs = beginsMs - 40; nowMs <= beginsMs; nowMs += 20) stream.next(160, nowMs)
      assert.equal(stream.timestamp, 8 * beginsMs, `after ${digit} digits`)
    }
  })

  it('keeps the even steps of sound that goes on beside an event', () => {
    const stream = new OutgoingStream({ ...start, timestamp: 0 })
    stream.next(160, 0)
    for (const nowMs of [27, 36, 65, 80]) {
      stream.nextEvent(nowMs)
      stream.next(160, nowMs)
    }
    assert.equal(stream.timestamp, 640)
  })

  it('counts time on when the clock rate changes', () => {
    const stream = new OutgoingStream({ ...start, timestamp: 0 })
    stream.next(160, 0)
    stream.setClockRate(48_000, 20)
    const before = stream.timestamp
    stream.next(960, 40)
    assert.equal(stream.timestamp - before, 960)
  })
})

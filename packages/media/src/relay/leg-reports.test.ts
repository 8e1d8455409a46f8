import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OutgoingStream } from '../rtp/outgoing-stream.ts'
import { middleNtp, writeReport } from '../rtp/rtcp-write.ts'
import { type ReportBlock, readRtcp } from '../rtp/rtcp-read.ts'
import { StreamStatistics } from '../rtp/stream-statistics.ts'
import { LegReports } from './leg-reports.ts'

const reportOf = (ssrc: number, wallMs: number): Uint8Array => {
  const out = new Uint8Array(400)
  const sent = { timestamp: 0, packets: 1, octets: 160 }
  return out.subarray(0, writeReport(out, { ssrc, canonicalName: 'peer', nowMs: wallMs, sent }))
}

describe('what we report of a peer', () => {
  it('quotes the last report of the source that it is about, and none of the one before', () => {
    const received = new StreamStatistics()
    const sent = new OutgoingStream({ ssrc: 9, sequence: 0, timestamp: 0, clockRate: 8000 })
    const reports = new LegReports({ received, sent, canonicalName: 'we', wallClock: () => 0, random: () => 0.5 })
    const quoted = (nowMs: number) => {
      const out = new Uint8Array(400)
      const told: ReportBlock[] = []
      const listener = {
        senderReport() {},
        bye() {},
        reportBlock: (block: ReportBlock) => void told.push({ ...block }),
      }
      readRtcp(out, reports.write(out, nowMs), listener)
      return told.map(({ aboutSsrc, lastSenderReport, delaySinceLast }) => [
        aboutSsrc,
        lastSenderReport,
        delaySinceLast,
      ])
    }
    const first = reportOf(77, 1_000_000)
    received.count(1, 160, 77, 8000, 0)
    reports.read(first, first.length, 1000)
    assert.deepEqual(quoted(2000), [[77, middleNtp(1_000_000), 65_536]])
    received.count(900, 5000, 78, 8000, 2020)
    assert.deepEqual(quoted(3000), [[78, 0, 0]])
    const second = reportOf(78, 1_003_000)
    reports.read(second, second.length, 4000)
    assert.deepEqual(quoted(4500), [[78, middleNtp(1_003_000), 32_768]])
  })
})

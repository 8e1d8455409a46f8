import type { CodecName, DirectionQuality, LegQuality } from '@vaxel/core'
import type { MediaLeg } from './media-leg.ts'
import type { LegCounters, StreamCounters } from './media-plane.ts'
import { meanOpinionScore, mosFormula } from '@vaxel/base'

/** Makes a leg's quality of its counters; a score only where packets were counted. */
export function legQuality(leg: MediaLeg, counters: LegCounters): LegQuality {
  const codec = counters.codec ?? leg.agreed?.codec
  const quality = (stream: StreamCounters) => directionQuality(stream, codec, counters.roundTripMs)
  return {
    received: quality(counters.received),
    sent: quality(counters.sent),
    ...(codec && { codec }),
    ...(leg.agreed && { keying: leg.agreed.keying }),
    ...(counters.refusedPackets !== undefined && { refusedPackets: counters.refusedPackets }),
  }
}

/**
 * The quality of the time between two looks at a leg. What the peer lost is as its last report says, which it sends every five
 * seconds or so.
 */
export function recentQuality(leg: MediaLeg, before: LegCounters, now: LegCounters): LegQuality {
  const came = now.received.packets - before.received.packets
  const expected = expectedOf(now.received) - expectedOf(before.received)
  return legQuality(leg, {
    ...now,
    received: { ...now.received, packets: came, lossRatio: expected > 0 ? Math.max(0, 1 - came / expected) : 0 },
    sent: {
      ...now.sent,
      packets: now.sent.packets - before.sent.packets,
      lossRatio: now.sentRecentLossRatio ?? now.sent.lossRatio,
    },
  })
}

const expectedOf = ({ packets, lossRatio }: StreamCounters): number => packets / Math.max(0.001, 1 - lossRatio)

function directionQuality(
  { packets, lossRatio, jitterMs }: StreamCounters,
  codec: CodecName | undefined,
  roundTripMs: number | undefined,
): DirectionQuality {
  const trip = roundTripMs === undefined ? {} : { roundTripMs }
  const mos =
    codec && packets > 0 ? { mos: meanOpinionScore({ codec, lossRatio, jitterMs, ...trip }), mosFormula } : undefined
  return { packets, lossRatio, jitterMs, ...trip, ...mos }
}

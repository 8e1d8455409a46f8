import type { CodecName, DirectionQuality, LegQuality } from '@vaxel/core'
import type { MediaLeg } from './media-leg.ts'
import type { LegCounters, StreamCounters } from './media-plane.ts'
import { meanOpinionScore, mosFormula } from './mos.ts'

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

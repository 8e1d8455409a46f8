import type { SiteCheck } from '@vaxel/contract'
import { type Catalogue, type Metric, requirementsOf } from '@vaxel/site'

/** Where a catalogue says nothing: ITU-T G.114, and what conversation bears without notice. */
const usual = { oneWayDelayMs: 150, jitterMs: 20, packetLossPercent: 1 }

/** The strictest that a catalogue asks of the way of a call; a round trip counts as two equal ways. */
export function thresholdsOf(catalogue: Pick<Catalogue, 'requirements'> | undefined): SiteCheck['thresholds'] {
  const asked = catalogue ? requirementsOf(catalogue.requirements, 'quality') : []
  const strictest = (metrics: Readonly<Partial<Record<Metric, number>>>): number =>
    Math.min(...asked.map(({ body }) => body.value * (metrics[body.metric] ?? Number.POSITIVE_INFINITY)))
  const delay = strictest({ 'one-way-delay': 1, 'round-trip-time': 0.5 })
  const jitter = strictest({ jitter: 1 })
  const loss = strictest({ 'packet-loss': 1 })
  return {
    oneWayDelayMs: Number.isFinite(delay) ? delay : usual.oneWayDelayMs,
    jitterMs: Number.isFinite(jitter) ? jitter : usual.jitterMs,
    packetLossPercent: Number.isFinite(loss) ? loss : usual.packetLossPercent,
  }
}

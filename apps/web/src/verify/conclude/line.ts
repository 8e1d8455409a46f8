import { mosFormula } from '@vaxel/base'
import type { FaultOwner, Measured, PageFinding } from '@vaxel/site'
import type { Metric } from '@vaxel/site'
import type { Found } from '../found.ts'
import type { Way } from '../steps/watch-stream.ts'
import { idsFor } from './requirements.ts'
import type { Conclusion } from './row.ts'

/** Below it nearly everybody is dissatisfied (ITU-T G.107 Annex B, R = 60): more than a limit. */
const uselessMos = 3.1
/** Fewer packets do not tell loss from luck. */
const leastPackets = 200

/** Delay, jitter, loss and the score of a stream watched like a call. */
export function concludeLine(found: Found): readonly Conclusion[] {
  const { quality, session } = found
  if (!quality) return found.hasNoStream ? notMeasured(found) : []
  const { stream, by } = quality
  const { up, down, roundTripMs } = stream
  const { oneWayDelayMs, jitterMs, packetLossPercent } = session.thresholds
  const target = `${by === 'direct' ? 'UDP' : `TURN ${by.toUpperCase()}`} ${session.address}:${session.ports.media}`
  const isShort = (way: Way | undefined) => way === undefined || way.expected < leastPackets
  const isStopped = [up, down].some((way) => way && way.lossRatio >= 1)
  const isUncertain = !isStopped && (isShort(up) || isShort(down))
  const isUseless = [up, down].some((way) => way !== undefined && way.mos < uselessMos)
  const conclude = (
    metric: Exclude<Metric, 'latency'>,
    isOver: boolean,
    finding: { readonly key: PageFinding; readonly values: Record<string, string | number> },
    measured: readonly Measured[],
  ): Conclusion => ({
    id: metric,
    group: 'line',
    check: 'stream-quality',
    target,
    ids: qualityIds(found, metric),
    outcome: isUncertain ? 'inconclusive' : !isOver ? 'pass' : isUseless ? 'fail' : 'limit',
    finding: isUncertain ? { key: 'lineTooShort', values: {} } : finding,
    owner: ownerOf(found),
    measured,
    hasControls: true,
    times: quality,
  })
  const oneWay = roundTripMs === undefined ? undefined : roundTripMs / 2
  const loss = (way: Way | undefined): number => round((way?.lossRatio ?? 0) * 100)
  const jitter = (way: Way | undefined): number => round(way?.jitterMs ?? 0)
  return [
    oneWay === undefined
      ? { ...conclude('one-way-delay', false, { key: 'delayUnknown', values: {} }, []), outcome: 'inconclusive' }
      : conclude(
          'one-way-delay',
          oneWay > oneWayDelayMs,
          {
            key: oneWay > oneWayDelayMs ? 'delayOver' : 'delayWithin',
            values: { half: round(oneWay), trip: round(oneWay * 2), limit: oneWayDelayMs },
          },
          [
            { name: 'round-trip-time', value: round(oneWay * 2), unit: 'ms', definition: 'stun-transaction-mean' },
            { name: 'one-way-delay', value: round(oneWay), unit: 'ms', definition: 'half-round-trip' },
          ],
        ),
    conclude(
      'jitter',
      jitter(up) > jitterMs || jitter(down) > jitterMs,
      {
        key: jitter(up) > jitterMs || jitter(down) > jitterMs ? 'jitterOver' : 'jitterWithin',
        values: { up: jitter(up), down: jitter(down), limit: jitterMs },
      },
      ways('jitter', up && jitter(up), down && jitter(down), 'ms', 'rfc3550-a8'),
    ),
    conclude(
      'packet-loss',
      loss(up) > packetLossPercent || loss(down) > packetLossPercent,
      {
        key: loss(up) > packetLossPercent || loss(down) > packetLossPercent ? 'lossOver' : 'lossWithin',
        values: { up: loss(up), down: loss(down), limit: packetLossPercent },
      },
      [
        ...ways('packet-loss', up && loss(up), down && loss(down), '%', 'lost/expected'),
        ...ways('mos', up?.mos, down?.mos, 'mos', mosFormula),
      ],
    ),
  ]
}

/** Several calls at once: those that were heard, and the worst of them. */
export function concludeSeveral(found: Found): Conclusion | undefined {
  const { several, session } = found
  if (!several) return undefined
  const isRelayed = found.quality?.by !== 'direct'
  const all = several.qualities.flatMap(({ up, down }) => [up, down]).filter((way) => way !== undefined)
  const loss = round(Math.max(0, ...all.map(({ lossRatio }) => lossRatio)) * 100)
  const jitter = round(Math.max(0, ...all.map(({ jitterMs }) => jitterMs)))
  const trips = several.qualities.flatMap(({ roundTripMs }) => (roundTripMs === undefined ? [] : [roundTripMs]))
  const trip = round(Math.max(0, ...trips))
  const alone = found.quality?.stream.roundTripMs
  const { asked, heard, refused } = several
  const values = { asked, heard, loss, jitter }
  const isOver = loss > session.thresholds.packetLossPercent * 2 || jitter > session.thresholds.jitterMs
  const said = ((): Pick<Conclusion, 'outcome' | 'finding' | 'owner'> => {
    // Too few places of the relay look like a narrow line.
    if (refused > 0 || (isRelayed && heard < asked))
      return { outcome: 'inconclusive', finding: { key: 'severalRefused', values }, owner: 'service' }
    if (heard < asked)
      return {
        outcome: heard === 0 ? 'fail' : 'limit',
        finding: { key: 'severalMissing', values },
        owner: ownerOf(found),
      }
    if (isOver) return { outcome: 'limit', finding: { key: 'severalWorse', values }, owner: ownerOf(found) }
    return { outcome: 'pass', finding: { key: 'severalFine', values } }
  })()
  return {
    id: 'several',
    group: 'line',
    check: 'several-calls',
    target: `UDP ${session.address}:${session.ports.media}`,
    ids: idsFor(found.requirements, 'several-calls'),
    ...said,
    measured: [
      { name: 'calls-heard', value: heard, unit: 'count' },
      { name: 'packet-loss', value: loss, unit: '%' },
      { name: 'jitter', value: jitter, unit: 'ms' },
      ...(trips.length > 0 ? [{ name: 'round-trip-time', value: trip, unit: 'ms' as const }] : []),
      ...(alone !== undefined && trips.length > 0
        ? [{ name: 'round-trip-growth', value: round(Math.max(0, trip - alone)), unit: 'ms' as const }]
        : []),
    ],
    hasControls: true,
    times: several,
  }
}

function notMeasured(found: Found): readonly Conclusion[] {
  const times = found.shared ?? found.browser
  return (['one-way-delay', 'jitter', 'packet-loss'] as const).map((metric) => ({
    id: metric,
    group: 'line',
    check: 'stream-quality',
    target: `UDP ${found.session.address}:${found.session.ports.media}`,
    ids: qualityIds(found, metric),
    outcome: 'not-tested',
    finding: { key: 'lineNotMeasured', values: {} },
    owner: 'unknown',
    times,
  }))
}

/** Requirements of that metric; those that speak of no metric ask for all. Round trip and one way are the same figure here. */
function qualityIds(found: Found, metric: Exclude<Metric, 'latency'>): readonly string[] {
  const same: readonly Metric[] =
    metric === 'one-way-delay' ? ['one-way-delay', 'round-trip-time', 'latency'] : [metric]
  const ids = idsFor(found.requirements, 'stream-quality')
  return found.requirements
    .filter(({ id, body }) => ids.includes(id) && (body.kind !== 'quality' || same.includes(body.metric)))
    .map(({ id }) => id)
}

/** Nobody can tell from one end where on the way packets were lost: the site's own network is looked at first. */
const ownerOf = (_found: Found): FaultOwner => 'customer-network'

function ways(
  name: string,
  up: number | undefined,
  down: number | undefined,
  unit: Measured['unit'],
  definition: string,
): readonly Measured[] {
  return [
    ...(up === undefined ? [] : [{ name: `${name}-up`, value: up, unit, definition }]),
    ...(down === undefined ? [] : [{ name: `${name}-down`, value: down, unit, definition }]),
  ]
}

const round = (value: number): number => Math.round(value * 100) / 100

import { mosFormula } from '@vaxel/base'
import type { CheckResult, Measured, QualityBody, RequirementOf } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { beginCheck, endpointText, type Found } from '../path/check-sheet.ts'
import { echoStream } from './echo-stream.ts'
import { isCut, type StreamFigures, streamFigures } from './stream-figures.ts'

const packetsPerSecond = 50
/** Fewer packets than ten seconds' say nothing about a loss of one per cent. */
const leastPackets = 500
const mostPortsTried = 3
const patienceMs = 12_000

/** How long a stream may last here: what was asked for, what the server allows, and until its check ends. */
function streamSeconds({ minutes, session, clock }: ProbeContext): number {
  if (!session) return 0
  const { limits, expiresAt } = session.check
  // By the server's own clock, since this machine's may be hours off.
  const saidMs = Date.parse(session.begun.headers.date ?? '')
  const begunAtMs = Number.isNaN(saidMs) ? session.begun.atMs : saidMs
  // Half of the packets are left for the other checks.
  const allowed = limits.packets / 2 / packetsPerSecond
  const left = (Date.parse(expiresAt) - begunAtMs - clock.monotonicMs() + session.startedAtMs) / 1000 - 30
  return Math.max(0, Math.min(minutes * 60, allowed, left))
}

/** Delay, jitter and loss of a stream like a call, up and down apart, over minutes, held against every limit of the catalogue. */
export const streamCheck: Check = {
  title: 'Quality of the line',
  makes: ['stream-quality'],
  needsQuiet: true,
  limitMs: (context) => streamSeconds(context) * 1000 + patienceMs + 10_000,
  async run(context, signal) {
    const { session } = context
    if (!session) return []
    const seconds = streamSeconds(context)
    const { check, mac } = session
    const [address] = await context.addressesOf(check.address)
    const finishFailed = beginCheck(context, 'stream-quality', `UDP echo ${check.address}`)
    if (address === undefined)
      return [
        finishFailed({
          outcome: 'inconclusive',
          finding: { key: 'stream-no-address', values: { name: check.address } },
        }),
      ]
    if (Math.round(seconds * packetsPerSecond) < 1)
      return [finishFailed({ outcome: 'inconclusive', finding: { key: 'stream-no-time', values: {} } })]
    const middle = Math.floor(check.ports.sample.length / 2)
    const ports = [...check.ports.sample.slice(middle), ...check.ports.sample.slice(0, middle)].slice(0, mostPortsTried)
    for (const port of ports) {
      const target = `UDP ${endpointText({ address, port })}, ${Math.round(seconds)} s`
      const finish = beginCheck(context, 'stream-quality', target)
      context.tell(`measuring the line for ${Math.round(seconds)} s …`)
      const found = await echoStream({ address, port, checkId: check.checkId, mac, seconds, signal })
      if (!found.ok) continue
      const figures = streamFigures(found.sent, found.echoed)
      if (!figures) break
      if (found.sent < leastPackets && signal.aborted)
        return [finish({ outcome: 'inconclusive', finding: { key: 'ended-early', values: {} } })]
      // Whoever was stopped did not wait for the last answers.
      if (!signal.aborted && isCut(figures)) return [finish(await judgeCut(context, figures, signal))]
      return judgeStream(context, figures, finish)
    }
    return [
      finishFailed({
        outcome: 'fail',
        finding: { key: 'stream-silent', values: { ports: ports.join(', ') } },
        faultOwner: 'customer-firewall',
      }),
    ]
  },
}

type Finish = ReturnType<typeof beginCheck>

/** The way was open and is not any more; without a server that answers at all, nobody knows whose fault that is. */
async function judgeCut({ session }: ProbeContext, figures: StreamFigures, signal: AbortSignal): Promise<Found> {
  const silent = Math.round(figures.silentAtEnd / packetsPerSecond)
  const values = { seconds: Math.round((figures.sent - figures.silentAtEnd) / packetsPerSecond), silent }
  const evidence = evidenceOf(figures)
  if ((await session?.heardPorts(signal)) === undefined)
    return { outcome: 'inconclusive', finding: { key: 'stream-no-server', values }, faultOwner: 'unknown', evidence }
  return { outcome: 'fail', finding: { key: 'stream-cut', values }, faultOwner: 'customer-firewall', evidence }
}

function judgeStream(context: ProbeContext, figures: StreamFigures, finish: Finish): readonly CheckResult[] {
  const all = context.requirements.filter(
    (one): one is RequirementOf<'quality'> => one.body.kind === 'quality' && one.checks.includes('stream-quality'),
  )
  const measured = measuredOf(figures)
  const evidence = evidenceOf(figures)
  const others = context.requirementIds('stream-quality').filter((id) => !all.some((one) => one.id === id))
  const results = all.map((one): CheckResult => {
    const { value, key } = valueFor(one.body, figures)
    const { body } = one
    const isWithin = body.operator === '<' ? value < body.value : value <= body.value
    const isEnough = figures.sent >= leastPackets
    return {
      ...finish({
        outcome: isWithin ? (isEnough ? 'pass' : 'inconclusive') : 'limit',
        finding: {
          key: `line-${key}-${isWithin ? (isEnough ? 'within' : 'short') : 'over'}`,
          values: { ...valuesOf(figures), value, limit: body.value, sent: figures.sent },
        },
        measured,
        evidence,
        ...(!isWithin && { faultOwner: 'internet-provider' as const }),
      }),
      requirementIds: [one.id],
    }
  })
  const told = finish({
    outcome: 'pass',
    finding: { key: 'line-measured', values: valuesOf(figures) },
    measured,
    evidence,
  })
  return [...results, { ...told, requirementIds: others }]
}

/** What of the figures a limit is about; of two directions the worse. Half of the median round trip stands for one way. */
function valueFor({ metric, percentile }: QualityBody, figures: StreamFigures): { value: number; key: string } {
  const trip = percentile === 'average' || percentile === undefined ? figures.roundTripMs.p50 : figures.roundTripMs.p95
  switch (metric) {
    case 'jitter':
      return { value: Math.max(figures.jitterUpMs, figures.jitterDownMs), key: 'jitter' }
    case 'packet-loss':
      return { value: Math.max(figures.lossUpPercent, figures.lossDownPercent), key: 'loss' }
    case 'round-trip-time':
      return { value: trip, key: 'trip' }
    case 'one-way-delay':
    case 'latency':
      return { value: Math.round(trip * 5) / 10, key: 'delay' }
  }
}

const valuesOf = (figures: StreamFigures): Record<string, number> => ({
  trip: figures.roundTripMs.p50,
  half: Math.round(figures.roundTripMs.p50 * 5) / 10,
  p95: figures.roundTripMs.p95,
  jitterUp: figures.jitterUpMs,
  jitterDown: figures.jitterDownMs,
  lossUp: figures.lossUpPercent,
  lossDown: figures.lossDownPercent,
  mosUp: figures.mosUp,
  mosDown: figures.mosDown,
})

/** Figures by the names that monitoring shows. */
function measuredOf(figures: StreamFigures): readonly Measured[] {
  const { roundTripMs } = figures
  const jitter = 'rfc3550-a8-mean'
  return [
    { name: 'round-trip-time', value: roundTripMs.p50, unit: 'ms', definition: 'median' },
    { name: 'round-trip-time-p95', value: roundTripMs.p95, unit: 'ms', definition: 'nearest-rank' },
    { name: 'round-trip-time-p99', value: roundTripMs.p99, unit: 'ms', definition: 'nearest-rank' },
    { name: 'jitter-up', value: figures.jitterUpMs, unit: 'ms', definition: jitter },
    { name: 'jitter-down', value: figures.jitterDownMs, unit: 'ms', definition: jitter },
    { name: 'packet-loss-up', value: figures.lossUpPercent, unit: '%' },
    { name: 'packet-loss-down', value: figures.lossDownPercent, unit: '%' },
    { name: 'mos-up', value: figures.mosUp, unit: 'mos', definition: mosFormula },
    { name: 'mos-down', value: figures.mosDown, unit: 'mos', definition: mosFormula },
  ]
}

const evidenceOf = (figures: StreamFigures): Readonly<Record<string, string>> => ({
  packets: `${figures.sent} sent, ${figures.reachedServer} reached the service, ${figures.cameBack} came back`,
  'longest gap': `${figures.longestGap} packets`,
  'out of order': String(figures.outOfOrder),
  'longest round trip': `${figures.roundTripMs.most} ms`,
  mos: `${mosFormula}, G.711, loss and jitter of each direction, half of the median round trip`,
})

import type { FaultOwner, PageFinding } from '@vaxel/site'
import type { Found, PortTrial, Timed } from '../found.ts'
import type { Reached } from '../steps/reach-port.ts'
import { idsFor } from './requirements.ts'
import type { Conclusion, Group } from './row.ts'

/** What became of the port that browsers' calls share: the first thing that people want to know. */
export function concludeShared(found: Found): Conclusion | undefined {
  const { shared, session } = found
  if (!shared || (shared.reached.kind !== 'echo' && !(found.areRelaysDone && found.areTrialsDone))) return undefined
  const { media } = session.ports
  const relay = workingRelay(found)
  const said = sayReached(found, shared.reached, media)
  return {
    ...portConclusion(found, shared, { id: 'shared', group: 'calls', port: media }),
    // Without it calls still come through, by the relay.
    ...(said.outcome === 'fail' && relay
      ? { outcome: 'limit' as const, finding: { key: 'sharedRelayed' as const, values: { port: media, way: relay } } }
      : {}),
  }
}

/** One line for each port of the sample, and before them what they mean together. */
export function concludeRange(found: Found): readonly Conclusion[] {
  // What a blocked port means is known only beside the others.
  const ports = found.session.ports.sample.flatMap((port): Conclusion[] => {
    const trial = found.trials[port]
    if (!trial || (trial.reached.kind !== 'echo' && !found.areTrialsDone)) return []
    return [{ ...portConclusion(found, trial, { id: `port:${port}`, group: 'range', port }), ids: [] }]
  })
  return found.areTrialsDone ? [...wholeRange(found, ports), ...ports] : ports
}

/** Fewer ports tried say nothing of a range. */
const leastTried = 3

/**
 * The evidence for the range is one result, whatever ports chance chose: a later report takes its place, which results of
 * single ports at random never would.
 */
function wholeRange(found: Found, ports: readonly Conclusion[]): readonly Conclusion[] {
  const { mediaRange, sample } = found.session.ports
  const trials = sample.flatMap((port) => found.trials[port] ?? [])
  const [first] = trials
  if (!first) return []
  const { from, to } = mediaRange
  const tried = ports.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail')
  const shut = tried.filter(({ outcome }) => outcome === 'fail')
  const values = { tried: tried.length, from: String(from), to: String(to) }
  const said = ((): Saying => {
    const [worst] = shut
    if (!worst)
      return tried.length < Math.min(leastTried, sample.length)
        ? { outcome: 'inconclusive', finding: { key: 'rangeTooFew', values }, owner: ports[0]?.owner ?? 'unknown' }
        : { outcome: 'pass', finding: { key: 'rangeOpen', values } }
    const names = shut.map(({ id }) => id.slice('port:'.length)).join(', ')
    return shut.length === tried.length
      ? { outcome: 'fail', finding: { key: 'rangeShut', values }, owner: worst.owner ?? 'unknown' }
      : {
          outcome: 'fail',
          finding: { key: 'rangePartly', values: { ...values, shut: shut.length, ports: names } },
          owner: worst.owner ?? 'unknown',
        }
  })()
  return [
    {
      id: 'range',
      group: 'range',
      check: 'udp-media',
      target: `UDP ${found.session.address}:${from}-${to}`,
      ids: rangeIds(found),
      ...said,
      sample: {
        key: 'sample',
        values: { ports: sample.join(', '), tried: tried.length, all: to - from + 1 },
      },
      hasControls: true,
      times: { startedAt: first.startedAt, endedAt: trials[trials.length - 1]!.endedAt },
    },
  ]
}

/** Requirements of any port that was tried, save those of the shared port alone. */
const rangeIds = (found: Found): readonly string[] => [
  ...new Set(
    found.session.ports.sample.flatMap((port) => idsFor(found.requirements, 'udp-media', { protocol: 'udp', port })),
  ),
]

/** Ports that somebody asked for beside; they are evidence for nothing. */
export function concludeExtra(found: Found): readonly Conclusion[] {
  return found.extraPorts.flatMap((port) => {
    const trial = found.trials[port]
    if (!trial || !found.areTrialsDone) return []
    return [{ ...portConclusion(found, trial, { id: `extra:${port}`, group: 'extra', port }), ids: [] }]
  })
}

function portConclusion(
  found: Found,
  trial: Timed<PortTrial>,
  { id, group, port }: { id: string; group: Group; port: number },
): Conclusion {
  const said = sayReached(found, trial.reached, port)
  const { reached } = trial
  return {
    id,
    group,
    check: 'udp-media',
    target: `UDP ${found.session.address}:${port}`,
    ids: idsFor(found.requirements, 'udp-media', { protocol: 'udp', port }),
    ...said,
    hasControls: true,
    ...(reached.kind === 'echo' && reached.roundTripMs !== undefined
      ? { measured: [{ name: 'round-trip-time', value: rounded(reached.roundTripMs), unit: 'ms' as const }] }
      : {}),
    evidence: evidenceOf(trial),
    times: trial,
  }
}

const rounded = (value: number): number => Math.round(value * 10) / 10

function evidenceOf({ reached, candidates }: PortTrial): Record<string, string> {
  const evidence: Record<string, string> = {}
  if (reached.kind === 'echo' && reached.pair) evidence.pair = `${reached.pair.kind} ${reached.pair.remote}`
  for (const [i, line] of candidates.slice(0, 8).entries()) evidence[`candidate ${i + 1}`] = line.slice(0, 200)
  return evidence
}

/** Ports from which sound came back. */
function openPorts({ session, trials, shared }: Found): readonly number[] {
  const open = session.ports.sample.filter((port) => trials[port]?.reached.kind === 'echo')
  return shared?.reached.kind === 'echo' ? [session.ports.media, ...open] : open
}

type Saying = Pick<Conclusion, 'outcome' | 'finding' | 'owner'>

/** What a stream to a port came to means, beside what came of the others. */
function sayReached(found: Found, reached: Reached, port: number): Saying {
  const values = { port: String(port) }
  const failed = (key: PageFinding, owner: FaultOwner = 'customer-firewall', more = {}): Saying => ({
    outcome: 'fail',
    finding: { key, values: { ...values, ...more } },
    owner,
  })
  switch (reached.kind) {
    case 'echo':
      return {
        outcome: 'pass',
        finding: { key: 'portOpen', values: { ...values, tookMs: Math.round(reached.tookMs) } },
      }
    case 'nothing': {
      if (reached.serverHeard === true) return failed('portNoWayBack')
      const open = openPorts(found)
      if (open.length > 0) return failed('portBlocked', 'customer-firewall', { open: open.slice(0, 4).join(', ') })
      if (workingRelay(found)) return failed('udpBlocked')
      // Nothing came back by any way: the site and the service look the same from here.
      return failed('nothingBack', 'unknown')
    }
    case 'no-keys':
      return failed('portNoKeys')
    case 'one-way':
      return failed(reached.lacks === 'down' ? 'portNotBack' : reached.lacks === 'up' ? 'portNotThere' : 'portNoSound')
    case 'refused':
      return sayRefused(reached.by.status, { ...values, title: reached.by.title })
    case 'browser':
      return {
        outcome: 'inconclusive',
        finding: { key: 'browserFailed', values: { reason: reached.reason } },
        owner: 'endpoint',
      }
  }
}

/** What it means that the service would not open a port. */
export function sayRefused(status: number, values: Readonly<Record<string, string | number>>): Saying {
  if (status === 409) return { outcome: 'not-tested', finding: { key: 'portNotOffered', values }, owner: 'service' }
  if (status === 0) return { outcome: 'inconclusive', finding: { key: 'serviceSilent', values }, owner: 'unknown' }
  return { outcome: 'inconclusive', finding: { key: 'serviceRefused', values }, owner: 'service' }
}

/** The first way to the relay by which sound came back. */
export const workingRelay = (found: Found): 'UDP' | 'TCP' | 'TLS' | undefined =>
  found.relays.udp?.reached.kind === 'echo'
    ? 'UDP'
    : found.relays.tcp?.reached.kind === 'echo'
      ? 'TCP'
      : found.relays.tls?.reached.kind === 'echo'
        ? 'TLS'
        : undefined

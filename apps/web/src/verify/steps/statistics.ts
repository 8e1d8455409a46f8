import type { StatisticsEntry } from '../ports.ts'

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** What the browser counted of one stream, from the beginning. */
export interface Counters {
  readonly received: number
  readonly lost: number
  /** RFC 3550 A.8, as the browser has it now. */
  readonly jitterMs: number
  /** The latest of the connectivity checks. */
  readonly roundTripMs?: number
  /** Of all the connectivity checks. */
  readonly roundTripSumMs?: number
  readonly roundTripCount?: number
  /** What the server said of our stream by RTCP. */
  readonly remote?: { readonly lossRatio?: number; readonly jitterMs?: number; readonly roundTripMs?: number }
  readonly pair?: ChosenPair
}

/** The pair of candidates in use. */
export interface ChosenPair {
  /** `host`, `srflx`, `prflx`, `relay`. */
  readonly kind: string
  readonly remote: string
  /** Our side as the server saw it, where it is told: its port is the translator's towards the server. */
  readonly mappedPort?: number
  /** `udp`, `tcp`, `tls`: how the relay is reached. */
  readonly relayBy?: string
}

/** Reads the counters of a report of WebRTC statistics; undefined while nothing has come. */
export function readCounters(entries: readonly StatisticsEntry[]): Counters | undefined {
  const inbound = entries.find(({ type, kind, mediaType }) => type === 'inbound-rtp' && (kind ?? mediaType) === 'audio')
  const received = number(inbound?.packetsReceived)
  if (!inbound || received === undefined) return undefined
  const pair = chosenPair(entries)
  const latest = number(pair?.currentRoundTripTime)
  const sum = number(pair?.totalRoundTripTime)
  const count = number(pair?.responsesReceived)
  const remote = entries.find(({ type, kind }) => type === 'remote-inbound-rtp' && (kind ?? 'audio') === 'audio')
  return {
    received,
    lost: Math.max(0, number(inbound.packetsLost) ?? 0),
    jitterMs: (number(inbound.jitter) ?? 0) * 1000,
    ...(latest === undefined ? {} : { roundTripMs: latest * 1000 }),
    ...(sum === undefined || count === undefined ? {} : { roundTripSumMs: sum * 1000, roundTripCount: count }),
    ...(remote ? { remote: readRemote(remote) } : {}),
    ...(pair ? { pair: describePair(entries, pair) } : {}),
  }
}

function readRemote(remote: StatisticsEntry): NonNullable<Counters['remote']> {
  const lossRatio = number(remote.fractionLost)
  const jitter = number(remote.jitter)
  const roundTrip = number(remote.roundTripTime)
  return {
    ...(lossRatio === undefined ? {} : { lossRatio }),
    ...(jitter === undefined ? {} : { jitterMs: jitter * 1000 }),
    ...(roundTrip === undefined ? {} : { roundTripMs: roundTrip * 1000 }),
  }
}

/** Firefox before 2025 marks the pair in use as `selected`, and has no transport entry. */
function chosenPair(entries: readonly StatisticsEntry[]): StatisticsEntry | undefined {
  const transport = entries.find(({ type }) => type === 'transport')
  return (
    entries.find(({ id }) => id === transport?.selectedCandidatePairId) ??
    entries.find(({ type, selected }) => type === 'candidate-pair' && selected === true) ??
    entries.find(
      ({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded',
    )
  )
}

function describePair(entries: readonly StatisticsEntry[], pair: StatisticsEntry): ChosenPair {
  const byId = (id: unknown) => entries.find((entry) => entry.id === id)
  const local = byId(pair.localCandidateId)
  const remote = byId(pair.remoteCandidateId)
  const by = local?.relayProtocol
  const kind = local?.candidateType
  const mappedPort = kind === 'prflx' || kind === 'srflx' ? number(local?.port) : undefined
  return {
    kind: typeof kind === 'string' ? kind : 'unknown',
    remote: `${String(remote?.address ?? remote?.ip ?? '')}:${String(remote?.port ?? '')}`,
    ...(typeof by === 'string' ? { relayBy: by } : {}),
    ...(mappedPort === undefined ? {} : { mappedPort }),
  }
}

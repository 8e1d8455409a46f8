import { meanOpinionScore } from '@vaxel/base'
import type { CheckSession, StreamFigures } from '../check-session.ts'
import { isRefused, type VerifyPorts } from '../ports.ts'
import type { OpenStream } from './reach-port.ts'
import { type Counters, readCounters } from './statistics.ts'
import { pause } from './wait-for.ts'

/** What a call went through in one direction. */
export interface Way {
  /** 0 to 1. */
  readonly lossRatio: number
  /** RFC 3550 A.8, the mean of what was read each second. */
  readonly jitterMs: number
  /** ITU-T G.107 with G.711, from these figures and the round trip. */
  readonly mos: number
  /** How many packets it rests on, the lost ones too. */
  readonly expected: number
}

/** A stream watched like a call. A way is missing where its side told nothing. */
export interface Quality {
  readonly roundTripMs?: number
  readonly up?: Way
  readonly down?: Way
  readonly lengthMs: number
}

const everyMs = 1000
/** The first moments of a stream are the exchange of keys and full queues, not the line. */
const warmUpMs = 500

/** G.711 as browsers send it. */
const packetMs = 20
/** Less of what the clock lets expect is not the clock's fault. */
const leastOfExpected = 0.85
const leastTrips = 3

/** Watches a stream for so long; it goes on afterwards. */
export async function watchStream(
  { clock, http }: VerifyPorts,
  session: CheckSession,
  { peer, streamId }: OpenStream,
  lengthMs: number,
): Promise<Quality> {
  await pause(clock, warmUpMs)
  const figures = async (): Promise<(StreamFigures & Count) | undefined> => {
    const read = await http.readStream(session, streamId)
    return isRefused(read) ? undefined : { ...read, atMs: clock.monotonicMs() }
  }
  const counters = async (): Promise<(Counters & Count) | undefined> => {
    const read = readCounters(await peer.stats())
    return read && { ...read, packets: read.received, atMs: clock.monotonicMs() }
  }
  const startedMs = clock.monotonicMs()
  const [first, firstUp] = [await counters(), await figures()]
  let last = first
  let lastUp = firstUp
  const jitterDown: number[] = []
  const jitterUp: number[] = []
  const trips: number[] = []
  for (let look = 1; clock.monotonicMs() - startedMs < lengthMs; look++) {
    await pause(clock, Math.max(0, Math.min(everyMs * look, lengthMs) - (clock.monotonicMs() - startedMs)))
    last = (await counters()) ?? last
    if (last) jitterDown.push(last.jitterMs)
    if (last?.roundTripMs !== undefined) trips.push(last.roundTripMs)
    // The server is asked less often than the browser: it counts for others too.
    if (look % 3 !== 0 && clock.monotonicMs() - startedMs < lengthMs) continue
    const read = await figures()
    lastUp = read ?? lastUp
    if (read) jitterUp.push(read.jitterMs)
  }
  const roundTripMs = roundTripOf(first, last, trips, lastUp)
  const trip = roundTripMs === undefined ? {} : { roundTripMs }
  const down = wayOf(first, last, jitterDown, trip)
  const up = wayOf(firstUp, lastUp, jitterUp, trip)
  return { ...trip, ...(up ? { up } : {}), ...(down ? { down } : {}), lengthMs: clock.monotonicMs() - startedMs }
}

/**
 * All connectivity checks of the time that was watched, where the browser sums them up: those of the beginning wait for a
 * browser that is busy. Else the mean of what was read; else what the server has by RTCP.
 */
function roundTripOf(
  first: Counters | undefined,
  last: Counters | undefined,
  trips: readonly number[],
  up: StreamFigures | undefined,
): number | undefined {
  const count = (last?.roundTripCount ?? 0) - (first?.roundTripCount ?? 0)
  if (last?.roundTripSumMs !== undefined && count >= leastTrips)
    return (last.roundTripSumMs - (first?.roundTripSumMs ?? 0)) / count
  return mean(trips) ?? last?.remote?.roundTripMs ?? up?.roundTripMs
}

interface Count {
  readonly atMs: number
  readonly packets: number
  readonly lost: number
}

function wayOf(
  before: Count | undefined,
  after: Count | undefined,
  jitters: readonly number[],
  trip: { readonly roundTripMs?: number },
): Way | undefined {
  if (!before || !after) return undefined
  const packets = after.packets - before.packets
  const expected = (after.atMs - before.atMs) / packetMs
  const told = Math.max(0, after.lost - before.lost)
  // Nobody counts as lost what would have come after the last packet: a stream that fell silent shows by the clock.
  const lost = packets + told < expected * leastOfExpected ? expected - packets : told
  // A stream that stopped has no jitter; all of it is lost.
  const lossRatio = packets <= 0 ? 1 : lost / (packets + lost)
  const jitterMs = mean(jitters) ?? 0
  return {
    lossRatio,
    jitterMs,
    expected: packets + lost,
    mos: meanOpinionScore({ codec: 'PCMA', lossRatio, jitterMs, ...trip }),
  }
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length

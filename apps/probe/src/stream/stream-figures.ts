import { meanOpinionScore } from '@vaxel/base'

/** One packet that came back. Times are milliseconds; the server's have another zero than ours. */
export interface EchoedPacket {
  readonly sequence: number
  readonly sentMs: number
  readonly serverMs: number
  readonly arrivedMs: number
  /** Packets of the stream that the server had by then, this one included. */
  readonly serverCount: number
}

/** What a stream of packets at an even pace went through, each direction apart. */
export interface StreamFigures {
  readonly sent: number
  readonly reachedServer: number
  readonly cameBack: number
  /** Packets after the last one that came back: they are in no other figure. */
  readonly silentAtEnd: number
  readonly lossUpPercent: number
  readonly lossDownPercent: number
  /** Mean over the stream of the running estimate of RFC 3550 A.8. */
  readonly jitterUpMs: number
  readonly jitterDownMs: number
  readonly roundTripMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly most: number }
  /** Longest row of packets that did not come back. */
  readonly longestGap: number
  readonly outOfOrder: number
  /** ITU-T G.107 for G.711, by the loss and jitter of that direction and half of the median round trip. */
  readonly mosUp: number
  readonly mosDown: number
}

/**
 * Makes figures of what came back, in order of arrival. Loss up is what the server did not count, loss down what it counted and
 * sent back in vain; packets after the last answer are left out, since nobody knows which way they were lost.
 * @param sent packets from 0 on; @returns undefined when nothing came back
 */
export function streamFigures(sent: number, echoed: readonly EchoedPacket[]): StreamFigures | undefined {
  const seen = new Set<number>()
  const packets = echoed.filter(({ sequence }) => {
    if (sequence < 0 || sequence >= sent || seen.has(sequence)) return false
    seen.add(sequence)
    return true
  })
  if (packets.length === 0) return undefined
  const last = packets.reduce((a, b) => (b.serverCount >= a.serverCount ? b : a))
  const highest = Math.max(...packets.map(({ sequence }) => sequence))
  const judged = highest + 1
  // Duplicates on the way up are counted by the server too: never more than were sent.
  const reached = Math.min(judged, Math.max(packets.length, last.serverCount))
  const roundTrips = packets.map(({ sentMs, arrivedMs }) => arrivedMs - sentMs).toSorted((a, b) => a - b)
  const byServer = packets.toSorted((a, b) => a.serverMs - b.serverMs)
  const lossUp = 1 - reached / judged
  const lossDown = 1 - packets.length / reached
  const jitterUpMs = meanJitterMs(byServer.map(({ serverMs, sentMs }) => serverMs - sentMs))
  const jitterDownMs = meanJitterMs(packets.map(({ arrivedMs, serverMs }) => arrivedMs - serverMs))
  const roundTripMs = atRank(roundTrips, 0.5)
  const mos = (lossRatio: number, jitterMs: number): number =>
    meanOpinionScore({ codec: 'PCMA', lossRatio, jitterMs, roundTripMs })
  return {
    sent,
    reachedServer: reached,
    cameBack: packets.length,
    silentAtEnd: sent - judged,
    lossUpPercent: percent(lossUp),
    lossDownPercent: percent(lossDown),
    jitterUpMs: tenths(jitterUpMs),
    jitterDownMs: tenths(jitterDownMs),
    roundTripMs: {
      p50: tenths(roundTripMs),
      p95: tenths(atRank(roundTrips, 0.95)),
      p99: tenths(atRank(roundTrips, 0.99)),
      most: tenths(roundTrips.at(-1)!),
    },
    longestGap: longestGap(seen, judged),
    outOfOrder: packets.filter(({ sequence }, i) => i > 0 && sequence < packets[i - 1]!.sequence).length,
    mosUp: mos(lossUp, jitterUpMs),
    mosDown: mos(lossDown, jitterDownMs),
  }
}

/** Longer than a burst of losses; a line that is silent for so long and until the end is broken. */
const cutAfterPackets = 100

/** Whether nothing came back any more from somewhere in the stream on: its figures tell of a line that is no longer there. */
export const isCut = ({ silentAtEnd }: Pick<StreamFigures, 'silentAtEnd'>): boolean => silentAtEnd >= cutAfterPackets

/** Packets until the running estimate has forgotten that it began at 0. */
const settles = 48

/**
 * Mean of the running interarrival jitter (RFC 3550 §6.4.1, A.8): one reading of it shakes by a third, the mean does not.
 * @param transitsMs of packets in order of arrival, arrival less sending time
 */
export function meanJitterMs(transitsMs: readonly number[]): number {
  let jitter = 0
  let sum = 0
  let count = 0
  for (let i = 1; i < transitsMs.length; i += 1) {
    jitter += (Math.abs(transitsMs[i]! - transitsMs[i - 1]!) - jitter) / 16
    if (i < settles && transitsMs.length > 2 * settles) continue
    sum += jitter
    count += 1
  }
  return count === 0 ? 0 : sum / count
}

function longestGap(seen: ReadonlySet<number>, judged: number): number {
  let [longest, row] = [0, 0]
  for (let i = 0; i < judged; i += 1) {
    row = seen.has(i) ? 0 : row + 1
    longest = Math.max(longest, row)
  }
  return longest
}

/** Nearest rank. */
const atRank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!
const tenths = (value: number): number => Math.round(value * 10) / 10
const percent = (ratio: number): number => Math.round(Math.max(0, ratio) * 10_000) / 100

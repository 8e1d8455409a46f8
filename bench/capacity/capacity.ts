import type { Busiest } from '../load/thread-time.ts'
import type { MachineDescription } from '../machine.ts'

/** What one kind of load reached on this machine. */
export interface Knee {
  readonly kind: 'registrations' | 'calls' | 'relayed' | 'srtp' | 'recorded'
  /** The highest that was clean: a second for registrations and calls, at once for the others. */
  readonly clean: number
  /** The lowest that was not; undefined: none was tried, the time was up or the load was the limit. */
  readonly broken: number | undefined
  /** What went wrong there. */
  readonly why: string
  /** The server's processors in use at the highest clean one. */
  readonly processorsUsed: number
  /** At the broken one, else at the clean one: what limits first. */
  readonly busiest: Busiest
  /** Processors that other programs took at the same time. */
  readonly others: number
  /** p99 at the highest clean one: registrations and calls until they are answered, audio by relaying. Milliseconds. */
  readonly p99Ms: number
}

/** This machine's capacity, as `vaxel bench --json` prints it. */
export interface Capacity {
  readonly machine: MachineDescription
  readonly at: string
  readonly seconds: number
  /** Processors that the server had; the load had another, or shared the only one. */
  readonly serverProcessors: number
  readonly hasOwnProcessorForLoad: boolean
  readonly knees: readonly Knee[]
  /** Absent where not one call with audio was clean. */
  readonly proposal?: Proposal
  /** What disturbed the measurement. */
  readonly warnings: readonly string[]
  readonly notMeasured: readonly string[]
}

export interface Proposal {
  /** For the configuration file; `VAXEL_MAX_CALLS` in the environment. */
  readonly setting: 'maxCalls'
  readonly value: number
  /** The kind of call that it follows from. */
  readonly from: Knee['kind']
  readonly marginPercent: number
}

const marginPercent = 20

/**
 * The admission limit: the least that any kind of call with audio reached, with a margin, as every caller may be of that kind.
 * Undefined where no such kind was measured.
 */
export function propose(knees: readonly Knee[]): Proposal | undefined {
  const audio = knees.filter(({ kind, clean }) => kind !== 'registrations' && kind !== 'calls' && clean > 0)
  const least = audio.sort((a, b) => a.clean - b.clean)[0]
  if (!least) return undefined
  const value = Math.max(1, Math.floor((least.clean * (100 - marginPercent)) / 100))
  return { setting: 'maxCalls', value, from: least.kind, marginPercent }
}

export const notMeasured: readonly string[] = [
  'the network: cards, switches, firewalls and the way to the phones were not part of it',
  'conferences, queues, transcoding and browsers (ICE, DTLS, Opus), each of which costs more than a relayed call',
  'the web, the API and reports beside the calls',
  'hours of load: each step took seconds',
]

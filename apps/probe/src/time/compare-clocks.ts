/** What somebody else's clock says of ours. */
export interface ClockWitness {
  readonly by: string
  readonly kind: 'ntp' | 'http'
  /** Positive: this machine's clock is behind. */
  readonly offsetMs: number
  /** How far it may be off itself. */
  readonly uncertainMs: number
}

/**
 * `right`: every witness agrees, within a minute. `wrong`: those that agree with each other say so. `disputed`: witnesses
 * disagree. `unknown`: there is none.
 */
export interface Clockwork {
  readonly state: 'right' | 'wrong' | 'disputed' | 'unknown'
  /** Of this machine's clock, by the best witness; 0 if unknown. */
  readonly offsetMs: number
  readonly witnesses: readonly ClockWitness[]
}

/** Certificates, tokens and reports bear a minute; more is a clock that nobody sets. */
const mostOffsetMs = 60_000

/**
 * Whether this machine's clock can be believed. A server's Date alone does not condemn it, since that server may be the one
 * that is wrong: then the clock is disputed, and nothing that depends on dates is concluded either.
 */
export function compareClocks(asked: readonly ClockWitness[]): Clockwork {
  // Whoever may be off by more than that itself would agree with every clock.
  const witnesses = asked.filter(({ uncertainMs }) => uncertainMs <= mostOffsetMs)
  if (witnesses.length === 0) return { state: 'unknown', offsetMs: 0, witnesses }
  const best = witnesses.toSorted((a, b) => a.uncertainMs - b.uncertainMs)[0]!
  const isOff = ({ offsetMs, uncertainMs }: ClockWitness): boolean => Math.abs(offsetMs) - uncertainMs > mostOffsetMs
  const against = witnesses.filter(isOff)
  const { offsetMs } = best
  if (against.length === 0) return { state: 'right', offsetMs, witnesses }
  if (against.length < witnesses.length) {
    // Time servers that agree with this machine outweigh a web server's Date.
    const isServersFault = against.every(({ kind }) => kind === 'http') && witnesses.some(({ kind }) => kind === 'ntp')
    return { state: isServersFault ? 'right' : 'disputed', offsetMs, witnesses }
  }
  const spreadMs = Math.max(...against.map((one) => Math.abs(one.offsetMs - offsetMs)))
  return { state: spreadMs > 2 * mostOffsetMs ? 'disputed' : 'wrong', offsetMs, witnesses }
}

/** What an HTTP answer's Date says; undefined when it has none. A second is its grain. */
export function witnessOfDate(
  by: string,
  date: string | undefined,
  { atMs, roundTripMs }: { readonly atMs: number; readonly roundTripMs: number },
): ClockWitness | undefined {
  const ms = date === undefined ? Number.NaN : Date.parse(date)
  if (Number.isNaN(ms)) return undefined
  return { by, kind: 'http', offsetMs: ms + 500 - atMs, uncertainMs: 500 + roundTripMs / 2 }
}

/** A stretch of a tone: these frequencies together, for so long. No frequency is a pause. */
export interface CadenceStep {
  readonly frequenciesHz: readonly number[]
  readonly durationMs: number
}

/** A tone as people know it: steps in order, repeated or once. A step of infinite length is continuous. */
export interface Cadence {
  readonly steps: readonly CadenceStep[]
  readonly isRepeated: boolean
  /** RMS level of each frequency, dBov (0 is a full-scale square wave). */
  readonly levelDbov: number
}

/**
 * A repeated cadence from durations in seconds: sound, pause, sound, pause, …
 * @example repeat([425], 1, 4) // one second of 425 Hz, four of silence, and again
 */
export function repeat(frequenciesHz: readonly number[], ...seconds: readonly number[]): Cadence {
  const steps = seconds.map((length, i) => ({
    frequenciesHz: i % 2 === 0 ? frequenciesHz : [],
    durationMs: length * 1000,
  }))
  return { steps, isRepeated: true, levelDbov: frequenciesHz.length > 1 ? -19 : -16 }
}

/** A tone without pause. */
export function continuous(...frequenciesHz: readonly number[]): Cadence {
  return repeat(frequenciesHz, Number.POSITIVE_INFINITY)
}

/** How loud one frequency is in a stretch of sound. */
export interface ToneLevel {
  /** RMS level of that frequency's component, dBov: 0 for a full-scale square wave, −3.01 for a full-scale sine. −Infinity for none. */
  readonly levelDbov: number
  /** Share of the stretch's whole energy that it holds, 0 to 1 (a pure sine that fits the stretch: 1). */
  readonly share: number
}

/** Energy (mean square) of one frequency in `samples[start..end)`: the Goertzel algorithm, exact for any frequency. */
export function goertzelPower(
  samples: Int16Array,
  start: number,
  end: number,
  frequencyHz: number,
  sampleRate: number,
): number {
  const count = end - start
  if (count <= 0) return 0
  const omega = (2 * Math.PI * frequencyHz) / sampleRate
  const coefficient = 2 * Math.cos(omega)
  let before = 0
  let last = 0
  for (let i = start; i < end; i++) {
    const now = (samples[i] as number) + coefficient * last - before
    before = last
    last = now
  }
  const power = last * last + before * before - coefficient * last * before
  return Math.max(0, (2 * power) / (count * count))
}

/** Mean square of `samples[start..end)`. */
export function meanPower(samples: Int16Array, start = 0, end = samples.length): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += (samples[i] as number) ** 2
  return end > start ? sum / (end - start) : 0
}

/** RMS level in dBov of a mean square. */
export function powerToDbov(power: number): number {
  return power <= 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(power / (32768 * 32768))
}

/**
 * Measures one frequency; for tests and for listening to one's own output.
 * @example measureTone(new SineTone(1000, -10, 8000) …, 1000, 8000) // { levelDbov: -10, share: 1 }
 */
export function measureTone(samples: Int16Array, frequencyHz: number, sampleRate: number): ToneLevel {
  const power = goertzelPower(samples, 0, samples.length, frequencyHz, sampleRate)
  const whole = meanPower(samples)
  return { levelDbov: powerToDbov(power), share: whole === 0 ? 0 : Math.min(1, power / whole) }
}

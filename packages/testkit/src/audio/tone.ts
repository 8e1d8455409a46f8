/** Level of one frequency in a window, dBov of the sine with that power (Goertzel's algorithm). */
export function toneLevelDbov(samples: Float32Array, rateHz: number, toneHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * toneHz) / rateHz)
  let before = 0
  let last = 0
  for (let i = 0; i < samples.length; i++) {
    // Hann window, so that a neighbouring tone does not leak in
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (samples.length - 1))
    const next = samples[i]! * weight + coefficient * last - before
    before = last
    last = next
  }
  const power = last * last + before * before - coefficient * last * before
  return 10 * Math.log10(Math.max(power, 1e-20) / (samples.length / 4) ** 2)
}

/** Root mean square as dBov; a full-scale sine is −3. */
export function levelDbov(samples: Float32Array): number {
  let sum = 0
  for (const value of samples) sum += value * value
  return 10 * Math.log10(Math.max(sum / Math.max(1, samples.length), 1e-20))
}

export interface ToneReport {
  /** From the first to the last window with the tone, milliseconds; 0 when it was never there. */
  readonly heardMs: number
  readonly firstMs: number
  readonly lastMs: number
  /** Longest stretch without the tone between `skipMs` after its first and `skipMs` before its last window. */
  readonly longestGapMs: number
  /** Median level while it was there. */
  readonly levelDbov: number
}

const windowMs = 20
const stepMs = 5

/**
 * Follows one tone through a recording in windows of 20 ms, 5 ms apart. A window has the tone when it is louder than
 * −40 dBov, holds the greater part of the window's power and is within 4 dB of the tone's usual level.
 * @param skipMs steady state begins so long after the first window (jitter buffers settle) and ends so long before the last
 */
export function followTone(samples: Float32Array, rateHz: number, toneHz: number, skipMs = 500): ToneReport {
  const size = Math.round((rateHz * windowMs) / 1000)
  const step = Math.round((rateHz * stepMs) / 1000)
  const candidates: { atMs: number; level: number }[] = []
  for (let at = 0; at + size <= samples.length; at += step) {
    const window = samples.subarray(at, at + size)
    const level = toneLevelDbov(window, rateHz, toneHz)
    if (level > -40 && level - 3 > levelDbov(window) - 4) candidates.push({ atMs: (at / rateHz) * 1000, level })
  }
  const levels = candidates.map((candidate) => candidate.level).sort((a, b) => a - b)
  const median = levels[levels.length >> 1] ?? Number.NEGATIVE_INFINITY
  // A window that a gap cuts into is 4 dB and more below the rest
  const heardAt = candidates.filter(({ level }) => level > median - 4).map(({ atMs }) => atMs)
  const firstMs = heardAt[0] ?? 0
  const lastMs = heardAt.at(-1) ?? 0
  let longestGapMs = 0
  for (let i = 1; i < heardAt.length; i++) {
    const [before, after] = [heardAt[i - 1]!, heardAt[i]!]
    // What lies between two windows that have the tone and do not touch is the gap
    if (before < firstMs + skipMs || after > lastMs - skipMs) continue
    longestGapMs = Math.max(longestGapMs, after - before - stepMs)
  }
  return {
    heardMs: heardAt.length === 0 ? 0 : lastMs - firstMs + windowMs,
    firstMs,
    lastMs,
    longestGapMs: Math.round(longestGapMs),
    levelDbov: median,
  }
}

/** Longest stretch below the level, milliseconds, in windows of 20 ms. */
export function longestSilenceMs(samples: Float32Array, rateHz: number, belowDbov = -50): number {
  const size = Math.round((rateHz * windowMs) / 1000)
  let longest = 0
  let run = 0
  for (let at = 0; at + size <= samples.length; at += size) {
    run = levelDbov(samples.subarray(at, at + size)) < belowDbov ? run + windowMs : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/** The part of a recording between two moments. */
export function between(samples: Float32Array, rateHz: number, fromMs: number, toMs: number): Float32Array {
  return samples.subarray(Math.round((fromMs / 1000) * rateHz), Math.round((toMs / 1000) * rateHz))
}

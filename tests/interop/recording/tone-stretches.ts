import { levelDbov, toneLevelDbov } from '@vaxel/testkit'

/** A stretch of a recording, milliseconds from its beginning. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

const windowMs = 20
const stepMs = 5
/** What is shorter is the edge of a change, not something heard. */
const shortestMs = 200

/**
 * When a tone was heard alone: gaps up to `joinMs` are part of a stretch, as steady audio may have them.
 * A window has the tone when it is louder than −40 dBov and holds most of the window's power.
 */
export function toneStretches(samples: Float32Array, rateHz: number, toneHz: number, joinMs = 40): Stretch[] {
  return stretches(samples, rateHz, joinMs, (window) => {
    const level = toneLevelDbov(window, rateHz, toneHz)
    return level > -40 && level - 3 > levelDbov(window) - 2
  })
}

/** When anything louder than `aboveDbov` was heard. */
export function loudStretches(samples: Float32Array, rateHz: number, aboveDbov = -50, joinMs = 40): Stretch[] {
  return stretches(samples, rateHz, joinMs, (window) => levelDbov(window) > aboveDbov)
}

function stretches(
  samples: Float32Array,
  rateHz: number,
  joinMs: number,
  isHeard: (window: Float32Array) => boolean,
): Stretch[] {
  const size = Math.round((rateHz * windowMs) / 1000)
  const step = Math.round((rateHz * stepMs) / 1000)
  const found: { fromMs: number; toMs: number }[] = []
  for (let at = 0; at + size <= samples.length; at += step) {
    if (!isHeard(samples.subarray(at, at + size))) continue
    const atMs = (at / rateHz) * 1000
    const last = found.at(-1)
    if (last && atMs - last.toMs <= joinMs) last.toMs = atMs + windowMs
    else found.push({ fromMs: atMs, toMs: atMs + windowMs })
  }
  return found.filter(({ fromMs, toMs }) => toMs - fromMs >= shortestMs)
}

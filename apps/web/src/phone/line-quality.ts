import type { LineFigures } from './sip-phone.ts'

/** What the server measured in the last seconds, by the notice `call.quality`. */
export interface ServerFigures {
  /** What it heard of us. */
  readonly up?: { readonly lossRatio: number; readonly jitterMs: number; readonly mos?: number }
  /** What we reported to have heard of it. */
  readonly down?: { readonly lossRatio: number; readonly jitterMs: number; readonly mos?: number }
}

/** How the line is, in words first; the texts are in words/. */
export interface LineQuality {
  readonly verdict: 'good' | 'fair' | 'poor'
  /** What ails it, worst first. */
  readonly troubles: readonly ('lossUp' | 'lossDown' | 'jitterUp' | 'jitterDown' | 'slow')[]
}

type Trouble = LineQuality['troubles'][number]

const levels = {
  loss: { fair: 0.01, poor: 0.05 },
  jitterMs: { fair: 30, poor: 60 },
  roundTripMs: { fair: 300, poor: 500 },
} as const

/**
 * A verdict on both directions: loss below 1 %, jitter below 30 ms and a round trip below 300 ms are good (ITU-T G.114 and
 * the requirement documents are stricter for delay, which a person notices last).
 */
export function judgeLine(here: LineFigures | undefined, server: ServerFigures | undefined): LineQuality {
  const seen: [Trouble, number, { readonly fair: number; readonly poor: number }][] = [
    ['lossUp', server?.up?.lossRatio ?? 0, levels.loss],
    ['lossDown', Math.max(here?.lossRatio ?? 0, server?.down?.lossRatio ?? 0), levels.loss],
    ['jitterUp', server?.up?.jitterMs ?? 0, levels.jitterMs],
    ['jitterDown', here?.jitterMs ?? 0, levels.jitterMs],
    ['slow', here?.roundTripMs ?? 0, levels.roundTripMs],
  ]
  const troubled = seen.filter(([, value, { fair }]) => value >= fair)
  const isPoor = troubled.some(([, value, { poor }]) => value >= poor)
  return {
    verdict: isPoor ? 'poor' : troubled.length > 0 ? 'fair' : 'good',
    troubles: troubled.sort((a, b) => b[1] / b[2].poor - a[1] / a[2].poor).map(([trouble]) => trouble),
  }
}

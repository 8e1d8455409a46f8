/** Codecs whose effect on speech is known here. */
export type SpeechCodec = 'PCMA' | 'PCMU' | 'G722' | 'opus'

/** Names the formula in records, so that figures of different formulas are never compared. */
export const mosFormula = 'g107-2015-e-model'

/** What one direction of a stream went through. */
export interface Impairment {
  readonly codec: SpeechCodec
  /** Lost for good / expected, 0 to 1. */
  readonly lossRatio: number
  readonly jitterMs: number
  readonly roundTripMs?: number
}

/**
 * Equipment impairment and packet-loss robustness (ITU-T G.113 Appendix I: G.711 with concealment 0 and 25.1).
 * For G.722 and Opus no narrowband figures are standardised; they are taken as loss-free transparent, G.722 as less robust.
 */
const equipment: Readonly<Record<SpeechCodec, { readonly ie: number; readonly bpl: number }>> = {
  PCMA: { ie: 0, bpl: 25.1 },
  PCMU: { ie: 0, bpl: 25.1 },
  G722: { ie: 0, bpl: 15 },
  opus: { ie: 0, bpl: 25.1 },
}

/** Packetisation and look-ahead of one 20 ms packet. */
const packetDelayMs = 25
/** R0 − Is with the default values of G.107 (06/2015) table 2. */
const defaultRating = 93.2

/**
 * Mean opinion score of one direction by the E-model of ITU-T G.107 (06/2015) with default values: rating
 * R = 93.2 − Idd − Ie,eff, random loss (BurstR = 1), no echo; the one-way delay is half of the round trip, a packet and
 * a jitter buffer of twice the jitter.
 * @returns 1 to 4.5, rounded to two places
 * @example meanOpinionScore({ codec: 'PCMA', lossRatio: 0, jitterMs: 1 }) // 4.41
 */
export function meanOpinionScore({ codec, lossRatio, jitterMs, roundTripMs = 0 }: Impairment): number {
  const delayMs = roundTripMs / 2 + packetDelayMs + 2 * jitterMs
  const { ie, bpl } = equipment[codec]
  const lossPercent = Math.min(1, Math.max(0, lossRatio)) * 100
  const effectiveEquipment = ie + (95 - ie) * (lossPercent / (lossPercent + bpl))
  return scoreOf(defaultRating - delayImpairment(delayMs) - effectiveEquipment)
}

/** Idd, §7.4 (equation 7-27): nothing up to 100 ms. */
function delayImpairment(delayMs: number): number {
  if (delayMs <= 100) return 0
  const x = Math.log2(delayMs / 100)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/** Annex B (equation B-4). */
function scoreOf(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  const score = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6
  return Math.round(Math.max(1, score) * 100) / 100
}

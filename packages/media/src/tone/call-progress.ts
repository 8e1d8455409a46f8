import { type Cadence, continuous, repeat } from './cadence.ts'

export type CallProgressTone =
  | 'ringback'
  | 'busy'
  | 'congestion'
  | 'dial'
  | 'call-waiting'
  | 'reconnecting'
  | 'joined'
  | 'left'
  | 'recorded'
type National = Readonly<Record<Exclude<CallProgressTone, 'reconnecting' | 'joined' | 'left' | 'recorded'>, Cadence>>

/** The other one is away for a moment: two short soft notes every three seconds, like no tone that means an end. */
const reconnecting: Cadence = {
  steps: [
    { frequenciesHz: [523.25], durationMs: 120 },
    { frequenciesHz: [], durationMs: 60 },
    { frequenciesHz: [659.25], durationMs: 160 },
    { frequenciesHz: [], durationMs: 2660 },
  ],
  isRepeated: true,
  levelDbov: -26,
}

/** Somebody has come into a conference: two notes up; has left: two notes down. Once. */
const moved = (firstHz: number, thenHz: number): Cadence => ({
  steps: [
    { frequenciesHz: [firstHz], durationMs: 90 },
    { frequenciesHz: [thenHz], durationMs: 130 },
  ],
  isRepeated: false,
  levelDbov: -24,
})
const joined = moved(587.33, 880)
const left = moved(880, 587.33)

/** A call is recorded: as usual in telephony, 1400 Hz for a fifth of a second (47 CFR § 64.501). Once. */
const recorded: Cadence = { steps: [{ frequenciesHz: [1400], durationMs: 200 }], isRepeated: false, levelDbov: -22 }

/** What ITU-T E.180 recommends where a country is not listed. */
const recommended: National = {
  ringback: repeat([425], 1, 4),
  busy: repeat([425], 0.5, 0.5),
  congestion: repeat([425], 0.25, 0.25),
  dial: continuous(425),
  'call-waiting': repeat([425], 0.3, 8),
}

/** Tones by country (ISO 3166, lower case), after ITU-T E.180 Supplement 2. */
const nationals: Readonly<Record<string, National>> = {
  se: {
    ringback: repeat([425], 1, 5),
    busy: repeat([425], 0.25, 0.25),
    congestion: repeat([425], 0.25, 0.75),
    dial: continuous(425),
    'call-waiting': repeat([425], 0.2, 0.5, 0.2, 9.1),
  },
  fr: {
    ringback: repeat([440], 1.5, 3.5),
    busy: repeat([440], 0.5, 0.5),
    congestion: repeat([440], 0.25, 0.25),
    dial: continuous(440),
    'call-waiting': repeat([440], 0.3, 10),
  },
  gb: {
    ringback: repeat([400, 450], 0.4, 0.2, 0.4, 2),
    busy: repeat([400], 0.375, 0.375),
    congestion: repeat([400], 0.4, 0.35, 0.225, 0.525),
    dial: continuous(350, 440),
    'call-waiting': repeat([400], 0.1, 3),
  },
  us: {
    ringback: repeat([440, 480], 2, 4),
    busy: repeat([480, 620], 0.5, 0.5),
    congestion: repeat([480, 620], 0.25, 0.25),
    dial: continuous(350, 440),
    'call-waiting': repeat([440], 0.3, 9.7),
  },
  de: {
    ringback: repeat([425], 1, 4),
    busy: repeat([425], 0.48, 0.48),
    congestion: repeat([425], 0.24, 0.24),
    dial: continuous(425),
    'call-waiting': repeat([425], 0.2, 0.2, 0.2, 5),
  },
  no: { ...recommended, congestion: repeat([425], 0.2, 0.2), 'call-waiting': repeat([425], 0.2, 0.6, 0.2, 3) },
  dk: { ...recommended, 'call-waiting': repeat([425], 0.2, 0.6, 0.2, 3) },
  fi: {
    ...recommended,
    busy: repeat([425], 0.3, 0.3),
    congestion: repeat([425], 0.2, 0.2),
    'call-waiting': repeat([425], 0.15, 0.15, 0.15, 8),
  },
  nl: { ...recommended, 'call-waiting': repeat([425], 0.5, 9.5) },
  es: {
    ...recommended,
    ringback: repeat([425], 1.5, 3),
    busy: repeat([425], 0.2, 0.2),
    congestion: repeat([425], 0.2, 0.2, 0.2, 0.2, 0.2, 0.6),
    'call-waiting': repeat([425], 0.175, 0.175, 0.175, 3.5),
  },
}

/** Countries with tones of their own. */
export const toneCountries: readonly string[] = Object.keys(nationals)

/** The cadence of a call progress tone; a country that is not listed gets what ITU-T E.180 recommends. */
export function callProgressTone(tone: CallProgressTone, country: string): Cadence {
  if (tone === 'reconnecting') return reconnecting
  if (tone === 'recorded') return recorded
  if (tone === 'joined' || tone === 'left') return tone === 'joined' ? joined : left
  const key = country.toLowerCase()
  return (Object.hasOwn(nationals, key) ? (nationals[key] as National) : recommended)[tone]
}

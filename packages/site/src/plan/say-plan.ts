import { type Language, type Sentences, say } from '../words/say.ts'
import type { ClientKind } from '../profile/site-profile.ts'
import type { CountedLayer } from './plan-bandwidth.ts'
import type { PlanLine } from './plan-line.ts'
import { planWords } from './plan-words.ts'

/** Kinds of clients as people call them. */
const clientKindWords: Sentences<ClientKind> = {
  softphone: { en: 'Softphone', sv: 'Softphone', fr: 'Softphone' },
  webSoftphone: { en: 'Softphone in the browser', sv: 'Softphone i webbläsaren', fr: 'Softphone dans le navigateur' },
  deskPhone: { en: 'Desk phone', sv: 'Bordstelefon', fr: 'Poste fixe' },
  integrated: { en: 'Teams or Skype', sv: 'Teams eller Skype', fr: 'Teams ou Skype' },
  mobile: { en: 'Mobile', sv: 'Mobil', fr: 'Mobile' },
  attendant: { en: 'Attendant', sv: 'Telefonist', fr: 'Standardiste' },
  ctiOnly: { en: 'Steers a telephone', sv: 'Styr en telefon', fr: 'Pilote un poste' },
  adapter: { en: 'Analogue line', sv: 'Analog linje', fr: 'Ligne analogique' },
}

/** Layers at which bandwidth is counted. */
const layerWords: Sentences<CountedLayer> = {
  ip: { en: 'IP', sv: 'IP', fr: 'IP' },
  ethernet: { en: 'Ethernet', sv: 'Ethernet', fr: 'Ethernet' },
  wire: { en: 'on the cable', sv: 'på kabeln', fr: 'sur le câble' },
}

const isKind = (text: unknown): text is ClientKind => typeof text === 'string' && Object.hasOwn(clientKindWords, text)
const isLayer = (text: unknown): text is CountedLayer => typeof text === 'string' && Object.hasOwn(layerWords, text)

/** A line of a plan as a sentence. */
export function sayPlan({ key, values }: PlanLine, language: Language): string {
  const { kind, layer } = values
  return say(planWords, language, {
    key,
    values: {
      ...values,
      ...(isKind(kind) && { kind: clientKindWords[kind][language] }),
      ...(isLayer(layer) && { layer: layerWords[layer][language] }),
    },
  })
}

import type { Sentence, Sentences } from './sentence.ts'

/** Digits are read by the voice as words of its language. */
const same = (text: string): Sentence => ({ en: text, sv: text, fr: text })

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

const named = (
  prefix: string,
  from: number,
  { en, sv, fr }: { en: readonly string[]; sv: readonly string[]; fr: readonly string[] },
): Sentences =>
  Object.fromEntries(
    en.map((text, index) => [`${prefix}-${from + index}`, { en: text, sv: sv[index] ?? text, fr: fr[index] ?? text }]),
  )

const swedishDays =
  'första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde tjugoåttonde tjugonionde trettionde trettioförsta'.split(
    ' ',
  )
const englishEnd = (day: number): string =>
  day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'

/** Numbers, days and hours: what `composeSpeech` of the core takes figures and times apart into. */
export const numberSentences: Sentences = {
  ...Object.fromEntries(range(0, 99).map((value) => [`number-${value}`, same(String(value))])),
  ...Object.fromEntries(range(1, 9).map((value) => [`hundreds-${value}`, same(String(value * 100))])),
  star: { en: 'star', sv: 'stjärna', fr: 'étoile' },
  hash: { en: 'hash', sv: 'fyrkant', fr: 'dièse' },
  ...named('weekday', 0, {
    en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    sv: ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'],
    fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  }),
  ...named('day', 1, {
    en: range(1, 31).map((day) => `the ${day}${englishEnd(day)}`),
    sv: swedishDays.map((day) => `den ${day}`),
    fr: range(1, 31).map((day) => (day === 1 ? 'premier' : String(day))),
  }),
  ...named('month', 1, {
    en: 'of January/of February/of March/of April/of May/of June/of July/of August/of September/of October/of November/of December'.split(
      '/',
    ),
    sv: 'januari februari mars april maj juni juli augusti september oktober november december'.split(' '),
    fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  }),
  today: { en: 'today', sv: 'i dag', fr: "aujourd'hui" },
  yesterday: { en: 'yesterday', sv: 'i går', fr: 'hier' },
  at: { en: 'at', sv: 'klockan', fr: 'à' },
  oh: { en: 'oh', sv: 'noll', fr: 'zéro' },
  am: { en: 'a m', sv: 'förmiddag', fr: 'du matin' },
  pm: { en: 'p m', sv: 'eftermiddag', fr: 'du soir' },
  hours: { en: 'hours', sv: 'timmar', fr: 'heures' },
}

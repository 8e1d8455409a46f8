import type { Sentences } from '../words/say.ts'

export type ImpactKey =
  | 'open'
  | 'openAtOnce'
  | 'change'
  | 'close'
  | 'closeAtOnce'
  | 'keep'
  | 'keepAddresses'
  | 'notAsked'
  | 'eased'
  | 'optionGone'
  | 'optionNew'
  | 'know'

/** What a change means to the people of a site; `{lost}` is a sentence of the catalogue, in its language. */
export const impactWords: Sentences<ImpactKey> = {
  open: {
    en: 'Without it, from {by} on: {lost}',
    sv: 'Utan detta, från {by}: {lost}',
    fr: 'Sans cela, à partir de {by} : {lost}',
  },
  openAtOnce: { en: 'Without it: {lost}', sv: 'Utan detta: {lost}', fr: 'Sans cela : {lost}' },
  change: {
    en: 'Until it is done: {lost}',
    sv: 'Tills det är gjort: {lost}',
    fr: 'Tant que ce n’est pas fait : {lost}',
  },
  close: {
    en: 'Nothing in the new version uses it. It is needed until {by}, and may be closed after.',
    sv: 'Inget i den nya versionen använder det. Det behövs till {by} och får stängas därefter.',
    fr: 'Rien ne l’utilise dans la nouvelle version. Nécessaire jusqu’à {by}, il peut être fermé ensuite.',
  },
  closeAtOnce: {
    en: 'Nothing in the new version uses it. It may be closed.',
    sv: 'Inget i den nya versionen använder det. Det får stängas.',
    fr: 'Rien ne l’utilise dans la nouvelle version. Il peut être fermé.',
  },
  keep: {
    en: 'Not asked for here any more, but something else still uses it: leave it open.',
    sv: 'Krävs inte längre här, men något annat använder det fortfarande: låt det vara öppet.',
    fr: 'N’est plus demandé ici, mais autre chose l’utilise encore : le laisser ouvert.',
  },
  keepAddresses: {
    en: 'Not asked for any more, but its addresses stay in use: keep them allowed, and take away this one rule only when nothing at the site uses it.',
    sv: 'Krävs inte längre, men adresserna används fortfarande: låt dem vara tillåtna och ta bort just den här regeln först när inget på platsen använder den.',
    fr: 'N’est plus demandé, mais ses adresses restent utilisées : les laisser autorisées, et ne retirer cette seule règle que lorsque rien sur le site ne l’utilise.',
  },
  notAsked: {
    en: 'Not asked for any more: nothing has to be done.',
    sv: 'Krävs inte längre: inget behöver göras.',
    fr: 'N’est plus demandé : il n’y a rien à faire.',
  },
  eased: {
    en: 'More is accepted, or less is needed, than before: nothing has to be done.',
    sv: 'Mer godtas, eller mindre krävs, än förut: inget behöver göras.',
    fr: 'Plus est accepté, ou moins est exigé, qu’avant : il n’y a rien à faire.',
  },
  optionGone: {
    en: 'The new version does not know it any more. Whoever uses it has to move to something else, or loses it.',
    sv: 'Den nya versionen känner inte längre till det. Den som använder det måste byta till något annat eller mister det.',
    fr: 'La nouvelle version ne le connaît plus. Qui l’utilise doit passer à autre chose, sous peine de le perdre.',
  },
  optionNew: {
    en: 'It can be chosen from now on.',
    sv: 'Det kan väljas från och med nu.',
    fr: 'Il peut être choisi désormais.',
  },
  know: { en: 'Good to know: {lost}', sv: 'Bra att veta: {lost}', fr: 'Bon à savoir : {lost}' },
}

export type ChangeKey =
  | 'step1'
  | 'step2'
  | 'step3'
  | 'step4'
  | 'none'
  | 'before'
  | 'sinceVersion'
  | 'after'
  | 'new'
  | 'gone'
  | 'wider'
  | 'narrower'
  | 'changed'
  | 'any'
  | 'appliesElsewhere'

/** Headings and connecting words of the text form. */
export const changeWords: Sentences<ChangeKey> = {
  step1: { en: 'Open before', sv: 'Öppna i förväg', fr: 'À ouvrir avant' },
  step2: { en: 'Change', sv: 'Ändra', fr: 'À changer' },
  step3: { en: 'May be closed', sv: 'Får stängas', fr: 'Peut être fermé' },
  step4: { en: 'To know', sv: 'Att känna till', fr: 'À savoir' },
  none: { en: 'Nothing changed.', sv: 'Inget har ändrats.', fr: 'Rien n’a changé.' },
  before: { en: 'before {by}', sv: 'före {by}', fr: 'avant {by}' },
  sinceVersion: {
    en: 'since the new version ({by})',
    sv: 'sedan den nya versionen ({by})',
    fr: 'depuis la nouvelle version ({by})',
  },
  after: { en: 'after {by}', sv: 'efter {by}', fr: 'après {by}' },
  new: { en: 'new: {after}', sv: 'nytt: {after}', fr: 'nouveau : {after}' },
  gone: { en: 'gone: {before}', sv: 'borta: {before}', fr: 'disparu : {before}' },
  wider: {
    en: 'wider: {before} becomes {after}',
    sv: 'vidare: {before} blir {after}',
    fr: 'élargi : {before} devient {after}',
  },
  narrower: {
    en: 'narrower: {before} becomes {after}',
    sv: 'snävare: {before} blir {after}',
    fr: 'resserré : {before} devient {after}',
  },
  changed: {
    en: 'changed: {before} becomes {after}',
    sv: 'ändrat: {before} blir {after}',
    fr: 'modifié : {before} devient {after}',
  },
  any: { en: 'any address', sv: 'valfri adress', fr: 'toute adresse' },
  appliesElsewhere: {
    en: 'applies to other sites than before: see whether yours is one',
    sv: 'gäller andra platser än förut: se efter om er är en av dem',
    fr: 's’applique à d’autres sites qu’avant : voir si le vôtre en est',
  },
}

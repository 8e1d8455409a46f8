import type { RecordableLeg, RecordingPolicy, RecordingRule } from '@vaxel/core'

type Telling = Pick<RecordingRule, 'tells' | 'tellsBy'>

/** Everybody must agree, or is usually told, before a word is recorded; what is not listed tells those outside by a sentence. */
const everybodyBySentence: Telling = { tells: 'everybody', tellsBy: 'sentence' }
const outsideBySentence: Telling = { tells: 'outside', tellsBy: 'sentence' }
const outsideByBoth: Telling = { tells: 'outside', tellsBy: 'both' }

/**
 * How a company's country usually has people told that they are recorded (docs/decisions/0101). No legal advice: a company sets what its own
 * counsel says.
 */
const usualByCountry: Readonly<Record<string, Telling>> = {
  at: everybodyBySentence,
  be: everybodyBySentence,
  ch: everybodyBySentence,
  de: everybodyBySentence,
  es: everybodyBySentence,
  fr: everybodyBySentence,
  it: everybodyBySentence,
  pt: everybodyBySentence,
  us: outsideByBoth,
}

/** Who is told, and how, under this policy in this country. */
export function tellingOf({ tells, tellsBy }: Pick<RecordingPolicy, 'tells' | 'tellsBy'>, country: string): Telling {
  const usual = usualByCountry[country.toLowerCase()] ?? outsideBySentence
  return {
    tells: tells === 'byCountry' ? usual.tells : tells,
    tellsBy: tellsBy === 'byCountry' ? usual.tellsBy : tellsBy,
  }
}

/**
 * What a policy wants of one connection. Trunks are nobody while they talk with somebody here, whose connection it is; two of them that talk
 * with each other are the company's. What was called comes before who speaks, and both before what counts for the company.
 */
export function modeOf(
  { mode, exceptions }: RecordingPolicy,
  {
    party,
    called,
    dialled,
    isTrunk,
    isBetweenTrunks = false,
  }: Pick<RecordableLeg, 'party' | 'called' | 'dialled' | 'isTrunk' | 'isBetweenTrunks'>,
): RecordingPolicy['mode'] {
  if (isTrunk && !isBetweenTrunks) return 'off'
  const ofNumber = exceptions.find(
    ({ subject }) => subject.kind === 'number' && (subject.number === dialled || subject.number === called.number),
  )
  const ofUser = exceptions.find(({ subject }) => subject.kind === 'user' && subject.userId === party.userId)
  return (ofNumber ?? ofUser)?.mode ?? (party.userId === undefined && !isBetweenTrunks ? 'off' : mode)
}

/** Whether a recording of this mode begins by itself. */
export const isAlways = (mode: RecordingPolicy['mode']): boolean => mode === 'always' || mode === 'pausable'

import type { ReplyOf } from '../api/api.ts'
import type { Words } from '../words/words.ts'

export type Codes = ReplyOf<'readTelephoneFeatures'>['codes']
export type Code = Codes[number]

/** Features of which a number other than an extension follows the code. */
const toNumbers = new Set<Code['feature']>(['forwardAlways', 'forwardBusy', 'forwardNoAnswer'])
const toPlaces = new Set<Code['feature']>(['park', 'retrieve'])

/**
 * A code with what is dialled after it.
 * @example codeText({ feature: 'intercom', code: '*80', … }, words) // '*80 (extension)'
 */
export function codeText({ feature, code, argument }: Code, { telephone }: Words): string {
  if (argument === 'none') return code
  const { ask } = telephone
  const asked = toPlaces.has(feature) ? ask.place : toNumbers.has(feature) ? ask.to : ask.number
  return argument === 'required' ? `${code} (${asked})` : `${code}, ${code} (${asked})`
}

/** The code of a feature; undefined where the company has switched it off. */
export function codeOf(codes: Codes | undefined, feature: Code['feature']): string | undefined {
  return codes?.find((code) => code.feature === feature)?.code || undefined
}

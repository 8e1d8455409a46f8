import { toE164 } from './phone-number-library.ts'

/**
 * The number that exchanges make of digits: they take as many as the number has, and leave what somebody has dialled behind it, or a
 * service code before it.
 * @example numberReached('0900123456789012', 'SE') // '+46900123456789'
 */
export function numberReached(number: string, country: string): string {
  const plain = number.replace(/^([*#]\d+[*#]+)+/, '')
  for (let length = plain.length; length > 2; length--) {
    const e164 = toE164(plain.slice(0, length), country)
    if (e164 !== undefined) return e164
  }
  return number
}

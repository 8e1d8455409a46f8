import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * Reads a number as people of a country write it and gives it in E.164 (`+46846500401`), or undefined when it
 * cannot be one. The only file that knows the library.
 */
export function toE164(text: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode)
  return parsed?.isPossible() ? parsed.number : undefined
}

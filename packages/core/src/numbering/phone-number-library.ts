import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'

/** Numbers read last: those of one call are read several times, and a company's own with each call. */
const mostRemembered = 2_000
/** A longer text is no number, and is not remembered. */
const longestRemembered = 32
const remembered = new Map<string, string | undefined>()

/**
 * Reads a number as people of a country write it and gives it in E.164 (`+46846500401`), or undefined when it
 * cannot be one. The only file that knows the library.
 */
export function toE164(text: string, country: string): string | undefined {
  const key = `${country} ${text}`
  const known = remembered.get(key)
  if (known !== undefined || remembered.has(key)) return known
  const parsed = parsePhoneNumberFromString(text, country as CountryCode)
  const number = parsed?.isPossible() ? parsed.number : undefined
  if (text.length > longestRemembered) return number
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value!)
  remembered.set(key, number)
  return number
}

/**
 * A number as people of a country write it: theirs in the national form, others with the country code; what is no
 * E.164 number, as it is.
 * @example numberText('+46846500401', 'SE') // '08-465 004 01'
 */
export function numberText(number: string, country: string): string {
  const parsed = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined
  if (!parsed) return number
  const isOwn = parsed.country === country || (!parsed.country && parsed.countryCallingCode === callingCodeOf(country))
  return isOwn ? parsed.formatNational() : parsed.formatInternational()
}

function callingCodeOf(country: string): string | undefined {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : undefined
}

import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'

/**
 * Reads a number as people of a country write it and gives it in E.164 (`+46846500401`), or undefined when it
 * cannot be one. The only file that knows the library.
 */
export function toE164(text: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode)
  return parsed?.isPossible() ? parsed.number : undefined
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

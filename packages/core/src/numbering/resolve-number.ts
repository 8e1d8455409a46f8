import { type DialledCode, findCode } from '../codes/find-code.ts'
import { defaultParking, isParkingPlace } from '../codes/parking-places.ts'
import type { Company, Directory, PhoneNumber, User } from '../ports/directory.ts'
import { emergencyBehindPrefix, emergencyNumbersOf } from './emergency-numbers.ts'
import { toE164 } from './phone-number-library.ts'

/** What a dialled string means in one company. */
export type ResolvedNumber =
  | { readonly kind: 'emergency'; readonly number: string }
  /** A number of this company: extension, service or direct number. */
  | { readonly kind: 'own'; readonly number: PhoneNumber }
  | { readonly kind: 'user'; readonly user: User }
  /** A feature of the platform; `number` as it was dialled. */
  | { readonly kind: 'code'; readonly number: string; readonly code: DialledCode }
  /** A place where calls are parked. */
  | { readonly kind: 'parkingPlace'; readonly number: string }
  /** A number outside; E.164 where it can be read as such, else the digits as dialled. */
  | { readonly kind: 'external'; readonly number: string; readonly isE164: boolean }
  | { readonly kind: 'unknown'; readonly reason: string }

const maxDialled = 64

/**
 * Resolves what was dialled, in this order: emergency, the company's own numbers, a user's name, feature codes and
 * parking places, emergency numbers of its country that are none of those, its own direct numbers in national form, emergency numbers behind
 * the digit that once gave an outside line, the outside. Pure.
 * @param dialled user part of the Request-URI, or a tel URI's number; visual separators are allowed
 */
export function resolveNumber(directory: Directory, company: Company, domain: string, dialled: string): ResolvedNumber {
  if (dialled.length === 0 || dialled.length > maxDialled)
    return { kind: 'unknown', reason: 'the number is empty or too long' }
  const number = /^[+*#\d().\-\s]+$/.test(dialled) ? dialled.replace(/[().\-\s]/g, '') : dialled
  if (company.emergencyNumbers.includes(number)) return { kind: 'emergency', number }
  const own = directory.number(company.id, number)
  if (own) return { kind: 'own', number: own }
  const user = directory.userByAddress(domain, number.toLowerCase())
  if (user?.companyId === company.id) return { kind: 'user', user }
  const code = findCode(company.featureCodes, number)
  if (code) return { kind: 'code', number, code }
  if (isParkingPlace(company.parking ?? defaultParking, number)) return { kind: 'parkingPlace', number }
  // Whatever the company's list says: where nobody here has it, this is whom people call in need. Some end it with # as telephones send.
  const plain = number.replace(/#$/, '')
  if (company.emergencyNumbers.includes(plain) || emergencyNumbersOf(company.country).includes(plain))
    return { kind: 'emergency', number: plain }
  if (!/^[+*#]?[\d*#]+$/.test(number)) return { kind: 'unknown', reason: `nobody is called ${number} here` }
  const e164 = toE164(number, company.country)
  const direct = e164 ? directory.number(company.id, e164) : undefined
  if (direct) return { kind: 'own', number: direct }
  const behindPrefix = emergencyBehindPrefix(plain, company)
  if (behindPrefix) return { kind: 'emergency', number: behindPrefix }
  return e164 ? { kind: 'external', number: e164, isE164: true } : { kind: 'external', number, isE164: false }
}

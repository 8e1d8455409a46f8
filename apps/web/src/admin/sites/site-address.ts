import type { Site } from './use-sites.ts'

export type CivicAddress = NonNullable<Site['address']>

/** In the order in which they are asked. */
export const addressFields = ['street', 'houseNumber', 'building', 'postalCode', 'city', 'region', 'country'] as const
export type AddressField = (typeof addressFields)[number]

/** An address as it is typed. */
export type AddressDraft = Readonly<Record<AddressField, string>>

export const emptyAddress: AddressDraft = {
  street: '',
  houseNumber: '',
  building: '',
  postalCode: '',
  city: '',
  region: '',
  country: '',
}

/** Without them an address leads nowhere. */
const neededFields: readonly AddressField[] = ['street', 'city', 'country']

export const longestOf: Readonly<Record<AddressField, number>> = {
  street: 100,
  houseNumber: 20,
  building: 100,
  postalCode: 20,
  city: 100,
  region: 100,
  country: 2,
}

/** The address that the draft says, `null` for one that is empty, and what is missing in it. */
export function addressOf(draft: AddressDraft): {
  readonly address: CivicAddress | null
  readonly mistakes: Readonly<Partial<Record<AddressField, 'needed' | 'country'>>>
} {
  const { country, ...rest } = Object.fromEntries(
    addressFields.map((field) => [field, draft[field].trim()]),
  ) as AddressDraft
  const given = Object.fromEntries(
    Object.entries({ ...rest, country: country.toUpperCase() }).filter(([, text]) => text !== ''),
  )
  if (Object.keys(given).length === 0) return { address: null, mistakes: {} }
  const mistakes: Partial<Record<AddressField, 'needed' | 'country'>> = {}
  for (const field of neededFields) if (given[field] === undefined) mistakes[field] = 'needed'
  if (given['country'] !== undefined && !/^[A-Z]{2}$/.test(given['country'])) mistakes.country = 'country'
  return { address: given as unknown as CivicAddress, mistakes }
}

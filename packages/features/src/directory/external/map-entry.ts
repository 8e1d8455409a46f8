import type { AttributeMapping, CardNumber, FoundEntry } from '@vaxel/core'
import { type ContactFields, readNumber } from '../contact-fields.ts'

const mostNumbers = 10
const mostEmails = 5
const longestKey = 250
const email = /^[^@ <>"\p{Cc}]+@[^@ <>"\p{Cc}]+$/u

/** What an entry says, as a contact has it. */
export interface MappedEntry {
  readonly dn: string
  /** What identifies it; absent where the directory does not say. */
  readonly key?: string
  readonly marker?: string
  /** Absent: nobody is named. */
  readonly fields?: ContactFields
  /** Telephone numbers that are none, as they are written. */
  readonly unread: readonly string[]
}

/** Reads an entry as its directory is mapped. @param country in whose way numbers are written */
export function mapEntry({ dn, values }: FoundEntry, mapping: AttributeMapping, country: string): MappedEntry {
  const all = (attributes: readonly string[]): string[] =>
    attributes.flatMap((attribute) => (values.get(attribute.toLowerCase()) ?? []).flatMap(textOf))
  const first = (attributes: readonly string[], most: number): string | undefined => all(attributes)[0]?.slice(0, most)
  const [id] = values.get(mapping.id.toLowerCase()) ?? []
  const key = id === undefined ? undefined : keyOf(id)
  const marker = mapping.marker === undefined ? undefined : all([mapping.marker])[0]
  const { numbers, unread } = numbersIn(mapping, all, country)
  const emails = [...new Set(all(mapping.email).filter((text) => text.length <= 254 && email.test(text)))]
  const name = first(mapping.name, 200)
  const texts = {
    organisation: first(mapping.organisation, 200),
    title: first(mapping.title, 100),
    department: first(mapping.department, 100),
    location: first(mapping.location, 200),
  }
  const named = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
  return {
    dn,
    unread,
    ...(key === undefined ? {} : { key }),
    ...(marker === undefined ? {} : { marker }),
    ...(name === undefined
      ? {}
      : { fields: { name, ...named, numbers, ...(emails.length ? { emails: emails.slice(0, mostEmails) } : {}) } }),
  }
}

function numbersIn(
  mapping: AttributeMapping,
  all: (attributes: readonly string[]) => string[],
  country: string,
): { numbers: CardNumber[]; unread: string[] } {
  const numbers: CardNumber[] = []
  const unread: string[] = []
  for (const kind of ['work', 'mobile', 'home', 'fax'] as const)
    for (const written of all(mapping[kind])) {
      // "+46 (0)8 …": the zero is for those who call from inside the country.
      const number = readNumber(written.replace(/^(\+\d+)\s*\(0\)/, '$1 '), country)
      if (number === undefined) unread.push(written.slice(0, 40))
      else if (numbers.length < mostNumbers && !numbers.some((known) => known.number === number))
        numbers.push({ number, kind })
    }
  return { numbers, unread }
}

/** One line without what no screen shows; nothing of what is no text. */
function textOf(value: string | Uint8Array): string[] {
  if (typeof value !== 'string') return []
  const text = value.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return text === '' ? [] : [text]
}

const bytesPrefix = 'hex:'

/** What identifies an entry as text that a database keeps. */
export function keyOf(value: string | Uint8Array): string | undefined {
  const key = typeof value === 'string' ? value : `${bytesPrefix}${Buffer.from(value).toString('hex')}`
  return key === '' || key.length > longestKey || /\p{Cc}/u.test(key) ? undefined : key
}

/** The value that {@link keyOf} has been made of. */
export const valueOfKey = (key: string): string | Uint8Array =>
  key.startsWith(bytesPrefix) ? Buffer.from(key.slice(bytesPrefix.length), 'hex') : key

/** The later of two markers: change numbers (MS-ADTS) by their size, times (RFC 4517 §3.3.13) as they are written. */
export function laterMarker(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const areNumbers = /^\d{1,40}$/.test(a) && /^\d{1,40}$/.test(b)
  return (areNumbers ? BigInt(a) >= BigInt(b) : a >= b) ? a : b
}

/** Everything that is asked for of each entry; photos are asked for one by one. */
export function askedAttributes(mapping: AttributeMapping): string[] {
  const { id, marker, photo: _, ...lists } = mapping
  return [...new Set([id, ...(marker === undefined ? [] : [marker]), ...Object.values(lists).flat()])]
}

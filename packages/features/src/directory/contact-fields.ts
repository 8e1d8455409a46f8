import type { Mistake } from '@vaxel/base'
import { compileCheck, NewContact } from '@vaxel/contract'
import { type CardNumber, type Contact, toE164 } from '@vaxel/core'

/** A contact as it comes in: numbers as people write them. */
export interface WrittenContact {
  readonly name: string
  readonly organisation?: string
  readonly title?: string
  readonly department?: string
  readonly location?: string
  readonly numbers?: readonly { readonly number: string; readonly kind?: string }[]
  readonly emails?: readonly string[]
  readonly skills?: readonly string[]
  readonly notes?: string
}

export type ContactFields = Omit<Contact, 'id' | 'companyId' | 'ownerId' | 'directoryId' | 'changedAtMs'>

/** Inside numbers are short; what is longer and no number of any country is a mistake. */
const longestInside = 8
const unreadable = 'is no telephone number: write it as in your country, or with + and the country code'

/** Numbers in E.164, texts without spaces around them; or every mistake with its path. */
export function readContact(
  { numbers = [], ...texts }: WrittenContact,
  country: string,
): { readonly fields: ContactFields } | { readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = []
  const read: CardNumber[] = []
  numbers.forEach(({ number, kind = 'work' }, i) => {
    const e164 = readNumber(number, country)
    if (e164 === undefined) mistakes.push({ path: `/numbers/${i}/number`, reason: unreadable })
    else if (!read.some((known) => known.number === e164)) read.push({ number: e164, kind: kind as CardNumber['kind'] })
  })
  const { emails, skills, ...rest } = texts
  const fields: Record<string, unknown> = { numbers: read }
  for (const [field, text] of Object.entries(rest)) if (text.trim() !== '') fields[field] = text.trim()
  if (emails?.length) fields.emails = [...new Set(emails.map((text) => text.trim()))]
  if (skills?.length) fields.skills = [...new Set(skills.map((text) => text.trim()))]
  if (typeof fields.name !== 'string') mistakes.push({ path: '/name', reason: 'is required' })
  return mistakes.length > 0 ? { mistakes } : { fields: fields as unknown as ContactFields }
}

/** E.164, or the digits of an internal number; undefined for what is no number. */
export function readNumber(text: string, country: string): string | undefined {
  const e164 = toE164(text, country)
  if (e164 !== undefined) return e164
  const digits = text.replace(/[\s().\-/]/g, '')
  return /^\d+$/.test(digits) && digits.length <= longestInside ? digits : undefined
}

const check = compileCheck(NewContact)

/** The same for a row that somebody pasted: nothing about it has been checked before. */
export function readRow(row: object, country: string): ReturnType<typeof readContact> {
  const trimmed = trimRow(row)
  const mistakes = check.mistakes(trimmed)
  return mistakes.length > 0 ? { mistakes } : readContact(trimmed as unknown as WrittenContact, country)
}

/** Empty cells of a table are nothing. */
function trimRow(row: object): Record<string, unknown> {
  const trimmed: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(row)) {
    const kept = Array.isArray(value)
      ? value.map(trimCell).filter((cell) => cell !== '' && (cell as { number?: unknown }).number !== '')
      : trimCell(value)
    if (kept !== '' && !(Array.isArray(kept) && kept.length === 0)) trimmed[field] = kept
  }
  return trimmed
}

function trimCell(cell: unknown): unknown {
  if (typeof cell === 'string') return cell.trim()
  if (typeof cell !== 'object' || cell === null) return cell
  return Object.fromEntries(Object.entries(cell).map(([name, value]) => [name, trimCell(value)]))
}

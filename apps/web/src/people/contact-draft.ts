import type { ReplyOf, RequestOf } from '../api/api.ts'

export type Contact = ReplyOf<'readContact'>
export type ContactKind = Contact['kind']
type NewContact = RequestOf<'createContact'>['body']
type ContactPatch = RequestOf<'changeContact'>['body']
export type NumberKind = 'work' | 'mobile' | 'home' | 'fax' | 'other'
export const numberKinds: readonly NumberKind[] = ['work', 'mobile', 'home', 'fax', 'other']

/** A contact as somebody is writing it. */
export interface ContactDraft {
  readonly name: string
  readonly organisation: string
  readonly title: string
  readonly department: string
  readonly location: string
  readonly numbers: readonly { readonly kind: NumberKind; readonly number: string }[]
  /** With commas between them, as skills too. */
  readonly emails: string
  readonly skills: string
  readonly notes: string
}

const texts = ['organisation', 'title', 'department', 'location', 'notes'] as const

/** @param known the contact as it is; absent: a new one, with what is known of it */
export function draftOf(known: Partial<Contact> = {}): ContactDraft {
  const numbers = (known.numbers ?? []).map(({ kind, text, number }) => ({
    kind: kind === 'extension' ? ('other' as const) : kind,
    number: text || number,
  }))
  return {
    name: known.name ?? '',
    organisation: known.organisation ?? '',
    title: known.title ?? '',
    department: known.department ?? '',
    location: known.location ?? '',
    numbers: numbers.length > 0 ? numbers : [{ kind: 'work', number: '' }],
    emails: (known.emails ?? []).join(', '),
    skills: (known.skills ?? []).join(', '),
    notes: known.notes ?? '',
  }
}

/** Where the written numbers are in the body: empty lines are left out, so their places differ. */
export const numberIndex = (draft: ContactDraft, line: number): number =>
  draft.numbers.slice(0, line).filter(({ number }) => number.trim() !== '').length

const listOf = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const numbersOf = (draft: ContactDraft) =>
  draft.numbers.map(({ kind, number }) => ({ kind, number: number.trim() })).filter(({ number }) => number !== '')

export function newContact(draft: ContactDraft, kind: ContactKind): NewContact {
  const filled = texts
    .filter((field) => draft[field].trim() !== '')
    .map((field) => [field, draft[field].trim()] as const)
  const emails = listOf(draft.emails)
  const skills = listOf(draft.skills)
  return {
    kind,
    name: draft.name.trim(),
    ...Object.fromEntries(filled),
    numbers: numbersOf(draft),
    ...(emails.length > 0 ? { emails } : {}),
    ...(skills.length > 0 ? { skills } : {}),
  }
}

/** Only what was changed; emptied fields are taken away. */
export function contactPatch(before: ContactDraft, after: ContactDraft): ContactPatch {
  const patch: Record<string, unknown> = {}
  if (after.name.trim() !== before.name.trim()) patch['name'] = after.name.trim()
  for (const field of texts) {
    const text = after[field].trim()
    if (text !== before[field].trim()) patch[field] = text === '' ? null : text
  }
  for (const field of ['emails', 'skills'] as const) {
    const list = listOf(after[field])
    if (list.join() !== listOf(before[field]).join()) patch[field] = list.length === 0 ? null : list
  }
  if (JSON.stringify(numbersOf(after)) !== JSON.stringify(numbersOf(before))) patch['numbers'] = numbersOf(after)
  return patch
}

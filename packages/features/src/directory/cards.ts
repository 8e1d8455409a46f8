import type { UserId } from '@vaxel/base'
import type { CardNumber, Company, Contact, DirectoryCard, PhoneNumber, PhotoStore, User } from '@vaxel/core'
import { toE164 } from '@vaxel/core'

const present = <T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

/** Numbers by the one user whom each reaches. */
export type NumbersByUser = Map<string, string[]>

/** Adds what reaches one user alone. @param wanted only these users; all if absent */
export function addNumbers(
  byUser: NumbersByUser,
  numbers: readonly PhoneNumber[],
  wanted?: { has(userId: UserId): boolean },
): void {
  for (const { number, target } of numbers) {
    if (target.kind !== 'user' || (wanted && !wanted.has(target.userId))) continue
    const known = byUser.get(target.userId)
    if (known) known.push(number)
    else byUser.set(target.userId, [number])
  }
}

/** A user as the directory finds them. */
export function cardOfUser(
  user: User,
  { company, numbers, photos }: { company: Company | undefined; numbers: readonly string[]; photos: PhotoStore },
): DirectoryCard {
  const { id, displayName, extension, title, department, location, mobile, email, skills } = user
  const own: CardNumber[] = []
  const add = (number: string, kind: CardNumber['kind']): void => {
    if (!own.some((known) => known.number === number)) own.push({ number, kind })
  }
  if (extension !== undefined) add(extension, 'extension')
  for (const number of numbers) add(number, number.startsWith('+') ? 'work' : 'extension')
  if (mobile !== undefined) add(toE164(mobile, company?.country ?? 'SE') ?? mobile.replace(/[^+\d*#]/g, ''), 'mobile')
  return present<DirectoryCard>({
    id,
    kind: 'colleague',
    name: displayName,
    organisation: undefined,
    title,
    department,
    location,
    skills,
    numbers: own,
    emails: email === undefined ? undefined : [email],
    photo: photos.tagOf(id),
  })
}

/** A contact as the directory finds it: without what only its card shows. */
export function cardOfContact(contact: Contact, photos: PhotoStore): DirectoryCard {
  const {
    companyId: _company,
    ownerId,
    directoryId: _directory,
    notes: _notes,
    changedAtMs: _changed,
    ...fields
  } = contact
  return present<DirectoryCard>({
    ...fields,
    kind: ownerId === undefined ? 'shared' : 'personal',
    photo: photos.tagOf(contact.id),
  })
}

import type {
  CardNumber,
  Company,
  Contact,
  DirectoryCard,
  NumberTarget,
  PhoneNumber,
  PhotoStore,
  User,
} from '@vaxel/core'
import { toE164 } from '@vaxel/core'

const present = <T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

/** The numbers that reach one user alone, by user. */
export function numbersByUser(numbers: readonly PhoneNumber[]): ReadonlyMap<string, readonly string[]> {
  const byUser = new Map<string, string[]>()
  const ownerOf = (target: NumberTarget): string | undefined => (target.kind === 'user' ? target.userId : undefined)
  for (const { number, target } of numbers) {
    const owner = ownerOf(target)
    if (owner === undefined) continue
    const known = byUser.get(owner)
    if (known) known.push(number)
    else byUser.set(owner, [number])
  }
  return byUser
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
  const { companyId: _company, ownerId, notes: _notes, changedAtMs: _changed, ...fields } = contact
  return present<DirectoryCard>({
    ...fields,
    kind: ownerId === undefined ? 'shared' : 'personal',
    photo: photos.tagOf(contact.id),
  })
}

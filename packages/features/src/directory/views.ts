import type { OperationReply, readCard, readContact, searchDirectory } from '@vaxel/contract'
import type { Contact, DirectoryCard, PhotoStore } from '@vaxel/core'
import { shownNumbers } from './shown-numbers.ts'

export type EntryView = OperationReply<typeof searchDirectory>['items'][number]
export type PersonView = OperationReply<typeof readCard>
export type ContactView = OperationReply<typeof readContact>

/** A line shows so many numbers; the card has all. */
const mostNumbers = 3

export function toEntry(card: DirectoryCard, isFavourite: boolean, country: string): EntryView {
  const { id, kind, name, organisation, title, department, numbers, emails, photo } = card
  return {
    id,
    kind,
    name,
    ...(organisation === undefined ? {} : { organisation }),
    ...(title === undefined ? {} : { title }),
    ...(department === undefined ? {} : { department }),
    numbers: shownNumbers(numbers.slice(0, mostNumbers), country),
    ...(emails?.[0] === undefined ? {} : { email: emails[0] }),
    ...(photo === undefined ? {} : { photo }),
    ...(isFavourite ? { isFavourite } : {}),
  }
}

export function toContactView(
  { companyId: _, ownerId, changedAtMs, ...contact }: Contact,
  photos: PhotoStore,
  country: string,
): ContactView {
  const { emails, skills, numbers, ...rest } = contact
  const photo = photos.tagOf(contact.id)
  return {
    ...rest,
    kind: ownerId === undefined ? 'shared' : 'personal',
    numbers: shownNumbers(numbers, country),
    ...(emails ? { emails: [...emails] } : {}),
    ...(skills ? { skills: [...skills] } : {}),
    ...(photo === undefined ? {} : { photo }),
    changedAt: new Date(changedAtMs).toISOString(),
  }
}

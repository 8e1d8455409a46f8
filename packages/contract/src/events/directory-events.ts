import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import { externalDirectoryEvents, externalDirectoryNotices } from './external-directory-events.ts'
import type { NoticeKind } from './notice-kind.ts'

/** Who changed what all of a company see. Personal contacts leave no trace here. */
export const directoryEvents: readonly EventKind[] = [
  {
    kind: 'directory.changed',
    summary: 'Somebody made, changed or removed contacts that the company shares.',
    audience: 'administrator',
    data: Type.Object({
      by: Type.String({ description: '`user:<id>`, `demo` …' }),
      address: Type.Optional(Type.String()),
      what: Type.String({ description: 'made, changed or removed' }),
      count: Type.Number({ description: 'How many contacts' }),
      contactIds: Type.Array(Type.String(), { description: 'At most 20 of them' }),
      names: Type.Array(Type.String(), { description: 'At most 20 of them' }),
    }),
  },
  ...externalDirectoryEvents,
]

export const directoryNotices: readonly NoticeKind[] = [
  {
    kind: 'directory.changed',
    summary: 'People in the directory have changed; what is on the screen should be asked for again.',
    data: Type.Object({
      cardIds: Type.Optional(Type.Array(Type.String(), { description: 'Whom; absent: many.' })),
    }),
  },
  ...externalDirectoryNotices,
]

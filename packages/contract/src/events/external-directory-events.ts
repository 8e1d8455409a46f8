import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const audience = 'administrator'
const directory = Type.String({ description: 'Which directory.' })
const set = Type.Object({
  directory,
  name: Type.String(),
  by: Type.String({ description: '`user:<id>`' }),
  address: Type.Optional(Type.String()),
  fields: Type.Optional(Type.Array(Type.String(), { description: 'What was changed of it.' })),
})

/** What becomes of directories of others; never what is in them. */
export const externalDirectoryEvents: readonly EventKind[] = [
  { kind: 'externalDirectory.added', summary: 'A directory was connected.', audience, data: set },
  { kind: 'externalDirectory.changed', summary: 'How a directory is connected was changed.', audience, data: set },
  {
    kind: 'externalDirectory.removed',
    summary: 'A directory was let go of, and its contacts were removed.',
    audience,
    data: set,
  },
  {
    kind: 'externalDirectory.removalsAccepted',
    summary: 'An administrator said that missing entries are to be removed.',
    audience,
    data: set,
  },
  {
    kind: 'externalDirectory.synchronised',
    summary: 'Contacts were made, changed or removed as their directory says.',
    audience,
    data: Type.Object({
      directory,
      name: Type.String(),
      made: Type.Number(),
      changed: Type.Number(),
      removed: Type.Number(),
    }),
  },
  {
    kind: 'externalDirectory.failed',
    summary: 'A directory cannot be read; its contacts stay as they were.',
    audience,
    data: Type.Object({ directory, name: Type.String(), trouble: Type.String(), detail: Type.String() }),
  },
  {
    kind: 'externalDirectory.recovered',
    summary: 'A directory can be read again.',
    audience,
    data: Type.Object({ directory, name: Type.String() }),
  },
  {
    kind: 'externalDirectory.held',
    summary: 'So much is missing in a directory that nothing is removed until an administrator says so.',
    audience,
    data: Type.Object({ directory, name: Type.String(), missing: Type.Number(), known: Type.Number() }),
  },
]

export const externalDirectoryNotices: readonly NoticeKind[] = [
  {
    kind: 'externalDirectory.health',
    summary: 'Reading a directory began, ended, failed or works again; for administrators.',
    data: Type.Object({ directory, state: Type.String() }),
  },
]

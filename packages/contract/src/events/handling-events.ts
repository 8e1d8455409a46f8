import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const data = Type.Object({
  userId: Type.String({ description: 'Whose it is.' }),
  by: Type.String({ description: '`user:<id>`; `phone:<id>` when it was done by a feature code.' }),
  address: Type.Optional(Type.String()),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
})

/** What people have set for the calls that come for them, besides forwarding. */
export const handlingEvents: readonly EventKind[] = [
  {
    kind: 'workProfile.changed',
    summary: "Somebody's profiles, or which of them holds, have changed.",
    audience: 'participants',
    data,
  },
  {
    kind: 'callFilter.changed',
    summary: "Somebody's calls go to assistants first, or no longer do.",
    audience: 'participants',
    data,
  },
  {
    kind: 'groupMembership.changed',
    summary: 'Somebody takes calls of a group, or takes none for now.',
    audience: 'participants',
    data,
  },
  { kind: 'shortDials.changed', summary: "Somebody's own short dials have changed.", audience: 'participants', data },
]

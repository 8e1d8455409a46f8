import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

/** What becomes of the configuration of a contact centre. */
export const centreEvents: readonly EventKind[] = [
  {
    kind: 'centre.published',
    summary: 'A version of the contact centre holds; `restored`: it is an earlier one again.',
    audience: 'supervisor',
    data: Type.Object({
      version: Type.Number(),
      by: Type.String({ description: '`user:<id>`' }),
      note: Type.Optional(Type.String()),
      changes: Type.Number({ description: 'How many things are different.' }),
      restored: Type.Optional(Type.Number()),
    }),
  },
]

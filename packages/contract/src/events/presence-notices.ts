import Type from 'typebox'
import { PersonPresence } from '../objects/presence.ts'
import type { NoticeKind } from './notice-kind.ts'

/** How people are, as it changes. */
export const presenceNotices: readonly NoticeKind[] = [
  {
    kind: 'presence.changed',
    summary:
      'Some people of the company are now as told; changes are gathered for a quarter of a second. `version` as in the answer of `listPresence`. After a new connection ask that with `changedSince`.',
    data: Type.Object({ version: Type.String(), people: Type.Array(PersonPresence) }),
  },
]

import Type from 'typebox'
import { Conference } from '../objects/conference.ts'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const by = Type.String({ description: 'Who did it: `user:<id>`.' })

/** What becomes of conference rooms. Who was in which conference stands in the calls themselves. */
export const conferenceEvents: readonly EventKind[] = [
  {
    kind: 'conference.roomChanged',
    summary: 'A conference room was made or set anew. Its PINs are not told.',
    audience: 'administrator',
    data: Type.Object({ number: Type.String(), name: Type.String(), by }),
  },
  {
    kind: 'conference.roomRemoved',
    summary: 'A conference room was removed.',
    audience: 'administrator',
    data: Type.Object({ number: Type.String(), by }),
  },
]

export const conferenceNotices: readonly NoticeKind[] = [
  {
    kind: 'conference.changed',
    summary:
      'A conference is now as told; changes are gathered for a quarter of a second. For the people in it and its moderators.',
    data: Type.Object({ conference: Conference }),
  },
  {
    kind: 'conference.speaking',
    summary:
      'Who speaks in a conference at the moment, the loudest first; four times a second while somebody does. An empty list: nobody any more.',
    data: Type.Object({
      number: Type.String(),
      speakers: Type.Array(
        Type.Object({ id: Type.String({ description: 'The member.' }), levelDbov: Type.Number({ maximum: 0 }) }),
      ),
    }),
  },
]

import Type from 'typebox'
import { LegQuality, Termination } from '../objects/call.ts'
import type { EventKind } from './event-kind.ts'

/** The connection that an event is about: its leg and who is there. */
const connection = {
  leg: Type.Optional(Type.String({ description: 'The leg.' })),
  number: Type.Optional(Type.String({ description: 'E.164 or extension of the party.' })),
  name: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  deviceId: Type.Optional(Type.String()),
  trunkId: Type.Optional(Type.String()),
}
const decisions = Type.Optional(
  Type.Array(Type.Object({ code: Type.String() }), {
    description: 'The same decisions as stable words with what they are about, as far as there are any.',
  }),
)
const explanation = Type.Optional(Type.Array(Type.String(), { description: 'Why, step by step.' }))
/** Screens learn that something happened to a call; what it was they read with the call's story, when it is open. */
const onCall = (
  kind: string,
  summary: string,
  data: EventKind['data'],
  told: Pick<EventKind, 'brief' | 'isPassing'> = {},
): EventKind => ({ kind, summary, audience: 'participants', data, brief: [], ...told })
const passing = { isPassing: true } as const

/** ECMA-269's call control events, as far as the platform tells them. */
export const callEvents: readonly EventKind[] = [
  onCall(
    'call.originated',
    'A call began: a device or a trunk sent an INVITE, or the API asked for one.',
    Type.Object({ ...connection, dialled: Type.String() }),
  ),
  onCall(
    'call.routed',
    'Routing decided where the call goes, or why it goes nowhere.',
    Type.Object({
      to: Type.Optional(Type.String({ description: 'The number it goes to.' })),
      userId: connection.userId,
      service: Type.Optional(Type.String()),
      refused: Type.Optional(Type.String({ description: 'Code of the refusal.' })),
      explanation,
      decisions,
    }),
    passing,
  ),
  onCall('call.delivered', 'A device rings (ECMA-269 Delivered).', Type.Object(connection), passing),
  onCall(
    'call.established',
    'A party answered and is connected (ECMA-269 Established).',
    Type.Object({ ...connection, origin: Type.Optional(Type.String()), service: Type.Optional(Type.String()) }),
  ),
  onCall('call.held', 'A party put the call on hold (ECMA-269 Held).', Type.Object(connection)),
  onCall('call.retrieved', 'A party took the call from hold (ECMA-269 Retrieved).', Type.Object(connection)),
  onCall(
    'call.diverted',
    'A ringing call went elsewhere (ECMA-269 Diverted).',
    Type.Object({
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      userId: connection.userId,
      name: Type.Optional(Type.String({ description: 'Whose rule sent it on.' })),
      reason: Type.Optional(
        Type.String({
          description:
            '`unconditional`, `user-busy`, `no-answer`, `unavailable`, `do-not-disturb` or `deflection` (RFC 5806).',
        }),
      ),
      explanation,
      decisions,
    }),
  ),
  onCall(
    'call.transferred',
    'A party left and another took its place (ECMA-269 Transferred).',
    Type.Object({
      by: Type.Optional(Type.String({ description: 'Leg of the party that transferred.' })),
      to: Type.Optional(Type.String({ description: 'Number of the new party.' })),
      kept: Type.Optional(Type.String({ description: 'Leg that stayed.' })),
      adopted: Type.Optional(Type.String({ description: 'Leg that came from another call.' })),
    }),
  ),
  onCall(
    'call.conferenced',
    'A party is in a conference made of calls that went on (ECMA-269 Conferenced).',
    Type.Object({ ...connection, number: Type.String({ description: 'The conference: `ad-hoc-…`.' }) }),
  ),
  onCall(
    'call.interrupted',
    'The page or the network of a browser in the call is away: it is waited for, and the other side hears a soft tone. `cause`: `connection-lost`, its WebSocket is gone; `silent`, nothing comes from it.',
    Type.Object({
      ...connection,
      cause: Type.String(),
      waitMs: Type.Number({ description: 'How long it is waited for.' }),
    }),
  ),
  onCall(
    'call.resumed',
    'A browser is back in its call, on a new page (then `replaces` names the leg of the old one) or on the same one.',
    Type.Object({
      ...connection,
      awayMs: Type.Optional(Type.Number({ description: 'For how long it was away.' })),
      replaces: Type.Optional(Type.String({ description: 'The leg whose place it took.' })),
    }),
  ),
  onCall(
    'call.connectionCleared',
    'A party left the call (ECMA-269 Connection Cleared).',
    Type.Object({ ...connection, termination: Termination }),
    passing,
  ),
  onCall(
    'call.failed',
    'The call could not be put through (ECMA-269 Failed).',
    Type.Object({
      status: Type.Optional(Type.Integer({ description: 'SIP status.' })),
      termination: Termination,
      text: Type.Optional(Type.String()),
    }),
  ),
  onCall(
    'call.ended',
    'The call is over; its record is complete.',
    Type.Object({
      termination: Termination,
      answered: Type.Optional(Type.Boolean()),
      direction: Type.Optional(Type.String({ description: 'internal, inbound or outbound' })),
      talkMs: Type.Optional(Type.Number({ description: 'From the answer to the end; absent when nobody answered.' })),
    }),
    { brief: ['answered'] },
  ),
  onCall(
    'call.noticed',
    'Something about a leg that a person should know while the call goes on: `no-audio-from`, no packet came from it for ten seconds; `address-changed`, its phone is in another network now; `unrecorded`, the database and its journal took nothing of an emergency call for a while.',
    Type.Object({ leg: Type.String(), code: Type.String(), text: Type.String() }),
    { brief: ['leg', 'code', 'text'] },
  ),
  onCall(
    'quality.reported',
    'How well a leg was heard, in both directions.',
    Type.Object({ leg: Type.String(), quality: LegQuality }),
    passing,
  ),
]

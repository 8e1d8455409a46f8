import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

/** What features with a code tell of a call, beside `service.noted`. */
export const callFeatureEvents: readonly EventKind[] = [
  {
    kind: 'callBack.dropped',
    summary:
      'A call-back that somebody had asked for was not made: its time is over (`expired`), or one of the two is gone.',
    audience: 'supervisor',
    data: Type.Object({
      userId: Type.String({ description: 'Who asked for it.' }),
      calleeId: Type.String(),
      name: Type.String({ description: 'Who was to be called.' }),
      since: Type.String({ description: 'RFC 3339.' }),
      why: Type.String({ description: '`expired` or `gone`' }),
    }),
  },
  {
    kind: 'call.fetched',
    summary: 'Somebody took a call from the place where it was parked.',
    audience: 'participants',
    data: Type.Object({
      leg: Type.String(),
      number: Type.String({ description: 'E.164 or extension of who took it.' }),
      name: Type.Optional(Type.String()),
      userId: Type.Optional(Type.String()),
      deviceId: Type.Optional(Type.String()),
      trunkId: Type.Optional(Type.String()),
      kept: Type.String({ description: 'Leg of who was parked.' }),
    }),
  },
]

const empty = Type.Object({})

/** Each says only that something is to be read anew. */
export const callFeatureNotices: readonly NoticeKind[] = [
  { kind: 'parkedCalls.changed', summary: 'A call was parked, or is parked no longer.', data: empty },
  {
    kind: 'callsToPickUp.changed',
    summary: 'Something rings at a colleague of a pickup group, or rings no longer; told to the members.',
    data: empty,
  },
  {
    kind: 'callBacks.changed',
    summary: 'A call-back was asked for, or is over; told to who asked for it.',
    data: empty,
  },
]

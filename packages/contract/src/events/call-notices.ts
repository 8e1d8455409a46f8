import Type from 'typebox'
import type { NoticeKind } from './notice-kind.ts'

const direction = Type.Object({
  packets: Type.Integer({ description: 'In the last five seconds.' }),
  lossRatio: Type.Number({ description: 'Lost of expected, 0 to 1.' }),
  jitterMs: Type.Number(),
  roundTripMs: Type.Optional(Type.Number()),
  mos: Type.Optional(Type.Number({ description: '1 to 4.5.' })),
})

/** How calls go while they go on; what they were like is in the ledger. */
export const callNotices: readonly NoticeKind[] = [
  {
    kind: 'call.quality',
    summary:
      'How the line of a browser was in the last five seconds, measured at both ends; told to the person in that leg while something ails it, and once when it is clear again. `bad`: which way people hear it, `up` (what the person says) or `down` (what the person hears).',
    data: Type.Object({
      callId: Type.String(),
      leg: Type.String(),
      up: direction,
      down: direction,
      bad: Type.Union([Type.Literal('none'), Type.Literal('up'), Type.Literal('down'), Type.Literal('both')]),
      codec: Type.Optional(Type.String()),
    }),
  },
]

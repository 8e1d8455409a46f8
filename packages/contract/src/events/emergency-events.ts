import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

export const emergencyEvents: readonly EventKind[] = [
  {
    kind: 'emergency.called',
    summary: 'Somebody called an emergency number.',
    audience: 'supervisor',
    data: Type.Object({
      call: Type.String({ description: 'Id of the call.' }),
      dialled: Type.String(),
      number: Type.String({ description: 'Of whoever called.' }),
      userId: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      device: Type.Optional(Type.String()),
      siteId: Type.Optional(Type.String()),
      site: Type.Optional(Type.String({ description: 'Name of the site in whose networks the telephone is.' })),
      location: Type.Optional(Type.String({ description: 'Where the directory says that they work.' })),
      address: Type.Optional(Type.String()),
      isRefused: Type.Optional(Type.Boolean({ description: 'No trunk could take it.' })),
    }),
  },
  {
    kind: 'emergency.acknowledged',
    summary: 'Somebody of the staff said that they take care of an emergency call.',
    audience: 'supervisor',
    data: Type.Object({ call: Type.String(), userId: Type.String(), name: Type.String() }),
  },
]

export const emergencyNotices: readonly NoticeKind[] = [
  {
    kind: 'emergencyCalls.changed',
    summary: 'Somebody called an emergency number, or somebody of the staff has seen it.',
    data: Type.Object({ callId: Type.String() }),
  },
]

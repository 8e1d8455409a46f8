import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const who = {
  userId: Type.String(),
  name: Type.String(),
  deviceId: Type.String({ description: 'The shared phone.' }),
}

export const deskEvents: readonly EventKind[] = [
  {
    kind: 'desk.loggedIn',
    summary: 'Somebody logged in at a shared desk phone, which takes their calls from then on.',
    audience: 'supervisor',
    data: Type.Object({ ...who, desk: Type.String({ description: 'Name of the desk.' }) }),
  },
  {
    kind: 'desk.loggedOut',
    summary: 'A shared desk phone is its own again.',
    audience: 'supervisor',
    data: Type.Object({
      ...who,
      reason: Type.String({ description: '`code`, `command`, `elsewhere`, `replaced` or `night`.' }),
    }),
  },
]

export const deskNotices: readonly NoticeKind[] = [
  {
    kind: 'desks.changed',
    summary: 'Somebody logged in or out at a shared desk phone.',
    data: Type.Object({ deviceId: Type.String() }),
  },
]

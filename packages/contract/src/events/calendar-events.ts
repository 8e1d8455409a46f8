import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const audience = 'administrator'
const data = Type.Object({
  userId: Type.String({ description: 'Whose it is.' }),
  by: Type.String({ description: 'Who did it.' }),
  server: Type.String({ description: 'Host of its address, which is a secret itself.' }),
})

/** Which calendars are followed; never what is in them, nor their addresses. */
export const calendarEvents: readonly EventKind[] = [
  {
    kind: 'calendar.followed',
    summary: 'The presence of a user follows a calendar, or does so otherwise.',
    audience,
    data,
  },
  { kind: 'calendar.removed', summary: 'The presence of a user follows their calendar no longer.', audience, data },
]

/** For the owner alone. */
export const calendarNotices: readonly NoticeKind[] = [
  {
    kind: 'calendar.changed',
    summary: 'Your calendar was read, or cannot be read: ask `readMyCalendar`.',
    data: Type.Object({ state: Type.String(), trouble: Type.Optional(Type.String()) }),
  },
]

import Type, { type Static } from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

export const calendarTroubles = [
  'address',
  'network',
  'insecure',
  'unreachable',
  'certificate',
  'timeOut',
  'login',
  'notFound',
  'redirects',
  'server',
  'notCalendar',
  'tooLarge',
  'tooHard',
] as const

const protocol = OneOf(
  ['feed', 'caldav'],
  '`feed`: the address of one iCalendar file, as Outlook, Google and Nextcloud publish it. `caldav`: a calendar collection.',
)
const shows = OneOf(
  ['busy', 'place', 'all'],
  'What colleagues are shown beside that somebody is busy: nothing, the place, or the place and the title. What is private in the calendar is never shown.',
)

/** A calendar as it is set; what is absent stays as it is. */
export const CalendarWish = Closed(
  {
    protocol: Type.Optional(protocol),
    address: Type.Optional(
      Text(2000, '`https://…` or `webcal://…`. It is kept as a secret, since whoever knows it may read the calendar.'),
    ),
    login: Type.Optional(
      Type.String({ maxLength: 200, description: 'Name at the calendar server; empty: it asks for none.' }),
    ),
    password: Type.Optional(
      Type.String({
        maxLength: 500,
        description: 'Kept sealed and never shown. To be given again for another server or login.',
      }),
    ),
    shows: Type.Optional(shows),
  },
  { title: 'CalendarWish' },
)
export type CalendarWish = Static<typeof CalendarWish>

/** A calendar as people may see it: its address and password stay here. */
export const CalendarView = Closed(
  {
    userId: Id('Whose it is.'),
    protocol,
    server: Type.String({ description: 'Host of its address; the address itself is a secret.' }),
    login: Type.Optional(Type.String()),
    shows,
    state: OneOf(
      ['reading', 'good', 'failing', 'lost'],
      '`reading`: for the first time. `failing`: it cannot be read, and what it said last still counts. `lost`: that was too long ago, and presence goes on without it.',
    ),
    since: Type.Optional(Time('Since when it is so.')),
    trouble: Type.Optional(OneOf([...calendarTroubles], 'Why it cannot be read.')),
    readAt: Type.Optional(Time('When it was read last.')),
    triedAgainAt: Type.Optional(Time('When it is read next.')),
    unread: Type.Optional(Type.Integer({ description: 'Entries that could not be understood and are left out.' })),
    isCut: Type.Optional(Type.Boolean({ description: 'There are more entries than are looked at.' })),
  },
  { title: 'Calendar' },
)
export type CalendarView = Static<typeof CalendarView>

/** A time during which a calendar says the same. */
export const CalendarBlockView = Closed(
  {
    from: Time('Begin.'),
    to: Time('End.'),
    kind: OneOf(
      ['out', 'busy', 'tentative', 'elsewhere'],
      '`out`: out of office. `tentative`: not accepted yet. `elsewhere`: working at another place.',
    ),
    title: Type.Optional(Type.String()),
    place: Type.Optional(Type.String()),
  },
  { title: 'CalendarBlock' },
)

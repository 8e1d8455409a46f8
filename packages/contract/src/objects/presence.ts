import Type, { type Static } from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

export const PresenceState = OneOf(
  ['available', 'ringing', 'busy', 'inMeeting', 'doNotDisturb', 'beRightBack', 'away', 'offline'],
  'How somebody is. `offline`: no device is registered, or the person wants to look so.',
)

export const ChosenPresenceState = OneOf(
  ['available', 'busy', 'inMeeting', 'doNotDisturb', 'beRightBack', 'away', 'offline'],
  'How you want to be seen.',
)

const PresenceReason = OneOf(
  [
    'free',
    'noDevice',
    'call.phone',
    'call.browser',
    'call',
    'ringing',
    'chosen',
    'callHandling',
    'agent',
    'calendar',
    'teams',
  ],
  'Why: the source that decided. `chosen`: the person said so; `callHandling`: do not disturb is set for calls.',
)

/** How one person is. Short names and seconds, as there are thousands in an answer. */
export const PersonPresence = Closed(
  {
    id: Id('The user.'),
    state: PresenceState,
    why: PresenceReason,
    since: Type.Optional(
      Type.Integer({ description: 'Seconds since 1970; absent when it was so before the platform started.' }),
    ),
    until: Type.Optional(Type.Integer({ description: 'Ends by itself then, seconds since 1970.' })),
    note: Type.Optional(Type.String({ maxLength: 200, description: "In the person's own words." })),
    place: Type.Optional(Type.String({ maxLength: 120, description: 'Where the person is, by their calendar.' })),
    title: Type.Optional(Type.String({ maxLength: 120, description: 'What they are at, where they want it shown.' })),
    name: Type.Optional(Type.String({ description: 'Only where names are asked for, as is the extension.' })),
    extension: Type.Optional(Type.String()),
  },
  { title: 'PersonPresence' },
)
export type PersonPresence = Static<typeof PersonPresence>

/** What somebody chose for themselves. */
export const ChosenPresence = Closed(
  {
    state: ChosenPresenceState,
    note: Type.Optional(Text(200, 'Shown beside it: "Back at three".')),
    until: Type.Optional(Time('When it ends by itself; in the future, within a year.')),
  },
  { title: 'ChosenPresence' },
)
export type ChosenPresence = Static<typeof ChosenPresence>

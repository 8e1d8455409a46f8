import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text, Time } from './common.ts'

const Pin = (description: string) => Type.String({ pattern: '^[0-9]{4,10}$', maxLength: 10, description })
const flag = (description: string) => Type.Boolean({ description })

const announces = OneOf(
  ['silent', 'beep', 'count', 'names'],
  'What is heard when somebody comes or goes. `count`: a beep, and whoever comes hears how many are there. `names`: each says a name first, and all hear it.',
)

const ruleFields = {
  name: Text(64, 'What the room is called.'),
  moderatorIds: Type.Array(Id('A user.'), {
    maxItems: 50,
    description: 'Moderators from the devices that are theirs, without a PIN. The owner is one always.',
  }),
  isOpenToCompany: flag('People of the company need no PIN.'),
  waitsForModerator: flag('Nobody is let in before a moderator is there; they hear music.'),
  endsWithModerator: flag('It ends for all when the last moderator leaves.'),
  announces,
  startsMuted: flag('Everybody but moderators comes in muted.'),
  startsAsLecture: flag('Only moderators are heard, until they open the discussion.'),
  mostMembers: Type.Integer({ minimum: 2, maximum: 500, description: 'Calls in it at once.' }),
} as const

/** What somebody wants of a room; what is left out is as usual. */
export const ConferenceRoomWish = Closed(
  {
    name: ruleFields.name,
    ownerId: Type.Optional(Id('Whose personal room it is; absent: the company’s. Administrators alone change it.')),
    pin: Type.Optional(Pin('Opens the room; absent: whoever calls is let in.')),
    moderatorPin: Type.Optional(Pin('Opens the room and makes a moderator.')),
    moderatorIds: Type.Optional(ruleFields.moderatorIds),
    isOpenToCompany: Type.Optional(ruleFields.isOpenToCompany),
    waitsForModerator: Type.Optional(ruleFields.waitsForModerator),
    endsWithModerator: Type.Optional(ruleFields.endsWithModerator),
    announces: Type.Optional(announces),
    startsMuted: Type.Optional(ruleFields.startsMuted),
    startsAsLecture: Type.Optional(ruleFields.startsAsLecture),
    mostMembers: Type.Optional(ruleFields.mostMembers),
  },
  { title: 'ConferenceRoomWish' },
)

export const ConferenceRoom = Closed(
  {
    number: NumberText('What is called to reach it.'),
    ...ruleFields,
    name: Type.String({ maxLength: 64, description: 'Empty when nobody has named it.' }),
    ownerId: Type.Optional(Id('Whose personal room it is.')),
    hasPin: flag('A PIN is asked for.'),
    hasModeratorPin: flag('There is a PIN for moderators.'),
    pin: Type.Optional(Type.String({ description: 'For those who may change the room.' })),
    moderatorPin: Type.Optional(Type.String({ description: 'For those who may change the room.' })),
    membersNow: Type.Integer({ description: 'How many are in it now.' }),
    mayModerate: flag('You are a moderator here.'),
    mayChange: flag('You may set the room.'),
  },
  { title: 'ConferenceRoom' },
)

export const ConferenceMember = Closed(
  {
    id: Id('The member: its call.'),
    number: Type.String(),
    name: Type.Optional(Type.String()),
    userId: Type.Optional(Id('Somebody of the company.')),
    isModerator: Type.Boolean(),
    phase: OneOf(
      ['knocking', 'waiting', 'in', 'leaving'],
      '`knocking`: asked for a PIN. `waiting`: for a moderator, with music.',
    ),
    isMuted: flag('By themselves.'),
    isSilenced: flag('By a moderator; only a moderator ends it.'),
    isHeard: flag('The others hear them.'),
    handRaisedAt: Type.Optional(Time('Since when they ask for the floor.')),
    enteredAt: Type.Optional(Time('When they came in.')),
  },
  { title: 'ConferenceMember' },
)

export const Conference = Closed(
  {
    number: Type.String({ description: 'Of the room; `ad-hoc-…` for a conference made of two calls.' }),
    name: Type.String(),
    version: Type.Integer({ description: 'Counts up with each change.' }),
    isRunning: flag('Somebody is in it, or at its door.'),
    isHidden: Type.Optional(
      Type.Boolean({ description: 'You are neither in it nor a moderator: who is there is not told.' }),
    ),
    isLocked: Type.Boolean(),
    isLecture: Type.Boolean(),
    isWaiting: flag('It waits for a moderator.'),
    isRecorded: Type.Boolean(),
    members: Type.Array(ConferenceMember),
  },
  { title: 'Conference' },
)

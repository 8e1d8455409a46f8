import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text, Time } from './common.ts'

/** The features with a code, by their words (packages/core/src/codes). */
export const featureNames = [
  'groupPickup',
  'directedPickup',
  'park',
  'retrieve',
  'campOn',
  'campOnCancel',
  'flip',
  'intercom',
  'conference',
  'recordToggle',
  'recordPause',
  'voicemail',
  'voicemailOf',
  'deskSharing',
  'forwardAlways',
  'forwardAlwaysOff',
  'forwardBusy',
  'forwardBusyOff',
  'forwardNoAnswer',
  'forwardNoAnswerOff',
  'doNotDisturb',
  'doNotDisturbOff',
  'groupLogin',
  'groupLogout',
  'agentLogin',
  'agentLogout',
  'agentReady',
  'agentNotReady',
  'assistantsOn',
  'assistantsOff',
  'profile',
] as const

export const FeatureCode = Closed(
  {
    feature: OneOf([...featureNames], 'What it does.'),
    code: Type.String({ maxLength: 6, description: 'What is dialled; empty where the company has switched it off.' }),
    delivered: Type.String({ maxLength: 6, description: 'The code as delivered.' }),
    argument: OneOf(['none', 'optional', 'required'], 'Whether digits follow the code.'),
  },
  { title: 'FeatureCode' },
)

const Place = Type.String({
  pattern: '^[0-9]{1,8}$',
  description: 'A parking place: a number that everybody can dial.',
})

export const Parking = Closed(
  {
    first: Place,
    count: Type.Integer({ minimum: 1, maximum: 100, description: 'How many places, one after another.' }),
    recallSeconds: Type.Integer({
      minimum: 5,
      maximum: 3600,
      description: 'After so long, whoever parked the call is called.',
    }),
    fallback: Type.Optional(
      NumberText('Where the call goes when nobody takes the recall; absent: it is parked again, twice at most.'),
    ),
  },
  { title: 'Parking' },
)

export const PickupGroup = Closed(
  {
    name: Text(100, 'What people call the group.'),
    userIds: Type.Array(Id('A member.'), { maxItems: 500 }),
  },
  { title: 'PickupGroup' },
)

export const telephoneFeatureFields = {
  parking: Parking,
  pickupGroups: Type.Array(PickupGroup, {
    maxItems: 500,
    description: "People who may pick up each other's calls by one code.",
  }),
  deskLogoutHour: Type.Integer({
    minimum: 0,
    maximum: 23,
    description: 'The hour, by the clock of the company, at which everybody is logged out of shared desk phones.',
  }),
}

export const TelephoneFeatures = Closed(
  {
    codes: Type.Array(FeatureCode),
    parking: Parking,
    pickupGroups: telephoneFeatureFields.pickupGroups,
    deskLogoutHour: Type.Optional(telephoneFeatureFields.deskLogoutHour),
  },
  { title: 'TelephoneFeatures' },
)

export const ParkedCall = Closed(
  {
    place: Place,
    callId: Id('The call.'),
    who: Type.String({ description: 'Who is parked.' }),
    number: Type.String({ description: 'Number of who is parked.' }),
    by: Type.Optional(Type.String({ description: 'Who parked the call.' })),
    since: Time('Since when.'),
    isRecalling: Type.Boolean({ description: 'Whoever parked it is being called.' }),
  },
  { title: 'ParkedCall' },
)

export const CallToPickUp = Closed(
  {
    callId: Id('The call.'),
    from: Type.String({ description: 'Who calls.' }),
    fromNumber: Type.String({ description: 'Number of who calls.' }),
    at: Type.String({ description: 'At whom it rings.' }),
    atNumber: Type.String({ description: 'Number of the person at whom it rings.' }),
    since: Time('Since when it rings.'),
  },
  { title: 'CallToPickUp' },
)

export const CallBack = Closed(
  {
    id: Id('Made by the server.'),
    name: Type.String({ description: 'Who is waited for.' }),
    number: Type.String({ description: 'Number of who is waited for.' }),
    reason: OneOf(
      ['busy', 'noAnswer'],
      'busy: until they are off the phone; noAnswer: until they have used their phone.',
    ),
    since: Time('Since when.'),
    until: Time('It ends then.'),
    isCalling: Type.Boolean({ description: 'The two are being called now.' }),
  },
  { title: 'CallBack' },
)

import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text, Time } from '../objects/common.ts'
import { ActiveProfile, AssistantFilter, ShortDial, WorkProfile, WorkProfiles } from '../objects/work-profile.ts'
import { operation } from '../operation.ts'
import { ForwardsInCircle, ForwardsNowhere } from '../portal-errors.ts'

const tag = 'own settings'
const ofUser = { userId: Id('The user.') }

export const readMyProfiles = operation({
  id: 'readMyProfiles',
  method: 'GET',
  path: '/api/v1/me/profiles',
  tag,
  summary: 'Your profiles (office, home …) and which one holds',
  access: 'user',
  reply: WorkProfiles,
})

export const putMyProfiles = operation({
  id: 'putMyProfiles',
  method: 'PUT',
  path: '/api/v1/me/profiles',
  tag,
  summary: 'Say which profiles you have; one that is gone no longer holds',
  access: 'user',
  body: Closed({ list: Type.Array(WorkProfile, { maxItems: 12 }) }),
  reply: WorkProfiles,
  errors: [ForwardsInCircle, ForwardsNowhere],
})

export const chooseMyProfile = operation({
  id: 'chooseMyProfile',
  method: 'PUT',
  path: '/api/v1/me/profile',
  tag,
  summary: 'Be in one of your profiles now, or in none',
  access: 'user',
  body: Closed({ active: Type.Union([ActiveProfile, Type.Null()]) }),
  reply: WorkProfiles,
})

const FilterOfOther = Closed({
  userId: Id('Whose calls they are.'),
  name: Text(200, 'Their name.'),
  isOn: Type.Boolean(),
})

export const readMyFilter = operation({
  id: 'readMyFilter',
  method: 'GET',
  path: '/api/v1/me/call-filter',
  tag,
  summary: 'Whether your calls go to your assistants, and for whom you are an assistant',
  access: 'user',
  reply: Closed({
    filter: Type.Optional(AssistantFilter),
    names: Type.Record(Type.String(), Type.String(), { description: 'Your assistants by identifier.' }),
    assists: Type.Array(FilterOfOther, { description: 'Whose assistant you are.' }),
  }),
})

export const putMyFilter = operation({
  id: 'putMyFilter',
  method: 'PUT',
  path: '/api/v1/me/call-filter',
  tag,
  summary: 'Let your calls go to assistants',
  access: 'user',
  body: AssistantFilter,
  reply: AssistantFilter,
})

export const readFilter = operation({
  id: 'readFilter',
  method: 'GET',
  path: '/api/v1/users/{userId}/call-filter',
  tag,
  summary: "Whether a user's calls go to assistants",
  access: 'administrator',
  params: ofUser,
  reply: Closed({ filter: Type.Optional(AssistantFilter) }),
})

export const putFilter = operation({
  id: 'putFilter',
  method: 'PUT',
  path: '/api/v1/users/{userId}/call-filter',
  tag,
  summary: "Let a user's calls go to assistants",
  access: 'administrator',
  params: ofUser,
  body: AssistantFilter,
  reply: AssistantFilter,
})

export const switchFilter = operation({
  id: 'switchFilter',
  method: 'PUT',
  path: '/api/v1/users/{userId}/call-filter/state',
  tag,
  summary: 'Switch a filter on or off: your own, or that of somebody whose assistant you are',
  access: 'user',
  params: ofUser,
  body: Closed({ isOn: Type.Boolean() }),
  reply: Closed({ isOn: Type.Boolean() }),
})

const Membership = Closed(
  {
    number: NumberText("The group's number."),
    name: Text(100, "The group's name."),
    isIn: Type.Boolean({ description: 'Its calls ring at you.' }),
    callsOutAs: Type.Optional(
      OneOf(
        ['choice', 'line'],
        'Of a shared line that your calls can be made on: where the telephone or the command names it, or always.',
      ),
    ),
  },
  { title: 'GroupMembership' },
)

export const listMyGroups = operation({
  id: 'listMyGroups',
  method: 'GET',
  path: '/api/v1/me/groups',
  tag,
  summary: 'The groups and shared lines that you belong to, and whether their calls ring at you',
  access: 'user',
  reply: Closed({ items: Type.Array(Membership, { maxItems: 1000 }) }),
})

export const joinMyGroup = operation({
  id: 'joinMyGroup',
  method: 'PUT',
  path: '/api/v1/me/groups/{number}',
  tag,
  summary: 'Take calls of a group that you belong to, or none for now',
  access: 'user',
  params: { number: NumberText("The group's number.") },
  body: Closed({ isIn: Type.Boolean() }),
  reply: Membership,
})

export const joinGroup = operation({
  id: 'joinGroup',
  method: 'PUT',
  path: '/api/v1/users/{userId}/groups/{number}',
  tag,
  summary: 'Let somebody take calls of a group that they belong to, or none for now',
  access: 'supervisor',
  params: { ...ofUser, number: NumberText("The group's number.") },
  body: Closed({ isIn: Type.Boolean() }),
  reply: Membership,
})

const ShortDials = Closed({ entries: Type.Array(ShortDial, { maxItems: 100 }) }, { title: 'ShortDials' })

export const readMyShortDials = operation({
  id: 'readMyShortDials',
  method: 'GET',
  path: '/api/v1/me/short-dials',
  tag,
  summary: 'Your own short dials: `*0` and one or two digits',
  access: 'user',
  reply: ShortDials,
})

export const putMyShortDials = operation({
  id: 'putMyShortDials',
  method: 'PUT',
  path: '/api/v1/me/short-dials',
  tag,
  summary: 'Say what your short dials are; these take the place of all that were',
  access: 'user',
  body: ShortDials,
  reply: ShortDials,
})

const ImportVerdict = Closed({
  number: Type.String(),
  what: Type.Enum(['made', 'changed', 'same', 'refused'], { description: 'What happens with it.' }),
  why: Type.Optional(
    OneOf(
      ['twice', 'taken', 'code', 'target'],
      'Why it was refused: it is there twice, reaches something else already, is no short dial, or leads where no calls go.',
    ),
  ),
  reason: Type.Optional(Type.String({ description: 'The same in a sentence.' })),
})

export const importShortDials = operation({
  id: 'importShortDials',
  method: 'POST',
  path: '/api/v1/short-dials/import',
  tag: 'numbers',
  summary: "Make and change many of the company's short dials at once: all of them, or none when one is refused",
  access: 'administrator',
  body: Closed({
    isPreview: Type.Boolean({ description: 'Say what would happen, and do nothing.' }),
    items: Type.Array(
      Closed({
        number: Text(32, 'The short dial: `*0` and three or four digits.'),
        to: Text(64, 'What it stands for, as people write it.'),
        name: Type.Optional(Text(100, 'Whom it reaches.')),
      }),
      { minItems: 1, maxItems: 1000 },
    ),
  }),
  reply: Closed({ isDone: Type.Boolean(), items: Type.Array(ImportVerdict) }),
})

const WhoCalls = Type.Union([
  Closed({ kind: Type.Literal('user'), userId: Id('A user of the company.') }),
  Closed(
    { kind: Type.Literal('outside'), number: Type.Optional(Text(32, 'In any form; E.164 is best.')) },
    { description: 'Somebody from outside; without a number: it is withheld.' },
  ),
])

export const tryCall = operation({
  id: 'tryCall',
  method: 'POST',
  path: '/api/v1/routing/try',
  tag: 'numbers',
  summary: 'What would become of a call, at any time, with the reasons; nothing rings',
  description:
    'Decided as calls are: by rules, profiles, groups and numbers as they are set, and by how people are now. Only the time may be another one.',
  access: 'supervisor',
  body: Closed({
    from: WhoCalls,
    dialled: Text(64, 'What is dialled.'),
    at: Type.Optional(Time('When; now if absent.')),
  }),
  reply: Closed({
    outcome: OneOf(['rings', 'service', 'outside', 'refused'], 'What becomes of it first.'),
    to: Type.Optional(Type.String({ description: 'Whom it reaches: a number.' })),
    name: Type.Optional(Type.String({ description: 'Their name, where known.' })),
    rounds: Type.Array(
      Closed({
        names: Type.Array(Type.String(), { description: 'People whose devices ring together.' }),
        seconds: Type.Integer(),
      }),
      { description: 'One after another, until somebody answers.' },
    ),
    onward: Type.Array(
      Closed({ moment: OneOf(['busy', 'noAnswer', 'unreachable'], 'When nobody takes it so.'), to: Type.String() }),
      { description: 'Where it goes then.' },
    ),
    steps: Type.Array(
      Closed({
        code: Type.String({ description: 'As in the story of a call: `route.…`.' }),
        params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
        text: Type.String({ description: 'In English.' }),
      }),
    ),
  }),
})

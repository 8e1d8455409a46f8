import Type from 'typebox'
import { Closed, Id } from '../objects/common.ts'
import { ChosenPresence, PersonPresence } from '../objects/presence.ts'
import { operation } from '../operation.ts'
import { PresenceOverAlready } from '../presence-errors.ts'

const tag = 'presence'

export const listPresence = operation({
  id: 'listPresence',
  method: 'GET',
  path: '/api/v1/presence',
  tag,
  summary: 'How everybody in the company is now',
  description:
    'Everyone at once, or what has changed since a version that you have. Changes afterwards come as the notice `presence.changed` of the event stream. It is never told who talks with whom.',
  access: 'user',
  query: {
    changedSince: Type.Optional(
      Type.String({ maxLength: 64, description: 'The `version` of an answer before: only what has changed since.' }),
    ),
    withNames: Type.Optional(Type.Boolean({ description: 'With names and extensions, for a board of everyone.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'People in one answer; 5,000 by default.' }),
    ),
    after: Type.Optional(Type.String({ maxLength: 64, description: 'Where the answer before ended: its `next`.' })),
  },
  reply: Closed(
    {
      version: Type.String({
        maxLength: 64,
        description: 'Send as `changedSince` later; of several pages, the first.',
      }),
      isWhole: Type.Boolean({ description: 'Everyone, not only what has changed.' }),
      people: Type.Array(PersonPresence),
      next: Type.Optional(Type.String({ maxLength: 64, description: 'There are more: send as `after`.' })),
    },
    { title: 'PresenceOfPeople' },
  ),
})

export const readPresence = operation({
  id: 'readPresence',
  method: 'GET',
  path: '/api/v1/presence/{userId}',
  tag,
  summary: 'How one colleague is now',
  access: 'user',
  params: { userId: Id('The user.') },
  reply: PersonPresence,
})

const OwnPresence = Closed(
  {
    presence: PersonPresence,
    chosen: Type.Optional(ChosenPresence),
  },
  { title: 'OwnPresence', description: 'How colleagues see you, and what you chose, if anything.' },
)

export const readMyPresence = operation({
  id: 'readMyPresence',
  method: 'GET',
  path: '/api/v1/me/presence',
  tag,
  summary: 'How colleagues see you, and what you chose',
  access: 'user',
  reply: OwnPresence,
})

export const choosePresence = operation({
  id: 'choosePresence',
  method: 'PUT',
  path: '/api/v1/me/presence',
  tag,
  summary: 'Choose how you are seen, until a time or until you take it back',
  description: 'A call still shows as busy, unless you chose not to be disturbed or to look offline.',
  access: 'user',
  body: ChosenPresence,
  reply: OwnPresence,
  errors: [PresenceOverAlready],
})

export const clearPresence = operation({
  id: 'clearPresence',
  method: 'DELETE',
  path: '/api/v1/me/presence',
  tag,
  summary: 'Be seen again as your telephones and calendar say',
  access: 'user',
  status: 200,
  reply: OwnPresence,
})

import Type from 'typebox'
import { NotDraining } from '../errors.ts'
import { Closed, OneOf, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'upkeep'

const Status = Closed(
  {
    state: OneOf(['running', 'draining'], 'Whether new calls are taken.'),
    version: Type.String(),
    startedAt: Time('When the server began.'),
    uptimeSeconds: Type.Number(),
    calls: Type.Integer({ minimum: 0, description: 'Calls that go on, of all companies.' }),
    registrations: Type.Integer({ minimum: 0, description: 'Contacts that are registered now.' }),
    warnings: Type.Array(Type.String(), {
      description: 'What is wrong although calls go on, a sentence each; empty when all is well.',
    }),
    drain: Type.Optional(
      Closed({
        since: Time('When new calls were refused for the first time.'),
        endsBy: Time('When the calls that are left then are ended.'),
      }),
    ),
  },
  { title: 'Status' },
)

export const readStatus = operation({
  id: 'readStatus',
  method: 'GET',
  path: '/api/v1/status',
  tag,
  summary: 'What the server does at the moment',
  access: 'operator',
  reply: Status,
})

export const startDrain = operation({
  id: 'startDrain',
  method: 'POST',
  path: '/api/v1/drain',
  tag,
  summary: 'Take no new calls, and end the server when the last one has ended',
  description:
    'New calls get 503 with Retry-After; emergency calls pass, and what goes on goes on, transfers and pick-ups too. Asked again, it gets another limit.',
  access: 'operator',
  body: Closed({
    limitSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        description: 'After so long, calls that are left are ended and the server ends; VAXEL_DRAIN_LIMIT by default.',
      }),
    ),
  }),
  reply: Status,
  status: 202,
})

export const cancelDrain = operation({
  id: 'cancelDrain',
  method: 'DELETE',
  path: '/api/v1/drain',
  tag,
  summary: 'Take new calls again',
  access: 'operator',
  reply: Status,
  errors: [NotDraining],
})

import Type from 'typebox'
import { Call, Leg, Message, Trouble } from '../objects/call.ts'
import { callFilter } from '../objects/call-filter.ts'
import { Closed, Id, OneOf, Page } from '../objects/common.ts'
import { Event } from '../objects/event.ts'
import { operation } from '../operation.ts'

const tag = 'history'

export const listCalls = operation({
  id: 'listCalls',
  method: 'GET',
  path: '/api/v1/calls',
  tag,
  summary: "Calls, latest first: the own ones, or the company's for supervisors and administrators",
  access: 'user',
  query: {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'Calls of one page; 50 by default.' })),
    before: Type.Optional(Id('Only calls before this one: `next` of the page before.')),
    own: Type.Optional(OneOf(['1'], 'Only your own, also for those who see the company.')),
    ...callFilter,
  },
  reply: Page(Call),
})

export const readCall = operation({
  id: 'readCall',
  method: 'GET',
  path: '/api/v1/calls/{callId}',
  tag,
  summary:
    'One call with its legs, their quality, its timeline and, for supervisors and administrators, every SIP message',
  access: 'user',
  params: { callId: Id('The call.') },
  reply: Closed(
    {
      call: Call,
      legs: Type.Array(Leg),
      timeline: Type.Array(Event, { description: 'What happened, in order.' }),
      troubles: Type.Array(Trouble, {
        description: 'What its network did to it, as far as it is known; told to those who may see the messages.',
      }),
      messages: Type.Array(Message, { description: 'Empty for those who may not see them.' }),
    },
    { title: 'CallWithTimeline' },
  ),
})

export const listEvents = operation({
  id: 'listEvents',
  method: 'GET',
  path: '/api/v1/ledger',
  tag,
  summary: "The company's ledger by number, for those who cannot keep a WebSocket open",
  access: 'supervisor',
  query: {
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only events with a higher number.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '200 by default.' })),
  },
  reply: Closed({
    items: Type.Array(Event),
    last: Type.Integer({ description: 'Send as `after` to go on.' }),
  }),
})

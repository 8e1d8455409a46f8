import Type from 'typebox'
import { Closed, Id, OneOf, Text } from '../objects/common.ts'
import {
  AgentDeskView,
  AgentLineWish,
  AgentQueueView,
  AgentReasonView,
  AgentStateWord,
  channelWords,
  CustomerNote,
  WorkHistoryView,
  WorkItemView,
} from '../objects/work.ts'
import { operation } from '../operation.ts'
import {
  AgentLoggedOff,
  CentreAway,
  NoRoomForWork,
  NotAnAgent,
  OfferGone,
  QueueNotThere,
  ReasonNotThere,
  WorkGone,
  WrapUpCodeNeeded,
} from '../work-errors.ts'

const tag = 'agent'
const item = '/api/v1/work/{itemId}'
const params = { itemId: Id('The work item.') }

export const readAgentDesk = operation({
  id: 'readAgentDesk',
  method: 'GET',
  path: '/api/v1/agent',
  tag,
  summary: 'Your place as an agent: your state, what is offered, what you work on, your queues',
  description: 'Changes afterwards come as the notice `agent.deskChanged`, whole.',
  access: 'user',
  reply: Closed(
    {
      desk: AgentDeskView,
      queues: Type.Array(AgentQueueView),
      /** Every queue of the centre: where an item may be moved to. */
      allQueues: Type.Array(
        Closed({
          id: Id('The queue.'),
          name: Type.String(),
          channels: Type.Array(OneOf([...channelWords], 'What it takes.')),
        }),
      ),
      reasons: Type.Array(AgentReasonView),
      channels: Type.Array(OneOf([...channelWords], 'Of your queues.')),
      templates: Type.Array(
        Closed({
          id: Type.String(),
          name: Type.String(),
          kind: OneOf(['mail', 'chat', 'knowledge'], 'What it is for.'),
          language: Type.Optional(Type.String()),
          subject: Type.Optional(Type.String()),
          text: Type.String(),
          queueIds: Type.Optional(Type.Array(Type.String())),
        }),
      ),
      popsAt: Type.Optional(OneOf(['alerting', 'answered'], 'When a CRM opens; absent: never.')),
      /** Working hours of the next seven days, in the company’s time zone. */
      schedule: Type.Array(Closed({ date: Type.String(), from: Type.String(), to: Type.String() })),
    },
    { title: 'AgentPlace' },
  ),
  errors: [NotAnAgent],
})

export const readAgentMembership = operation({
  id: 'readAgentMembership',
  method: 'GET',
  path: '/api/v1/agent/membership',
  tag,
  summary: 'Whether you are an agent of the contact centre',
  description:
    'For screens that have a place for agents only. Whoever becomes one hears of it by the notice `agent.deskChanged`.',
  access: 'user',
  reply: Closed({ isAgent: Type.Boolean() }, { title: 'AgentMembership' }),
})

export const setAgentState = operation({
  id: 'setAgentState',
  method: 'POST',
  path: '/api/v1/agent/state',
  tag,
  summary: 'Log in or off as an agent, be ready or not',
  description: 'What you have goes on: not ready and logged off hold from its end.',
  access: 'user',
  body: Closed({
    to: OneOf(['logIn', 'logOff', 'ready', 'notReady'], 'What you want to be.'),
    reason: Type.Optional(Type.String({ maxLength: 64, description: 'A reason of the centre; for notReady.' })),
    line: Type.Optional(AgentLineWish),
  }),
  reply: AgentDeskView,
  errors: [NotAnAgent, AgentLoggedOff, ReasonNotThere, CentreAway],
})

export const answerOffer = operation({
  id: 'answerOffer',
  method: 'POST',
  path: '/api/v1/agent/offers/{offerId}/{answer}',
  tag,
  summary: 'Accept or decline what is offered; a call is accepted by answering the telephone',
  access: 'user',
  params: { offerId: Id('The offer.'), answer: OneOf(['accept', 'decline'], 'Your answer.') },
  reply: AgentDeskView,
  errors: [NotAnAgent, OfferGone, CentreAway],
})

export const listWaitingWork = operation({
  id: 'listWaitingWork',
  method: 'GET',
  path: '/api/v1/agent/waiting',
  tag,
  summary: 'What waits in your queues, the next one first',
  description:
    'Agents see their own queues; attendants, supervisors and administrators who are no agents see all. The notice `work.waitingChanged` says when it is to be read anew.',
  access: 'user',
  query: {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 if absent.' })),
    channel: Type.Optional(OneOf([...channelWords], 'Of this channel alone.')),
  },
  reply: Closed({ items: Type.Array(WorkItemView, { maxItems: 200 }) }, { title: 'WaitingWork' }),
  errors: [NotAnAgent],
})

export const readWork = operation({
  id: 'readWork',
  method: 'GET',
  path: item,
  tag,
  summary: 'One item with its customer: earlier conversations over all channels, and notes',
  description: 'For agents of its queue, and supervisors.',
  access: 'user',
  params,
  reply: Closed(
    {
      item: Type.Optional(WorkItemView),
      history: Type.Array(WorkHistoryView, { description: 'Of this customer, latest first, at most 50.' }),
      notes: Type.Array(CustomerNote, { description: 'Of this customer, latest first, at most 50.' }),
      /** What was noted so far, also while it is typed. */
      note: Type.Optional(Type.String({ maxLength: 4000 })),
    },
    { title: 'WorkWithCustomer' },
  ),
})

export const workVerbs = [
  'take',
  'finish',
  'wrapUp',
  'extendWrapUp',
  'giveBack',
  'keepAside',
  'resume',
  'move',
  'close',
  'setPriority',
] as const

export const commandWork = operation({
  id: 'commandWork',
  method: 'POST',
  path: `${item}/commands/{verb}`,
  tag,
  summary: 'Do something with an item',
  description:
    'take (from what waits) · finish (the conversation) · wrapUp (codeId, note) · extendWrapUp (seconds) · giveBack (why) · keepAside · resume · move (queueId, agentId) · close (why; without an answer) · setPriority (priority). Agents do so with what is theirs, and take what waits in their queues; supervisors with all.',
  access: 'user',
  params: { ...params, verb: OneOf([...workVerbs], 'What to do.') },
  body: Closed({
    codeId: Type.Optional(Type.String({ maxLength: 64 })),
    note: Type.Optional(Type.String({ maxLength: 4000 })),
    why: Type.Optional(Text(200, 'The reason, kept.')),
    queueId: Type.Optional(Id('Where to.')),
    agentId: Type.Optional(Id('For this agent alone.')),
    seconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 900 })),
    priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
  }),
  status: 204,
  errors: [NotAnAgent, AgentLoggedOff, WorkGone, NoRoomForWork, WrapUpCodeNeeded, QueueNotThere, CentreAway],
})

export const listWorkReceivers = operation({
  id: 'listWorkReceivers',
  method: 'GET',
  path: `${item}/receivers`,
  tag,
  summary: 'To which one agent an item can be given, who is there first',
  description: 'For whoever has the item, and supervisors. It is given by the command `move` with both identifiers.',
  access: 'user',
  params,
  query: { text: Type.Optional(Type.String({ maxLength: 100, description: 'Part of a name.' })) },
  reply: Closed(
    {
      items: Type.Array(
        Closed({
          userId: Id('The agent.'),
          name: Type.String(),
          state: AgentStateWord,
          queueId: Id('Where it waits for them.'),
          queueName: Type.String(),
        }),
        { maxItems: 50 },
      ),
    },
    { title: 'WorkReceivers' },
  ),
  errors: [WorkGone],
})

export const keepWorkNote = operation({
  id: 'keepWorkNote',
  method: 'PUT',
  path: `${item}/note`,
  tag,
  summary: 'Keep what is being noted of an item, while it is typed',
  access: 'user',
  params,
  body: Closed({ text: Type.String({ maxLength: 4000 }) }),
  status: 204,
  errors: [WorkGone],
})

export const addCustomerNote = operation({
  id: 'addCustomerNote',
  method: 'POST',
  path: `${item}/customer-notes`,
  tag,
  summary: 'Note something of the customer, for whoever talks with them next',
  access: 'user',
  params,
  body: Closed({ text: Text(4000, 'What it says.') }),
  status: 201,
  reply: CustomerNote,
  errors: [WorkGone],
})

export const readOwnAgentFigures = operation({
  id: 'readOwnAgentFigures',
  method: 'GET',
  path: '/api/v1/agent/figures',
  tag,
  summary: 'Your own figures of today',
  access: 'user',
  reply: Closed(
    {
      accepted: Type.Integer(),
      missed: Type.Integer(),
      declined: Type.Integer(),
      handledMs: Type.Number({ description: 'In conversations.' }),
      wrapMs: Type.Number(),
      byState: Type.Array(Closed({ state: Type.String(), reason: Type.Optional(Type.String()), ms: Type.Number() })),
    },
    { title: 'OwnAgentFigures' },
  ),
  errors: [NotAnAgent],
})

import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

export const channelWords = ['call', 'callBack', 'voicemail', 'mail', 'chat', 'sms'] as const
export const ChannelWord = OneOf([...channelWords], 'How the customer came.')

export const agentStates = ['loggedOff', 'notReady', 'ready', 'busy', 'workingAfterCall'] as const
export const AgentStateWord = OneOf([...agentStates], 'As ECMA-269 §6.5.4 has them.')

/** Whoever wants something. */
export const WorkCustomer = Closed(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    number: Type.Optional(Type.String({ maxLength: 64 })),
    address: Type.Optional(Type.String({ maxLength: 320 })),
    contactId: Type.Optional(Id('In the directory.')),
    userId: Type.Optional(Id('A colleague.')),
  },
  { title: 'WorkCustomer' },
)

export const WorkItemView = Closed(
  {
    id: Id('The item.'),
    queueId: Id('Its queue.'),
    queueName: Type.String(),
    channel: ChannelWord,
    customer: WorkCustomer,
    since: Time('Since when the customer waits.'),
    priority: Type.Integer({ minimum: 0, maximum: 9 }),
    subject: Type.Optional(Type.String({ maxLength: 300 })),
    callId: Type.Optional(Id('The call; of a call-back the one in which the customer was called.')),
    fromCallId: Type.Optional(Id('Of a call-back: the call in which it was asked for.')),
    reference: Type.Optional(
      Type.String({ maxLength: 128, description: 'At its channel: the conversation, the message.' }),
    ),
    notBefore: Type.Optional(Time('A time that was agreed for calling back.')),
    state: OneOf(['waiting', 'claiming', 'offered', 'assigned', 'wrappingUp', 'kept'], 'Where it is.'),
    agentId: Type.Optional(Id('Who has it, or is asked.')),
    onlyAgentId: Type.Optional(Id('Given to this agent alone.')),
    acceptedAt: Type.Optional(Time('Since when the agent has it.')),
    finishedAt: Type.Optional(Time('When the conversation was over.')),
    wrapUpUntil: Type.Optional(Time('Until when the agent may note.')),
  },
  { title: 'WorkItem' },
)

export const AgentReasonView = Closed({
  id: Type.String({
    description:
      'A reason of the centre, or `missedOffer`, `unreachable`, `loggedIn`, `ownCall`, `restarted`, `supervisor`.',
  }),
  name: Type.Optional(Type.String({ description: 'Of the centre’s own.' })),
})

export const AgentLineWish = Type.Union([
  Closed({ kind: Type.Literal('devices') }),
  Closed({
    kind: Type.Literal('number'),
    number: Type.String({ pattern: '^\\+?[0-9]{2,20}$', maxLength: 21 }),
    isKept: Type.Boolean({ description: 'Stays connected between calls.' }),
  }),
])

export const OfferView = Closed(
  {
    id: Id('The offer.'),
    item: WorkItemView,
    until: Time('Until when it is asked.'),
    isByTelephone: Type.Boolean({ description: 'Accepted by answering the telephone that rings.' }),
    popUrl: Type.Optional(Type.String({ maxLength: 2000, description: 'To be opened in the tab for the CRM.' })),
  },
  { title: 'Offer' },
)

/** An agent as colleagues and supervisors see them. */
export const AgentView = Closed(
  {
    userId: Id('The person.'),
    name: Type.String(),
    state: AgentStateWord,
    reason: Type.Optional(AgentReasonView),
    since: Time('Since when.'),
    by: Type.Optional(Type.String({ description: 'Name of whoever else put them there.' })),
    next: Type.Optional(
      Closed({
        state: OneOf(['notReady', 'loggedOff'], 'Taken when what they do now is over.'),
        reason: AgentReasonView,
      }),
    ),
    line: AgentLineWish,
    queueIds: Type.Array(Id('A queue.')),
  },
  { title: 'Agent' },
)

export const AgentQueueView = Closed({
  id: Id('The queue.'),
  name: Type.String(),
  isOpen: Type.Boolean(),
  waiting: Type.Integer({ minimum: 0 }),
  longestSince: Type.Optional(Time('Since when the first one waits.')),
  wrapUp: Closed({
    seconds: Type.Integer(),
    needsCode: Type.Boolean(),
    codes: Type.Array(Closed({ id: Type.String(), name: Type.String() })),
  }),
})

/** Everything of an agent's own place. */
export const AgentDeskView = Closed(
  {
    agent: AgentView,
    /** Counts changes; a later one is newer. */
    version: Type.Integer(),
    items: Type.Array(WorkItemView),
    offers: Type.Array(OfferView),
  },
  { title: 'AgentDesk' },
)

/** One past or present conversation with a customer. */
export const WorkHistoryView = Closed(
  {
    id: Id('The item.'),
    channel: ChannelWord,
    queueName: Type.String(),
    at: Time('When it came.'),
    agentName: Type.Optional(Type.String()),
    outcome: Type.Optional(
      OneOf(['answered', 'abandoned', 'overflowed', 'messageLeft', 'moved', 'closed'], 'Absent: not over.'),
    ),
    subject: Type.Optional(Type.String()),
    callId: Type.Optional(Id('Its call.')),
    fromCallId: Type.Optional(Id('Of a call-back: the call in which it was asked for.')),
    reference: Type.Optional(Type.String()),
    code: Type.Optional(Type.String({ description: 'Name of the wrap-up code.' })),
    note: Type.Optional(Type.String({ maxLength: 4000 })),
    handledMs: Type.Optional(Type.Number()),
  },
  { title: 'WorkHistory' },
)

export const CustomerNote = Closed(
  {
    id: Id('The note.'),
    at: Time('When it was written.'),
    by: Type.String({ description: 'Name of the writer.' }),
    text: Text(4000, 'What it says.'),
  },
  { title: 'CustomerNote' },
)

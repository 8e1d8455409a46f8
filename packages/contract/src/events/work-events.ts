import Type, { type TProperties } from 'typebox'
import { AgentDeskView } from '../objects/work.ts'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const about = {
  itemId: Type.String(),
  queueId: Type.String(),
  channel: Type.String(),
}
const waited = { waitedMs: Type.Number() }
const agent = { agentId: Type.String() }
const offer = { ...about, ...agent, offerId: Type.String() }
const audience = 'supervisor'

const kind = (name: string, summary: string, data: TProperties): EventKind => ({
  kind: name,
  summary,
  audience,
  data: Type.Object(data),
})

/** What happens in a contact centre: every figure is folded from these. `core/acd/fact.ts` has their fields one by one. */
export const workEvents: readonly EventKind[] = [
  kind('work.arrived', 'Work came into a queue.', { ...about, priority: Type.Number(), sinceMs: Type.Number() }),
  kind('work.offered', 'An agent was asked; `why` says why this one, and why not the others.', {
    ...offer,
    untilMs: Type.Number(),
    why: Type.Object({}),
  }),
  kind('work.accepted', 'An agent took it.', { ...offer, ...waited, isInLevel: Type.Boolean() }),
  kind('work.declined', 'An agent did not want it.', offer),
  kind('work.missed', 'An agent did not answer in time.', offer),
  kind('work.offerFailed', 'An agent could not be reached.', { ...offer, why: Type.String() }),
  kind('work.withdrawn', 'An agent was asked no longer; nothing was missed.', { ...offer, why: Type.String() }),
  kind('work.finished', 'A conversation was over.', {
    ...about,
    ...agent,
    handledMs: Type.Number(),
    by: Type.String(),
  }),
  kind('work.wrappedUp', 'An agent had noted what came of it.', { ...about, ...agent, wrapMs: Type.Number() }),
  kind('work.keptAside', 'An agent put it aside.', { ...about, ...agent }),
  kind('work.resumed', 'An agent took it up again.', { ...about, ...agent }),
  kind('work.returned', 'An agent gave it back unfinished.', { ...about, ...agent, why: Type.String() }),
  kind('work.abandoned', 'The customer left before anybody answered.', {
    ...about,
    ...waited,
    isShort: Type.Boolean(),
  }),
  kind('work.overflowed', 'It was not to wait in its queue.', {
    ...about,
    ...waited,
    why: Type.String(),
    to: Type.Object({}),
  }),
  kind('work.messageLeft', 'The customer left a message instead.', { ...about, ...waited, box: Type.String() }),
  kind('work.callBackWished', 'The customer is called back in their turn.', {
    ...about,
    ...waited,
    number: Type.String(),
  }),
  kind('work.moved', 'Somebody put it into another queue.', {
    ...about,
    ...waited,
    toQueueId: Type.String(),
    by: Type.String(),
  }),
  kind('work.closed', 'It was taken out without an answer.', { ...about, ...waited, why: Type.String() }),
  kind('work.priorityChanged', 'Somebody changed how urgent it is.', {
    ...about,
    priority: Type.Number(),
    by: Type.String(),
  }),
  kind('agent.stateChanged', 'An agent is in another state.', {
    ...agent,
    from: Type.String(),
    forMs: Type.Number(),
    to: Type.String(),
  }),
  kind('queue.opened', 'A queue was opened by hand.', { queueId: Type.String(), by: Type.String() }),
  kind('queue.closed', 'A queue was closed by hand.', { queueId: Type.String(), by: Type.String() }),
  kind('queue.scheduled', 'A queue goes by its hours again.', { queueId: Type.String(), by: Type.String() }),
]

export const workNotices: readonly NoticeKind[] = [
  {
    kind: 'agent.deskChanged',
    summary: 'Your place as an agent is now as told: a state, an offer, an item.',
    data: Type.Object({ desk: AgentDeskView }),
  },
  {
    kind: 'work.waitingChanged',
    summary: 'Other items wait in these queues than before; for their agents, and for people who see all queues.',
    data: Type.Object({ queueIds: Type.Array(Type.String()) }),
  },
]

import type { Channel } from '../channel.ts'
import type { DispatcherEvent } from '../dispatcher.ts'
import { logIn, logOff, makeNotReady, makeReady, setOwnCall } from './agents.ts'
import { configure } from './configure.ts'
import { abandon, arrive, moveTo, overflowTo, remove } from './entering.ts'
import { claimLost, claimWon, offerEnded, propose, withdraw } from './offers.ts'
import { restore } from './restore.ts'
import { spokenOf } from './room.ts'
import { type ItemRecord, roomOf } from './state.ts'
import { ofItem, type Step, tell, waitedMs } from './step.ts'
import { wait } from './waiting.ts'
import { extendWrapUp, finish, giveBack, keepAside, resume, wrapUp } from './work.ts'

type Rows = {
  readonly [Kind in DispatcherEvent['kind']]: (step: Step, event: Extract<DispatcherEvent, { kind: Kind }>) => void
}

/** Every event has its entry; what names an item or an agent that is not there has no effect. */
const rows: Rows = {
  configured: (step, { centre, timeZone }) => configure(step, centre, timeZone),
  restored: (step, { items, agents, queues = [] }) => {
    for (const { queueId, to } of queues) {
      const queue = step.state.queues.get(queueId)
      if (queue) queue.override = to
    }
    restore(step, items, agents)
  },
  itemArrived: (step, { item, fromQueueId }) => arrive(step, item, fromQueueId),
  itemLeft: (step, { itemId, atMs }) => ofKnown(step, itemId, (record) => left(step, record, atMs)),
  messageLeft: (step, { itemId, box }) =>
    ofUnanswered(step, itemId, 'gone', (record) => {
      tell(step, { kind: 'work.messageLeft', ...ofItem(record), waitedMs: waitedMs(record, step.nowMs), box })
      remove(step, record)
    }),
  itemOverflowed: (step, { itemId, to, why }) =>
    ofUnanswered(step, itemId, 'moved', (record) => overflowTo(step, record, to, why)),
  callBackWished: (step, event) =>
    ofUnanswered(step, event.itemId, 'moved', (record) => wishCallBack(step, record, event)),
  itemMoved: (step, { itemId, toQueueId, by, onlyAgentId }) =>
    ofKnown(step, itemId, (record) => {
      const target = step.state.queues.get(toQueueId)
      if (!target || target.isRemoved) return
      if (record.agent && !giveBack(step, record, 'moved', true)) return
      if (record.pending) withdraw(step, record.pending, 'moved')
      moveTo(step, record, toQueueId, by, onlyAgentId)
    }),
  itemClosed: (step, { itemId, by, why }) => ofKnown(step, itemId, (record) => close(step, record, by, why)),
  priorityChanged: (step, { itemId, priority, by }) =>
    ofKnown(step, itemId, (record) => {
      if (!Number.isInteger(priority) || priority < 0 || priority > 9 || priority === record.item.priority) return
      tell(step, { kind: 'work.priorityChanged', ...ofItem(record), priority, by })
      const { state } = record
      const isWaiting = state === 'waiting'
      // Out of its group by what it was put in by.
      record.item = { ...record.item, priority }
      if (isWaiting) wait(step, record)
    }),
  itemFinished: (step, { itemId, by, movedTo }) => ofKnown(step, itemId, (record) => finish(step, record, by, movedTo)),
  itemKeptAside: (step, { itemId }) => ofKnown(step, itemId, (record) => keepAside(step, record)),
  itemResumed: (step, { itemId }) => ofKnown(step, itemId, (record) => resume(step, record)),
  itemReturned: (step, { itemId, why }) => ofKnown(step, itemId, (record) => giveBack(step, record, why)),
  itemTaken: (step, { itemId, agentId }) => ofKnown(step, itemId, (record) => take(step, record, agentId)),
  wrappedUp: (step, { itemId, ...how }) => ofKnown(step, itemId, (record) => wrapUp(step, record, how)),
  wrapUpExtended: (step, { itemId, seconds }) => ofKnown(step, itemId, (record) => extendWrapUp(step, record, seconds)),
  agentLoggedIn: (step, { agentId, line, by }) => {
    const agent = step.state.agents.get(agentId)
    if (agent && !agent.isRemoved) logIn(step, agent, line, by)
  },
  agentLoggedOff: (step, { agentId, by, reason }) => {
    const agent = step.state.agents.get(agentId)
    if (agent) logOff(step, agent, by, reason)
  },
  agentReady: (step, { agentId, by }) => {
    const agent = step.state.agents.get(agentId)
    if (agent) makeReady(step, agent, by)
  },
  agentNotReady: (step, { agentId, reason, by }) => {
    const agent = step.state.agents.get(agentId)
    if (agent) makeNotReady(step, agent, reason, by)
  },
  ownCall: (step, { agentId, isOn }) => {
    const agent = step.state.agents.get(agentId)
    if (agent) setOwnCall(step, agent, isOn)
  },
  claimWon: (step, { offerId }) => claimWon(step, offerId),
  claimLost: (step, { offerId }) => claimLost(step, offerId),
  offerEnded: (step, { offerId, outcome }) => offerEnded(step, offerId, outcome),
  queueSet: (step, { queueId, to, by }) => {
    const queue = step.state.queues.get(queueId)
    const override = to === 'schedule' ? undefined : to
    if (!queue || queue.override === override) return
    queue.override = override
    const kind = to === 'open' ? 'queue.opened' : to === 'closed' ? 'queue.closed' : 'queue.scheduled'
    tell(step, { kind, queueId, by })
  },
  timePassed: () => undefined,
  // Taken out of all that runs before any event is taken.
  clockSet: () => undefined,
}

export function takeEvent<Kind extends DispatcherEvent['kind']>(
  step: Step,
  event: Extract<DispatcherEvent, { kind: Kind }>,
): void {
  rows[event.kind as Kind](step, event)
}

function ofKnown(step: Step, itemId: ItemRecord['item']['id'], does: (record: ItemRecord) => unknown): void {
  const record = step.state.items.get(itemId)
  if (record) does(record)
}

/** Nobody has it yet; who is asked for it is not asked any more. */
function ofUnanswered(
  step: Step,
  itemId: ItemRecord['item']['id'],
  why: 'gone' | 'moved',
  does: (record: ItemRecord) => unknown,
): void {
  ofKnown(step, itemId, (record) => {
    if (record.agent) return
    if (record.pending) withdraw(step, record.pending, why)
    does(record)
  })
}

function left(step: Step, record: ItemRecord, atMs?: number): void {
  if (record.agent) {
    finish(step, record, 'customer', undefined, atMs)
    return
  }
  if (record.pending) withdraw(step, record.pending, 'gone')
  abandon(step, record, atMs)
}

function close(step: Step, record: ItemRecord, by: ItemRecord['item']['onlyAgentId'], why: string): void {
  if (record.state === 'wrappingUp') return
  if (record.agent) {
    finish(step, record, 'system', undefined)
    return
  }
  if (record.pending) withdraw(step, record.pending, 'gone')
  const fact = { kind: 'work.closed', ...ofItem(record), waitedMs: waitedMs(record, step.nowMs), why } as const
  tell(step, { ...fact, ...(by === undefined ? {} : { by }) })
  remove(step, record)
  step.effects.push({ kind: 'dismiss', item: record.item, why })
}

function wishCallBack(
  step: Step,
  record: ItemRecord,
  { number, notBeforeMs }: Extract<DispatcherEvent, { kind: 'callBackWished' }>,
): void {
  if (record.item.channel !== 'call') return
  tell(step, {
    kind: 'work.callBackWished',
    ...ofItem(record),
    waitedMs: waitedMs(record, step.nowMs),
    number,
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
  })
  const { callId, ...item } = record.item
  const queue = step.state.queues.get(item.queueId)
  if (queue && record.isCounted) {
    queue.waiting.call--
    queue.waiting.callBack++
  }
  record.item = {
    ...item,
    channel: 'callBack',
    ...(callId === undefined ? {} : { fromCallId: callId }),
    customer: { ...item.customer, number },
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
  }
  if (record.state === 'waiting') wait(step, record)
}

/** By an agent, from the list. Their skills and their room for more are their own business; one voice they have. */
function take(step: Step, record: ItemRecord, agentId: NonNullable<ItemRecord['item']['onlyAgentId']>): void {
  const agent = step.state.agents.get(agentId)
  const { onlyAgentId } = record.item
  if (!agent?.isLoggedIn || agent.leaving || record.state !== 'waiting') return
  if (onlyAgentId !== undefined && onlyAgentId !== agentId && step.state.agents.has(onlyAgentId)) return
  const isSpoken = (channel: Channel): boolean => roomOf(channel) === 'spoken'
  const isAsked = [...agent.pending].some(
    ({ offer }) =>
      isSpoken(offer.item.channel) === isSpoken(record.item.channel) || !agent.settings.capacity.speaksBeside,
  )
  if (isAsked || spokenOf(agent) || agent.hasOwnCall) return
  propose(step, record, { agent, rule: 'taken' })
}

import type { UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { AgentLine, QueueId } from '../centre.ts'
import type { Offer } from '../offer.ts'
import type { WorkItem, WorkItemId, WorkItemState } from '../work-item.ts'
import { isOpen } from './opening.ts'
import { type AgentRecord, allWaiting, type DispatcherState, type ItemRecord, type QueueRecord } from './state.ts'

/** An item, as it stands. */
export interface ItemStanding {
  readonly item: WorkItem
  readonly state: WorkItemState
  /** Who has it, or is asked. */
  readonly agentId?: UserId
  /** While an agent is asked. */
  readonly offer?: Offer
  /** Since when it is worked on, or noted. */
  readonly sinceMs?: number
  /** Noting ends then by itself, or should be over. */
  readonly wrapUntilMs?: number
}

/** An agent, as they stand. */
export interface AgentStanding {
  readonly agentId: UserId
  readonly state: AgentState
  readonly reason?: string
  /** Who put them there. */
  readonly by?: UserId
  readonly sinceMs: number
  readonly line?: AgentLine
  /** What holds from the end of what they do now. */
  readonly next?: { readonly state: 'notReady' | 'loggedOff'; readonly reason?: string; readonly by?: UserId }
  /** Assigned, being noted, put aside. */
  readonly items: readonly ItemStanding[]
  /** Asked for, and not answered. */
  readonly offers: readonly Offer[]
}

export interface QueueStanding {
  readonly queueId: QueueId
  readonly isOpen: boolean
  /** By hand, whatever the hours say. */
  readonly override?: 'open' | 'closed'
  /** Nobody has accepted them. */
  readonly waiting: number
  readonly longestSinceMs?: number
  readonly agentsLoggedIn: number
  /** Who take work, or will when they have finished what they do. */
  readonly agentsAtWork: number
}

export function itemNow(state: DispatcherState, itemId: WorkItemId): ItemStanding | undefined {
  const record = state.items.get(itemId)
  return record && viewItem(record)
}

export const itemsNow = (state: DispatcherState): readonly ItemStanding[] => [...state.items.values()].map(viewItem)

export function agentNow(state: DispatcherState, agentId: UserId): AgentStanding | undefined {
  const agent = state.agents.get(agentId)
  return agent && viewAgent(agent)
}

/** All of the centre, those who are logged off too. */
export const agentsNow = (state: DispatcherState): readonly AgentStanding[] => [...state.agents.values()].map(viewAgent)

export function queueNow(state: DispatcherState, queueId: QueueId): QueueStanding | undefined {
  const queue = state.queues.get(queueId)
  return queue && viewQueue(state, queue)
}

export const queuesNow = (state: DispatcherState): readonly QueueStanding[] =>
  [...state.queues.values()].filter(({ isRemoved }) => !isRemoved).map((queue) => viewQueue(state, queue))

function viewItem({ item, state, agent, pending, sinceMs, wrapUntilMs }: ItemRecord): ItemStanding {
  const agentId = agent?.id ?? pending?.agent.id
  return {
    item,
    state,
    ...(agentId === undefined ? {} : { agentId }),
    ...(state === 'offered' && pending ? { offer: pending.offer } : {}),
    ...(agent ? { sinceMs } : {}),
    ...(state === 'wrappingUp' ? { wrapUntilMs } : {}),
  }
}

function viewAgent(agent: AgentRecord): AgentStanding {
  const { stateReason: reason, stateBy: by, line, leaving, state } = agent
  const isPausedNext = agent.isLoggedIn && !agent.wantsReady && state !== 'notReady'
  const next = leaving
    ? { state: 'loggedOff' as const, ...leaving }
    : isPausedNext
      ? {
          state: 'notReady' as const,
          ...(agent.reason === undefined ? {} : { reason: agent.reason }),
          ...(agent.reasonBy === undefined ? {} : { by: agent.reasonBy }),
        }
      : undefined
  return {
    agentId: agent.id,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
    sinceMs: agent.stateSinceMs,
    ...(line === undefined ? {} : { line }),
    ...(next === undefined ? {} : { next }),
    items: [...agent.open, ...agent.kept].map(viewItem),
    offers: [...agent.pending].filter((one) => one.state === 'offered').map(({ offer }) => offer),
  }
}

function viewQueue(state: DispatcherState, queue: QueueRecord): QueueStanding {
  let longestSinceMs = Infinity
  for (const { items } of queue.groups.values())
    if (items[0]) longestSinceMs = Math.min(longestSinceMs, items[0].item.sinceMs)
  for (const { record } of state.pending.values())
    if (record.isCounted && record.item.queueId === queue.settings.id)
      longestSinceMs = Math.min(longestSinceMs, record.item.sinceMs)
  return {
    queueId: queue.settings.id,
    isOpen: isOpen(state, queue),
    ...(queue.override === undefined ? {} : { override: queue.override }),
    waiting: allWaiting(queue),
    ...(longestSinceMs === Infinity ? {} : { longestSinceMs }),
    agentsLoggedIn: queue.present.size,
    agentsAtWork: queue.atWork,
  }
}

import type { UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { AgentLine } from '../centre.ts'
import type { Offer } from '../offer.ts'
import type { WorkItem, WorkItemId, WorkItemState } from '../work-item.ts'
import type { AgentRecord, DispatcherState, ItemRecord } from './state.ts'

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
  /** When its agent took it. */
  readonly acceptedMs?: number
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

export function itemNow(state: DispatcherState, itemId: WorkItemId): ItemStanding | undefined {
  const record = state.items.get(itemId)
  return record && viewItem(record)
}

export function agentNow(state: DispatcherState, agentId: UserId): AgentStanding | undefined {
  const agent = state.agents.get(agentId)
  return agent && viewAgent(agent)
}

function viewItem({ item, state, agent, pending, sinceMs, acceptedMs, wrapUntilMs }: ItemRecord): ItemStanding {
  const agentId = agent?.id ?? pending?.agent.id
  return {
    item,
    state,
    ...(agentId === undefined ? {} : { agentId }),
    ...(state === 'offered' && pending ? { offer: pending.offer } : {}),
    ...(agent ? { sinceMs, acceptedMs } : {}),
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
    offers: [...agent.pending]
      .filter((one) => one.state === 'offered' && one.dead === undefined)
      .map(({ offer }) => offer),
  }
}

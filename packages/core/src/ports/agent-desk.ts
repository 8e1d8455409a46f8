import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { AgentState } from '../acd/agent-state.ts'
import type { AgentLine, QueueId } from '../acd/centre.ts'
import type { Offer } from '../acd/offer.ts'
import type { OfferId, WorkItem, WorkItemId, WorkItemState } from '../acd/work-item.ts'

/** An agent as they are now. */
export interface AgentNow {
  readonly companyId: CompanyId
  readonly agentId: UserId
  readonly state: AgentState
  /** Identifier of a reason of the centre, or an `OwnReason`. */
  readonly reason?: string
  readonly sinceMs: number
  /** Somebody else put them there. */
  readonly by?: UserId
  /** Taken at the end of what they do now. */
  readonly next?: { readonly state: 'notReady' | 'loggedOff'; readonly reason: string; readonly by?: UserId }
  readonly line: AgentLine
  readonly items: readonly AgentItem[]
  readonly offers: readonly Offer[]
}

/** Work that an agent has. */
export interface AgentItem {
  readonly item: WorkItem
  readonly state: Extract<WorkItemState, 'assigned' | 'wrappingUp' | 'kept'>
  readonly acceptedAtMs: number
  /** Of a conversation that is over. */
  readonly finishedAtMs?: number
  readonly wrapUpUntilMs?: number
}

/** Who commands: the agent themselves, or somebody who may command all (a supervisor, an administrator, the platform). */
export interface CentreCommander {
  readonly companyId: CompanyId
  readonly userId: UserId
}

/**
 * What agents and their supervisors tell the dispatcher. Each resolves when it is durable, or with the refusal that says why it cannot be:
 * not an agent, not logged in, gone meanwhile. Who `by` is, is checked by whoever calls.
 */
export interface AgentDesk {
  agent(companyId: CompanyId, userId: UserId): AgentNow | undefined
  /** Of the published centre, logged in or not. */
  agents(companyId: CompanyId): readonly AgentNow[]
  /** @param line as the centre has it if absent */
  logIn(by: CentreCommander, agentId: UserId, line?: AgentLine): Promise<Refusal | undefined>
  logOff(by: CentreCommander, agentId: UserId, reason?: string): Promise<Refusal | undefined>
  ready(by: CentreCommander, agentId: UserId): Promise<Refusal | undefined>
  notReady(by: CentreCommander, agentId: UserId, reason: string): Promise<Refusal | undefined>
  answerOffer(by: CentreCommander, offerId: OfferId, isAccepted: boolean): Promise<Refusal | undefined>
  /** From the list of what waits. */
  take(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined>
  /** The conversation is over; a call of it ends. */
  finish(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined>
  wrapUp(
    by: CentreCommander,
    itemId: WorkItemId,
    result: { readonly codeId?: string; readonly note?: string },
  ): Promise<Refusal | undefined>
  extendWrapUp(by: CentreCommander, itemId: WorkItemId, seconds: number): Promise<Refusal | undefined>
  giveBack(by: CentreCommander, itemId: WorkItemId, why: string): Promise<Refusal | undefined>
  keepAside(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined>
  resume(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined>
  move(by: CentreCommander, itemId: WorkItemId, toQueueId: QueueId, onlyAgentId?: UserId): Promise<Refusal | undefined>
  close(by: CentreCommander, itemId: WorkItemId, why: string): Promise<Refusal | undefined>
  setPriority(by: CentreCommander, itemId: WorkItemId, priority: number): Promise<Refusal | undefined>
  setQueue(by: CentreCommander, queueId: QueueId, to: 'open' | 'closed' | 'schedule'): Promise<Refusal | undefined>
  /** What waits or is offered, the next one first, at most `limit`. */
  waiting(
    companyId: CompanyId,
    filter: { readonly queueIds?: readonly QueueId[]; readonly limit: number },
  ): readonly { readonly item: WorkItem; readonly state: WorkItemState; readonly agentId?: UserId }[]
  /** By hand, or by its hours. */
  queueState(companyId: CompanyId, queueId: QueueId): { readonly isOpen: boolean; readonly isByHand: boolean }
  /** Told after each change of an agent's state, items or offers; that somebody is no agent any more as being logged off. */
  onAgentChanged(listener: (agent: AgentNow) => void): void
}

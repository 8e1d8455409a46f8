import type { CallId, CompanyId, Refusal, UserId } from '@vaxel/base'
import type { Centre, OverflowTarget, Queue, QueueId, SkillNeed } from '../acd/centre.ts'
import type { Channel } from '../acd/channel.ts'
import type { WaitEstimate } from '../acd/dispatcher.ts'
import type { Offer, OfferOutcome } from '../acd/offer.ts'
import type { Customer, WorkItem, WorkItemId } from '../acd/work-item.ts'
import type { Language } from './directory.ts'

/** What a channel brings to a queue. */
export interface WorkWish {
  readonly companyId: CompanyId
  readonly queueId: QueueId
  readonly channel: Channel
  readonly customer: Customer
  /** When it began to wait; now if absent. */
  readonly sinceMs?: number
  /** The queue's if absent. */
  readonly priority?: number
  readonly needs?: readonly SkillNeed[]
  readonly language?: Language
  readonly stickyAgentId?: UserId
  readonly onlyAgentId?: UserId
  readonly notBeforeMs?: number
  readonly callId?: CallId
  /** Of a call-back that is tried again: the call in which it was asked for. */
  readonly fromCallId?: CallId
  /** Names it at its channel: a conversation, a message. One reference of a channel is in one queue once. */
  readonly reference?: string
  readonly subject?: string
  readonly fromItemId?: WorkItemId
}

/** What a channel does for its items. Each is called for items of this channel alone. */
export interface ChannelHands {
  /**
   * Brings an item to the agent, and resolves with what came of it; `accepted` once the two are together. Absent: the agent's console asks,
   * and the agent's own command accepts (mails, chats). A withdrawn offer aborts the signal; what it then resolves with does not count.
   */
  offer?(offer: Offer, signal: AbortSignal): Promise<OfferOutcome>
  /** An agent has accepted in the console, or took it from the list: the conversation opens. Not called after `offer`. */
  accepted?(item: WorkItem, agentId: UserId): void
  /** The item is in no queue any more: take it there. Never to a queue (`requeued`). */
  sendAway?(item: WorkItem, to: OverflowTarget): Promise<void>
  /** It goes on in another queue, by the same identifier: its own rules hold there from now on. */
  requeued?(item: WorkItem, fromQueueId: QueueId): void
  /** Taken out without an answer. */
  dismiss?(item: WorkItem, why: string): Promise<void>
  /** The conversation is over, whoever said so. */
  finished?(item: WorkItem, agentId: UserId): void
  /** It was given back, or moved: nobody has it now. */
  released?(item: WorkItem, agentId: UserId): void
  /** At the start: whether an item of before still exists (false: it is closed). Of calls none does. */
  exists?(item: WorkItem): Promise<boolean>
}

/** From channels to the dispatcher. Every method resolves when what it says is durable. */
export interface WorkDesk {
  /** Once a channel, when it is built. */
  provide(channel: Channel, hands: ChannelHands): void
  centre(companyId: CompanyId): Centre
  queue(companyId: CompanyId, queueId: string): Queue | undefined
  isOpen(companyId: CompanyId, queueId: QueueId): boolean
  /** The item waits (or an agent is asked already). It can leave at once by `sendAway`: closed, full. */
  add(wish: WorkWish): Promise<WorkItem | Refusal>
  item(companyId: CompanyId, itemId: WorkItemId): WorkItem | undefined
  /** Of an item that waits or is offered. */
  estimate(companyId: CompanyId, itemId: WorkItemId): WaitEstimate | undefined
  /** What somebody who came now by this channel would be told. */
  estimateOf(companyId: CompanyId, queueId: QueueId, channel: Channel): WaitEstimate
  /** The customer is gone, whoever has the item. */
  left(companyId: CompanyId, itemId: WorkItemId): Promise<void>
  messageLeft(companyId: CompanyId, itemId: WorkItemId, box: string): Promise<void>
  overflow(companyId: CompanyId, itemId: WorkItemId, to: OverflowTarget, why: 'key' | 'failed'): Promise<void>
  /** The item goes on as a call-back in its place; afterwards its call is no part of it. */
  wishCallBack(companyId: CompanyId, itemId: WorkItemId, number: string, notBeforeMs?: number): Promise<void>
  /** The conversation is over. */
  finished(
    companyId: CompanyId,
    itemId: WorkItemId,
    by: 'agent' | 'customer' | 'system',
    movedTo?: string,
  ): Promise<void>
  /** @returns false when it was over already, so that it waits for nobody */
  returned(companyId: CompanyId, itemId: WorkItemId, why: string): Promise<boolean>
  /** Put aside by its agent until something happens (`resume`). */
  keepAside(companyId: CompanyId, itemId: WorkItemId): Promise<void>
  resume(companyId: CompanyId, itemId: WorkItemId): Promise<void>
  closeItem(companyId: CompanyId, itemId: WorkItemId, why: string, by?: UserId): Promise<void>
  /** Who has an item now, or is asked. */
  agentOf(companyId: CompanyId, itemId: WorkItemId): UserId | undefined
  /** Told of each publication. */
  onPublished(listener: (companyId: CompanyId) => void): void
}

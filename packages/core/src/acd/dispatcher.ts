import type { UserId } from '@vaxel/base'
import type { AgentState } from './agent-state.ts'
import type { AgentLine, Centre, OverflowTarget, QueueId } from './centre.ts'
import type { CentreFact } from './fact.ts'
import type { Offer, OfferOutcome } from './offer.ts'
import type { OfferId, WorkItem, WorkItemId, WorkItemState } from './work-item.ts'

/**
 * What a dispatcher is told. It knows no clock, no network and no database; `now` comes with each event. Whoever gives it an event does all
 * its effects, in their order, before the next event.
 */
export type DispatcherEvent =
  /** At the start, and with every publication. `timeZone` of the company. */
  | { readonly kind: 'configured'; readonly centre: Centre; readonly timeZone: string }
  /** At the start, before anything else but `configured`: what the database has of before. */
  | {
      readonly kind: 'restored'
      readonly items: readonly RestoredItem[]
      readonly agents: readonly RestoredAgent[]
      readonly queues?: readonly { readonly queueId: QueueId; readonly to: 'open' | 'closed'; readonly by: UserId }[]
    }
  | { readonly kind: 'itemArrived'; readonly item: WorkItem; readonly fromQueueId?: QueueId }
  /** The customer is gone. While an agent has it: the conversation is over. `atMs`: when it was, if not now. */
  | { readonly kind: 'itemLeft'; readonly itemId: WorkItemId; readonly atMs?: number }
  | { readonly kind: 'messageLeft'; readonly itemId: WorkItemId; readonly box: string }
  /** The caller pressed a key that leads elsewhere. */
  | {
      readonly kind: 'itemOverflowed'
      readonly itemId: WorkItemId
      readonly to: OverflowTarget
      readonly why: 'key' | 'failed'
    }
  | {
      readonly kind: 'callBackWished'
      readonly itemId: WorkItemId
      readonly number: string
      readonly notBeforeMs?: number
    }
  /** By an agent who has it, or a supervisor. */
  | {
      readonly kind: 'itemMoved'
      readonly itemId: WorkItemId
      readonly toQueueId: QueueId
      readonly by: UserId
      readonly onlyAgentId?: UserId
    }
  | { readonly kind: 'itemClosed'; readonly itemId: WorkItemId; readonly by?: UserId; readonly why: string }
  | { readonly kind: 'priorityChanged'; readonly itemId: WorkItemId; readonly priority: number; readonly by: UserId }
  | {
      readonly kind: 'itemFinished'
      readonly itemId: WorkItemId
      readonly by: 'agent' | 'customer' | 'system'
      readonly movedTo?: string
    }
  | { readonly kind: 'itemKeptAside' | 'itemResumed'; readonly itemId: WorkItemId }
  /** Unfinished, back to the front. */
  | { readonly kind: 'itemReturned'; readonly itemId: WorkItemId; readonly why: string }
  /** An agent takes a waiting item themselves, from a list. Refused (no effect) when it does not wait any more. */
  | { readonly kind: 'itemTaken'; readonly itemId: WorkItemId; readonly agentId: UserId }
  | {
      readonly kind: 'wrappedUp'
      readonly itemId: WorkItemId
      readonly codeId?: string
      readonly note?: string
      readonly isForced?: boolean
    }
  /** More time for the wrap-up that goes on. */
  | { readonly kind: 'wrapUpExtended'; readonly itemId: WorkItemId; readonly seconds: number }
  | { readonly kind: 'agentLoggedIn'; readonly agentId: UserId; readonly line: AgentLine; readonly by?: UserId }
  | { readonly kind: 'agentLoggedOff'; readonly agentId: UserId; readonly by?: UserId; readonly reason?: string }
  | { readonly kind: 'agentReady'; readonly agentId: UserId; readonly by?: UserId }
  /** Holds from the end of what the agent does now. */
  | { readonly kind: 'agentNotReady'; readonly agentId: UserId; readonly reason: string; readonly by?: UserId }
  /** Speaks in a call that is no work item, or no longer. */
  | { readonly kind: 'ownCall'; readonly agentId: UserId; readonly isOn: boolean }
  /** What the database said to a claim. */
  | { readonly kind: 'claimWon' | 'claimLost'; readonly offerId: OfferId }
  | { readonly kind: 'offerEnded'; readonly offerId: OfferId; readonly outcome: OfferOutcome }
  /** By a supervisor; `schedule`: back to its hours. */
  | {
      readonly kind: 'queueSet'
      readonly queueId: QueueId
      readonly to: 'open' | 'closed' | 'schedule'
      readonly by: UserId
    }
  /** The time of a `wake` has come, or sooner. */
  | { readonly kind: 'timePassed' }
  /** Somebody has set the clock since the last event; forward is positive. Without it a leap shows by what comes too late or goes back. */
  | { readonly kind: 'clockSet'; readonly byMs: number }

export interface RestoredItem {
  readonly item: WorkItem
  readonly state: Exclude<WorkItemState, 'claiming' | 'offered'>
  readonly agentId?: UserId
  readonly acceptedAtMs?: number
  /** Of the claim whose rows still hold it: given to `release` when it is over. */
  readonly offerId?: OfferId
  readonly slot?: string
  /** When its call was over. */
  readonly endedAtMs?: number
}

export interface RestoredAgent {
  readonly agentId: UserId
  readonly state: AgentState
  readonly reason?: string
  readonly sinceMs: number
  readonly line: AgentLine
}

/** What is to be done. */
export type DispatcherEffect =
  /** To the ledger, with the rows that follow from it. Facts of one step are one transaction. */
  | { readonly kind: 'record'; readonly fact: CentreFact }
  /**
   * One conditional claim in the database: neither this item nor this place of the agent may be claimed by anybody. Its `work.offered` is written
   * with it, or not at all. Answered by `claimWon` or `claimLost`.
   */
  | {
      readonly kind: 'claim'
      readonly offer: Offer
      readonly slot: string
      readonly fact: Extract<CentreFact, { kind: 'work.offered' }>
    }
  /** The claim's rows are free again. */
  | { readonly kind: 'release'; readonly offerId: OfferId; readonly itemId: WorkItemId }
  /** After `claimWon`: the agent is asked, by the channel. Answered by `offerEnded`. */
  | { readonly kind: 'offer'; readonly offer: Offer }
  /** The agent is not asked any more; an `offerEnded` that is on its way is passed over. */
  | {
      readonly kind: 'withdraw'
      readonly offerId: OfferId
      readonly itemId: WorkItemId
      /** `busy`: the agent speaks now. `missed`: the channel did not say in time that it was. */
      readonly why: 'gone' | 'loggedOff' | 'moved' | 'busy' | 'missed'
    }
  /** The item goes on in another queue, by the same identifier and with the time that it has: overflow to a queue, or moved. `sendAway` never leads to a queue. */
  | { readonly kind: 'requeued'; readonly item: WorkItem; readonly fromQueueId: QueueId }
  /** The item does not wait here any more: it is gone from the dispatcher. */
  | {
      readonly kind: 'sendAway'
      readonly item: WorkItem
      readonly to: OverflowTarget
      readonly why: Extract<CentreFact, { kind: 'work.overflowed' }>['why']
    }
  /** Of a call: ended by a supervisor or a closing without an answer. */
  | { readonly kind: 'dismiss'; readonly item: WorkItem; readonly why: string }
  /** Somebody is in another state; told to the agent, to presence, to the wallboard. */
  | { readonly kind: 'agentChanged'; readonly agentId: UserId }
  /** Give `timePassed` then, or sooner; a later one stands in for an earlier one. */
  | { readonly kind: 'wake'; readonly atMs: number }

/** How long somebody who came now, or an item that waits, is expected to wait; honest: undefined when nobody can know. */
export interface WaitEstimate {
  /** 1 is next. */
  readonly position: number
  readonly waiting: number
  readonly expectedMs?: number
}

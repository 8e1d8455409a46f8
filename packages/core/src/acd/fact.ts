import type { CallId, UserId } from '@vaxel/base'
import type { AgentLine, OverflowTarget, QueueId, SkillId } from './centre.ts'
import type { AgentState, OwnReason } from './agent-state.ts'
import type { Channel } from './channel.ts'
import type { OfferWhy } from './offer.ts'
import type { Customer, OfferId, WorkItemId } from './work-item.ts'

interface OfItem {
  readonly itemId: WorkItemId
  readonly queueId: QueueId
  readonly channel: Channel
  readonly callId?: CallId
}

interface OfOffer extends OfItem {
  readonly offerId: OfferId
  readonly agentId: UserId
}

/**
 * What happened in a contact centre: the ledger's entries, whole. Everything that a wallboard or a report shows is folded from these and from
 * nothing else (`figures/`), so each carries the durations that it ends. Kinds are those of the ledger; `data` is the rest.
 *
 * Each item arrives once in a queue (`work.arrived`), and leaves it once: accepted and finished, or abandoned, overflowed, left as a message,
 * moved, or closed. One that goes on in another queue (overflowed there, moved) arrives there by the same identifier, with `fromQueueId`. One that an
 * agent gives back waits again without a new arrival. So for each queue and interval of arrival:
 * arrived = accepted - returned + abandoned + overflowed + messageLeft + moved + closed + those that still wait,
 * and for every agent: offered = accepted + declined + missed + offerFailed + withdrawn + those that are asked now.
 */
export type CentreFact = { readonly atMs: number } & (
  | ({
      readonly kind: 'work.arrived'
      readonly customer: Customer
      readonly priority: number
      readonly sinceMs: number
      readonly subject?: string
      readonly reference?: string
      readonly needs: readonly { readonly skillId: SkillId; readonly level: number }[]
      readonly fromItemId?: WorkItemId
      readonly fromQueueId?: QueueId
      /** Set apart for one agent. */
      readonly onlyAgentId?: UserId
      readonly notBeforeMs?: number
    } & OfItem)
  | ({ readonly kind: 'work.offered'; readonly untilMs: number; readonly why: OfferWhy } & OfOffer)
  | ({
      readonly kind: 'work.accepted'
      readonly waitedMs: number
      readonly askedMs: number
      readonly isInLevel: boolean
    } & OfOffer)
  | ({ readonly kind: 'work.declined'; readonly askedMs: number } & OfOffer)
  | ({ readonly kind: 'work.missed'; readonly askedMs: number } & OfOffer)
  /** The agent could not be asked. */
  | ({ readonly kind: 'work.offerFailed'; readonly askedMs: number; readonly why: string } & OfOffer)
  /** Not missed: the customer left, the agent was logged off, the item was moved, the server was started again. */
  | ({
      readonly kind: 'work.withdrawn'
      readonly askedMs: number
      readonly why: 'gone' | 'loggedOff' | 'moved' | 'busy' | 'claimLost' | 'restarted'
    } & OfOffer)
  /** The conversation is over; wrap-up begins where there is one. */
  | ({
      readonly kind: 'work.finished'
      readonly agentId: UserId
      readonly handledMs: number
      readonly by: 'agent' | 'customer' | 'system'
      /** It goes on elsewhere: the item that it became, or a number. */
      readonly movedTo?: string
    } & OfItem)
  | ({
      readonly kind: 'work.wrappedUp'
      readonly agentId: UserId
      readonly wrapMs: number
      readonly codeId?: string
      readonly note?: string
      /** The time was over, or somebody else ended it. */
      readonly isForced: boolean
    } & OfItem)
  /** An agent put it aside, or took it up again. */
  | ({ readonly kind: 'work.keptAside' | 'work.resumed'; readonly agentId: UserId } & OfItem)
  /** An agent gave it back unfinished; it waits again with the time that it had. */
  | ({
      readonly kind: 'work.returned'
      readonly agentId: UserId
      readonly handledMs: number
      readonly why: string
    } & OfItem)
  /** `isShort`: sooner than the queue counts. */
  | ({ readonly kind: 'work.abandoned'; readonly waitedMs: number; readonly isShort: boolean } & OfItem)
  | ({
      readonly kind: 'work.overflowed'
      readonly waitedMs: number
      readonly why: 'closed' | 'full' | 'noAgents' | 'tooLong' | 'estimate' | 'key' | 'failed'
      readonly to: OverflowTarget
    } & OfItem)
  | ({ readonly kind: 'work.messageLeft'; readonly waitedMs: number; readonly box: string } & OfItem)
  /** The caller hung up and is called back in their turn; the item goes on as a call-back, with the time that it has waited. */
  | ({
      readonly kind: 'work.callBackWished'
      readonly waitedMs: number
      readonly number: string
      readonly notBeforeMs?: number
    } & OfItem)
  | ({
      readonly kind: 'work.moved'
      readonly waitedMs: number
      readonly toQueueId: QueueId
      readonly by: UserId
    } & OfItem)
  /** Taken out without an answer: by a person with a reason, or since it could never be reached. */
  | ({ readonly kind: 'work.closed'; readonly waitedMs: number; readonly by?: UserId; readonly why: string } & OfItem)
  | ({ readonly kind: 'work.priorityChanged'; readonly priority: number; readonly by: UserId } & OfItem)
  /**
   * A spell of an agent's time is over and another begins. `forMs`: how long the old one was. `by`: somebody else forced it.
   */
  | {
      readonly kind: 'agent.stateChanged'
      readonly agentId: UserId
      readonly from: AgentState
      readonly fromReason?: string
      readonly forMs: number
      readonly to: AgentState
      /** Identifier of a reason, or one of our own. */
      readonly reason?: string | OwnReason
      readonly by?: UserId
      /** At login. */
      readonly line?: AgentLine
    }
  /** By hand; `bySchedule`: back to its hours. */
  | {
      readonly kind: 'queue.opened' | 'queue.closed' | 'queue.scheduled'
      readonly queueId: QueueId
      readonly by: UserId
    }
)

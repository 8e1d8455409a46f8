import type { CallId, UserId } from '@vaxel/base'
import type { QueueId, Selection, SkillId } from './centre.ts'
import type { OfferId, WorkItem } from './work-item.ts'

/** An agent is asked to take an item. */
export interface Offer {
  readonly id: OfferId
  readonly item: WorkItem
  readonly agentId: UserId
  readonly atMs: number
  readonly untilMs: number
  readonly why: OfferWhy
}

/** Why this agent, and why not the others: what `acd replay` and the timeline tell. */
export interface OfferWhy {
  /** `taken`: the agent chose it from the list. */
  readonly rule: Selection | 'sticky' | 'only' | 'taken'
  readonly waitedMs: number
  /** With age. */
  readonly priority: number
  readonly idleMs: number
  /** Share of the last hour, 0 to 1; where the rule asks for it. */
  readonly occupancy?: number
  /** What was asked for at this moment, after relaxing, and what the agent has. */
  readonly needs: readonly { readonly skillId: SkillId; readonly level: number; readonly has: number }[]
  /** At most ten, the next best first; `more` are not told. */
  readonly others: readonly PassedOver[]
  readonly more: number
  /** Items that waited longer at equal or higher priority, and why they were not taken; at most ten. */
  readonly olderItems: readonly { readonly itemId: string; readonly why: ItemPassedOver }[]
  /** How many more of the agent's queues there were, for the same reasons. */
  readonly moreOlder?: number
}

/** Why an agent was not asked. `next`: could have been, by the rule came later. */
export interface PassedOver {
  readonly agentId: UserId
  readonly why: 'next' | 'notReady' | 'busy' | 'asked' | 'wrapUp' | 'full' | 'skill' | 'waitsForSticky' | 'askedAlready'
  readonly skillId?: SkillId
}

/** Why an item was passed over: the agent lacks a skill, it waits for its own agent, or for its time. */
export type ItemPassedOver =
  | 'skill'
  | 'waitsForSticky'
  | 'onlyOther'
  | 'notYet'
  | 'otherChannel'
  | 'declinedByAgent'
  | 'otherQueue'

/** What came of an offer. `gone`: the customer left meanwhile. `failed`: the agent could not be reached. */
export type OfferOutcome =
  /** `callId`: of a call-back, the call in which the customer is called. */
  | { readonly kind: 'accepted'; readonly callId?: CallId }
  | { readonly kind: 'declined' }
  | { readonly kind: 'missed' }
  | { readonly kind: 'gone' }
  /** `isOurs`: there was no room for the call; the agent, who could not be asked for it, stays ready. */
  | { readonly kind: 'failed'; readonly why: string; readonly isOurs?: true }

export interface OfferOf {
  readonly offerId: OfferId
  readonly queueId: QueueId
}

import type { Brand, CallId, UserId } from '@vaxel/base'
import type { Language } from '../ports/directory.ts'
import type { QueueId, SkillNeed } from './centre.ts'
import type { Channel } from './channel.ts'

export type WorkItemId = Brand<'WorkItemId'>
export type OfferId = Brand<'OfferId'>

/** Somebody who wants something of the company. At least one way to them is known, or nothing (a withheld number). */
export interface Customer {
  readonly name?: string
  /** E.164, or an extension. */
  readonly number?: string
  /** Of a mailbox. */
  readonly address?: string
  /** Of the directory. */
  readonly contactId?: string
  /** A colleague. */
  readonly userId?: UserId
}

/** One thing to be done for a customer, from the moment it enters a queue until somebody has done it or it has left. */
export interface WorkItem {
  readonly id: WorkItemId
  readonly queueId: QueueId
  readonly channel: Channel
  readonly customer: Customer
  /** When it began to wait; kept by call-backs and when it comes back from an agent, so that nobody loses their place. */
  readonly sinceMs: number
  /** 0 to 9. */
  readonly priority: number
  /** Beside the queue's own. */
  readonly needs: readonly SkillNeed[]
  readonly language?: Language
  /** The agent who knows the customer, by whoever added it; waited for where the queue says so. */
  readonly stickyAgentId?: UserId
  /** Nobody else may have it (an answer to one agent's mail). */
  readonly onlyAgentId?: UserId
  /** Not before then (a call-back at a time that was agreed). */
  readonly notBeforeMs?: number
  readonly callId?: CallId
  /** Of a call-back: the call in which the customer asked for it. */
  readonly fromCallId?: CallId
  /** Of a call-back: the call in which the customer was called last. */
  readonly madeCallId?: CallId
  /** Of the channel: conversation of a mail or a chat, message of a mailbox. */
  readonly reference?: string
  /** One line that tells agents what it is: the subject of a mail. */
  readonly subject?: string
  /** From which item it came: moved on by an agent, overflowed from another queue. */
  readonly fromItemId?: WorkItemId
}

/**
 * `waiting`: nobody has it. `claiming`: somebody is chosen, and the database has not said yes yet. `offered`: an agent is asked.
 * `assigned`: an agent works on it. `wrappingUp`: it is over, and the agent notes it. `kept`: put aside by its agent (a mail that waits for an
 * answer of somebody else), who still has it without capacity. Gone items have no state.
 */
export type WorkItemState = 'waiting' | 'claiming' | 'offered' | 'assigned' | 'wrappingUp' | 'kept'

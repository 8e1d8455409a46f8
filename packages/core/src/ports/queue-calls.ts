import type { CallId, CompanyId, DeviceId, LegId, Refusal, Termination, UserId } from '@vaxel/base'
import type { CallState } from '../call/call.ts'
import type { Party } from './call-ledger.ts'
import type { MediaLegId } from './media-engine.ts'

/** Somebody is called for a queue: an agent, a customer who is called back, a supervisor. */
export interface CallOut {
  /** Chosen by whoever calls, so that they know the call when it comes to their service. */
  readonly callId: CallId
  readonly companyId: CompanyId
  /** A person's own devices, past all rules of theirs; or a number, on the company's account. */
  readonly to:
    | { readonly kind: 'devices'; readonly userId: UserId; readonly deviceId?: DeviceId }
    | { readonly kind: 'number'; readonly number: string; readonly name?: string }
  /** Who calls, as whoever is put through later sees it and as the history has it. */
  readonly caller: Party
  /** The service's number, from which the call comes and which is shown. */
  readonly number: string
  /** Shown before it, where devices ring: for which queue. */
  readonly label?: string
  readonly ringMs: number
}

/**
 * What queues ask of the calls that go on. A call that is called out is routed to the service `queue` once somebody has answered; when nobody
 * does, it ends, as every call ends, and its state tells why.
 */
export interface QueueCalls {
  callOut(wish: CallOut): Promise<Refusal | undefined>
  /** Why a number cannot be called on the company's account; undefined when it can. Nothing is called. */
  whyNot(companyId: CompanyId, number: string): Refusal | undefined
  /**
   * Whoever talks with a service takes the caller who waits in another call: the two talk there, and the own call ends.
   * @param as the person as whom they are there, with that person's rights
   * @returns their leg in that call; undefined when either has gone on meanwhile
   */
  join(own: { readonly callId: CallId; readonly legId: LegId }, customer: CallId, as: UserId): LegId | undefined
  /** The queue has its caller back from whoever has them: their line ends, and the service begins anew. */
  takeBack(callId: CallId): void
  /** Undefined once it has ended. */
  state(callId: CallId): CallState | undefined
  mediaOf(callId: CallId, legId: LegId): MediaLegId | undefined
  end(callId: CallId, termination: Termination): void
  /** Whether somebody talks in any call. */
  isOnPhone(companyId: CompanyId, userId: UserId): boolean
  /**
   * Lets the two who talk in a call hear each other in a mix, in which the person is `agent`, until it is closed as often.
   * @returns its name, or undefined where no two talk
   */
  openMix(callId: CallId, agentId: UserId): string | undefined
  closeMix(callId: CallId): void
  /** Told after each step of every call. @returns a function that ends it */
  onChanged(listener: (state: CallState) => void): () => void
}

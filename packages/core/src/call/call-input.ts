import type { LegId, Refusal, Termination, TrunkId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'
import type { LegQuality, MediaSummary } from '../ports/media-engine.ts'
import type { RouteDecision } from '../routing/decision.ts'
import type { Diversion, DiversionReason, PlannedForwards } from '../routing/diversion.ts'
import type { Call, CallLeg, LegFailure, LegTarget, RingStep, Service } from './call.ts'

/** Where routing sends a call, with its reasons in words. */
export interface Destination {
  readonly called: Party
  readonly direction: Call['direction']
  readonly trunkId?: TrunkId
  readonly isEmergency: boolean
  readonly steps: readonly RingStep[]
  /** One sentence per decision, in order. */
  readonly explanation: readonly string[]
  /** The same with stable words, as far as there are any. */
  readonly decisions?: readonly RouteDecision[]
  /** Who is asked, where rules led from `called` to somebody else. */
  readonly goesTo?: Party
  /** At whom the call was before, this routing included. */
  readonly diversions?: readonly Diversion[]
  readonly forwards?: PlannedForwards
}

/** The platform itself is reached, with the reasons in words. */
export interface ServiceReached {
  readonly service: Service
  readonly called: Party
  readonly explanation: readonly string[]
  readonly decisions?: readonly RouteDecision[]
  readonly diversions?: readonly Diversion[]
}

/** What can happen to a call. */
export type CallInput =
  | { readonly kind: 'routed'; readonly to: Destination }
  | ({ readonly kind: 'routedToService' } & ServiceReached)
  | {
      readonly kind: 'routeRefused'
      readonly refusal: Refusal
      readonly explanation: readonly string[]
      readonly decisions?: readonly RouteDecision[]
      readonly isSpoken: boolean
    }
  /** 1xx of an offered leg; `early`: it brought audio of its own. */
  | { readonly kind: 'legAlerting'; readonly leg: LegId; readonly early: boolean }
  | { readonly kind: 'legAnswered'; readonly leg: LegId }
  /** An offered leg will not answer. */
  | { readonly kind: 'legFailed'; readonly leg: LegId; readonly failure: LegFailure }
  /** A leg that was up, or the origin, is gone; its dialog is over. */
  | { readonly kind: 'legEnded'; readonly leg: LegId; readonly termination: Termination }
  | { readonly kind: 'legHeld'; readonly leg: LegId }
  | { readonly kind: 'legRetrieved'; readonly leg: LegId }
  /** An offered leg's INVITE has left: how its messages are found, and where it went if that is known yet. */
  | { readonly kind: 'legSent'; readonly leg: LegId; readonly sipCallId: string; readonly remoteAddress?: string }
  | { readonly kind: 'mediaKnown'; readonly leg: LegId; readonly summary: MediaSummary }
  | { readonly kind: 'qualityReported'; readonly leg: LegId; readonly quality: LegQuality }
  /** Something that a person should know of a leg; it changes nothing. */
  | { readonly kind: 'noticed'; readonly leg: LegId; readonly code: string; readonly text: string }
  | { readonly kind: 'mediaLost'; readonly leg: LegId; readonly termination: Termination }
  /** The service sends its caller on to where routing is asked for. */
  | {
      readonly kind: 'serviceSends'
      readonly ringMs?: number
      readonly keepsSound?: boolean
      readonly takesBack?: boolean
      readonly isForOne?: boolean
    }
  /** The service wants its caller back, whom nobody has answered yet. */
  | { readonly kind: 'serviceRecalls' }
  /** What a service decided, for the timeline; it changes nothing. */
  | {
      readonly kind: 'serviceNoted'
      readonly leg: LegId
      readonly code: string
      readonly text: string
      readonly data?: Readonly<Record<string, unknown>>
    }
  /** A service gives the caller a name, for whom the call rings from now on. */
  | { readonly kind: 'callerNamed'; readonly name: string }
  | { readonly kind: 'ringTimeout' }
  | { readonly kind: 'announcementEnded' }
  /** An offered leg sends the call elsewhere (302, deflect). */
  | { readonly kind: 'diverted'; readonly leg: LegId; readonly to: Destination; readonly reason: DiversionReason }
  /**
   * An offered leg sends the call to what the platform itself answers: a mailbox, a queue, a rule. Where others are asked beside or after that
   * person, it is only their refusal.
   */
  | ({ readonly kind: 'divertedToService'; readonly leg: LegId; readonly reason: DiversionReason } & ServiceReached)
  /** `by` leaves and its counterpart goes to the destination that routing is asked for. */
  | { readonly kind: 'transferWanted'; readonly by: LegId }
  /**
   * The counterpart of `by` is joined with a leg taken over from another call (attended transfer). In a service it is `by` that waits there
   * and is joined with it (a parked call is fetched).
   */
  | { readonly kind: 'legAdopted'; readonly by: LegId; readonly adopted: CallLeg }
  /** This call gives a leg to another one; what is left of it ends. */
  | { readonly kind: 'legTaken'; readonly leg: LegId; readonly termination: Termination }
  /** `keeps` goes on alone in a conference; its counterpart leaves this call, for one of its own or for good. */
  | { readonly kind: 'conferenced'; readonly keeps: LegId; readonly number: string }
  /** A new leg takes the place of an old one (INVITE with Replaces). `isReturn`: the same device comes back; else a take-over. */
  | { readonly kind: 'legReplaced'; readonly old: LegId; readonly by: CallLeg; readonly isReturn?: boolean }
  /** What is seen of a browser's leg has changed; `patienceMs`: how long it is waited for when it is away. */
  | {
      readonly kind: 'legSigns'
      readonly leg: LegId
      readonly isConnected?: boolean
      readonly quietMs?: number
      readonly patienceMs: number
    }
  | { readonly kind: 'reconnectTimeout'; readonly leg: LegId }
  /** The device of a leg that rings is reached elsewhere now (its page was loaded anew): it rings there. */
  | { readonly kind: 'legRingsAgain'; readonly old: LegId; readonly target: LegTarget }
  | { readonly kind: 'clear'; readonly termination: Termination }

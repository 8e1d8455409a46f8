import type { LegId, Termination } from '@vaxel/base'
import type { LedgerEvent } from '../ports/call-ledger.ts'
import type { PlannedRule } from '../routing/diversion.ts'
import type { LegFailure, Service } from './call.ts'

/** What the runner must do, in this order. Results come back as inputs. */
export type CallEffect =
  /** Sends the call to a target's device; codecs as the origin has them. */
  | { readonly kind: 'offerLeg'; readonly leg: LegId; readonly like: LegId | undefined }
  /** Tells an unanswered origin that it rings, with the early media of `early` where there is some. */
  | { readonly kind: 'ringLeg'; readonly leg: LegId; readonly early: LegId | undefined }
  /** Answers an unanswered origin, with the codec of `like` where it can; only after everything recorded before is durable. */
  | { readonly kind: 'answerLeg'; readonly leg: LegId; readonly like: LegId | undefined }
  /** Ends an unanswered origin with a failure. */
  | { readonly kind: 'refuseLeg'; readonly leg: LegId; readonly failure: LegFailure; readonly termination: Termination }
  /** Ends a leg whatever its state; `why` says it to the peer. */
  | { readonly kind: 'clearLeg'; readonly leg: LegId; readonly termination: Termination }
  /** Another device answered: CANCEL with "completed elsewhere" (RFC 3326). */
  | { readonly kind: 'cancelLeg'; readonly leg: LegId; readonly answeredElsewhere: boolean }
  | { readonly kind: 'joinMedia'; readonly a: LegId; readonly b: LegId }
  /** The leg hears its counterpart's early media only. */
  | { readonly kind: 'playRingback'; readonly leg: LegId }
  | { readonly kind: 'playHoldMusic'; readonly leg: LegId }
  /** The short tone of somebody whose counterpart is away and awaited, over what the leg hears. */
  | { readonly kind: 'playReconnecting'; readonly leg: LegId }
  /** `reconnectTimeout` for the leg after so long; one timer for each leg. */
  | { readonly kind: 'startReconnectTimer'; readonly leg: LegId; readonly delayMs: number }
  | { readonly kind: 'stopReconnectTimer'; readonly leg: LegId }
  /** `number`: the service's own, as one company has several conferences. */
  | { readonly kind: 'startService'; readonly leg: LegId; readonly service: Service; readonly number: string }
  /** The service has its caller back: nobody took the call that it sent on. */
  | {
      readonly kind: 'resumeService'
      readonly leg: LegId
      readonly service: Service
      readonly number: string
      readonly failure: LegFailure
      readonly termination: Termination
    }
  /** The service's caller talks with somebody else now, or with another service. */
  | { readonly kind: 'leaveService'; readonly leg: LegId }
  /** The runner routes where a service sends its caller, and feeds back `routed`, `routedToService` or `routeRefused`. */
  | { readonly kind: 'routeService'; readonly leg: LegId }
  /** Offers an unanswered origin to be called back when who is busy is free (early media), then `announcementEnded`. */
  | { readonly kind: 'offerCallBack'; readonly leg: LegId }
  /** Says a sentence to an unanswered origin (early media), then `announcementEnded`. */
  | { readonly kind: 'announce'; readonly leg: LegId; readonly failure: LegFailure; readonly prompt: string }
  | { readonly kind: 'startRingTimer'; readonly delayMs: number }
  | { readonly kind: 'stopRingTimer' }
  /** Progress of a transfer, for NOTIFY (RFC 3515 §2.4.4); a status of 200 and above ends it. */
  | { readonly kind: 'notifyTransfer'; readonly leg: LegId; readonly status: number }
  /** The runner routes the transfer's target and feeds back `routed` or `routeRefused`. */
  | { readonly kind: 'routeTransfer'; readonly by: LegId }
  /** The runner routes where a person's or group's rule leads, in its name, and feeds back `routed` or `routeRefused`. */
  | { readonly kind: 'routeForward'; readonly by: PlannedRule }
  /** One ledger entry: events, and the rows as the call is after this step. */
  | { readonly kind: 'record'; readonly events: readonly LedgerEvent[] }
  /** Nothing more will happen: frees what the runner holds. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'ignore'; readonly reason: string }

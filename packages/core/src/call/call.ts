import type { CallId, CompanyId, DeviceId, LegId, Termination, TrunkId } from '@vaxel/base'
import type { ConnectionState } from '../ports/call-commands.ts'
import type { Party } from '../ports/call-ledger.ts'
import type { LegQuality } from '../ports/media-engine.ts'
import type { Diversion, PlannedForwards } from '../routing/diversion.ts'
import type { Interruption, Signs } from './signs.ts'

/** One party's side of a call (a CSTA connection). */
export interface CallLeg {
  readonly id: LegId
  readonly role: 'caller' | 'callee'
  readonly party: Party
  readonly connection: ConnectionState
  readonly deviceId?: DeviceId
  readonly trunkId?: TrunkId
  readonly sipCallId?: string
  readonly remoteAddress?: string
  readonly startedAtMs: number
  readonly answeredAtMs?: number
  readonly endedAtMs?: number
  readonly termination?: Termination
  readonly quality?: LegQuality
  readonly keying?: 'rtp' | 'sdes' | 'dtls'
  readonly codec?: string
  /** Price of talking over this leg, millionths of the company's currency a minute; absent = free. */
  readonly pricePerMinuteMicros?: number
  /** Since when a leg with a price costs this call money. */
  readonly chargedFromMs?: number
  /** Of a leg whose connection may be lost and come back (a browser's). */
  readonly signs?: Signs
  /** While its page is away. */
  readonly interruption?: Interruption | undefined
}

/** What stays true of a call whatever its state; legs are never forgotten while the call lives. */
export interface Call {
  readonly id: CallId
  readonly companyId: CompanyId
  readonly direction: 'internal' | 'inbound' | 'outbound'
  readonly startedAtMs: number
  readonly answeredAtMs?: number
  readonly caller: Party
  /** By a service; contacts of whom it rings do not name them otherwise. */
  readonly isCallerNamed?: boolean
  /** The shared line that the caller calls out on, by its number. */
  readonly callerLine?: string
  /** Where the called person is busy, the caller is offered to be called back before the refusal. */
  readonly offersCallBack?: true
  readonly dialled: string
  readonly called: Party
  readonly trunkId?: TrunkId
  readonly isEmergency: boolean
  /** At whom the call was before, in order. */
  readonly diversions?: readonly Diversion[]
  /** The number of the queue that had given its caller to whoever transferred them to nobody: it has them back when that person is not to be had. */
  readonly goesBackTo?: string | undefined
  /** Whoever had transferred it and is called back, as nobody took it. */
  readonly calledBack?: LegId
  readonly legs: ReadonlyMap<LegId, CallLeg>
}

/** A leg that may be offered the call; the runner keeps what is needed to reach it under the same id. */
export interface LegTarget {
  readonly leg: LegId
  readonly party: Party
  readonly deviceId?: DeviceId
  readonly trunkId?: TrunkId
  /** Millionths of the company's currency a minute; absent = free. */
  readonly pricePerMinuteMicros?: number
}

/** Targets that ring together, for so long; then the next step. */
export interface RingStep {
  readonly targets: readonly LegTarget[]
  readonly ringMs: number
  /** `unreachable`: go on to the next step only when nobody could be asked (408, 480, 5xx, network), not after a person's busy or no. */
  readonly continueOn: 'any' | 'unreachable'
  /** Others are asked than before, whatever those said. */
  readonly isForOthers?: true
}

/** Why an offered leg did not answer. */
export interface LegFailure {
  readonly status: number
  readonly reason?: string
  readonly by: 'peer' | 'us' | 'timeout' | 'transport'
  /** The leg went to a trunk, so a silent peer is the trunk's fault. */
  readonly isTrunk?: true
}

/** Who is being tried now. */
export interface Attempt {
  readonly ringing: readonly LegId[]
  readonly rest: readonly RingStep[]
  readonly continueOn: 'any' | 'unreachable'
  readonly failures: readonly LegFailure[]
  /** Where it goes when nobody of these takes it. */
  readonly forwards?: PlannedForwards
  /** The leg whose early media the origin hears. */
  readonly early?: LegId
}

/**
 * What of the platform itself answers. `flow`: a drawn rule; `feature`: what stands behind a feature code or a parking place.
 * Which one of them, the number says by which it was reached.
 */
export type Service = 'echo' | 'conference' | 'voicemail' | 'queue' | 'flow' | 'feature'

/**
 * Under which the `feature` service calls back whoever transferred a call that then could not be put through; nobody can dial
 * it.
 */
export const returnedNumber = '!returned'

/**
 * The machine of a call. Invariants:
 * - `originating`: only legs of the person who is to be connected first are ringing (a call made by the API).
 * - `routing`: the origin is known; nobody else is asked yet.
 * - `alerting`: `attempt.ringing` is not empty; the origin waits (unanswered), or hears ringback (answered).
 *   With `transfer`, the transferor still has its dialog, or has hung up and is called back when it fails. With `seat`, a service sent the origin on and has it
 *   back when nobody takes the call.
 * - `connected`: exactly two legs are up and joined; each may hold.
 * - `inService`: one leg is up and talks with the platform.
 * - `refusing`: the origin hears a sentence, then gets its refusal.
 * - `ended`: every leg is cleared. No way out.
 */
export type CallState =
  | { readonly name: 'originating'; readonly call: Call; readonly attempt: Attempt }
  | {
      readonly name: 'routing'
      readonly call: Call
      readonly origin: LegId
      readonly transfer?: Transfer
      readonly forward?: Forward
      readonly seat?: ServiceSeat
    }
  | {
      readonly name: 'alerting'
      readonly call: Call
      readonly origin: LegId
      readonly attempt: Attempt
      readonly transfer?: Transfer
      readonly seat?: ServiceSeat
    }
  | {
      readonly name: 'connected'
      readonly call: Call
      readonly a: LegId
      readonly b: LegId
      readonly back?: WayBack
      /** A transfer has failed, and `by` has the call back since. */
      readonly returned?: { readonly by: LegId; readonly atMs: number }
    }
  | {
      readonly name: 'inService'
      readonly call: Call
      readonly origin: LegId
      readonly service: Service
      readonly number: string
    }
  | {
      readonly name: 'refusing'
      readonly call: Call
      readonly origin: LegId
      readonly failure: LegFailure
      readonly termination: Termination
    }
  | { readonly name: 'ended'; readonly call: Call; readonly termination: Termination }

/** A rule of the called person is being followed: what the caller is told if it leads nowhere. */
export interface Forward {
  readonly failure: LegFailure
  readonly termination: Termination
}

/** The service that sent a call on. */
export interface ServiceSeat {
  readonly service: Service
  readonly number: string
  /** The longest that it may ring before the service has it back; a person's own rules for no answer are then not followed. */
  readonly ringMs?: number
  /** The origin goes on hearing what the service plays, instead of a ringing tone. */
  readonly keepsSound?: boolean
  /** It has the caller back, too, when the line of whoever answered is lost. */
  readonly takesBack?: boolean
  /** One person is meant: where their telephone redirects, somebody else is. */
  readonly isForOne?: boolean
}

/** A service has its caller back when the line of whoever it gave them to is lost, and not when they hang up. */
export interface WayBack {
  readonly service: Service
  readonly number: string
  /** Whose line it is. */
  readonly leg: LegId
}

/** A blind transfer in progress: who asked, and whether that leg is still there to come back to. */
export interface Transfer {
  readonly by: LegId
  readonly isStillThere: boolean
  /** As the two had it, for when the transferor has the call back. */
  readonly back?: WayBack
}

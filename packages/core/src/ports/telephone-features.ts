import type { CallId, CompanyId, LegId, Refusal, UserId } from '@vaxel/base'
import type { Commander } from './call-commands.ts'
import type { Party } from './call-ledger.ts'
import type { User } from './directory.ts'

/** A call that waits at a parking place. */
export interface ParkedCall {
  readonly companyId: CompanyId
  readonly place: string
  readonly callId: CallId
  /** Who is parked, as people know them. */
  readonly who: string
  readonly number: string
  readonly byUserId: UserId | undefined
  readonly byName: string | undefined
  readonly sinceMs: number
  /** Whoever parked it is being called. */
  readonly isRecalling: boolean
}

/** Somebody waits until somebody else is free. */
export interface CallBack {
  readonly id: string
  readonly companyId: CompanyId
  readonly userId: UserId
  /** Who is to be called. */
  readonly calleeId: UserId
  readonly name: string
  readonly number: string
  /** `busy`: as soon as they are off the phone; `noAnswer`: once they have been on the phone. */
  readonly reason: 'busy' | 'noAnswer'
  readonly sinceMs: number
  readonly untilMs: number
  readonly tries: number
  /** The two are being called. */
  readonly callId?: CallId
}

/** A call that rings at a colleague. */
export interface CallToPickUp {
  readonly callId: CallId
  readonly caller: Party
  /** At whom it rings. */
  readonly called: Party
  readonly sinceMs: number
}

/** What stands behind feature codes, for screens and the API. The same is done for whoever dials a code. */
export interface TelephoneFeatures {
  /** In the order of the places. */
  parked(companyId: CompanyId): readonly ParkedCall[]
  /**
   * Parks the counterpart of the commander's connection.
   * @param wanted a place; the first free one if absent
   */
  park(commander: Commander, callId: CallId, legId: LegId | undefined, wanted: string | undefined): string | Refusal
  /** What rings at those with whom the person is in a pickup group, the longest first. */
  toPickUp(companyId: CompanyId, userId: UserId): readonly CallToPickUp[]
  callBacks(userId: UserId): readonly CallBack[]
  /** Calls the two when both are free, also after a restart of the platform: it is durable when it resolves; as after a busy call when the other one is on the phone now. */
  setCallBack(user: User, callee: User): Promise<CallBack | Refusal>
  /** @returns how many there were; all of the person's without an identifier */
  cancelCallBack(userId: UserId, id?: string): number
}

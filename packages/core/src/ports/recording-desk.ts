import type { CallId, CompanyId, LegId, Refusal } from '@vaxel/base'
import type { CallRecord, Party } from './call-ledger.ts'
import type { RecordingId, RecordingOptions } from './media-engine.ts'
import type { RecordingMode } from './recording-store.ts'

/** A connection that could be recorded. */
export interface RecordableLeg {
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly legId: LegId
  readonly party: Party
  /** Whom it talks with. */
  readonly other: Party
  readonly direction: CallRecord['direction']
  /** The number that was called. */
  readonly dialled: string
  readonly called: Party
  /** A trunk that talks with somebody here. */
  readonly isTrunk: boolean
  /** A trunk that talks with a trunk: a call that was forwarded or transferred out of the house. */
  readonly isBetweenTrunks?: boolean
}

/** What is wanted of a connection. */
export interface RecordingRule {
  readonly mode: RecordingMode
  /** Who is told, and how. */
  readonly tells: 'everybody' | 'outside' | 'nobody'
  readonly tellsBy: 'sentence' | 'beep' | 'both'
  readonly ifImpossible: 'goOn' | 'refuse'
}

/** What calls ask of recording, and tell it; files, keys, ledger and rules are its business. */
export interface RecordingDesk {
  ruleFor(
    leg: Partial<Pick<RecordableLeg, 'callId'>> &
      Pick<RecordableLeg, 'companyId' | 'party' | 'called' | 'dialled' | 'isTrunk' | 'isBetweenTrunks'>,
  ): RecordingRule
  /** Why a call of this company may not take place, where it wants no call without a recording. */
  whyNoCall(companyId: CompanyId): Refusal | undefined
  /** Durable before a word is written. */
  begin(
    leg: RecordableLeg,
    trigger: 'rule' | 'demand',
  ): Promise<{ readonly id: RecordingId; readonly path: string; readonly options: RecordingOptions } | Refusal>
  /** It did not begin after all. */
  failed(id: RecordingId, reason: string): void
  paused(id: RecordingId, isPaused: boolean, atMs: number): Promise<void>
}

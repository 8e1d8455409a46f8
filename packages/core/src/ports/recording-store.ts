import type { CallId, CompanyId, LegId, UserId } from '@vaxel/base'
import type { CallRecord, LedgerEvent, LegRecord, Party } from './call-ledger.ts'
import type { RecordingId } from './media-engine.ts'

/**
 * `off`: nothing is recorded. `onDemand`: when somebody in the call asks. `always`: from the first word to the last. `pausable`: always, but
 * may be paused while a card number is said.
 */
export type RecordingMode = 'off' | 'onDemand' | 'always' | 'pausable'

/** Another rule than the company's, for a person or a number of the company. */
export interface RecordingException {
  readonly subject:
    | { readonly kind: 'user'; readonly userId: UserId }
    /** Calls to this number, whoever answers them. */
    | { readonly kind: 'number'; readonly number: string }
  readonly mode: RecordingMode
}

/** What a company wants of recording. */
export interface RecordingPolicy {
  readonly mode: RecordingMode
  readonly exceptions: readonly RecordingException[]
  /** Who is told that the call is recorded; `byCountry`: as is usual in the company's country. */
  readonly tells: 'byCountry' | 'everybody' | 'outside' | 'nobody'
  /** A sentence at the start, a beep every 15 seconds, or both. */
  readonly tellsBy: 'byCountry' | 'sentence' | 'beep' | 'both'
  /** When nothing can be written: the call goes on, or does not take place. Emergency calls always do. */
  readonly ifImpossible: 'goOn' | 'refuse'
  /** Days after which a recording is deleted; absent: never by itself. */
  readonly keepDays?: number
  /** The same for those that somebody asked for; as the others if absent. */
  readonly keepDaysOnDemand?: number
  /** Whether people may listen to recordings of their own connection; supervisors and administrators always may. */
  readonly ownMayListen: boolean
  readonly mail: 'none' | 'link' | 'attachment'
  /** Where mails go; to the recorded person if empty. */
  readonly mailTo: readonly string[]
}

/** A time of a recording in which it was paused, from its start, milliseconds. */
export interface RecordingPause {
  readonly fromMs: number
  readonly toMs?: number
}

/** `cut`: the process ended before the recording did; `lost`: its file is not there. */
export type RecordingEnd = 'stopped' | 'silence' | 'limit' | 'gone' | 'failed' | 'cut' | 'lost'

/** A recording of one connection of a call. */
export interface KeptRecording {
  readonly id: RecordingId
  readonly companyId: CompanyId
  readonly callId: CallId
  readonly legId: LegId
  /** Whose connection it is: the left channel. */
  readonly party: Party
  /** Whom they talked with when it began: the right channel. */
  readonly other: Party
  readonly direction: CallRecord['direction']
  readonly trigger: 'rule' | 'demand'
  readonly startedAtMs: number
  /** Relative to the data folder. */
  readonly file: string
  readonly state: 'running' | 'ended' | 'deleted'
  readonly pauses: readonly RecordingPause[]
  readonly durationMs?: number
  readonly end?: RecordingEnd
  /** What the disk did not take. */
  readonly lostMs?: number
  /** Of the file as it was written, hexadecimal. */
  readonly sha256?: string
  /** Its link in the company's chain; see `linkOf`. */
  readonly chain?: { readonly index: number; readonly hash: string; readonly previous: string }
  /** Two lines of loudness, a base64 byte each step; made when they are first asked for. */
  readonly peaks?: { readonly left: string; readonly right: string }
  /** Keeps it from being deleted, whatever the retention. */
  readonly hold?: { readonly atMs: number; readonly by: UserId; readonly reason: string }
  readonly expiresAtMs?: number
  readonly deletion?: { readonly atMs: number; readonly by?: UserId; readonly reason: string }
}

/** A time in which somebody talked and should have been recorded, and was not. */
export interface RecordingGap {
  readonly callId: CallId
  readonly legId: LegId
  readonly party: Party
  readonly other?: Party
  readonly fromMs: number
  readonly toMs: number
  /** `none`: there is no recording. `short`: there is one, but not of this time. `lost`: its sound was lost. */
  readonly kind: 'none' | 'short' | 'lost'
}

/** What a day's talk should have been recorded, and was. */
export interface RecordingReport {
  readonly companyId: CompanyId
  /** `2026-11-21`, in UTC. */
  readonly day: string
  readonly madeAtMs: number
  readonly calls: number
  /** Talk that had to be recorded. */
  readonly talkMs: number
  readonly missingMs: number
  /** The longest first, so many at most. */
  readonly gaps: readonly RecordingGap[]
}

export interface RecordingFilter {
  readonly companyId: CompanyId
  /** Only those of connections of this user. */
  readonly userId?: UserId
  readonly callId?: CallId
  readonly fromMs?: number
  readonly toMs?: number
  /** Part of a number or name of either side. */
  readonly text?: string
  readonly trigger?: KeptRecording['trigger']
  readonly isHeld?: boolean
  readonly withDeleted?: boolean
  readonly before?: RecordingId
  readonly limit: number
}

/** A talk as the reconciliation reads it: a call with its legs. */
export interface TalkedCall {
  readonly call: CallRecord
  readonly legs: readonly LegRecord[]
}

/** Recordings, their keys and what companies want of them. Policies are in memory; each change is durable when it resolves. */
export interface RecordingStore {
  policy(companyId: CompanyId): RecordingPolicy
  /** The one that counted then. */
  policyAt(companyId: CompanyId, atMs: number): RecordingPolicy
  putPolicy(companyId: CompanyId, policy: RecordingPolicy, nowMs: number, event: LedgerEvent): Promise<void>

  /** A recording begins: its key is made, sealed by the company's, and kept with it. @returns the key */
  begin(recording: KeptRecording, event: LedgerEvent): Promise<Uint8Array>
  put(recording: KeptRecording, event?: LedgerEvent): Promise<void>
  /** Ends it and links it into the company's chain. @param event gets the recording as it is then */
  finish(recording: KeptRecording, event: (finished: KeptRecording) => LedgerEvent): Promise<KeptRecording>
  /** Deletes its key and says so in the ledger, at once; the file goes after that. */
  destroy(recording: KeptRecording, event: LedgerEvent): Promise<void>
  /** Undefined once it is deleted. */
  keyOf(recording: Pick<KeptRecording, 'id'>): Promise<Uint8Array | undefined>
  /** A new key of the company seals all keys of its recordings; the old one is gone then. @returns recordings sealed anew */
  rotateKey(companyId: CompanyId, nowMs: number, event: LedgerEvent): Promise<number>
  keyMadeAtMs(companyId: CompanyId): number | undefined

  find(companyId: CompanyId, id: RecordingId): Promise<KeptRecording | undefined>
  findByFile(file: string): Promise<KeptRecording | undefined>
  /** Latest first. */
  list(filter: RecordingFilter): Promise<readonly KeptRecording[]>
  /** Begun by a process that has ended. */
  running(): Promise<readonly KeptRecording[]>
  /** Not held, and past their time. */
  expired(nowMs: number, limit: number): Promise<readonly KeptRecording[]>
  /** Those that are linked, from after an index on. */
  /** The hash of a link that goes on from another one, hexadecimal SHA-256; the first goes on from 64 zeros. */
  linkOf(previous: string, recording: KeptRecording): string
  chain(companyId: CompanyId, afterIndex: number, limit: number): Promise<readonly KeptRecording[]>

  /** Answered calls that began in that time, in order of their beginning. */
  talked(filter: {
    readonly companyId: CompanyId
    readonly fromMs: number
    readonly toMs: number
    readonly after?: CallId
    readonly limit: number
  }): Promise<readonly TalkedCall[]>
  putReport(report: RecordingReport, event: LedgerEvent): Promise<void>
  reports(companyId: CompanyId, limit: number): Promise<readonly RecordingReport[]>
}

/** What is delivered: nothing is recorded unless somebody in the call asks, everybody outside is told. */
export const deliveredRecordingPolicy: RecordingPolicy = {
  mode: 'onDemand',
  exceptions: [],
  tells: 'byCountry',
  tellsBy: 'byCountry',
  ifImpossible: 'goOn',
  ownMayListen: true,
  mail: 'none',
  mailTo: [],
}

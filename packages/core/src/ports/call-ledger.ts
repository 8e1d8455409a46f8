import type { CallId, CompanyId, DeviceId, LegId, Termination, TrunkId, UserId } from '@vaxel/base'
import type { LegQuality } from './media-engine.ts'

/** One fact, past tense, with ECMA-269's word where it has one. `data` holds plain JSON. */
export interface LedgerEvent {
  readonly kind: string
  readonly atMs: number
  readonly companyId: CompanyId
  readonly callId?: CallId
  readonly data: Readonly<Record<string, unknown>>
}

/** A ledger entry as stored: numbers count up without gaps in commit order. */
export interface NumberedEvent extends LedgerEvent {
  readonly number: number
}

export interface CallRecord {
  readonly id: CallId
  readonly companyId: CompanyId
  readonly direction: 'internal' | 'inbound' | 'outbound'
  readonly startedAtMs: number
  readonly answeredAtMs?: number
  readonly endedAtMs?: number
  readonly lastAudioAtMs?: number
  readonly caller: Party
  /** As dialled, then as resolved. */
  readonly dialled: string
  readonly called: Party
  readonly trunkId?: TrunkId
  readonly termination?: Termination
  readonly costMicros?: number
}

export interface Party {
  /** E.164 or extension; `anonymous` when withheld. */
  readonly number: string
  readonly name?: string
  readonly userId?: UserId
}

export interface LegRecord {
  readonly id: LegId
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly role: 'caller' | 'callee'
  readonly party: Party
  readonly deviceId?: DeviceId
  readonly trunkId?: TrunkId
  /** SIP Call-ID, to find the messages. */
  readonly sipCallId?: string
  readonly remoteAddress?: string
  readonly startedAtMs: number
  readonly answeredAtMs?: number
  readonly endedAtMs?: number
  readonly termination?: Termination
  readonly quality?: LegQuality
  /** `sdes` or `dtls` is encrypted, `rtp` is not. */
  readonly keying?: 'rtp' | 'sdes' | 'dtls'
  readonly codec?: string
}

/** Rows and events of one step; they are written together or not at all. */
export interface LedgerEntry {
  readonly events: readonly LedgerEvent[]
  /** Whole rows, written over what was; rows that are as they were told before may be left out. */
  readonly call?: CallRecord
  /** The row of the call is as it was told before: it need not be written again. */
  readonly isCallTold?: boolean
  readonly legs?: readonly LegRecord[]
  /** Nobody waits for it to be durable: it may be gathered with others for some milliseconds. */
  readonly canWait?: boolean
}

/** One SIP message on the wire, for the ladder diagram. */
export interface TracedMessage {
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly atMs: number
  readonly sipCallId: string
  readonly direction: 'in' | 'out'
  readonly protocol: string
  readonly local: string
  readonly remote: string
  /** The message with credentials masked. */
  readonly text: string
}

export interface CallLedger {
  /** Resolves when durable, with the number of the last event. Entries are committed in the order given (group commit). */
  append(entry: LedgerEntry): Promise<number>
  /** Best effort, batched. */
  trace(message: TracedMessage): void
  /** Best effort, batched: audio of these calls was seen up to then. */
  noteAudio(calls: readonly { callId: CallId; atMs: number }[]): void
  /**
   * At start: closes calls that were open when the process died, at their last second of audio; returns how many.
   * @param recordedMs length of the sound in a recording's file (relative to the data folder): recordings that were running
   * are told as ended with it, and passed over where it is undefined
   */
  closeOpenCalls(nowMs: number, recordedMs?: (file: string) => Promise<number | undefined>): Promise<number>
}

/** What people read back. Every read is within one company, but for the platform's own operator (`companyId` absent). */
export interface HistoryReader {
  calls(filter: {
    companyId?: CompanyId
    userId?: UserId
    fromMs?: number
    toMs?: number
    number?: string
    /** Part of a number or name of either side, letters of any case. */
    text?: string
    direction?: CallRecord['direction']
    answered?: boolean
    /** Nobody answered, and this user did not make the call. */
    missedBy?: UserId
    before?: CallId
    /** Later calls only. */
    after?: CallId
    limit: number
  }): Promise<CallRecord[]>
  call(
    id: CallId,
    companyId?: CompanyId,
  ): Promise<{ call: CallRecord; legs: LegRecord[]; events: NumberedEvent[]; messages: TracedMessage[] } | undefined>
  events(filter: { companyId?: CompanyId; after: number; limit: number }): Promise<NumberedEvent[]>
}

/** Live events in ledger order, each after it is durable. Returns the way to stop. */
export interface EventFeed {
  subscribe(listener: (events: readonly NumberedEvent[]) => void): () => void
}

/** A feed that says how far it is. */
export interface CountedFeed extends EventFeed {
  /** Of the last event that was told, or was in the ledger at the start; the ledger may have later ones that are about to be told. */
  readonly lastNumber: number
}

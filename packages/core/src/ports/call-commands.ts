import type { CallId, CompanyId, DeviceId, LegId, Refusal, UserId } from '@vaxel/base'
import type { Party } from './call-ledger.ts'

/** State of a connection between a device and a call (ECMA-269 §6.1.5). */
export type ConnectionState = 'null' | 'initiated' | 'alerting' | 'connected' | 'hold' | 'queued' | 'fail'

/** One party of a live call. */
export interface LiveConnection {
  readonly id: LegId
  readonly party: Party
  readonly deviceId?: DeviceId
  readonly state: ConnectionState
  /** `rtp` is not encrypted. */
  readonly keying?: 'rtp' | 'sdes' | 'dtls'
  readonly codec?: string
  /** Whether this connection is being recorded, and heard in it now; `available`: somebody in the call may ask for it. */
  readonly recording?: 'available' | 'recording' | 'paused'
  /** While its page is away: since when, and until when it is waited for. */
  readonly interruption?: { readonly sinceMs: number; readonly untilMs: number }
  /** For the party's own eyes: how a new page of it takes the leg back. Of browsers' legs alone. */
  readonly own?: OwnConnection
}

/** What the owner of a browser's leg may know of it (docs/decisions/0052). */
export interface OwnConnection {
  readonly sipCallId: string
  /** Value of the Replaces header field that names the leg's dialog (RFC 3891). */
  readonly replaces: string
  /** `+sip.instance` of the browser, once its page has registered over the leg's connection. */
  readonly instanceId?: string
  /** Whether the connection over which it is signalled is up. */
  readonly isReachable: boolean
}

/** A call that goes on now. */
export interface LiveCall {
  readonly id: CallId
  readonly companyId: CompanyId
  readonly direction: 'internal' | 'inbound' | 'outbound'
  readonly startedAtMs: number
  readonly answeredAtMs?: number
  readonly caller: Party
  readonly dialled: string
  readonly called: Party
  readonly connections: readonly LiveConnection[]
}

/** ECMA-269's call control services, by their words. */
export type CallVerb =
  | 'answer'
  | 'hold'
  | 'retrieve'
  | 'deflect'
  | 'consult'
  | 'transfer'
  | 'conference'
  | 'clear'
  | 'sendDigits'
  | 'startRecording'
  | 'stopRecording'
  | 'pauseRecording'
  | 'resumeRecording'

export interface CallCommandArguments {
  /** Whose connection is meant; by default the only one that fits. */
  readonly legId?: LegId
  /** Where to: extension, E.164 number or address of record (deflect, consult, blind transfer). */
  readonly to?: string
  /** The other call (transfer with a consultation, conference). */
  readonly otherCallId?: CallId
  /** 0-9, *, #, A-D (sendDigits). */
  readonly digits?: string
}

/** Who commands; a plain user may command only connections of their own. */
export interface Commander {
  readonly companyId: CompanyId
  /** Absent: any connection of the company (supervisor, administrator). */
  readonly userId?: UserId
}

/** The door for REST, CTI and the command line to the calls that go on now. */
export interface CallCommands {
  /** Rings the user's devices (or the one device), then calls `to` on their behalf. */
  makeCall(request: {
    readonly companyId: CompanyId
    readonly fromUserId: UserId
    readonly fromDeviceId?: DeviceId
    readonly to: string
    /** The own device is asked to answer by itself; for one's own calls alone. */
    readonly answersItself?: boolean
    /** Number of a shared line of theirs that the call is made on; refused where the line does not leave it to its people. */
    readonly line?: string
  }): Promise<{ readonly callId: CallId } | Refusal>
  liveCalls(companyId: CompanyId): readonly LiveCall[]
  /** `callId` of the result: the call that the command concerns afterwards (a consultation is a new one). */
  command(
    commander: Commander,
    callId: CallId,
    verb: CallVerb,
    commandArguments: CallCommandArguments,
  ): Promise<{ readonly callId: CallId } | Refusal>
}

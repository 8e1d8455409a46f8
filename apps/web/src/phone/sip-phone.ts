import type { Value } from '../base/cell.ts'

/** What a browser registers with: the answer of `openPhone`. */
export interface SipAccount {
  readonly address: string
  readonly displayName: string
  readonly extension?: string
  readonly domain: string
  readonly username: string
  readonly password: string
  readonly expiresAt: string
  readonly webSockets: readonly string[]
  readonly iceServers: readonly {
    readonly urls: readonly string[]
    readonly username?: string
    readonly credential?: string
  }[]
  readonly reconnectSeconds: number
}

export type Registration =
  | { readonly name: 'off' }
  | { readonly name: 'connecting'; readonly sinceMs: number }
  | { readonly name: 'registered' }
  /** The connection is gone; it is being sought again. */
  | { readonly name: 'lost'; readonly sinceMs: number }
  | { readonly name: 'refused'; readonly status: number; readonly sinceMs: number }

/** What names a dialog (RFC 3261 §12), from this side. */
export interface DialogId {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
}

/** How a call ended, or why there was none. */
export interface SipEnd {
  readonly by: 'us' | 'them' | 'network'
  /** SIP status, where there was one. */
  readonly status?: number
  /** The connection broke under it: the call itself may go on and be taken back. */
  readonly isBroken?: boolean
}

export type SipCallState =
  | { readonly name: 'calling' }
  | { readonly name: 'ringing'; readonly hasEarlyMedia: boolean }
  | { readonly name: 'incoming' }
  | { readonly name: 'connected'; readonly sinceMs: number; readonly isHeld: boolean; readonly isHeldByThem: boolean }
  | { readonly name: 'ended'; readonly end: SipEnd }

/** Audio streams are the browser's own and are only handed on here. */
export type AudioStream = unknown

/** What the last seconds of a call's line were like, as this side sees it. */
export interface LineFigures {
  /** Lost of what should have come, 0 to 1, since the look before. */
  readonly lossRatio: number
  readonly jitterMs: number
  readonly roundTripMs?: number
  readonly codec?: string
  /** `relay`: by the platform's TURN server. */
  readonly path?: string
  readonly isEncrypted: boolean
  /** Loudest sample heard lately, 0 to 1. */
  readonly level?: number
}

/** One call of this phone. */
export interface SipCall {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly remote: { readonly number: string; readonly name?: string }
  readonly state: Value<SipCallState>
  /** What is heard; undefined until there is something. */
  readonly heard: Value<AudioStream | undefined>
  readonly isMuted: Value<boolean>
  /** Whether packets find their way; false for a moment is usual. */
  readonly isPathFine: Value<boolean>
  /** Undefined while the other side has no tag yet. */
  dialog(): DialogId | undefined
  /** @param microphone copied for this call, as in {@link SipPhone.call}: muting one call mutes no other */
  answer(microphone: AudioStream): void
  /** @param status SIP status: 486 busy, 603 declined */
  reject(status: number, reason?: string): void
  hangUp(): void
  hold(): void
  retrieve(): void
  mute(isMuted: boolean): void
  sendDigits(digits: string): void
  /** Blind transfer (RFC 3515). Resolves when the other side took it over; rejects when it did not. */
  transfer(target: string): Promise<void>
  /** Attended transfer: both far ends talk with each other (RFC 3891). */
  join(other: SipCall): Promise<void>
  /** What is sent from now on. */
  sendAudio(stream: AudioStream): Promise<void>
  /** New candidates and a new offer, after the address changed (RFC 8445 §9). */
  restartIce(): Promise<boolean>
  figures(): Promise<LineFigures | undefined>
  /** Packets of any kind that came so far. */
  packetsReceived(): Promise<number | undefined>
}

/** A SIP user agent: the library behind it can be another one. */
export interface SipPhone {
  readonly registration: Value<Registration>
  /** Begins, or goes on with renewed credentials; calls stay up. */
  use(account: SipAccount): void
  /** @param replaces the dialog whose place this call takes (RFC 3891): nobody rings */
  call(target: string, microphone: AudioStream, replaces?: string): SipCall
  /** A text to an address or a number (RFC 3428). */
  message(target: string, text: string): void
  onIncoming(listener: (call: SipCall) => void): () => void
  /** Whether the server answers a keep-alive over the connection that there is (RFC 5626 §4.4.1), within half a second. */
  isAnswering(): Promise<boolean>
  /** Drops the connection and opens another: the network has changed. Resolves when that is open. */
  reconnect(): Promise<void>
  /** Ends without a word to anybody: the page goes, its calls stay. */
  leave(): void
  /** Logs off: unregisters. */
  stop(): void
}

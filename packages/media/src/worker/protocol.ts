import type { EchoCheck, EchoHeard, MediaLegId, MixId, RecordingId, RecordingOptions, Source } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import type { DtlsCertificate } from '../dtls/certificate.ts'
import type { Hearing, LegCounters, PlaneEvent } from '../engine/media-plane.ts'

/** An address to receive on. IP literal; port 0 lets the system choose (tests). */
export interface BindAddress {
  readonly address: string
  readonly port: number
}

/** What a worker is started with (`workerData`); everything in it can be cloned. */
export interface WorkerOptions {
  /** Of this process; the fingerprint in our session descriptions is this certificate's. Without it, DTLS fails. */
  readonly certificate?: DtlsCertificate
  /** Addresses of the one port for ICE peers; empty in all workers but one. */
  readonly icePorts: readonly BindAddress[]
  /** WAV that plays for `music`; without it, a built-in melody. */
  readonly musicPath?: string
  /** Batches of the operating system (Linux), or the portable sockets of Node; the default is what works here. */
  readonly udp?: 'batched' | 'portable'
  /** A peer that owes packets is reported silent after this; default 10,000. */
  readonly silentAfterMs?: number
}

/** A leg's own pair of sockets: RTP on `rtpPort`, RTCP on the next. */
export interface LegPorts {
  readonly address: string
  readonly rtpPort: number
}

/**
 * Main thread → worker. Commands are performed in the order given; one for a leg, mix or recording that is gone is ignored.
 * One with a `request` number is answered by exactly one `reply` with that number, always.
 */
export type WorkerCommand =
  /**
   * Makes a leg known; reply: {@link OpenReply}. With `ports` its sockets are bound; without, it lives on the shared ICE port.
   * `peerAddress`: where its signalling comes from (IP literal); plain RTP may be latched from there, besides the signalled address.
   */
  | {
      readonly do: 'open'
      readonly request: number
      readonly leg: MediaLegId
      readonly ports?: LegPorts
      readonly peerAddress?: string
      /** For somebody unknown who checks a network: an open check port, or the shared one; nobody is sent more than is due. */
      readonly checkPort?: number | 'shared'
    }
  /** Opens a port for whoever checks a network, on all of these addresses; reply: {@link OpenReply}. */
  | {
      readonly do: 'openCheckPort'
      readonly request: number
      readonly addresses: readonly string[]
      readonly port: number
    }
  /** Reply: {@link CountersReply}, undefined. */
  | { readonly do: 'closeCheckPort'; readonly request: number; readonly port: number }
  /** Echo packets of this check are answered on all check ports from now on. */
  | { readonly do: 'addCheck'; readonly check: EchoCheck }
  | { readonly do: 'removeCheck'; readonly id: string }
  /** Reply: {@link HeardReply}. */
  | { readonly do: 'echoHeard'; readonly request: number; readonly id: string }
  /** Binds a pair ahead of its leg; reply: {@link OpenReply}. */
  | { readonly do: 'reserve'; readonly request: number; readonly ports: LegPorts }
  /** Closes a pair that no leg has taken; reply: {@link CountersReply}, undefined. */
  | { readonly do: 'unreserve'; readonly request: number; readonly ports: LegPorts }
  /** As `open`, on a pair that was reserved: there is nothing to wait for. */
  | {
      readonly do: 'openReserved'
      readonly leg: MediaLegId
      readonly ports: LegPorts
      readonly peerAddress?: string
    }
  /** ICE checks for this ufrag are answered from now on. */
  | { readonly do: 'prepareIce'; readonly leg: MediaLegId; readonly ufrag: string; readonly password: string }
  /** What offer and answer came to: address, payload types, codec, keys, direction, digits. */
  | { readonly do: 'configure'; readonly leg: MediaLegId; readonly agreed: AgreedAudio }
  /** The peer's signalling comes from there now (IP literal). */
  | { readonly do: 'peerMoved'; readonly leg: MediaLegId; readonly peerAddress: string }
  /** Fax data of the leg's peer, which speaks from there, goes to the other leg's until it is configured anew. */
  | {
      readonly do: 'relayFax'
      readonly leg: MediaLegId
      readonly remote: { readonly address: string; readonly port: number }
      readonly to: MediaLegId
    }
  /** Fax data from a leg of another worker. */
  | { readonly do: 'sendFax'; readonly leg: MediaLegId; readonly packet: Uint8Array }
  /** What the leg's peer hears from now on, unless something is being played to it. */
  | { readonly do: 'hear'; readonly leg: MediaLegId; readonly hearing: Hearing }
  /** Plays over what the leg hears; `playEnded` follows when it comes to its end. */
  | { readonly do: 'play'; readonly leg: MediaLegId; readonly source: Source; readonly loop: boolean }
  | { readonly do: 'stopPlay'; readonly leg: MediaLegId }
  /** A short sound, together with what the leg hears; nothing is told of its end. */
  | { readonly do: 'playOver'; readonly leg: MediaLegId; readonly source: Source }
  /** Digits queue up: a second one begins when the first one has ended. */
  | { readonly do: 'sendDigit'; readonly leg: MediaLegId; readonly digit: string; readonly durationMs: number }
  | { readonly do: 'createMix'; readonly mix: MixId }
  | { readonly do: 'releaseMix'; readonly mix: MixId }
  /** All in the mix hear it, after what plays there already. */
  | { readonly do: 'playInMix'; readonly mix: MixId; readonly source: Source }
  /** Whether `mixLevels` is told of it. */
  | { readonly do: 'watchMix'; readonly mix: MixId; readonly isWatched: boolean }
  /** Reply: {@link RecordingReply}. */
  | {
      readonly do: 'startRecording'
      readonly request: number
      readonly recording: RecordingId
      readonly leg: MediaLegId
      readonly path: string
      readonly options: RecordingOptions
    }
  /** What all in the mix hear, for as long as the mix is there. Reply: {@link RecordingReply}. */
  | {
      readonly do: 'startMixRecording'
      readonly request: number
      readonly recording: RecordingId
      readonly mix: MixId
      readonly path: string
      readonly options: RecordingOptions
    }
  /** Reply: {@link PauseReply}. */
  | {
      readonly do: 'pauseRecording'
      readonly request: number
      readonly recording: RecordingId
      readonly isPaused: boolean
    }
  | { readonly do: 'stopRecording'; readonly recording: RecordingId }
  /** Reply: {@link CountersReply}. */
  | { readonly do: 'counters'; readonly request: number; readonly leg: MediaLegId }
  /** Reply: {@link LastAudioReply}. */
  | { readonly do: 'lastAudio'; readonly request: number; readonly part: number; readonly parts: number }
  /** Frees everything of the leg; sockets are closed when the reply ({@link CountersReply}) comes. */
  | { readonly do: 'release'; readonly request: number; readonly leg: MediaLegId }
  /** Frees everything; the worker ends by itself after its reply (`undefined`). */
  | { readonly do: 'close'; readonly request: number }

export type OpenReply = 'opened' | 'portInUse'
/** Where packets of a check came. */
export type HeardReply = readonly EchoHeard[] | undefined
/** Why the recording cannot be written, or undefined. */
export type RecordingReply = string | undefined
/** Where in the recording it is paused or goes on, milliseconds; undefined when it does not run. */
export type PauseReply = number | undefined
/** Undefined for a leg that is not there. Its time is one that threads share (shared-time.ts). */
export type CountersReply = LegCounters | undefined
/** Time of the last audio packet of each leg that had any, one that threads share (shared-time.ts). */
export type LastAudioReply = ReadonlyMap<MediaLegId, number> | undefined

/** Worker → main thread. */
export type WorkerMessage =
  /** The first message. `icePorts`: what is bound, in the order of the options; or why it could not be. */
  | { readonly tell: 'ready'; readonly icePorts: readonly BindAddress[] }
  | { readonly tell: 'cannotStart'; readonly reason: string }
  | {
      readonly tell: 'reply'
      readonly request: number
      readonly value: HeardReply | OpenReply | RecordingReply | PauseReply | CountersReply | LastAudioReply
    }
  /** A digit came, audio started, the peer fell silent, playing or recording ended, keying failed. */
  | { readonly tell: 'event'; readonly event: PlaneEvent }

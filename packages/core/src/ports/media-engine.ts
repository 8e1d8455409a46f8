import type { Brand, CallId, LegId, Refusal } from '@vaxel/base'

export type MediaLegId = Brand<'MediaLegId'>
export type RecordingId = Brand<'RecordingId'>
export type MixId = Brand<'MixId'>
export type CodecName = 'PCMA' | 'PCMU' | 'G722' | 'opus'
/** Session description direction (RFC 8866 §6.7), always seen from the platform's own side. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** How the audio of a leg may be keyed and carried; decided by the device's policy and by how its signalling came. */
export interface MediaPolicy {
  /** What the platform offers: plain RTP, SDES (RFC 4568) or DTLS-SRTP (RFC 5764). An answer takes what the offer has, if `accept` holds it. */
  readonly offer: 'rtp' | 'sdes' | 'dtls'
  readonly accept: readonly ('rtp' | 'sdes' | 'dtls')[]
  /** Offer ICE-lite (RFC 8445) and rtcp-mux, for browsers. An answer uses ICE whenever the offer did. */
  readonly ice: boolean
  /** In order of preference. */
  readonly codecs: readonly CodecName[]
  /** Digits go by SIP INFO to this peer, whatever it could take in its audio. */
  readonly digitsByInfo?: boolean
  /** The peer is nobody that is known: on the shared port it is sent no more than is due to an address that has not proven itself. */
  readonly isUnknown?: boolean
  /** Address of the peer as signalling saw it, to choose the local address that routes to it. IP literal. */
  readonly peerAddress: string
}

/** Somebody who speaks in a mix, and how loud (dBov, at most 0). */
export interface MixSpeaker {
  readonly leg: MediaLegId
  readonly levelDbov: number
}

/** What a leg's media came to, once offer and answer are exchanged. */
export interface MediaSummary {
  readonly codec: CodecName
  readonly keying: 'rtp' | 'sdes' | 'dtls'
  /** What the peer asked for last, from its own side: `sendonly` and `inactive` mean that it holds. */
  readonly peerDirection: Direction
  readonly dtmf: 'rfc4733' | 'info'
}

/** Where a peer takes fax data (T.38 over UDPTL), and what it says of it: `T38…` attributes, as they were written. */
export interface FaxData {
  readonly address: string
  readonly port: number
  readonly attributes: readonly { readonly name: string; readonly value?: string }[]
}

/** Something to hear. Tones are by country (`se`, `fr`, `gb`, `us`, `de`); prompts are files that the platform ships or keeps. */
export type Source =
  | {
      readonly kind: 'tone'
      readonly tone:
        | 'ringback'
        | 'busy'
        | 'congestion'
        | 'dial'
        | 'call-waiting'
        | 'reconnecting'
        | 'joined'
        | 'left'
        | 'recorded'
      readonly country: string
    }
  | { readonly kind: 'music' }
  /** A sound file of ours; `seal` where it is sealed, `fromMs` where it does not begin at its start. */
  | {
      readonly kind: 'file'
      readonly path: string
      readonly seal?: { readonly key: Uint8Array }
      readonly fromMs?: number
    }
  | { readonly kind: 'sine'; readonly rateHz: number; readonly levelDbov: number }
  | { readonly kind: 'silence' }

/** Quality of one direction of one leg. `received` = what the platform got from the peer; `sent` = what the peer reports (RTCP) of what it got. */
export interface DirectionQuality {
  readonly packets: number
  /** Lost / expected, 0 to 1. */
  readonly lossRatio: number
  /** RFC 3550 §6.4.1, milliseconds. */
  readonly jitterMs: number
  /** From RTCP, if known. */
  readonly roundTripMs?: number
  /** 1 to 4.5. */
  readonly mos?: number
  /** Which formula gave `mos`, e.g. `g107-2015-e-model`. */
  readonly mosFormula?: string
}

export interface LegQuality {
  readonly received: DirectionQuality
  readonly sent: DirectionQuality
  readonly codec?: CodecName
  readonly keying?: 'rtp' | 'sdes' | 'dtls'
  /** Packets that were not the peer's (from elsewhere, without the key, changed, seen before), if any came. */
  readonly refusedPackets?: number
}

export type MediaEvent =
  /** `!` is a flash of the hook. */
  | { readonly kind: 'digit'; readonly leg: MediaLegId; readonly digit: string; readonly durationMs: number }
  /** A fax machine is heard at the peer: 1100 Hz of who sends (CNG), 2100 Hz of who answers (CED); told once for each. */
  | { readonly kind: 'fax'; readonly leg: MediaLegId; readonly tone: 'CNG' | 'CED' }
  /** The first authenticated audio packet of the peer arrived. */
  | { readonly kind: 'audioStarted'; readonly leg: MediaLegId }
  /** No packet (audio or RTCP) from the peer for so long, while one was due. */
  | { readonly kind: 'silent'; readonly leg: MediaLegId; readonly sinceMs: number }
  | {
      readonly kind: 'quality'
      readonly leg: MediaLegId
      readonly quality: LegQuality
      /** Of the time since it was told last; only where that was measured anew, every five seconds. */
      readonly recent?: LegQuality
      readonly lastAudioAtMs?: number
    }
  /**
   * No packet of a peer with ICE has come for so long, not even a check: told after 1 s and after 3 s, and while no audio is due after 8 s.
   * Its page may be gone.
   */
  | { readonly kind: 'quiet'; readonly leg: MediaLegId; readonly sinceMs: number }
  /** Packets of the peer come again after `quiet`. */
  | { readonly kind: 'heard'; readonly leg: MediaLegId }
  /** Audio of a leg that goes directly is needed here: its peer has to be offered our own description again, and so has the other one. Told once. */
  | { readonly kind: 'audioWanted'; readonly leg: MediaLegId }
  | { readonly kind: 'playEnded'; readonly leg: MediaLegId }
  | {
      readonly kind: 'recordingEnded'
      readonly recording: RecordingId
      readonly path: string
      readonly durationMs: number
      /** `stopped` by us, `silence` and `limit` as was asked for, `gone` with its leg, `failed` because it could not be written. */
      readonly reason: 'stopped' | 'silence' | 'limit' | 'gone' | 'failed'
      /** Of the file, hexadecimal; of a sealed file that ended whole. */
      readonly sha256?: string
      /** What the disk did not take; it is silence in the file. */
      readonly lostMs?: number
    }
  /** The disk is full or too slow: a recording loses sound from now on. Told once for each reason; the call goes on. */
  | { readonly kind: 'recordingTroubled'; readonly recording: RecordingId; readonly reason: string }
  /** Who speaks in a mix that is watched, the loudest first; empty once when nobody does any more. */
  | { readonly kind: 'mixLevels'; readonly mix: MixId; readonly speakers: readonly MixSpeaker[] }
  /** Keying failed (DTLS fingerprint, handshake) or the engine lost the leg: the call cannot have audio. */
  | { readonly kind: 'failed'; readonly leg: MediaLegId; readonly reason: string }

export interface RecordingOptions {
  /** `both`: stereo, left what the peer says, right what the peer hears (default). `said`: mono, what the peer says. */
  readonly of?: 'both' | 'said'
  /** Sealed as it grows (AES-256-GCM, 32 bytes); plain if absent. */
  readonly seal?: { readonly key: Uint8Array }
  readonly mostMs?: number
  /** Ends after so long without a voice of the peer. */
  readonly silenceMs?: number
}

/**
 * The audio of calls. A *media leg* is one peer's audio with the platform: its ports, keys, codec, statistics.
 * Each leg does its own offer and answer (RFC 3264) with its peer, so that a leg can be replaced while the other stays.
 * Session descriptions cross this port as SDP text (RFC 8866), which every engine speaks.
 * Commands for one leg are performed in the order given. A command for a leg that is gone is ignored (release is final and idempotent).
 */
export interface MediaEngine {
  /**
   * Whether one more call would harm the audio of those that are up: nobody should be let in but for an emergency. What has come in may still be
   * given legs. Absent: it never is.
   */
  readonly isFull?: boolean

  /** Sets ports aside. Refused with MEDIA_NO_PORT (503) when none is left. */
  allocate(leg: { id: MediaLegId; callId: CallId; legId: LegId; policy: MediaPolicy }): Promise<Refusal | undefined>

  /**
   * Makes a new offer for the leg's peer; ports and keys stay the same within one leg, the o= version counts up.
   * `like`: put the codecs of that leg's peer first, so that no transcoding is needed if they agree.
   * `keying`: another than the policy's, for a peer that refused the first offer; only until an answer has come.
   */
  createOffer(
    leg: MediaLegId,
    options?: { like?: MediaLegId; direction?: Direction; keying?: 'rtp' | 'sdes' | 'dtls' },
  ): Promise<string>
  /** The peer's answer to our last offer. */
  receiveAnswer(leg: MediaLegId, answer: string): Promise<MediaSummary | Refusal>

  /** The peer's offer (initial or later). Refused with SDP_… (488) without any change to what was. */
  receiveOffer(leg: MediaLegId, offer: string): Promise<MediaSummary | Refusal>
  /** Our answer to the peer's last offer. `like`: prefer the codec in use on that leg. May be asked for again (the same answer, RFC 3264). */
  createAnswer(leg: MediaLegId, options?: { like?: MediaLegId; direction?: Direction }): Promise<string>

  /** The fax data that a peer's description is about; undefined where it is about audio, or nothing of ours. */
  readFax(description: string): FaxData | undefined
  /** Whether the fax data of two legs can be passed on: neither is encrypted. */
  canRelayFax(a: MediaLegId, b: MediaLegId): boolean
  /** An offer to go over to fax data as the other side has it; undefined where the leg can have none. */
  createFaxOffer(leg: MediaLegId, like: FaxData): Promise<string | undefined>
  /** The answer to the peer's offer of fax data, as the other side has it. */
  createFaxAnswer(leg: MediaLegId, offer: string, like: FaxData): Promise<string | undefined>
  /** Passes fax data on between two legs, until either agrees about audio again. */
  relayFax(a: { leg: MediaLegId; peer: FaxData }, b: { leg: MediaLegId; peer: FaxData }): void

  /**
   * An offer for the leg's peer that describes the other leg's peer, so that the two send their audio to each other.
   * @returns undefined where they do not fit as they are, or where the audio of either is needed here
   */
  createDirectOffer(leg: MediaLegId, other: MediaLegId): Promise<string | undefined>
  /**
   * The peer's answer to it, also to the same offer made again.
   * @param answer undefined where it refused: its audio stays as it was
   * @returns whether it can be used
   */
  receiveDirectAnswer(leg: MediaLegId, answer: string | undefined): Promise<boolean>
  /**
   * Both have answered: no audio of theirs is due here any more, until either offers, or is offered, something else. Whatever needs it meanwhile is
   * begun, and tells `audioWanted`.
   * @returns false where one of them does not say any more what the other was told, or where the audio was wanted meanwhile
   */
  goDirect(a: MediaLegId, b: MediaLegId): boolean
  /** Whether its peer was told to send its audio to another peer, and was not told otherwise since. */
  isDirect(leg: MediaLegId): boolean

  /** The peer's signalling, in its dialog, comes from this address now (IP literal): its plain audio may come from there too. */
  peerMoved(leg: MediaLegId, peerAddress: string): void

  /** Bridges two legs: each hears the other. Replaces any earlier bridge, echo, mix or playing of both. */
  connect(a: MediaLegId, b: MediaLegId): void
  /** One hears the other, not the reverse (early media, monitor). */
  listen(listener: MediaLegId, speaker: MediaLegId): void
  /** Undoes connect, listen, echo and mix for the leg: it hears silence (comfort noise where agreed). */
  disconnect(leg: MediaLegId): void
  /** The leg hears itself through a jitter buffer. */
  echo(leg: MediaLegId): void
  /** Plays to the leg's peer instead of what it heard. Ends with `playEnded` unless looped or stopped. */
  play(leg: MediaLegId, source: Source, options?: { loop?: boolean }): void
  /** A short sound (a beep) together with what the leg's peer hears, of which nothing is lost while it hears another leg. */
  playOver(leg: MediaLegId, source: Source): void
  /** Ends playing; the leg hears again what it was connected to. */
  stopPlay(leg: MediaLegId): void
  /** Sends a digit to the peer by RFC 4733 (or in band where not agreed). */
  sendDigit(leg: MediaLegId, digit: string, durationMs?: number): void

  /** A conference; legs of it hear all others but not themselves. */
  createMix(mix: MixId): void
  joinMix(mix: MixId, leg: MediaLegId, options?: { muted?: boolean; as?: string; heardBy?: string }): void
  /** Whether the others hear a leg; what it hears itself goes on without a seam. */
  muteInMix(mix: MixId, leg: MediaLegId, isMuted: boolean): void
  /** Who hears a leg: those who joined `as` this, or everybody; what it hears itself goes on without a seam. */
  heardInMix(mix: MixId, leg: MediaLegId, heardBy: string | undefined): void
  /** All in the mix hear it, after what plays there already. A source without an end never leaves. */
  playInMix(mix: MixId, source: Source): void
  /** Whether `mixLevels` is told of the mix, four times a second while somebody speaks. */
  watchMix(mix: MixId, isWatched: boolean): void
  releaseMix(mix: MixId): void

  /** Records a leg to a file. Goes on across connect and hold. */
  startRecording(
    recording: RecordingId,
    leg: MediaLegId,
    path: string,
    options?: RecordingOptions,
  ): Promise<Refusal | undefined>
  /** Records what all in a mix hear, mono, for as long as the mix is there, whoever comes and goes. Somebody has to be in it. */
  startMixRecording(
    recording: RecordingId,
    mix: MixId,
    path: string,
    options?: RecordingOptions,
  ): Promise<Refusal | undefined>
  /**
   * While it is paused its time goes on, and it is silent.
   * @returns where in the recording the silence begins or ends, milliseconds; undefined when it does not run
   */
  pauseRecording(recording: RecordingId, isPaused: boolean): Promise<number | undefined>
  stopRecording(recording: RecordingId): void

  /** Statistics up to now. */
  quality(leg: MediaLegId): Promise<LegQuality | undefined>
  /** Frees everything of the leg; gives the final statistics. Ports drain before they are used again. */
  release(leg: MediaLegId): Promise<LegQuality | undefined>

  onEvent(listener: (event: MediaEvent) => void): void
  close(): Promise<void>
}

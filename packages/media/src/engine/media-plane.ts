import type {
  CodecName,
  EchoCheck,
  EchoHeard,
  MediaEvent,
  MediaLegId,
  MixId,
  RecordingId,
  RecordingOptions,
  Source,
} from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'

/** What a leg's peer hears while nothing is played to it. */
export type Hearing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'leg'; readonly leg: MediaLegId }
  | { readonly kind: 'echo' }
  | {
      readonly kind: 'mix'
      readonly mix: MixId
      readonly muted: boolean
      /** What others name it by in `heardBy`. */
      readonly as?: string
      /** Only those who are `as` this hear it. */
      readonly heardBy?: string
    }

/** Counters of a leg as the worker keeps them; scores are made from them elsewhere. */
export interface LegCounters {
  readonly received: StreamCounters
  /** From the peer's receiver reports, as far as they came. */
  readonly sent: StreamCounters
  /** Of what the peer's last report is about alone, 0 to 1. */
  readonly sentRecentLossRatio?: number
  readonly roundTripMs?: number
  /** Wall clock of the last audio packet of the peer. */
  readonly lastAudioAtMs?: number
  /** Audio codec that came last. */
  readonly codec?: CodecName
  /** Packets that were not the peer's, if any came. */
  readonly refusedPackets?: number
  /** Of a leg on a check port: an authenticated connectivity check of its peer came. */
  readonly heard?: boolean
  /** Of a leg on a check port: traffic class octet of the peer's last packet, where the system tells it. */
  readonly trafficClass?: number
}

export interface StreamCounters {
  readonly packets: number
  /** 0 to 1. */
  readonly lossRatio: number
  readonly jitterMs: number
}

/** Events that one worker tells; scores and policies are the engine's. */
export type PlaneEvent =
  | Exclude<MediaEvent, { kind: 'quality' }>
  | { readonly kind: 'died'; readonly reason: string }
  /** Fax data for a leg that this plane does not have. */
  | { readonly kind: 'faxData'; readonly to: MediaLegId; readonly packet: Uint8Array }
  /** Somebody speaks to a pair that was reserved, of which nobody can know. */
  | { readonly kind: 'reservedHeard'; readonly rtpPort: number }
  /** Whether one more call would harm those that this plane has. Told when it changes. */
  | { readonly kind: 'load'; readonly isFull: boolean }
  /** Something to log: a file that cannot be played, a disk that is too slow for a recording. The leg goes on. */
  | {
      readonly kind: 'trouble'
      readonly leg: MediaLegId
      readonly what: string
      readonly path: string
      readonly reason: string
    }

/**
 * The packets of a share of all legs: one worker thread. Commands are performed in the order given; those for unknown legs
 * are ignored.
 */
export interface MediaPlane {
  /**
   * Makes a leg known. With `ports` its own pair of sockets is opened; without, it lives on the shared ICE port.
   * @param peerAddress where its signalling comes from; plain RTP may be latched from there besides the signalled address
   * @param checkPort for somebody unknown who checks a network: an open check port, or the shared one
   */
  open(
    leg: MediaLegId,
    ports: { readonly address: string; readonly rtpPort: number } | undefined,
    peerAddress?: string,
    checkPort?: number | 'shared',
  ): Promise<'opened' | 'portInUse' | 'gone'>
  /** Binds a pair ahead of its leg, so that no call waits for it. */
  reserve(ports: { readonly address: string; readonly rtpPort: number }): Promise<'opened' | 'portInUse' | 'gone'>
  /** Closes a pair that was reserved; resolves when it is closed. */
  unreserve(ports: { readonly address: string; readonly rtpPort: number }): Promise<void>
  /** As {@link open}, on a pair that was reserved here. */
  openReserved(
    leg: MediaLegId,
    ports: { readonly address: string; readonly rtpPort: number },
    peerAddress?: string,
  ): void
  /** Answers ICE checks for this ufrag from now on; before the answer is there. */
  prepareIce(leg: MediaLegId, credentials: { readonly ufrag: string; readonly password: string }): void
  /** What offer and answer came to; may be told again with other values at any time. */
  configure(leg: MediaLegId, agreed: AgreedAudio): void
  peerMoved(leg: MediaLegId, peerAddress: string): void
  /** Passes on what the leg's peer sends as fax data from there, until it is configured anew; to a leg of another plane by `faxData`. */
  relayFax(leg: MediaLegId, remote: { readonly address: string; readonly port: number }, to: MediaLegId): void
  /** Fax data that came in at another plane, for the leg's peer; nothing while the leg has audio. */
  sendFax(leg: MediaLegId, packet: Uint8Array): void
  /** Another `muted` or `heardBy` for the mix that it is in already changes that alone. */
  hear(leg: MediaLegId, hearing: Hearing): void
  play(leg: MediaLegId, source: Source, loop: boolean): void
  stopPlay(leg: MediaLegId): void
  playOver(leg: MediaLegId, source: Source): void
  sendDigit(leg: MediaLegId, digit: string, durationMs: number): void
  createMix(mix: MixId): void
  releaseMix(mix: MixId): void
  playInMix(mix: MixId, source: Source): void
  watchMix(mix: MixId, isWatched: boolean): void
  /** @returns why it cannot be written, or undefined */
  startRecording(
    recording: RecordingId,
    leg: MediaLegId,
    path: string,
    options: RecordingOptions,
  ): Promise<string | undefined>
  /** The mix is on this plane. @returns why it cannot be written, or undefined */
  startMixRecording(
    recording: RecordingId,
    mix: MixId,
    path: string,
    options: RecordingOptions,
  ): Promise<string | undefined>
  /** @returns where in the recording, milliseconds; undefined when it does not run */
  pauseRecording(recording: RecordingId, isPaused: boolean): Promise<number | undefined>
  stopRecording(recording: RecordingId): void
  counters(leg: MediaLegId): Promise<LegCounters | undefined>
  /** Wall clock of the last audio packet of each leg that had any: of one part of the legs, of so many parts. */
  lastAudio(part: number, parts: number): Promise<ReadonlyMap<MediaLegId, number> | undefined>
  /** Closes sockets; resolves when they are closed. */
  release(leg: MediaLegId): Promise<LegCounters | undefined>
  close(): Promise<void>
}

/** A plane that also serves those who check a network (site-echo). */
export interface CheckPlane extends MediaPlane {
  /** Opens a port of the media range on all of these addresses. */
  openCheckPort(addresses: readonly string[], port: number): Promise<'opened' | 'portInUse' | 'gone'>
  /** Resolves when it is closed. Its legs must be released before. */
  closeCheckPort(port: number): Promise<void>
  /** Answers echo packets of this check on all check ports. */
  addCheck(check: EchoCheck): void
  removeCheck(id: string): void
  /** Undefined when the thread is gone. */
  echoHeard(id: string): Promise<readonly EchoHeard[] | undefined>
}

/** Starts one plane; `onEvent` is called from then on, also while it starts. */
export type StartPlane = (index: number, onEvent: (event: PlaneEvent) => void) => Promise<MediaPlane>

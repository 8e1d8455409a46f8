import type { SrtpSuite } from '../description/crypto-attribute.ts'
import type { Direction } from '../description/direction.ts'
import type { Fingerprint } from '../description/dtls-attributes.ts'
import type { IceDescription } from '../description/ice-attributes.ts'
import type { CodecName, Keying } from './capabilities.ts'
import type { RemoteAddress } from './offered-audio.ts'

/** What an offer and its answer came to for the audio, from our side. */
export interface AgreedAudio {
  /** What we send. The peer may send any of `receive`. */
  readonly codec: CodecName
  readonly sendPayloadType: number
  /** Milliseconds of audio that the peer wants in a packet, 10 to 60 in tens, never more than it takes; 20 where it does not say. */
  readonly sendPtimeMs: number
  /** The most that it takes in one, where it says so (`a=maxptime`, RFC 8866 §6.4); 10 or more, in tens. */
  readonly sendMaxPtimeMs?: number
  /** The peer can use Opus' inband error correction. */
  readonly sendInbandFec: boolean
  readonly receive: readonly { readonly payloadType: number; readonly codec: CodecName }[]
  /** Digits by RFC 4733: how we send them, absent where the peer does not take them … */
  readonly sendEvents?: { readonly payloadType: number; readonly rateHz: number }
  /** … and how they may come. */
  readonly receiveEvents: readonly { readonly payloadType: number; readonly rateHz: number }[]
  /** Comfort noise (RFC 3389) in both directions. */
  readonly comfortNoise?: { readonly payloadType: number }
  readonly keying: Keying
  /** Of each direction, with `keying` `sdes`: master key followed by master salt, and the MKI of its packets (RFC 3711 §3.1), if any. */
  readonly sdes?: {
    readonly suite: SrtpSuite
    readonly send: Uint8Array
    readonly receive: Uint8Array
    readonly sendMki?: Uint8Array
    readonly receiveMki?: Uint8Array
  }
  /** Who starts the handshake, and what the peer's certificate must match (any of them), with `keying` `dtls`. */
  readonly dtls?: { readonly role: 'client' | 'server'; readonly fingerprints: readonly Fingerprint[] }
  readonly ice?: { readonly local: IceCredentials; readonly remote: IceDescription }
  /** Where the description says packets should go; absent while the peer holds by address zero, or has ICE candidates alone. */
  readonly remote?: RemoteAddress
  readonly rtcpMux: boolean
  /** What we may do now. */
  readonly direction: Direction
  /** What the peer asked for, from its own side. */
  readonly peerDirection: Direction
}

/** RFC 8839 §5.4. */
export interface IceCredentials {
  readonly ufrag: string
  readonly password: string
}

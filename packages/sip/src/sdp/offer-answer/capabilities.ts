import type { RandomBytes } from '@vaxel/base'
import type { Fingerprint } from '../description/dtls-attributes.ts'

/** Codecs that the platform speaks (RFC 3551, RFC 7587). */
export type CodecName = 'PCMA' | 'PCMU' | 'G722' | 'opus'

/** How audio is protected: not at all, by keys in the description (RFC 4568), by DTLS-SRTP (RFC 5764). */
export type Keying = 'rtp' | 'sdes' | 'dtls'

/** Our side of a stream's addresses; stays the same as long as the stream does. */
export interface LocalEndpoint {
  /** IP literal for `c=`, `o=` and candidates. */
  readonly address: string
  readonly rtpPort: number
  /** Equal to `rtpPort` where RTP and RTCP share the port in any case. */
  readonly rtcpPort: number
}

/** Our ICE-lite agent (RFC 8445 §2.5): host candidates of one UDP port. */
export interface LocalIce {
  readonly candidates: readonly { readonly address: string; readonly port: number }[]
}

/** What our side can and may do in this stream. */
export interface Capabilities {
  /** What we would send and receive, in order of preference. */
  readonly codecs: readonly CodecName[]
  readonly offerKeying: Keying
  readonly acceptKeyings: readonly Keying[]
  /** Offer ICE-lite, rtcp-mux and BUNDLE. Answers use ICE whenever the offer does and `ice` is given. */
  readonly offerIce: boolean
  readonly ice?: LocalIce
  /** Of our DTLS certificate; without it DTLS is neither offered nor accepted. */
  readonly fingerprint?: Fingerprint
  /** Digits go by SIP INFO: events of RFC 4733 are neither offered nor answered. */
  readonly digitsByInfo?: boolean
  readonly random: RandomBytes
}

/** Static facts of the codecs: encoding name, RTP clock, channels, payload type that we offer, `a=fmtp`. */
export interface CodecFacts {
  readonly encoding: string
  readonly rateHz: number
  readonly channels: number
  readonly payloadType: number
  readonly parameters: string
}

export const codecFacts: Readonly<Record<CodecName, CodecFacts>> = {
  PCMU: { encoding: 'PCMU', rateHz: 8000, channels: 1, payloadType: 0, parameters: '' },
  PCMA: { encoding: 'PCMA', rateHz: 8000, channels: 1, payloadType: 8, parameters: '' },
  G722: { encoding: 'G722', rateHz: 8000, channels: 1, payloadType: 9, parameters: '' },
  opus: { encoding: 'opus', rateHz: 48_000, channels: 2, payloadType: 111, parameters: 'minptime=10;useinbandfec=1' },
}

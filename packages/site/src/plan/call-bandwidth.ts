import type { SiteProfile } from '../profile/site-profile.ts'

/** How voice is sent; all of a profile's `voice` that changes the size of packets. */
export interface VoiceFormat {
  readonly codec: 'g711' | 'g722' | 'opus' | 'g729'
  readonly packetMs: number
  readonly ipVersion: 4 | 6
  readonly srtp: boolean
  readonly vlan: boolean
}

/** kbit/s of the voice alone; Opus at 32, which calls between people use. */
const codecKbps = { g711: 64, g722: 64, opus: 32, g729: 8 } as const

const rtpHeader = 12
const udpHeader = 8
const ipHeader = { 4: 20, 6: 40 } as const
/** Authentication tag of AES-CM with HMAC-SHA1-80, the default (RFC 3711 §8.2). */
const srtpTag = 10
/** Header of 14 bytes and check of 4. */
const ethernetFrame = 18
const vlanTag = 4
/** Shortest frame, with header and check. */
const shortestFrame = 64
/** Preamble of 8 and gap of 12. */
const betweenFrames = 20

/** One call one way, kbit/s, counted at each layer; with the SRTP tag where the format has it. */
export interface CallBandwidth {
  readonly packetsPerSecond: number
  readonly payload: number
  readonly ip: number
  /** With the VLAN tag, where there is one. */
  readonly ethernet: number
  /** With preamble and gap: what the cable is busy for. */
  readonly wire: number
  /** Bytes of one packet at the IP layer, by their parts: the formula in numbers. */
  readonly parts: {
    readonly payload: number
    readonly rtp: number
    readonly udp: number
    readonly ip: number
    readonly srtp: number
  }
}

/** Defaults of a profile: G.711, 20 ms, IPv4, encrypted, no VLAN tag. */
export const voiceFormat = ({ voice = {} }: Pick<SiteProfile, 'voice'>): VoiceFormat => ({
  codec: voice.codec ?? 'g711',
  packetMs: voice.packetMs ?? 20,
  ipVersion: voice.ipVersion ?? 4,
  srtp: voice.srtp ?? true,
  vlan: voice.vlan ?? false,
})

/**
 * One call one way at every layer: 8 × (payload + 12 RTP + 8 UDP + 20 or 40 IP + 10 SRTP + layer 2) × packets a second.
 * @example callBandwidth({ codec: 'g711', packetMs: 20, ipVersion: 4, srtp: true, vlan: false }).ip // 84
 */
export function callBandwidth({ codec, packetMs, ipVersion, srtp, vlan }: VoiceFormat): CallBandwidth {
  const packetsPerSecond = 1000 / packetMs
  const payload = (codecKbps[codec] * packetMs) / 8
  const parts = { payload, rtp: rtpHeader, udp: udpHeader, ip: ipHeader[ipVersion], srtp: srtp ? srtpTag : 0 }
  const packet = parts.payload + parts.rtp + parts.udp + parts.ip + parts.srtp
  const frame = Math.max(packet + ethernetFrame, shortestFrame) + (vlan ? vlanTag : 0)
  const kbps = (bytes: number): number => roundKbps((8 * bytes) / packetMs)
  return {
    packetsPerSecond,
    payload: codecKbps[codec],
    ip: kbps(packet),
    ethernet: kbps(frame),
    wire: kbps(frame + betweenFrames),
    parts,
  }
}

/** Figures are told to a thousandth of a kbit/s: what binary fractions add to them is taken off. */
export const roundKbps = (kbps: number): number => Math.round(kbps * 1000) / 1000

import { type PayloadFormat, payloadFormatsOf, fmtpParameter } from '../description/codec-attributes.ts'
import { type CryptoAttribute, parseCrypto } from '../description/crypto-attribute.ts'
import { type Direction, directionOf, receives, sends } from '../description/direction.ts'
import { type Fingerprint, fingerprintsOf, type Setup, setupOf } from '../description/dtls-attributes.ts'
import { midOf } from '../description/grouping-attributes.ts'
import { type IceDescription, iceOf } from '../description/ice-attributes.ts'
import { hasRtcpMux, rtcpPortOf } from '../description/rtcp-attributes.ts'
import {
  attributeOf,
  attributesOf,
  type MediaDescription,
  type SessionDescription,
} from '../description/session-description.ts'
import { type CodecName, codecFacts } from './capabilities.ts'

/** Milliseconds of audio in a packet where a peer says nothing (RFC 3551 §4.2). */
const usualPtimeMs = 20

/** Where the peer wants packets: IP literal or host name, with ports 1 to 65535. */
export interface RemoteAddress {
  readonly address: string
  readonly rtpPort: number
  readonly rtcpPort: number
  /** Where `a=rtcp` names another address than `c=`. */
  readonly rtcpAddress?: string
}

/** An audio media description of the peer, read. */
export interface PeerAudio {
  /** Position among the media descriptions, from 0. */
  readonly index: number
  readonly mid?: string
  readonly protocol: string
  /** `SAVP` in the protocol: protection is a must. */
  readonly isSecureProfile: boolean
  /** `UDP/TLS/` in the protocol. */
  readonly isDtlsProfile: boolean
  /** Our codecs among its formats, in its order. */
  readonly codecs: readonly { readonly name: CodecName; readonly format: PayloadFormat }[]
  /** `telephone-event` formats (RFC 4733 §7.1.1). */
  readonly events: readonly PayloadFormat[]
  /** Payload type of comfort noise at 8 kHz (RFC 3389). */
  readonly comfortNoise?: number
  /** From the peer's side; a connection address of zero (hold of RFC 2543) takes away its receiving. */
  readonly direction: Direction
  /** Milliseconds of audio that the peer wants in a packet, 10 to 60 in tens. */
  readonly ptimeMs?: number
  /** Milliseconds of audio that it takes in a packet at most, 10 or more in tens. */
  readonly maxPtimeMs?: number
  readonly cryptos: readonly CryptoAttribute[]
  readonly fingerprints: readonly Fingerprint[]
  readonly setup?: Setup
  readonly ice?: IceDescription
  readonly rtcpMux: boolean
  /** Absent where the description names no place to send to (hold by address zero, or ICE alone). */
  readonly remote?: RemoteAddress
}

/** Reads one media description as audio over RTP; undefined where it is something else or rejected. */
export function readPeerAudio(session: SessionDescription, index: number): PeerAudio | undefined {
  const media = session.media[index]
  if (!media || media.kind !== 'audio') return undefined
  if (media.port === 0 && attributeOf(media, 'bundle-only') === undefined) return undefined
  const protocol = media.protocol.toUpperCase()
  const profile = /^(UDP\/TLS\/)?RTP\/(S?)AVPF?$/.exec(protocol)
  if (!profile) return undefined
  const formats = payloadFormatsOf(media)
  const ice = iceOf(session, media)
  const setup = setupOf(session, media)
  const mid = midOf(media)
  const remote = remoteOf(session, media)
  const direction = directionOf(session, media)
  const ptimeMs = millisecondsOf(media, 'ptime')
  const maxPtimeMs = millisecondsOf(media, 'maxptime')
  const comfortNoise = formats.find((format) => isEncoding(format, 'cn') && format.rateHz === 8000)?.payloadType
  return {
    index,
    ...(mid !== undefined && { mid }),
    protocol: media.protocol,
    isSecureProfile: profile[2] === 'S',
    isDtlsProfile: profile[1] !== undefined,
    codecs: formats.flatMap((format) => {
      const name = codecNameOf(format)
      return name ? [{ name, format }] : []
    }),
    events: formats.filter((format) => isEncoding(format, 'telephone-event')),
    ...(comfortNoise !== undefined && { comfortNoise }),
    direction:
      remote || ice ? direction : receives(direction) ? (sends(direction) ? 'sendonly' : 'inactive') : direction,
    ...(ptimeMs !== undefined && { ptimeMs: Math.min(60, ptimeMs) }),
    ...(maxPtimeMs !== undefined && { maxPtimeMs }),
    cryptos: attributesOf(media, 'crypto')
      .slice(0, 32)
      .map(parseCrypto)
      .filter((crypto) => crypto !== undefined),
    fingerprints: fingerprintsOf(session, media),
    ...(setup && { setup }),
    ...(ice && { ice }),
    rtcpMux: hasRtcpMux(media),
    ...(remote && { remote }),
  }
}

/** The first audio over RTP that is not rejected. */
export function firstPeerAudio(session: SessionDescription): PeerAudio | undefined {
  for (let index = 0; index < session.media.length; index++) {
    const audio = readPeerAudio(session, index)
    if (audio) return audio
  }
  return undefined
}

function isEncoding(format: PayloadFormat, lowerCase: string): boolean {
  return format.encoding.toLowerCase() === lowerCase
}

/** Which of our codecs a format is. G722 written as 16000 Hz is a common fault and means the same (RFC 3551 §4.5.2). */
export function codecNameOf(format: PayloadFormat): CodecName | undefined {
  const encoding = format.encoding.toLowerCase()
  if (encoding === 'g722') return format.rateHz === 8000 || format.rateHz === 16_000 ? 'G722' : undefined
  for (const name of Object.keys(codecFacts) as CodecName[])
    if (name.toLowerCase() === encoding && codecFacts[name].rateHz === format.rateHz) return name
  return undefined
}

/** Whether the peer wants inband error correction from an Opus sender (RFC 7587 §6.1). */
export function wantsInbandFec(format: PayloadFormat): boolean {
  return fmtpParameter(format.parameters, 'useinbandfec') === '1'
}

function remoteOf(session: SessionDescription, media: MediaDescription): RemoteAddress | undefined {
  const connection = media.connection ?? session.connection
  if (!connection || media.port === 0 || media.port === 9 || isZero(connection.address)) return undefined
  const rtcp = hasRtcpMux(media) ? { port: media.port } : rtcpPortOf(media)
  const rtcpAddress = 'address' in rtcp && rtcp.address && !isZero(rtcp.address) ? rtcp.address : undefined
  return {
    address: connection.address,
    rtpPort: media.port,
    rtcpPort: rtcp.port,
    ...(rtcpAddress !== undefined && rtcpAddress !== connection.address && { rtcpAddress }),
  }
}

function isZero(address: string): boolean {
  return address === '0.0.0.0' || /^[0:]+$/.test(address)
}

/** How to send to the peer what is of our own making: the length of a packet, and what it may not exceed. */
export function packetLengths({ ptimeMs, maxPtimeMs }: PeerAudio): { sendPtimeMs: number; sendMaxPtimeMs?: number } {
  const wantedMs = ptimeMs ?? usualPtimeMs
  if (maxPtimeMs === undefined) return { sendPtimeMs: wantedMs }
  return { sendPtimeMs: Math.min(wantedMs, maxPtimeMs), sendMaxPtimeMs: maxPtimeMs }
}

/** `a=ptime` or `a=maxptime` in whole tens of milliseconds, at least ten. */
function millisecondsOf(media: MediaDescription, name: 'ptime' | 'maxptime'): number | undefined {
  const written = Number(attributeOf(media, name) ?? Number.NaN)
  return written > 0 ? Math.max(10, Math.floor(written / 10) * 10) : undefined
}

import { type CryptoAttribute, writeCrypto } from '../description/crypto-attribute.ts'
import type { Direction } from '../description/direction.ts'
import { type Fingerprint, writeFingerprint } from '../description/dtls-attributes.ts'
import { writeCandidate } from '../description/ice-attributes.ts'
import type { Attribute, MediaDescription } from '../description/session-description.ts'
import type { IceCredentials } from './agreed-audio.ts'
import type { LocalEndpoint, LocalIce } from './capabilities.ts'
import { type MediaLine, familyOf } from './negotiation-state.ts'

/** A payload format as we write it. */
export interface WrittenFormat {
  readonly payloadType: number
  readonly encoding: string
  readonly rateHz: number
  readonly channels: number
  readonly parameters: string
}

/** All that our audio media description says. */
export interface WrittenAudio {
  readonly protocol: string
  readonly endpoint: LocalEndpoint
  readonly formats: readonly WrittenFormat[]
  readonly direction: Direction
  /** Milliseconds of audio to get in a packet, and the most that is taken; 20 and no limit if absent. */
  readonly ptimeMs?: number
  readonly maxPtimeMs?: number
  readonly rtcpMux: boolean
  readonly mid?: string
  readonly cryptos: readonly CryptoAttribute[]
  readonly dtls?: { readonly fingerprint: Fingerprint; readonly setup: 'actpass' | 'active' | 'passive' }
  readonly ice?: { readonly credentials: IceCredentials; readonly local: LocalIce }
}

/** Milliseconds of audio that we like to get in a packet. */
const usualPtimeMs = 20

export function writeAudio(audio: WrittenAudio): MediaDescription {
  const { endpoint } = audio
  const attributes: Attribute[] = []
  const add = (name: string, value?: string) => attributes.push(value === undefined ? { name } : { name, value })
  for (const { payloadType, encoding, rateHz, channels, parameters } of audio.formats) {
    add('rtpmap', `${payloadType} ${encoding}/${rateHz}${channels > 1 ? `/${channels}` : ''}`)
    if (parameters) add('fmtp', `${payloadType} ${parameters}`)
  }
  add('ptime', String(audio.ptimeMs ?? usualPtimeMs))
  if (audio.maxPtimeMs !== undefined) add('maxptime', String(audio.maxPtimeMs))
  add(audio.direction)
  if (audio.mid !== undefined) add('mid', audio.mid)
  if (audio.rtcpMux) add('rtcp-mux')
  else if (endpoint.rtcpPort !== endpoint.rtpPort + 1) add('rtcp', String(endpoint.rtcpPort))
  for (const crypto of audio.cryptos) add('crypto', writeCrypto(crypto))
  if (audio.dtls) {
    add('fingerprint', writeFingerprint(audio.dtls.fingerprint))
    add('setup', audio.dtls.setup)
  }
  if (audio.ice) {
    add('ice-ufrag', audio.ice.credentials.ufrag)
    add('ice-pwd', audio.ice.credentials.password)
    audio.ice.local.candidates.forEach(({ address, port }, index) => {
      add('candidate', writeCandidate({ ...hostCandidate(index), address, port }))
    })
    add('end-of-candidates')
    // Browsers hand the track to the page by its stream (RFC 8830).
    if (audio.dtls) add('msid', 'vaxel audio')
  }
  return {
    kind: 'audio',
    port: endpoint.rtpPort,
    protocol: audio.protocol,
    formats: audio.formats.map((format) => String(format.payloadType)),
    connection: { family: familyOf(endpoint.address), address: endpoint.address },
    attributes,
  }
}

/** Host candidates of component 1; the local preference falls with the place in the list (RFC 8445 §5.1.2.1). */
function hostCandidate(index: number) {
  const priority = 126 * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255
  return { foundation: String(index + 1), component: 1, priority, type: 'host' as const }
}

/** A media description with port 0: refused in an answer, not used in an offer (RFC 3264 §6, §8.2). */
export function writeUnused(line: MediaLine, address: string): MediaDescription {
  const attributes: Attribute[] = [{ name: 'inactive' }]
  if (line.mid !== undefined) attributes.push({ name: 'mid', value: line.mid })
  return {
    kind: line.kind,
    port: 0,
    protocol: line.protocol,
    formats: [line.format],
    connection: { family: familyOf(address), address },
    attributes,
  }
}

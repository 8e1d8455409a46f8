import type { CryptoAttribute, SrtpSuite } from '../description/crypto-attribute.ts'
import { srtpSuites } from '../description/crypto-attribute.ts'
import type { Direction } from '../description/direction.ts'
import type { Attribute } from '../description/session-description.ts'
import { type Capabilities, type CodecName, codecFacts, type Keying, type LocalEndpoint } from './capabilities.ts'
import { type MediaLine, type NegotiationState, writeNext } from './negotiation-state.ts'
import { payloadName, PayloadNames, payloadNumberFor } from './payload-numbers.ts'
import { type WrittenFormat, writeAudio, writeUnused } from './write-audio.ts'

export interface OfferWishes {
  readonly direction?: Direction
  /** Codecs to put first, in this order, as far as we have them. */
  readonly prefer?: readonly CodecName[]
}

/** Suites in the order in which we offer them. */
const offeredSuites: readonly SrtpSuite[] = ['AEAD_AES_128_GCM', 'AEAD_AES_256_GCM', 'AES_CM_128_HMAC_SHA1_80']

/** Taken of a peer that offers nothing else, as a forged packet passes once in 2^32; its RTCP is as safe as with the others (RFC 4568 §6.2). */
export const weakestSuite: SrtpSuite = 'AES_CM_128_HMAC_SHA1_32'

/**
 * Makes our next offer (RFC 3264 §5, §8). The first follows the capabilities; a later one keeps what was agreed
 * (profile, keys, ICE, payload types, the number and order of media descriptions) and offers all codecs again.
 */
export function makeOffer(
  state: NegotiationState,
  capabilities: Capabilities,
  endpoint: LocalEndpoint,
  wishes: OfferWishes = {},
): { readonly text: string; readonly state: NegotiationState } {
  const keying = state.agreed?.keying ?? capabilities.offerKeying
  const usesIce = state.agreed?.usesIce ?? capabilities.offerIce
  const rtcpMux = state.agreed?.rtcpMux ?? (usesIce || keying === 'dtls')
  const direction = wishes.direction ?? 'sendrecv'
  const { formats, codecs, events, payloadNames } = offeredFormats(
    state,
    orderCodecs(capabilities.codecs, wishes.prefer),
    !capabilities.digitsByInfo,
  )
  const { cryptos, keys } = keying === 'sdes' ? offeredCryptos(state, capabilities) : { cryptos: [], keys: state.keys }
  // Some phones take RTP/SAVP for DTLS too, so a first offer of SDES names our certificate besides its keys.
  const alsoDtls = keying === 'sdes' && !state.agreed && capabilities.fingerprint !== undefined
  const offersDtls = keying === 'dtls' || alsoDtls
  if (keying === 'dtls' && !capabilities.fingerprint) throw new Error('a DTLS offer needs a certificate')
  if (usesIce && !capabilities.ice) throw new Error('an ICE offer needs candidates')

  const lines: MediaLine[] = [...state.lines]
  const audioIndex = lines.length === 0 ? 0 : state.audioIndex
  const before = lines[audioIndex]
  const mid = before ? before.mid : usesIce ? '0' : undefined
  lines[audioIndex] = {
    kind: 'audio',
    protocol: before?.protocol ?? protocolFor(keying, usesIce),
    format: String(formats[0]?.payloadType ?? 0),
    ...(mid !== undefined && { mid }),
  }
  const audio = writeAudio({
    protocol: lines[audioIndex]!.protocol,
    endpoint,
    formats,
    direction,
    rtcpMux,
    ...(mid !== undefined && { mid }),
    cryptos,
    ...(offersDtls && { dtls: { fingerprint: capabilities.fingerprint!, setup: 'actpass' as const } }),
    ...(usesIce && { ice: { credentials: state.ice, local: capabilities.ice! } }),
  })
  const isBundled = mid !== undefined && (state.agreed?.isBundled ?? usesIce)
  const written = writeNext({ ...state, payloadNames, keys }, endpoint.address, {
    attributes: sessionAttributes(usesIce, isBundled ? mid : undefined),
    media: lines.map((line, index) => (index === audioIndex ? audio : writeUnused(line, endpoint.address))),
  })
  const offer = {
    lines,
    audioIndex,
    keying,
    alsoDtls,
    usesIce,
    rtcpMux,
    direction,
    codecs,
    events,
    suites: cryptos.map(({ tag, suite, keyAndSalt }) => ({ tag, suite, key: keyAndSalt })),
  }
  return { text: written.text, state: { ...written.state, lines, audioIndex, offer } }
}

/** `a=ice-lite` and the BUNDLE group with our audio alone. */
export function sessionAttributes(usesIce: boolean, bundledMid: string | undefined): Attribute[] {
  const attributes: Attribute[] = []
  if (usesIce) attributes.push({ name: 'ice-lite' })
  if (bundledMid !== undefined) attributes.push({ name: 'group', value: `BUNDLE ${bundledMid}` })
  return attributes
}

function protocolFor(keying: Keying, usesIce: boolean): string {
  if (keying === 'dtls') return usesIce ? 'UDP/TLS/RTP/SAVPF' : 'UDP/TLS/RTP/SAVP'
  return keying === 'sdes' ? 'RTP/SAVP' : 'RTP/AVP'
}

/** Our codecs, those that are preferred first. @example orderCodecs(['opus', 'PCMA'], ['PCMA']) // ['PCMA', 'opus'] */
export function orderCodecs(codecs: readonly CodecName[], prefer: readonly CodecName[] = []): CodecName[] {
  const first = prefer.filter((codec, index) => codecs.includes(codec) && prefer.indexOf(codec) === index)
  return [...first, ...codecs.filter((codec) => !first.includes(codec))]
}

function offeredFormats(state: NegotiationState, order: readonly CodecName[], hasEvents: boolean) {
  const names = new PayloadNames(state.payloadNames)
  const number = (name: string, usual: number): number | undefined => {
    const payloadType = payloadNumberFor(names, name, usual)
    if (payloadType !== undefined) names.set(payloadType, name)
    return payloadType
  }
  const formats: WrittenFormat[] = []
  const codecs: { payloadType: number; codec: CodecName }[] = []
  const events: { payloadType: number; rateHz: number }[] = []
  for (const codec of order) {
    const facts = codecFacts[codec]
    const payloadType = number(payloadName(facts.encoding, facts.rateHz), facts.payloadType)
    if (payloadType === undefined) continue
    codecs.push({ payloadType, codec })
    formats.push({ ...facts, payloadType })
  }
  // Events run on the clock of the audio beside them (RFC 4733 §2.1), so one format per clock rate.
  for (const rateHz of new Set(hasEvents ? codecs.map(({ codec }) => codecFacts[codec].rateHz) : [])) {
    const payloadType = number(payloadName('telephone-event', rateHz), rateHz === 8000 ? 101 : 110)
    if (payloadType === undefined) continue
    events.push({ payloadType, rateHz })
    formats.push({ payloadType, encoding: 'telephone-event', rateHz, channels: 1, parameters: '0-16' })
  }
  return { formats, codecs, events, payloadNames: names }
}

function offeredCryptos(state: NegotiationState, capabilities: Capabilities) {
  const keys = { ...state.keys }
  const { mki } = state
  // Of its short tags only where the peer has nothing better, and then it stays.
  const suites = keys[weakestSuite] ? [...offeredSuites, weakestSuite] : offeredSuites
  const cryptos: CryptoAttribute[] = suites.map((suite, index) => {
    keys[suite] ??= makeKey(suite, capabilities)
    return { tag: index + 1, suite, keyAndSalt: keys[suite], ...(mki && { mki }) }
  })
  return { cryptos, keys }
}

/** A fresh master key and salt for a suite. */
export function makeKey(suite: SrtpSuite, { random }: Pick<Capabilities, 'random'>): Uint8Array {
  return random(srtpSuites[suite].keyBytes + srtpSuites[suite].saltBytes)
}

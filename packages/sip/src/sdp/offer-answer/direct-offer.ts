import { isIP } from 'node:net'
import type { AgreedAudio } from './agreed-audio.ts'
import { codecFacts } from './capabilities.ts'
import { type MediaLine, type NegotiationState, type PendingOffer, writeNext } from './negotiation-state.ts'
import { payloadName, PayloadNames } from './payload-numbers.ts'
import { type WrittenFormat, writeAudio, writeUnused } from './write-audio.ts'

/**
 * An offer that describes the audio of another peer in place of ours, so that the two send to each other (RFC 3725 §4.1 without us between them).
 * @param own what was agreed with the peer that is asked @param other what the other peer said of its own
 * @returns undefined where the two do not fit as they are: encrypted audio (not every telephone takes a new key within a call, and one that does not is
 * silent), another codec, digits that one of them takes otherwise, a hold, no address as a literal, or a payload type that means something else to
 * the peer (RFC 3264 §8.3.2)
 */
export function makeDirectOffer(
  state: NegotiationState,
  own: AgreedAudio,
  other: AgreedAudio,
): { readonly text: string; readonly state: NegotiationState } | undefined {
  const { remote } = other
  if (!remote || !fits(own, other)) return undefined
  const names = new PayloadNames(state.payloadNames)
  const claim = (payloadType: number, name: string): boolean => {
    if (names.nameOf(payloadType) === undefined) names.set(payloadType, name)
    return names.nameOf(payloadType) === name
  }
  const facts = codecFacts[other.codec]
  if (!claim(other.sendPayloadType, payloadName(facts.encoding, facts.rateHz))) return undefined
  const formats: WrittenFormat[] = [{ ...facts, payloadType: other.sendPayloadType }]
  const { sendEvents: events } = other
  if (events) {
    if (!claim(events.payloadType, payloadName('telephone-event', events.rateHz))) return undefined
    formats.push({ ...events, encoding: 'telephone-event', channels: 1, parameters: '0-16' })
  }
  const { audioIndex } = state
  const lines = state.lines.map(
    (line, i): MediaLine => (i === audioIndex ? { ...line, format: String(other.sendPayloadType) } : line),
  )
  const line = lines[audioIndex]
  if (!line) return undefined
  const { rtcpMux } = other
  const audio = writeAudio({
    protocol: line.protocol,
    endpoint: remote,
    formats,
    direction: 'sendrecv',
    ptimeMs: other.sendPtimeMs,
    ...(other.sendMaxPtimeMs !== undefined && { maxPtimeMs: other.sendMaxPtimeMs }),
    rtcpMux,
    ...(line.mid !== undefined && { mid: line.mid }),
    cryptos: [],
  })
  const written = writeNext({ ...state, payloadNames: names }, remote.address, {
    attributes: [],
    media: lines.map((one, i) => (i === audioIndex ? audio : writeUnused(one, remote.address))),
  })
  const offer: PendingOffer = {
    alsoDtls: false,
    lines,
    audioIndex,
    keying: 'rtp',
    usesIce: false,
    rtcpMux,
    direction: 'sendrecv',
    codecs: [{ payloadType: other.sendPayloadType, codec: other.codec }],
    events: events ? [events] : [],
    suites: [],
  }
  return { text: written.text, state: { ...written.state, lines, offer } }
}

/** Whether a peer still takes its audio as it said before: where, and as what. */
export function saysTheSame(a: AgreedAudio, b: AgreedAudio): boolean {
  const placeOf = ({ remote }: AgreedAudio) => `${remote?.address} ${remote?.rtpPort} ${remote?.rtcpPort}`
  return (
    placeOf(a) === placeOf(b) &&
    a.codec === b.codec &&
    a.sendPayloadType === b.sendPayloadType &&
    a.sendEvents?.payloadType === b.sendEvents?.payloadType &&
    a.peerDirection === b.peerDirection
  )
}

function fits(own: AgreedAudio, other: AgreedAudio): boolean {
  const both = [own, other]
  if (both.some(({ ice, keying, peerDirection }) => ice || keying !== 'rtp' || peerDirection !== 'sendrecv'))
    return false
  const [family, otherFamily] = both.map(({ remote }) =>
    remote && remote.rtcpAddress === undefined ? isIP(remote.address) : 0,
  )
  if (!family || family !== otherFamily) return false
  return own.codec === other.codec && own.sendEvents?.rateHz === other.sendEvents?.rateHz
}

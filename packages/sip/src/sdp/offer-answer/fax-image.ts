import type { Attribute, MediaDescription, SessionDescription } from '../description/session-description.ts'
import type { LocalEndpoint } from './capabilities.ts'
import { familyOf, type MediaLine, type NegotiationState, writeNext } from './negotiation-state.ts'
import { writeUnused } from './write-audio.ts'

/** What one side says of its fax data (T.38 annex D): where it takes it, and its `T38…` attributes as they were written. */
export interface FaxImage {
  readonly address: string
  readonly port: number
  readonly attributes: readonly Attribute[]
}

const protocol = 'udptl'
const format = 't38'
const mostAttributes = 24
const mostValue = 128

/**
 * The fax data that a description is about (RFC 3362: `m=image … udptl t38`). Undefined where it has audio, which then counts,
 * or no fax data.
 */
export function readFaxImage(description: SessionDescription): (FaxImage & { readonly index: number }) | undefined {
  if (description.media.some(({ kind, port }) => kind === 'audio' && port > 0)) return undefined
  const index = description.media.findIndex(isFax)
  const media = description.media[index]
  const address = (media?.connection ?? description.connection)?.address
  if (!media || address === undefined) return undefined
  const attributes = media.attributes
    .filter(({ name, value = '' }) => /^t38/i.test(name) && value.length <= mostValue)
    .slice(0, mostAttributes)
  return { index, address, port: media.port, attributes }
}

const isFax = ({ kind, port, protocol: carried, formats }: MediaDescription): boolean =>
  kind === 'image' &&
  port > 0 &&
  carried.toLowerCase() === protocol &&
  formats.some((one) => one.toLowerCase() === format)

/**
 * Our offer to go over to fax data, in the place of the audio (RFC 3264 §8.3.3), or where there was fax data before.
 * The state keeps the audio's place, so that a later offer goes back to it.
 */
export function makeFaxOffer(
  state: NegotiationState,
  endpoint: LocalEndpoint,
  attributes: readonly Attribute[],
): { readonly text: string; readonly state: NegotiationState } {
  const known = state.lines.findIndex(({ kind }) => kind === 'image')
  const index = known < 0 ? state.audioIndex : known
  return write(state, state.lines, { index, endpoint, attributes })
}

/** Our answer to an offer of fax data; all else in it is refused by port 0. @param index of the fax data in the offer */
export function answerFaxOffer(
  state: NegotiationState,
  offer: SessionDescription,
  { index, endpoint, attributes }: { index: number; endpoint: LocalEndpoint; attributes: readonly Attribute[] },
): { readonly text: string; readonly state: NegotiationState } {
  const audio = state.lines[state.audioIndex]
  const offeredAudio = offer.media.findIndex(({ kind }) => kind === 'audio')
  const audioIndex = offeredAudio < 0 ? index : offeredAudio
  const lines = offer.media.map(
    (media, i): MediaLine =>
      i === audioIndex && audio
        ? audio
        : { kind: media.kind, protocol: media.protocol, format: media.formats[0] ?? '0' },
  )
  const { offer: _answered, ...before } = state
  return write({ ...before, lines, audioIndex }, lines, { index, endpoint, attributes })
}

function write(
  state: NegotiationState,
  lines: readonly MediaLine[],
  { index, endpoint, attributes }: { index: number; endpoint: LocalEndpoint; attributes: readonly Attribute[] },
): { readonly text: string; readonly state: NegotiationState } {
  const image: MediaDescription = {
    kind: 'image',
    port: endpoint.rtpPort,
    protocol,
    formats: [format],
    connection: { family: familyOf(endpoint.address), address: endpoint.address },
    attributes,
  }
  return writeNext(state, endpoint.address, {
    attributes: [],
    media: lines.map((line, i) => (i === index ? image : writeUnused(line, endpoint.address))),
  })
}

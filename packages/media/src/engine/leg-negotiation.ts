import { isIP } from 'node:net'
import type { RandomBytes, Refusal } from '@vaxel/base'
import { isRefusal } from '@vaxel/base'
import type { CodecName, Direction, FaxData, MediaPolicy } from '@vaxel/core'
import {
  type AgreedAudio,
  answerFaxOffer,
  answerOffer,
  applyAnswer,
  type Capabilities,
  type Fingerprint,
  type LocalEndpoint,
  type LocalIce,
  MalformedDescription,
  makeDirectOffer,
  makeFaxOffer,
  makeOffer,
  type NegotiationState,
  parseDescription,
  type PeerAudio,
  readFaxImage,
  type SessionDescription,
  startNegotiation,
  type WeighedOffer,
  weighOffer,
} from '@vaxel/sip/sdp'

/** What the engine gives every leg to negotiate with. */
export interface NegotiationMeans {
  readonly random: RandomBytes
  readonly fingerprint?: Fingerprint
  readonly ice?: LocalIce
}

/** An offer of the peer, and what an answer to it would come to. */
export interface ReadOffer {
  readonly offer: SessionDescription
  readonly weighed: WeighedOffer
}

/** The offers and answers of one leg with its peer (RFC 3264), over the pure functions of the SDP package. */
export class LegNegotiation {
  readonly #capabilities: Capabilities
  #state: NegotiationState
  /** As it was when our last offer gave way to one of the peer's: each branch of a fork answers ours, whatever another one has offered since (RFC 3261 §13.2.2.4). */
  #asOffered: NegotiationState | undefined
  #offer: ReadOffer | undefined
  #answerText: string | undefined
  #peerCodecs: readonly CodecName[] = []

  constructor(policy: MediaPolicy, means: NegotiationMeans) {
    this.#capabilities = {
      codecs: policy.codecs,
      offerKeying: policy.offer,
      acceptKeyings: policy.accept,
      offerIce: policy.ice,
      digitsByInfo: policy.digitsByInfo ?? false,
      ...(means.ice && { ice: means.ice }),
      ...(means.fingerprint && { fingerprint: means.fingerprint }),
      random: means.random,
    }
    this.#state = startNegotiation(means.random)
  }

  /** Codecs that the peer named last, in its order: what the other leg should prefer. */
  get peerCodecs(): readonly CodecName[] {
    return this.#peerCodecs
  }

  /** Our ICE credentials in the current or next description. */
  get iceCredentials() {
    return this.#state.ice
  }

  /** Whether our next offer uses ICE. */
  get offersIce(): boolean {
    return this.#state.agreed?.usesIce ?? this.#capabilities.offerIce
  }

  makeOffer(
    endpoint: LocalEndpoint,
    wishes: { direction?: Direction; prefer?: readonly CodecName[] },
    keying: MediaPolicy['offer'] = this.#capabilities.offerKeying,
  ): string {
    const made = makeOffer(this.#state, { ...this.#capabilities, offerKeying: keying }, endpoint, wishes)
    this.#state = made.state
    this.#asOffered = undefined
    return made.text
  }

  /** The peer's answer, or that of another branch of a fork; changes nothing where it is refused. */
  takeAnswer(text: string): AgreedAudio | Refusal {
    const description = read(text)
    if (isRefusal(description)) return description
    const state = this.#state.offer ? this.#state : (this.#asOffered ?? this.#state)
    const applied = applyAnswer(state, description)
    if (isRefusal(applied)) return applied
    this.#state = applied.state
    this.#noteCodecs(applied.peer)
    return applied.agreed
  }

  /** Offers the peer what another peer said of its audio; undefined where they do not fit. */
  makeDirectOffer(own: AgreedAudio, other: AgreedAudio): string | undefined {
    const made = makeDirectOffer(this.#state, own, other)
    if (made) this.#state = made.state
    return made?.text
  }

  /** Looks at the peer's offer: what an answer to it would come to now. Changes nothing until it is kept. */
  weighOffer(text: string): ReadOffer | Refusal {
    const offer = read(text)
    if (isRefusal(offer)) return offer
    const weighed = weighOffer(this.#state, offer, this.#capabilities)
    return isRefusal(weighed) ? weighed : { offer, weighed }
  }

  /** This is the offer that the next answer answers. */
  keepOffer(read: ReadOffer): void {
    this.#offer = read
    this.#answerText = undefined
    this.#noteCodecs(read.weighed.peer)
  }

  /**
   * Our answer to the peer's last offer, the same one however often it is asked for.
   * @returns `agreed` only the first time; undefined where there is no offer to answer
   */
  makeAnswer(
    endpointFor: (usesIce: boolean) => LocalEndpoint,
    wishes: { direction?: Direction; prefer?: readonly CodecName[] },
  ): { readonly text: string; readonly agreed?: AgreedAudio } | undefined {
    if (this.#answerText !== undefined) return { text: this.#answerText }
    if (!this.#offer) return undefined
    const { offer, weighed } = this.#offer
    // Another branch of a fork may answer our offer all the same.
    if (this.#state.offer) this.#asOffered = this.#state
    const answered = answerOffer(this.#state, offer, this.#capabilities, endpointFor, wishes, weighed)
    if (isRefusal(answered)) return undefined
    this.#state = answered.state
    this.#answerText = answered.text
    // The text is all that may be asked for again.
    this.#offer = undefined
    return { text: answered.text, agreed: answered.agreed }
  }

  /** Offers fax data in the place of the audio. */
  makeFaxOffer(endpoint: LocalEndpoint, { attributes }: FaxData): string {
    const made = makeFaxOffer(this.#state, endpoint, attributes)
    this.#state = made.state
    return made.text
  }

  /** Answers the peer's offer of fax data; undefined where it is none. */
  makeFaxAnswer(endpoint: LocalEndpoint, text: string, { attributes }: FaxData): string | undefined {
    const offer = read(text)
    const image = isRefusal(offer) ? undefined : readFaxImage(offer)
    if (isRefusal(offer) || !image) return undefined
    const made = answerFaxOffer(this.#state, offer, { index: image.index, endpoint, attributes })
    this.#state = made.state
    return made.text
  }

  #noteCodecs(peer: PeerAudio): void {
    this.#peerCodecs = peer.codecs.map(({ name }) => name)
  }
}

/** The fax data that a description is about. */
export function readFax(text: string): FaxData | undefined {
  const description = read(text)
  const image = isRefusal(description) ? undefined : readFaxImage(description)
  return image && isIP(image.address) !== 0 ? image : undefined
}

function read(text: string): SessionDescription | Refusal {
  const parsed = parseDescription(text)
  if (!parsed.ok)
    return MalformedDescription(`The session description cannot be read: line ${parsed.line}, ${parsed.reason}.`)
  const { description } = parsed
  for (const { kind, port, connection = description.connection } of description.media) {
    if (kind !== 'audio' || port === 0) continue
    if (!connection) return MalformedDescription('The session description has no address for its audio (c=).')
    if (isBrokenAddress(connection.address))
      return MalformedDescription(`${connection.address} in the session description is no IP address.`)
  }
  return description
}

/** Neither an IP literal nor a host name, whose last label is never a number (RFC 1123 §2.1). */
function isBrokenAddress(address: string): boolean {
  return isIP(address) === 0 && (address.includes(':') || /(^|\.)\d+\.?$/.test(address))
}

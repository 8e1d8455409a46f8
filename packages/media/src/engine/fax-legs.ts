import type { FaxData, MediaLegId } from '@vaxel/core'
import type { LocalEndpoint } from '@vaxel/sip/sdp'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane } from './media-plane.ts'

/**
 * Fax data (T.38) of legs. Only legs with ports of their own and plain audio have any: UDPTL cannot be encrypted here, and who wants encryption sends
 * the fax as encrypted audio. Between two workers, which happens after a transfer, every datagram goes by the main thread. It ends with the next
 * agreement about audio.
 */
export class FaxLegs {
  readonly #legs: ReadonlyMap<MediaLegId, MediaLeg>
  readonly #planeOf: (leg: MediaLeg) => MediaPlane | undefined
  readonly #endpointOf: (leg: MediaLeg) => LocalEndpoint

  constructor(options: {
    legs: ReadonlyMap<MediaLegId, MediaLeg>
    planeOf: (leg: MediaLeg) => MediaPlane | undefined
    endpointOf: (leg: MediaLeg) => LocalEndpoint
  }) {
    this.#legs = options.legs
    this.#planeOf = options.planeOf
    this.#endpointOf = options.endpointOf
  }

  canRelay(a: MediaLegId, b: MediaLegId): boolean {
    const [first, second] = [this.#able(a), this.#able(b)]
    return first !== undefined && second !== undefined && first !== second
  }

  offer(id: MediaLegId, like: FaxData): string | undefined {
    const leg = this.#able(id)
    return leg?.negotiation.makeFaxOffer(this.#endpointOf(leg), like)
  }

  answer(id: MediaLegId, offer: string, like: FaxData): string | undefined {
    const leg = this.#able(id)
    return leg?.negotiation.makeFaxAnswer(this.#endpointOf(leg), offer, like)
  }

  relay(a: { leg: MediaLegId; peer: FaxData }, b: { leg: MediaLegId; peer: FaxData }): void {
    if (!this.canRelay(a.leg, b.leg)) return
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const leg = this.#legs.get(one.leg)!
      const plane = this.#planeOf(leg)
      // Nobody's audio is due while its fax data flows.
      if (leg.agreed) plane?.configure(leg.id, { ...leg.agreed, direction: 'inactive', peerDirection: 'inactive' })
      const { address, port } = one.peer
      plane?.relayFax(leg.id, { address, port }, other.leg)
    }
  }

  #able(id: MediaLegId): MediaLeg | undefined {
    const leg = this.#legs.get(id)
    return leg?.port !== undefined && leg.agreed?.keying === 'rtp' && leg.agreed.ice === undefined ? leg : undefined
  }
}

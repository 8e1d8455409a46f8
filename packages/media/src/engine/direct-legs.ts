import { BlockList } from 'node:net'
import { isRefusal } from '@vaxel/base'
import type { MediaLegId } from '@vaxel/core'
import { type AgreedAudio, saysTheSame } from '@vaxel/sip/sdp'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane } from './media-plane.ts'

/**
 * Legs whose peers send their audio to each other. Their ports stay open and who hears whom stays as it is, so that the audio can come back
 * by one exchange with each peer; meanwhile nothing is sent to them, and nothing of theirs is due.
 */
export class DirectLegs {
  readonly #legs: ReadonlyMap<MediaLegId, MediaLeg>
  readonly #planeOf: (leg: MediaLeg) => MediaPlane | undefined
  readonly #isNeeded: (leg: MediaLeg, other: MediaLegId) => boolean
  readonly #wanted: (leg: MediaLegId) => void

  constructor(options: {
    legs: ReadonlyMap<MediaLegId, MediaLeg>
    planeOf: (leg: MediaLeg) => MediaPlane | undefined
    /** Whether the leg does anything but to hear the other and to be heard by it. */
    isNeeded: (leg: MediaLeg, other: MediaLegId) => boolean
    wanted: (leg: MediaLegId) => void
  }) {
    this.#legs = options.legs
    this.#planeOf = options.planeOf
    this.#isNeeded = options.isNeeded
    this.#wanted = options.wanted
  }

  offer(id: MediaLegId, otherId: MediaLegId): string | undefined {
    const [leg, other] = [this.#legs.get(id), this.#legs.get(otherId)]
    if (!leg?.agreed || !other?.agreed || this.#isNeeded(leg, otherId) || this.#isNeeded(other, id)) return undefined
    const told = other.direct?.said ?? other.agreed
    const isTranslated = leg.policy.peerAddress === other.policy.peerAddress
    if (!isWithin(leg, isTranslated) || !isWithin(other, isTranslated)) return undefined
    const text = leg.negotiation.makeDirectOffer(leg.agreed, told)
    if (text !== undefined) leg.direct = { other: otherId, told, said: undefined, isWanted: false }
    return text
  }

  /** @returns whether it can be used, and where it was used already, still says the same */
  takeAnswer(id: MediaLegId, answer: string | undefined): boolean {
    const leg = this.#legs.get(id)
    if (!leg?.direct) return false
    if (answer === undefined) {
      // Its audio never left (RFC 3261 §14.1).
      if (leg.direct.said === undefined) leg.direct = undefined
      return false
    }
    const said = leg.negotiation.takeAnswer(answer)
    if (isRefusal(said)) return false
    const before = leg.direct.said
    leg.direct.said = said
    return before === undefined || saysTheSame(before, said)
  }

  begin(a: MediaLegId, b: MediaLegId): boolean {
    const [first, second] = [this.#legs.get(a), this.#legs.get(b)]
    if (!first || !second || !holds(first, second) || !holds(second, first)) return false
    for (const leg of [first, second]) {
      const { remote: _, ...agreed } = leg.agreed!
      // With no place to send to, no report goes there either.
      this.#planeOf(leg)?.configure(leg.id, { ...agreed, direction: 'inactive', peerDirection: 'inactive' })
    }
    return true
  }

  isDirect(id: MediaLegId): boolean {
    return this.#legs.get(id)?.direct !== undefined
  }

  /** Something is about to be done with the audio of the leg. */
  touch(id: MediaLegId): void {
    const direct = this.#legs.get(id)?.direct
    if (!direct || direct.isWanted) return
    direct.isWanted = true
    const theirs = this.#legs.get(direct.other)?.direct
    if (theirs?.other === id) theirs.isWanted = true
    this.#wanted(id)
  }
}

/** Networks that exist within sites alone (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 §2.4). */
const inner = new BlockList()
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  inner.addSubnet(network, prefix)
inner.addSubnet('fc00::', 7, 'ipv6')
inner.addSubnet('fe80::', 10, 'ipv6')

/**
 * Whether the leg's peer can be reached within its site where it says: where its signalling comes from, or behind a router that translates at an inner
 * address. Nobody is told to send audio to anywhere else.
 */
function isWithin({ agreed, policy }: MediaLeg, isTranslated: boolean): boolean {
  const address = agreed?.remote?.address
  if (address === undefined) return false
  if (address === policy.peerAddress) return true
  return isTranslated && inner.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

/** The leg's peer says what the other one was told, and nobody needs its audio here. */
function holds({ id, direct }: MediaLeg, other: MediaLeg): boolean {
  const told: AgreedAudio | undefined = other.direct?.told
  const isOf = direct?.other === other.id && other.direct?.other === id
  return isOf && !direct.isWanted && direct.said !== undefined && told !== undefined && saysTheSame(direct.said, told)
}

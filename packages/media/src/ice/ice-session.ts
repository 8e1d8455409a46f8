import { createSecretKey, type KeyObject } from 'node:crypto'
import type { UdpAddress } from '../udp/udp-address.ts'

/** A peer's consent lasts so long after its last check (RFC 7675 §5.1). */
export const consentMs = 30_000
const mostAddresses = 16

interface Checked {
  readonly address: UdpAddress
  checkedMs: number
}

/**
 * One peer behind the shared port, seen from our ICE-lite side (RFC 8445 §2.5, §7.3): the addresses that it proved by
 * checks, and the one that it chose.
 */
export class IceSession {
  readonly ufrag: string
  readonly password: KeyObject
  #remoteUfrag: string | undefined
  readonly #checked: Checked[] = []
  #chosen: Checked | undefined

  constructor(credentials: { readonly ufrag: string; readonly password: string }) {
    this.ufrag = credentials.ufrag
    this.password = createSecretKey(Buffer.from(credentials.password, 'utf8'))
  }

  /** What the peer's description says; until then checks of any remote ufrag are answered (they may come before the answer). */
  setRemoteUfrag(ufrag: string): void {
    this.#remoteUfrag = ufrag
  }

  /** Whether a USERNAME is for this session: our ufrag, a colon, the peer's. */
  accepts(username: string): boolean {
    const colon = username.indexOf(':')
    if (username.slice(0, colon) !== this.ufrag) return false
    return this.#remoteUfrag === undefined || username.slice(colon + 1) === this.#remoteUfrag
  }

  /**
   * Notes an authenticated check.
   * @returns the addresses that are no longer this session's, if room had to be made, and whether this one is new
   */
  check(from: UdpAddress, isNominated: boolean, nowMs: number): { isNew: boolean; dropped?: UdpAddress } {
    let entry = this.#checked.find(({ address }) => address.equals(from))
    const isNew = entry === undefined
    let dropped: UdpAddress | undefined
    if (entry === undefined) {
      if (this.#checked.length >= mostAddresses) dropped = this.#makeRoom()
      entry = { address: from.copy(), checkedMs: nowMs }
      this.#checked.push(entry)
    }
    entry.checkedMs = nowMs
    if (isNominated) this.#chosen = entry
    return dropped ? { isNew, dropped } : { isNew }
  }

  /**
   * The peer speaks from a proven address: that is the pair it uses, whatever it has checked besides. A machine with several networks
   * checks from all of them, and may be reached by one alone.
   */
  peerSpeaks(from: UdpAddress): void {
    if (this.#chosen?.address.equals(from)) return
    const entry = this.#checked.find(({ address }) => address.equals(from))
    if (entry) this.#chosen = entry
  }

  /** Where packets may go now: the chosen address with consent; before any was chosen, the one checked last. */
  destination(nowMs: number): UdpAddress | undefined {
    let best = this.#chosen
    if (best === undefined || nowMs - best.checkedMs > consentMs) {
      best = undefined
      for (const entry of this.#checked) if (best === undefined || entry.checkedMs >= best.checkedMs) best = entry
    }
    return best !== undefined && nowMs - best.checkedMs <= consentMs ? best.address : undefined
  }

  /** All addresses that were proven. */
  get addresses(): readonly UdpAddress[] {
    return this.#checked.map(({ address }) => address)
  }

  #makeRoom(): UdpAddress {
    let oldest = 0
    for (let i = 1; i < this.#checked.length; i++) {
      const isOlder = this.#checked[i]!.checkedMs < this.#checked[oldest]!.checkedMs
      if (this.#checked[oldest] === this.#chosen || (isOlder && this.#checked[i] !== this.#chosen)) oldest = i
    }
    return this.#checked.splice(oldest, 1)[0]!.address
  }
}

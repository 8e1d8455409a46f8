import { networkInterfaces } from 'node:os'
import { isLoopback } from '@vaxel/base'
import type { Endpoint } from '@vaxel/sip'
import { familyOf } from '../ip-address.ts'
import { canonicalAddress } from '../xor-address.ts'

/** Where clients may be relayed to: our own media, and nothing else. */
export interface RelayTargets {
  /** Whether the address is ours, by any of its names. */
  isOwn(address: string): boolean
  /** Where the media is reached from here that the client calls so; undefined for everything else. */
  resolve(peer: Endpoint): Endpoint | undefined
  /** Whether there is media of that family. */
  has(family: 4 | 6): boolean
  /** The address of ours that a client's relay is bound to. */
  relayAddress(client: string, family: 4 | 6): string | undefined
}

export interface OwnMediaOptions {
  /** The one port of the media. */
  readonly port: number
  /** What it is bound to; `0.0.0.0` and `::` are all addresses of the machine of that family. */
  readonly addresses: readonly string[]
  /** Address in the internet that something in front of us translates into ours. */
  readonly publicAddress?: string
  readonly nowMs: () => number
  /** The local address that routes to a peer. */
  readonly towards: (remote: string) => string | undefined
  readonly interfaces?: typeof networkInterfaces
}

const lookedAtMs = 5_000

/** The media port of this machine, by each address that it has at the time. */
export class OwnMedia implements RelayTargets {
  readonly #options: OwnMediaOptions
  readonly #public: string | undefined
  #own: ReadonlySet<string> = new Set()
  #untilMs = -Infinity

  constructor(options: OwnMediaOptions) {
    this.#options = options
    const { publicAddress } = options
    this.#public = publicAddress && familyOf(publicAddress) !== 0 ? canonicalAddress(publicAddress) : undefined
  }

  isOwn(address: string): boolean {
    return address === this.#public || this.#addresses().has(address)
  }

  resolve({ address, port }: Endpoint): Endpoint | undefined {
    if (port !== this.#options.port) return undefined
    const own = this.#addresses()
    if (own.has(address)) return { address, port }
    const inside = address === this.#public ? this.#anyOf(familyOf(address)) : undefined
    return inside === undefined ? undefined : { address: inside, port }
  }

  /** Loopback for who comes from there; else the one that the client is near to. */
  relayAddress(client: string, family: 4 | 6): string | undefined {
    const near = canonicalAddress(this.#options.towards(client) ?? '')
    return familyOf(near) === family && this.#addresses().has(near) ? near : this.#anyOf(family)
  }

  has(family: 4 | 6): boolean {
    for (const address of this.#addresses()) if (familyOf(address) === family) return true
    return false
  }

  #anyOf(family: number): string | undefined {
    const ofFamily = [...this.#addresses()].filter((one) => familyOf(one) === family)
    return ofFamily.find((one) => !isLoopback(one)) ?? ofFamily[0]
  }

  #addresses(): ReadonlySet<string> {
    const nowMs = this.#options.nowMs()
    if (nowMs >= this.#untilMs) {
      this.#untilMs = nowMs + lookedAtMs
      this.#own = this.#look()
    }
    return this.#own
  }

  #look(): ReadonlySet<string> {
    const { addresses, interfaces = networkInterfaces } = this.#options
    const found = new Set<string>()
    for (const address of addresses) {
      const wild = address === '0.0.0.0' ? 4 : address === '::' ? 6 : undefined
      if (wild === undefined) found.add(canonicalAddress(address))
      // A link-local address says nothing without its link.
      else
        for (const entry of Object.values(interfaces()).flatMap((entries) => entries ?? []))
          if (familyOf(entry.address) === wild && !entry.address.startsWith('fe80:'))
            found.add(canonicalAddress(entry.address))
    }
    return found
  }
}

/** How a NAT maps and filters (RFC 4787 §4.1, §5, by the older names that people use). */
export type NatKind = 'full-cone' | 'address-restricted' | 'port-restricted' | 'symmetric'

export interface Address {
  readonly address: string
  readonly port: number
}

/** A datagram on its way. */
export interface Datagram {
  readonly from: Address
  readonly to: Address
  readonly bytes: Uint8Array
}

/** Changes the payload on its way through, as a SIP application layer gateway does. `mapped` is the outside address. */
export type PayloadRewrite = (
  bytes: Uint8Array,
  direction: 'out' | 'in',
  mapped: Address,
  inside: Address,
) => Uint8Array

interface Mapping {
  readonly inside: Address
  readonly outsidePort: number
  /** Destinations that the inside has sent to, `address` and `address:port`. */
  readonly permitted: Set<string>
  lastUsedMs: number
}

export interface NatOptions {
  readonly kind: NatKind
  readonly publicAddress: string
  /** Mappings are forgotten after so long without a packet from inside. */
  readonly mappingMs?: number
  readonly rewrite?: PayloadRewrite
  readonly firstPort?: number
}

/** One address translator of the virtual network. */
export class Nat {
  readonly options: NatOptions
  readonly #byKey = new Map<string, Mapping>()
  readonly #byPort = new Map<number, Mapping>()
  #nextPort: number

  constructor(options: NatOptions) {
    this.options = options
    this.#nextPort = options.firstPort ?? 40000
  }

  /** A packet leaves: with its outside source, payload rewritten. */
  translateOut(datagram: Datagram, nowMs: number): Datagram {
    const { from, to } = datagram
    const key = this.options.kind === 'symmetric' ? `${name(from)}>${name(to)}` : name(from)
    let mapping = this.#byKey.get(key)
    if (!mapping || this.#isStale(mapping, nowMs)) {
      mapping = { inside: from, outsidePort: this.#nextPort++, permitted: new Set(), lastUsedMs: nowMs }
      this.#byKey.set(key, mapping)
      this.#byPort.set(mapping.outsidePort, mapping)
    }
    mapping.lastUsedMs = nowMs
    mapping.permitted.add(to.address).add(name(to))
    const outside = { address: this.options.publicAddress, port: mapping.outsidePort }
    return { from: outside, to, bytes: this.#rewrite(datagram.bytes, 'out', outside, from) }
  }

  /** A packet arrives: with its inside destination, or undefined where the NAT drops it. */
  translateIn(datagram: Datagram, nowMs: number): Datagram | undefined {
    const mapping = this.#byPort.get(datagram.to.port)
    if (!mapping || this.#isStale(mapping, nowMs) || !this.#mayEnter(mapping, datagram.from)) return undefined
    return {
      from: datagram.from,
      to: mapping.inside,
      bytes: this.#rewrite(datagram.bytes, 'in', datagram.to, mapping.inside),
    }
  }

  #mayEnter(mapping: Mapping, from: Address): boolean {
    if (this.options.kind === 'full-cone') return true
    return mapping.permitted.has(this.options.kind === 'address-restricted' ? from.address : name(from))
  }

  #isStale(mapping: Mapping, nowMs: number): boolean {
    return nowMs - mapping.lastUsedMs > (this.options.mappingMs ?? Number.POSITIVE_INFINITY)
  }

  #rewrite(bytes: Uint8Array, direction: 'out' | 'in', mapped: Address, inside: Address): Uint8Array {
    return this.options.rewrite?.(bytes, direction, mapped, inside) ?? bytes
  }
}

const name = (address: Address): string => `${address.address}:${address.port}`

import type { Network } from '@vaxel/connect'
import type { Binding } from '@vaxel/core'
import { parseNameAddress } from '@vaxel/sip'

/**
 * Keeps the way open to phones on UDP behind a NAT: those whose REGISTER came from another address than their contact
 * or their Via names. The network sends them an empty datagram before a NAT forgets them.
 */
export class NatKeepAlive {
  readonly #network: Pick<Network, 'findFlow' | 'keepAlive'>
  readonly #kept = new Map<string, Map<string, () => void>>()

  constructor(network: Pick<Network, 'findFlow' | 'keepAlive'>) {
    this.#network = network
  }

  /** The bindings of an address of record are these now. */
  follow(addressOfRecord: string, bindings: readonly Binding[]): void {
    const before = this.#kept.get(addressOfRecord) ?? new Map<string, () => void>()
    const now = new Map<string, () => void>()
    for (const binding of bindings) {
      // A phone whose router has given it another port needs that one kept open.
      const key = `${binding.flow.id} ${binding.id}`
      const stop = before.get(key) ?? this.#start(binding)
      if (stop) now.set(key, stop)
      before.delete(key)
    }
    for (const stop of before.values()) stop()
    if (now.size > 0) this.#kept.set(addressOfRecord, now)
    else this.#kept.delete(addressOfRecord)
  }

  close(): void {
    for (const kept of this.#kept.values()) for (const stop of kept.values()) stop()
    this.#kept.clear()
  }

  #start({ flow, contact, isTranslated }: Binding): (() => void) | undefined {
    const host = parseNameAddress(`<${contact}>`)?.uri.host
    if (flow.protocol !== 'udp' || (host === flow.remoteAddress && !isTranslated)) return undefined
    const towards = this.#network.findFlow('udp', { address: flow.remoteAddress, port: flow.remotePort })
    return towards && this.#network.keepAlive(towards)
  }
}

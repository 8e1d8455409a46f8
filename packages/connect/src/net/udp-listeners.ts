import { type Clock, type FlowId, isLoopback, type Logger, type RandomBytes, TransientMap } from '@vaxel/base'
import type { Endpoint, Flow } from '@vaxel/sip'
import { isWildcard } from './ip-address.ts'
import type { LocalAddresses } from './local-address.ts'
import type { NetworkLimits } from './network-limits.ts'
import type { UdpFlow } from './udp-flow.ts'
import { UdpListener } from './udp-listener.ts'

export interface UdpListenersOptions {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Logger
  readonly limits: NetworkLimits
  readonly localAddresses: LocalAddresses
  onMessage(flow: Flow, bytes: Uint8Array): void
}

/** All UDP ports of a network, and which of them a datagram leaves from. */
export class UdpListeners {
  readonly #options: UdpListenersOptions
  readonly #listeners: UdpListener[] = []
  readonly #flows = new TransientMap<FlowId, UdpFlow>()

  constructor(options: UdpListenersOptions) {
    this.#options = options
  }

  async open(endpoint: Endpoint): Promise<void> {
    const { clock, random, log, limits, localAddresses, onMessage } = this.#options
    const listener = await UdpListener.open({
      ...endpoint,
      clock,
      random,
      localAddresses,
      flows: limits.udpFlows,
      idleMs: limits.udpIdleMs,
      onFlow: (flow) => this.#flows.set(flow.id, flow),
      onForgotten: (flow) => this.#flows.delete(flow.id),
      onMessage,
      onError: (error) => log.warn('a UDP socket failed', { error: error.message }),
    })
    this.#listeners.push(listener)
  }

  get bound(): readonly Endpoint[] {
    return this.#listeners.map((listener) => listener.bound)
  }

  get flowCount(): number {
    return this.#flows.size
  }

  get(id: FlowId): UdpFlow | undefined {
    return this.#flows.get(id)
  }

  /** Whether any port is of that address's family. */
  reaches(address: string): boolean {
    return this.#listeners.some((listener) => listener.reaches(address))
  }

  /** The flow to that pair, made if there is none. Throws a readable Error when no port can send there. */
  flowTo({ address, port }: Endpoint): UdpFlow {
    return this.#towards(address).flowTo(address, port)
  }

  /** The longest wait of any port, milliseconds. */
  waitingMs(): number {
    let longest = 0
    for (const listener of this.#listeners) longest = Math.max(longest, listener.waitingMs())
    return longest
  }

  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()))
  }

  /** The port bound to the very address that routes there, else one for all addresses, else one that is loopback as the peer is. */
  #towards(address: string): UdpListener {
    const fits = this.#listeners.filter((listener) => listener.reaches(address))
    const routed = this.#options.localAddresses.towards(address)
    const chosen =
      fits.find(({ bound }) => bound.address === routed) ??
      fits.find(({ bound }) => isWildcard(bound.address)) ??
      fits.find(({ bound }) => isLoopback(bound.address) === isLoopback(address))
    if (chosen === undefined) throw new Error(`No UDP listener can send to ${address}`)
    return chosen
  }
}

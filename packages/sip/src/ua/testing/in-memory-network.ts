import type { FlowId } from '@vaxel/base'
import type { Uri } from '../../message/uri.ts'
import type { Endpoint, Flow, Protocol, ResolvedTarget, SipTransport } from '../transport.ts'
import type { TestClock } from './test-clock.ts'

/** A message on its way, as text for looking at. */
export interface Packet {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly protocol: Protocol
  readonly text: string
}

type Receive = (flow: Flow, bytes: Uint8Array) => void

interface MemoryFlow extends Flow {
  isOpen: boolean
}

/** Hosts that exchange messages by the clock's timers. Every packet goes through `fate`, which may lose, copy or delay it. */
export class InMemoryNetwork {
  readonly clock: TestClock
  readonly packets: Packet[] = []
  readonly #hosts = new Map<string, Host>()
  /** Delays in milliseconds, one per copy; none loses the packet. */
  fate: (packet: Packet) => number[] = () => [1]

  constructor(clock: TestClock) {
    this.clock = clock
  }

  host(address: string, options: { protocols?: Protocol[]; names?: Record<string, ResolvedTarget[]> } = {}): Host {
    const host = new Host(this, address, options.protocols ?? ['udp'], options.names ?? {})
    this.#hosts.set(address, host)
    return host
  }

  find(address: string): Host | undefined {
    return this.#hosts.get(address)
  }

  /** First lines of what was sent, e.g. `10.0.0.1 INVITE` or `10.0.0.2 200 INVITE`. */
  ladder(): string[] {
    return this.packets.map(({ from, text }) => {
      const [first = ''] = text.split('\r\n')
      if (!first.startsWith('SIP/2.0')) return `${from.address} ${first.split(' ')[0]}`
      const method = /^CSeq: \d+ (\w+)/m.exec(text)?.[1]
      return `${from.address} ${first.split(' ')[1]} ${method}`
    })
  }

  carry(packet: Packet, bytes: Uint8Array): void {
    this.packets.push(packet)
    for (const delayMs of this.fate(packet)) {
      this.clock.startTimer(delayMs, () => this.#hosts.get(packet.to.address)?.deliver(packet, bytes))
    }
  }
}

/** One address of the network, with a transport for a stack. */
export class Host implements SipTransport {
  readonly address: string
  readonly #network: InMemoryNetwork
  readonly #protocols: readonly Protocol[]
  readonly #names: Record<string, ResolvedTarget[]>
  readonly #flows = new Map<string, MemoryFlow>()
  receive: Receive = () => {}
  onClosed: (flow: Flow) => void = () => {}
  /** Addresses that the stack found wanting, in order. */
  readonly failed: string[] = []

  constructor(
    network: InMemoryNetwork,
    address: string,
    protocols: readonly Protocol[],
    names: Record<string, ResolvedTarget[]>,
  ) {
    this.#network = network
    this.address = address
    this.#protocols = protocols
    this.#names = names
  }

  send(flow: Flow, bytes: Uint8Array, onError?: (reason: string) => void): void {
    if (!flow.isOpen) {
      this.#network.clock.startTimer(0, () => onError?.('closed'))
      return
    }
    const text = new TextDecoder().decode(bytes)
    this.#network.carry({ from: flow.local, to: flow.remote, protocol: flow.protocol, text }, Uint8Array.from(bytes))
  }

  async resolve(uri: Uri): Promise<readonly ResolvedTarget[]> {
    const named = this.#names[uri.host]
    if (named) return named
    if (!/^[\d.]+$/.test(uri.host)) return []
    const protocol = (uri.parameters.get('transport') as Protocol | undefined) ?? 'udp'
    return [{ protocol, address: uri.host, port: uri.port ?? 5060 }]
  }

  async connect(target: ResolvedTarget): Promise<Flow> {
    const peer = this.#network.find(target.address)
    if (target.protocol !== 'udp' && !peer?.takes(target.protocol)) throw new Error('connection refused')
    return this.flowTo(target.address, target.protocol, target.port)
  }

  advertised(): Endpoint {
    return { address: this.address, port: 5060 }
  }

  targetFailed(target: ResolvedTarget): void {
    this.failed.push(target.address)
  }

  takes(protocol: Protocol): boolean {
    return this.#protocols.includes(protocol)
  }

  flowTo(address: string, protocol: Protocol = 'udp', port = 5060): Flow {
    const key = `${protocol} ${address} ${port}`
    const known = this.#flows.get(key)
    if (known?.isOpen) return known
    const flow: MemoryFlow = {
      id: key as FlowId,
      protocol,
      local: { address: this.address, port: 5060 },
      remote: { address, port },
      isOpen: true,
    }
    this.#flows.set(key, flow)
    return flow
  }

  /** Breaks the connection on both sides. */
  breakFlow(flow: Flow): void {
    ;(flow as MemoryFlow).isOpen = false
    this.onClosed(flow)
    const peer = this.#network.find(flow.remote.address)
    const other = peer?.flowTo(this.address, flow.protocol)
    if (peer && other) {
      ;(other as MemoryFlow).isOpen = false
      peer.onClosed(other)
    }
  }

  deliver(packet: Packet, bytes: Uint8Array): void {
    this.receive(this.flowTo(packet.from.address, packet.protocol, packet.from.port), bytes)
  }
}

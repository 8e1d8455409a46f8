import type { Clock, FlowId } from '@vaxel/base'
import type { Endpoint, Flow, Protocol, ResolvedTarget, SipTransport, Uri } from '@vaxel/sip'

/** One SIP message on its way, as text for looking at. */
export interface Packet {
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly text: string
}

interface MemoryFlow extends Flow {
  isOpen: boolean
}

/** Hosts, one SIP port each, that exchange messages by the clock's timers. `fate` may lose, copy or delay each of them. */
export class MemorySipNetwork {
  readonly clock: Clock
  readonly packets: Packet[] = []
  readonly #hosts = new Map<string, MemorySipHost>()
  /** Delays in milliseconds, one for each copy; none loses the message. */
  fate: (packet: Packet) => readonly number[] = () => [1]

  constructor(clock: Clock) {
    this.clock = clock
  }

  host(address: string): MemorySipHost {
    const host = new MemorySipHost(this, address)
    this.#hosts.set(address, host)
    return host
  }

  /** Messages from one address to another, e.g. `INVITE` and `200 INVITE`. */
  ladder(from: string, to: string): string[] {
    return this.packets.filter((p) => p.from === from && p.to === to).map((p) => nameOf(p.text))
  }

  /** Addresses whose machine is gone: they say nothing any more. */
  readonly gone = new Set<string>()

  carry(packet: Packet, bytes: Uint8Array): void {
    if (this.gone.has(packet.from)) return
    this.packets.push(packet)
    for (const delayMs of this.fate(packet))
      this.clock.startTimer(delayMs, () => this.#hosts.get(packet.to)?.deliver(packet, bytes))
  }
}

/** Method of a request, or status and method of a response. */
export function nameOf(text: string): string {
  const [first = ''] = text.split('\r\n')
  if (!first.startsWith('SIP/2.0')) return first.split(' ')[0]!
  return `${first.split(' ')[1]} ${/^CSeq: \d+ (\w+)/m.exec(text)?.[1]}`
}

/** One address of the network: the transport of a stack. */
export class MemorySipHost implements SipTransport {
  readonly address: string
  readonly #network: MemorySipNetwork
  readonly #flows = new Map<string, MemoryFlow>()
  receive: (flow: Flow, bytes: Uint8Array) => void = () => {}

  constructor(network: MemorySipNetwork, address: string) {
    this.#network = network
    this.address = address
  }

  send(flow: Flow, bytes: Uint8Array, onError?: (reason: string) => void): void {
    if (!flow.isOpen) return queueMicrotask(() => onError?.('the connection is closed'))
    const text = new TextDecoder().decode(bytes)
    this.#network.carry(
      { from: this.address, to: flow.remote.address, protocol: flow.protocol, text },
      Uint8Array.from(bytes),
    )
  }

  async resolve(uri: Uri): Promise<readonly ResolvedTarget[]> {
    const protocol = (uri.parameters.get('transport') as Protocol | undefined) ?? 'udp'
    return /^[\d.]+$/.test(uri.host) ? [{ protocol, address: uri.host, port: uri.port ?? 5060 }] : []
  }

  async connect(target: ResolvedTarget): Promise<Flow> {
    return this.flowTo(target.address, target.protocol)
  }

  advertised(): Endpoint {
    return { address: this.address, port: 5060 }
  }

  flowTo(address: string, protocol: Protocol = 'udp'): Flow {
    const key = `${protocol} ${address}`
    let flow = this.#flows.get(key)
    if (!flow) {
      flow = {
        id: `${this.address} ${key}` as FlowId,
        protocol,
        local: { address: this.address, port: 5060 },
        remote: { address, port: 5060 },
        isOpen: true,
      }
      this.#flows.set(key, flow)
    }
    return flow
  }

  /** A connection closes: nothing goes over it any more. @returns the flow that closed, if there was one */
  close(address: string, protocol: Protocol): Flow | undefined {
    const key = `${protocol} ${address}`
    const flow = this.#flows.get(key)
    if (!flow) return undefined
    flow.isOpen = false
    this.#flows.delete(key)
    return flow
  }

  deliver(packet: Packet, bytes: Uint8Array): void {
    this.receive(this.flowTo(packet.from, packet.protocol), bytes)
  }
}

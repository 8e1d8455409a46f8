import type { FlowId } from '@vaxel/base'
import type { Endpoint } from '@vaxel/sip'
import { NetworkFlow, type SendFailed } from './network-flow.ts'

/** The UDP port that a flow belongs to. */
export interface UdpPort {
  readonly bound: Endpoint
  /** The address that datagrams to that peer leave from. */
  localTowards(remote: string): string
  send(flow: UdpFlow, bytes: Uint8Array, onError?: SendFailed): void
  forget(flow: UdpFlow): void
}

/** A pair of endpoints. It stays usable after the table forgot it: sending through it puts it back. */
export class UdpFlow extends NetworkFlow {
  readonly #port: UdpPort
  lastUsedMs = 0
  /** The table has it; kept by the table alone. */
  isKept = false
  /** Set by use, cleared by the table when it looks for a quiet entry. */
  wasUsedAgain = false

  constructor(id: FlowId, remote: Endpoint, port: UdpPort) {
    super({ id, protocol: 'udp', remote })
    this.#port = port
  }

  get local(): Endpoint {
    return { address: this.#port.localTowards(this.remote.address), port: this.#port.bound.port }
  }

  get isOpen(): boolean {
    return true
  }

  get listeningPort(): number {
    return this.#port.bound.port
  }

  touch(nowMs: number): void {
    this.lastUsedMs = nowMs
    this.wasUsedAgain = true
  }

  override send(bytes: Uint8Array, onError?: SendFailed): void {
    this.#port.send(this, bytes, onError)
  }

  override close(): void {
    this.#port.forget(this)
  }
}

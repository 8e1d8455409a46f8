import { type FlowId, TransientMap } from '@vaxel/base'
import { type Endpoint, formatHost, type Protocol, type ResolvedTarget } from '@vaxel/sip'
import type { StreamFlow } from './stream-flow.ts'
import type { WebSocketFlow } from './web-socket-flow.ts'

export type Connection = StreamFlow | WebSocketFlow

/**
 * All open connections. Those that we opened are found again by their target, so that requests to one place share one
 * connection; a connection that a peer opened is never used for a target (no RFC 5923 alias: the peer's port proves nothing).
 */
export class ConnectionTable {
  readonly #outgoingLimit: number
  readonly #byId = new TransientMap<FlowId, Connection>()
  readonly #byRemote = new TransientMap<string, Connection>()
  readonly #byTarget = new Map<string, StreamFlow>()
  readonly #targetOf = new Map<Connection, string>()
  readonly #opening = new Map<string, Promise<StreamFlow>>()

  /** @param outgoingLimit connections that we open, those being opened included */
  constructor(outgoingLimit: number) {
    this.#outgoingLimit = outgoingLimit
  }

  get size(): number {
    return this.#byId.size
  }

  get(id: FlowId): Connection | undefined {
    return this.#byId.get(id)
  }

  find(protocol: Protocol, remote: Endpoint): Connection | undefined {
    return this.#byRemote.get(remoteKey(protocol, remote))
  }

  add(connection: Connection): void {
    this.#byId.set(connection.id, connection)
    this.#byRemote.set(remoteKey(connection.protocol, connection.remote), connection)
  }

  remove(connection: Connection): void {
    this.#byId.delete(connection.id)
    const remote = remoteKey(connection.protocol, connection.remote)
    if (this.#byRemote.get(remote) === connection) this.#byRemote.delete(remote)
    const target = this.#targetOf.get(connection)
    if (target === undefined) return
    this.#targetOf.delete(connection)
    if (this.#byTarget.get(target) === connection) this.#byTarget.delete(target)
  }

  /** The connection to a target: the open one, the one being opened, or a new one. Rejects above the limit. */
  async toTarget(target: ResolvedTarget, open: () => Promise<StreamFlow>): Promise<StreamFlow> {
    const name = targetKey(target)
    const known = this.#byTarget.get(name)
    if (known?.isOpen) return known
    const opening = this.#opening.get(name)
    if (opening !== undefined) return opening
    if (this.#byTarget.size + this.#opening.size >= this.#outgoingLimit) {
      throw new Error(`Cannot connect to ${name.trim()}: too many connections are open (${this.#outgoingLimit})`)
    }
    const started = open().then((flow) => {
      if (flow.isOpen) {
        this.#byTarget.set(name, flow)
        this.#targetOf.set(flow, name)
      }
      return flow
    })
    this.#opening.set(name, started)
    try {
      return await started
    } finally {
      this.#opening.delete(name)
    }
  }

  all(): readonly Connection[] {
    return [...this.#byId.values()]
  }
}

const remoteKey = (protocol: Protocol, { address, port }: Endpoint): string => `${protocol}|${address}|${port}`

/** Connections verified for one name, or by one's word, are not used for another (RFC 5922 §7.3). */
const targetKey = ({ protocol, address, port, serverName, trust }: ResolvedTarget): string =>
  `${protocol} ${formatHost(address, port)} ${protocol === 'tls' ? `${serverName ?? ''} ${trust ?? ''}` : ''}`

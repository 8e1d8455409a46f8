import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { type FlowId, makeId, systemRandom, type Whereabouts } from '@vaxel/base'
import type { Endpoint, Flow, Protocol, ResolvedTarget, Uri } from '@vaxel/sip'
import { ConnectionTable } from './connection-table.ts'
import { createTargetResolver, type TargetResolver } from './dns/target-resolver.ts'
import { familyOf, isWildcard } from './ip-address.ts'
import { LocalAddresses } from './local-address.ts'
import { NatKeepAlive } from './nat-keep-alive.ts'
import type { BoundEndpoint, Network, NetworkCounts, NetworkOptions, TlsEndpoint, TlsTrust } from './network.ts'
import { failLater, NetworkFlow, type SendFailed } from './network-flow.ts'
import { defaultNetworkLimits, type NetworkLimits } from './network-limits.ts'
import { openConnection } from './open-connection.ts'
import { type Place, Places } from './places.ts'
import { RefusalLog } from './refusal-log.ts'
import { StreamFlow } from './stream-flow.ts'
import { TcpListener, type TcpListenerOptions } from './tcp-listener.ts'
import { TlsAcceptor } from './tls-acceptor.ts'
import { TlsFaults } from './tls-faults.ts'
import { type ServerCertificate, verifiedPeerNames } from './tls-settings.ts'
import { UdpListeners } from './udp-listeners.ts'
import { vouchedNames } from './vouched-names.ts'
import { WebSocketFlow } from './web-socket-flow.ts'
import { type AcceptedWebSocket, WebSocketListener } from './web-socket-listener.ts'

/**
 * Opens all listeners. Rejects with a readable Error (which port, what to do) when one cannot be bound; then none stays open.
 */
export async function createNetwork(options: NetworkOptions): Promise<Network> {
  const network = new SocketNetwork(options)
  try {
    await network.open()
  } catch (error) {
    await network.close()
    throw error
  }
  return network
}

type MessageListener = (flow: Flow, bytes: Uint8Array) => void
type ClosedListener = (flow: Flow, reason: string) => void

class SocketNetwork implements Network {
  readonly #options: NetworkOptions
  readonly #limits: NetworkLimits
  readonly #places: Places
  readonly #localAddresses: LocalAddresses
  readonly #connections: ConnectionTable
  readonly #udp: UdpListeners
  readonly #tcp: TcpListener[] = []
  readonly #acceptors: TlsAcceptor[] = []
  readonly #webSockets: WebSocketListener
  readonly #resolver: TargetResolver
  readonly #refusals: RefusalLog
  readonly #tlsFaults: TlsFaults
  readonly #natKeepAlive: NatKeepAlive
  readonly #messageListeners: MessageListener[] = []
  readonly #closedListeners: ClosedListener[] = []
  #clientCertificate: ServerCertificate | undefined
  #closing: Promise<void> | undefined

  constructor(options: NetworkOptions) {
    this.#options = options
    this.#clientCertificate = options.clientCertificate
    this.#limits = { ...defaultNetworkLimits, ...options.limits }
    this.#places = new Places(this.#limits)
    this.#connections = new ConnectionTable(this.#limits.outgoingConnections)
    this.#localAddresses = new LocalAddresses(options.clock)
    this.#refusals = new RefusalLog(options.clock, options.log)
    this.#tlsFaults = new TlsFaults(options.clock, options.log)
    this.#udp = new UdpListeners({
      clock: options.clock,
      random: options.random ?? systemRandom,
      log: options.log,
      limits: this.#limits,
      localAddresses: this.#localAddresses,
      onMessage: this.#deliver,
    })
    this.#natKeepAlive = new NatKeepAlive(options.clock, this.#limits.natKeepAliveMs, (flow, bytes) =>
      this.send(flow, bytes),
    )
    this.#webSockets = new WebSocketListener({
      places: this.#places,
      onConnection: (accepted) => this.#addWebSocket(accepted),
      onRefused: (address, reason) => this.#refusals.refused(address, reason),
    })
    this.#resolver = createTargetResolver({
      clock: options.clock,
      log: options.log,
      ...(options.random === undefined ? {} : { random: options.random }),
      reaches: (target) => this.#reaches(target),
      ...(options.dnsServers === undefined ? {} : { servers: options.dnsServers }),
    })
  }

  async open(): Promise<void> {
    const { udp = [], tcp = [], tls = [] } = this.#options
    for (const endpoint of udp) await this.#udp.open(endpoint)
    for (const endpoint of tcp) {
      await this.#openTcp('tcp', endpoint, (socket, place, port) => this.#addStream('tcp', socket, place, port))
    }
    for (const endpoint of tls) await this.#openTls(endpoint)
  }

  onMessage(listener: MessageListener): void {
    this.#messageListeners.push(listener)
  }

  onFlowClosed(listener: ClosedListener): void {
    this.#closedListeners.push(listener)
  }

  send(flow: Flow, bytes: Uint8Array, onError?: SendFailed): void {
    if (flow instanceof NetworkFlow) flow.send(bytes, onError)
    else failLater(onError, 'not a flow of this network')
  }

  resolve(uri: Uri): Promise<readonly ResolvedTarget[]> {
    return this.#resolver.resolve(uri)
  }

  resolvingFault(): string | undefined {
    return this.#resolver.fault && `DNS does not answer (${this.#resolver.fault.reason})`
  }

  waitingMs(): number {
    return this.#udp.waitingMs()
  }

  warnings(): string[] {
    const { fault } = this.#resolver
    const ofTls = this.#tlsFaults.warnings()
    if (fault === undefined) return ofTls
    return [
      ...ofTls,
      `DNS does not answer since ${new Date(fault.sinceMs).toISOString()} (${fault.reason}). Names that were known are used as they were, calls to others fail. Check the DNS servers of this machine, or VAXEL_DNS.`,
    ]
  }

  async connect(target: ResolvedTarget): Promise<Flow> {
    if (this.#closing !== undefined) throw new Error('The network is closed')
    if (target.protocol === 'udp') return this.#udp.flowTo(target)
    if (target.protocol === 'tcp' || target.protocol === 'tls') {
      try {
        const flow = await this.#connections.toTarget(target, () => this.#openStream(target))
        this.#resolver.worked(target)
        return flow
      } catch (error) {
        this.#resolver.failed(target)
        throw error
      }
    }
    throw new Error('Only a browser can open a WebSocket connection; it is reached on the one it opened')
  }

  targetFailed(target: ResolvedTarget): void {
    this.#resolver.failed(target)
  }

  advertised(flow: Flow): Endpoint {
    const { local, remote } = flow
    const port = (flow instanceof NetworkFlow ? flow.listeningPort : undefined) ?? local.port
    const address = this.#publicAddressFor(remote.address)
    if (address !== undefined) return { address, port }
    return { address: isWildcard(local.address) ? this.advertisedAddress(remote.address) : local.address, port }
  }

  advertisedAddress(remoteAddress: string): string {
    const address = this.#publicAddressFor(remoteAddress) ?? this.#localAddresses.towards(remoteAddress)
    return address ?? (familyOf(remoteAddress) === 6 ? '::1' : '127.0.0.1')
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, webPlace?: Place, client?: Whereabouts): void {
    if (this.#closing !== undefined) return void socket.destroy()
    this.#webSockets.handleUpgrade(request, socket, head, webPlace, client)
  }

  flow(id: FlowId): Flow | undefined {
    return this.#connections.get(id) ?? this.#udp.get(id)
  }

  findFlow(protocol: Protocol, remote: Endpoint): Flow | undefined {
    if (protocol !== 'udp') return this.#connections.find(protocol, remote)
    return this.#udp.reaches(remote.address) ? this.#udp.flowTo(remote) : undefined
  }

  keepAlive(flow: Flow): () => void {
    return this.#closing === undefined ? this.#natKeepAlive.hold(flow) : () => {}
  }

  proved(flow: Flow): void {
    if (flow instanceof NetworkFlow) flow.prove()
  }

  closeFlow(flow: Flow, reason: string): void {
    if (flow instanceof NetworkFlow) flow.close(reason)
  }

  endpoints(): readonly BoundEndpoint[] {
    return [
      ...this.#udp.bound.map((bound) => ({ protocol: 'udp' as const, ...bound })),
      ...this.#tcp.map(({ protocol, bound }) => ({ protocol, ...bound })),
    ]
  }

  peerNamesBy(flow: Flow, trust: TlsTrust): readonly string[] | undefined {
    const socket = flow instanceof StreamFlow ? flow.tlsSocket : undefined
    return socket && vouchedNames(socket, trust, this.#options.clock.now())
  }

  replaceCertificate(certificate: ServerCertificate): void {
    if (this.#clientCertificate !== undefined) this.#clientCertificate = certificate
    for (const acceptor of this.#acceptors) acceptor.replaceCertificate(certificate)
  }

  counts(): NetworkCounts {
    return { udpFlows: this.#udp.flowCount, connections: this.#connections.size, incoming: this.#places.open }
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    this.#natKeepAlive.close()
    for (const listener of this.#tcp) listener.stopAccepting()
    for (const acceptor of this.#acceptors) acceptor.abandonHandshakes()
    this.#webSockets.close()
    const connections = this.#connections.all()
    for (const connection of connections) connection.close('the network is closing')
    await Promise.all(connections.map((connection) => connection.whenGone()))
    await this.#udp.close()
    this.#resolver.close()
  }

  async #openTcp(protocol: 'tcp' | 'tls', endpoint: Endpoint, onConnection: TcpListenerOptions['onConnection']) {
    const listener = await TcpListener.open({
      protocol,
      endpoint,
      places: this.#places,
      onConnection,
      onRefused: (address, reason) => this.#refusals.refused(address, reason),
      onError: (error) => this.#options.log.warn('a listener failed', { protocol, error: error.message }),
    })
    this.#tcp.push(listener)
  }

  async #openTls(endpoint: TlsEndpoint): Promise<void> {
    const { clock } = this.#options
    const acceptor = new TlsAcceptor({
      clock,
      certificate: endpoint.certificate,
      clientCertificates: endpoint.clientCertificates ?? 'optional',
      ...(endpoint.clientCa === undefined ? {} : { clientCa: endpoint.clientCa }),
      handshakeMs: this.#limits.handshakeMs,
      onSecure: (socket, place) => this.#addStream('tls', socket, place, socket.localPort, verifiedPeerNames(socket)),
      onFailed: (address, error) => this.#tlsFaults.failed(address, error),
    })
    this.#acceptors.push(acceptor)
    await this.#openTcp('tls', endpoint, (socket, place) => acceptor.accept(socket, place))
  }

  async #openStream(target: ResolvedTarget): Promise<StreamFlow> {
    const { clock, trustedCa } = this.#options
    const clientCertificate = this.#clientCertificate
    const trust = target.trust === undefined ? undefined : this.#options.trustOf?.(target.trust)
    if (target.trust !== undefined && trust === undefined)
      throw new Error('Whom this connection may trust is not known any more')
    const socket = await openConnection(target, {
      clock,
      connectMs: this.#limits.connectMs,
      ...(trust === undefined ? {} : { trust }),
      ...(trustedCa === undefined ? {} : { trustedCa }),
      ...(clientCertificate === undefined ? {} : { certificate: clientCertificate }),
    })
    if (this.#closing !== undefined) {
      socket.destroy()
      throw new Error('The network is closed')
    }
    const protocol = target.protocol === 'tls' ? 'tls' : 'tcp'
    const listening = this.#listeningPort(protocol, target.address)
    const names = protocol === 'tls' ? verifiedPeerNames(socket as TLSSocket) : undefined
    return this.#addStream(protocol, socket, undefined, listening, names)
  }

  #addStream(
    protocol: 'tcp' | 'tls',
    socket: Socket,
    place: Place | undefined,
    listeningPort: number | undefined,
    peerNames?: readonly string[],
  ): StreamFlow {
    const { clock } = this.#options
    const flow = new StreamFlow({
      id: this.#newId(),
      protocol,
      socket,
      clock,
      limits: this.#limits,
      place,
      listeningPort,
      ...(peerNames === undefined ? {} : { peerNames }),
      onMessage: this.#deliver,
      onClosed: (closed, reason) => this.#gone(closed, reason),
    })
    this.#connections.add(flow)
    if (place && this.#options.isKnown?.(flow.remote)) flow.prove()
    return flow
  }

  #addWebSocket(accepted: AcceptedWebSocket): void {
    const { clock } = this.#options
    const flow = new WebSocketFlow({
      ...accepted,
      id: this.#newId(),
      clock,
      limits: this.#limits,
      onMessage: this.#deliver,
      onClosed: (closed, reason) => this.#gone(closed, reason),
    })
    this.#connections.add(flow)
  }

  #newId(): FlowId {
    return makeId<FlowId>(this.#options.clock.now(), this.#options.random ?? systemRandom)
  }

  /** The public address where one is configured that is a name or of the peer's family. */
  #publicAddressFor(remoteAddress: string): string | undefined {
    const { publicAddress } = this.#options
    if (publicAddress === undefined) return undefined
    const family = familyOf(publicAddress)
    return family === 0 || family === familyOf(remoteAddress) ? publicAddress : undefined
  }

  /** The port that peers of that family reach us at by that protocol. */
  #listeningPort(protocol: 'tcp' | 'tls', remote: string): number | undefined {
    const ofProtocol = this.#tcp.filter((listener) => listener.protocol === protocol)
    const ofFamily = ofProtocol.find(
      ({ bound }) => bound.address === '::' || familyOf(bound.address) === familyOf(remote),
    )
    return (ofFamily ?? ofProtocol[0])?.bound.port
  }

  #reaches({ protocol, address }: ResolvedTarget): boolean {
    if (protocol === 'udp' && !this.#udp.reaches(address)) return false
    return this.#localAddresses.towards(address) !== undefined
  }

  #deliver = (flow: Flow, bytes: Uint8Array): void => {
    for (const listener of this.#messageListeners) {
      try {
        listener(flow, bytes)
      } catch (error) {
        this.#options.log.error('a message listener threw', {
          flow: flow.id,
          error: String((error as Error).stack ?? error),
        })
      }
    }
  }

  #gone(flow: StreamFlow | WebSocketFlow, reason: string): void {
    this.#connections.remove(flow)
    for (const listener of this.#closedListeners) {
      try {
        listener(flow, reason)
      } catch (error) {
        this.#options.log.error('a flow listener threw', {
          flow: flow.id,
          error: String((error as Error).stack ?? error),
        })
      }
    }
  }
}

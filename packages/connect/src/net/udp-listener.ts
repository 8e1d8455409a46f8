import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type Clock, type FlowId, makeId, type RandomBytes, type Timer } from '@vaxel/base'
import { type Endpoint, type Flow, messageLimits } from '@vaxel/sip'
import { bindError } from './bind-error.ts'
import { familyOf, isWildcard, plainAddress } from './ip-address.ts'
import type { LocalAddresses } from './local-address.ts'
import { failLater, type SendFailed } from './network-flow.ts'
import { answerBinding } from './stun-keep-alive.ts'
import { keepAlivesEachSecond, StunRate } from './stun-rate.ts'
import { UdpFlow, type UdpPort } from './udp-flow.ts'
import { UdpFlowTable } from './udp-flow-table.ts'
import { WaitingProbe } from './waiting-probe.ts'

const sweepMs = 60_000

export interface UdpListenerOptions {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly localAddresses: LocalAddresses
  readonly address: string
  readonly port: number
  readonly flows: number
  readonly idleMs: number
  onFlow(flow: UdpFlow): void
  onForgotten(flow: UdpFlow): void
  onMessage(flow: Flow, bytes: Uint8Array): void
  onError(error: Error): void
}

/** One UDP port. Answers STUN keep-alives itself and hands every other datagram on, whole and unread. */
export class UdpListener implements UdpPort {
  readonly #options: UdpListenerOptions
  readonly #socket: Socket
  readonly #stunRate = new StunRate(keepAlivesEachSecond)
  readonly #flows: UdpFlowTable
  readonly #waiting: WaitingProbe
  readonly bound: Endpoint
  /** Whether IPv4 peers are reached through an IPv6 socket (`::ffff:1.2.3.4`). */
  readonly #isMapped: boolean
  #sweep: Timer | undefined
  #isClosed = false

  private constructor(options: UdpListenerOptions, socket: Socket) {
    this.#options = options
    this.#socket = socket
    const { address, port } = socket.address()
    this.bound = { address, port }
    this.#isMapped = address === '::'
    this.#flows = new UdpFlowTable(options.flows, options.onForgotten)
    this.#waiting = new WaitingProbe(options.random)
    socket.on('message', (bytes, from) => this.#receive(bytes, from.address, from.port))
    socket.on('error', options.onError)
    this.#startSweep()
  }

  /** Binds; `::` takes both families, or IPv4 alone where the machine has no IPv6. Rejects with a readable Error. */
  static async open(options: UdpListenerOptions): Promise<UdpListener> {
    try {
      return new UdpListener(options, await bind(options.address, options.port))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (options.address === '::' && code === 'EAFNOSUPPORT')
        return UdpListener.open({ ...options, address: '0.0.0.0' })
      throw bindError('udp', options.address, options.port, error)
    }
  }

  /** Whether datagrams to that address can leave here. */
  reaches(address: string): boolean {
    if (familyOf(address) === 4) return this.#isMapped || familyOf(this.bound.address) === 4
    return familyOf(this.bound.address) === 6
  }

  /** The flow to that pair, made if there is none. */
  flowTo(address: string, port: number): UdpFlow {
    const known = this.#flows.find(address, port)
    if (known !== undefined) {
      known.touch(this.#options.clock.monotonicMs())
      return known
    }
    const { clock, random } = this.#options
    const flow = new UdpFlow(makeId<FlowId>(clock.now(), random), { address, port }, this)
    flow.lastUsedMs = clock.monotonicMs()
    this.#remember(flow)
    return flow
  }

  /** How long what comes here waits until it is read, milliseconds; found out from one call to the next. */
  waitingMs(): number {
    if (this.#isClosed) return 0
    const { address, port } = this.bound
    const here = isWildcard(address) ? (familyOf(address) === 4 ? '127.0.0.1' : '::1') : address
    return this.#waiting.look(this.#options.clock.monotonicMs(), (probe) =>
      this.#socket.send(probe, port, here, ignoreOutcome),
    )
  }

  localTowards(remote: string): string {
    if (!isWildcard(this.bound.address)) return this.bound.address
    return this.#options.localAddresses.towards(remote) ?? (familyOf(remote) === 4 ? '127.0.0.1' : '::1')
  }

  send(flow: UdpFlow, bytes: Uint8Array, onError?: SendFailed): void {
    if (this.#isClosed) return failLater(onError, 'the listener is closed')
    if (bytes.length > messageLimits.sizeBytes) return failLater(onError, 'too large for a datagram')
    flow.touch(this.#options.clock.monotonicMs())
    const { address, port } = flow.remote
    if (!flow.isKept && this.#flows.find(address, port) === undefined) this.#remember(flow)
    const target = this.#isMapped && familyOf(address) === 4 ? `::ffff:${address}` : address
    try {
      this.#socket.send(
        bytes,
        port,
        target,
        onError === undefined ? ignoreOutcome : (error) => error && onError(error.message),
      )
    } catch (error) {
      failLater(onError, (error as Error).message)
    }
  }

  forget(flow: UdpFlow): void {
    this.#flows.remove(flow)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#sweep?.stop()
    const closed = once(this.#socket, 'close')
    this.#socket.close()
    await closed
    this.#flows.expire(Number.POSITIVE_INFINITY)
  }

  #receive(bytes: Uint8Array, from: string, port: number): void {
    const address = plainAddress(from)
    if (port === 0 || bytes.length === 0) return
    if (isKeepAlive(bytes)) {
      this.#flows.find(address, port)?.touch(this.#options.clock.monotonicMs())
      return
    }
    if (bytes[0]! < 4) return this.#receiveStun(bytes, address, port)
    if (this.#waiting.takes(bytes, this.#options.clock.monotonicMs())) return
    this.#options.onMessage(this.flowTo(address, port), bytes)
  }

  /** A Binding request keeps a flow alive but makes none: strangers cost no memory. */
  #receiveStun(bytes: Uint8Array, address: string, port: number): void {
    const answer = answerBinding(bytes, { address, port })
    if (answer === undefined) return
    const nowMs = this.#options.clock.monotonicMs()
    this.#flows.find(address, port)?.touch(nowMs)
    if (!this.#stunRate.admits(address, nowMs)) return
    const target = this.#isMapped && familyOf(address) === 4 ? `::ffff:${address}` : address
    this.#socket.send(answer, port, target, ignoreOutcome)
  }

  #remember(flow: UdpFlow): void {
    this.#flows.add(flow)
    this.#options.onFlow(flow)
  }

  #startSweep(): void {
    this.#sweep = this.#options.clock.startTimer(sweepMs, () => {
      this.#flows.expire(this.#options.clock.monotonicMs() - this.#options.idleMs)
      this.#startSweep()
    })
  }
}

/** With a callback, a failed send is no `error` event of the whole socket. */
const ignoreOutcome = (): void => {}

/** Bare line ends and NULs, which phones send to keep a NAT binding open and which nobody answers on UDP. */
function isKeepAlive(bytes: Uint8Array): boolean {
  if (bytes.length > 8) return false
  for (const byte of bytes) if (byte !== 13 && byte !== 10 && byte !== 0 && byte !== 32) return false
  return true
}

async function bind(address: string, port: number): Promise<Socket> {
  const family = familyOf(address)
  if (family === 0) throw new Error(`${address} is not an IP address`)
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    ipv6Only: family === 6 && address !== '::',
    recvBufferSize: 4 * 1_048_576,
    lookup: (host, _options, callback) => callback(null, host, family),
  })
  const listening = once(socket, 'listening')
  socket.bind({ address, port, exclusive: true })
  try {
    await listening
  } catch (error) {
    socket.close()
    throw error
  }
  return socket
}

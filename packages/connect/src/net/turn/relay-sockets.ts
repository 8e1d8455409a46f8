import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Endpoint } from '@vaxel/sip'
import { familyOf, plainAddress } from '../ip-address.ts'
import type { Allocation } from './allocation.ts'

/** Longer than any media packet; the media drops those anyway. */
const longestBytes = 2048
const tries = 10

export interface RelaySocketsOptions {
  /** Ports that belong to others: the phones' media. */
  readonly avoid: readonly [from: number, to: number]
  onDatagram(allocation: Allocation, bytes: Uint8Array, from: Endpoint): void
}

/** One UDP socket for each allocation, since the media tells browsers apart by the address they come from. */
export class RelaySockets {
  readonly #options: RelaySocketsOptions
  readonly #sockets = new Map<Allocation, Socket>()

  constructor(options: RelaySocketsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#sockets.size
  }

  /** @returns where it is bound, or undefined when no port can be had */
  async open(allocation: Allocation, address: string, isEven: boolean): Promise<Endpoint | undefined> {
    for (let i = 0; i < tries; i++) {
      const socket = await (isEven ? bindEven(address) : bind(address))
      if (socket === undefined) continue
      const { port } = socket.address()
      const [from, to] = this.#options.avoid
      if (port >= from && port <= to && i < tries - 1) {
        socket.close()
        continue
      }
      socket.on('message', (bytes, { address: source, port: sourcePort }) =>
        this.#options.onDatagram(allocation, bytes, { address: plainAddress(source), port: sourcePort }),
      )
      this.#sockets.set(allocation, socket)
      return { address, port }
    }
    return undefined
  }

  send(allocation: Allocation, bytes: Uint8Array, to: Endpoint): void {
    if (bytes.length > longestBytes) return
    this.#sockets.get(allocation)?.send(bytes, to.port, to.address)
  }

  close(allocation: Allocation): void {
    this.#sockets.get(allocation)?.close()
    this.#sockets.delete(allocation)
  }

  closeAll(): void {
    for (const allocation of [...this.#sockets.keys()]) this.close(allocation)
  }
}

/** Half of what the system gives is odd; the port before it is nearly always free. */
async function bindEven(address: string): Promise<Socket | undefined> {
  const socket = await bind(address)
  if (socket === undefined) return undefined
  const { port } = socket.address()
  if (port % 2 === 0) return socket
  socket.close()
  return await bind(address, port - 1)
}

async function bind(address: string, port = 0): Promise<Socket | undefined> {
  const family = familyOf(address) === 6 ? 6 : 4
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Addresses alone are sent to: no name is ever looked up.
    lookup: (host, _options, done) => done(null, host, family),
  })
  // A port that nobody listens on any more, a route that went: the packet is lost, as on any way.
  const ignored = (): void => {}
  try {
    const listening = once(socket, 'listening')
    socket.bind(port, address)
    await listening
    socket.on('error', ignored)
    return socket
  } catch {
    socket.close()
    return undefined
  }
}

import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

/** A TCP line to a port on loopback that can be cut. Nothing is read on the way. */
export class CutLine {
  readonly port: number
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #isCut = false

  private constructor(server: Server, target: number) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (near) => this.#join(near, target))
  }

  static async open(target: number): Promise<CutLine> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new CutLine(server, target)
  }

  /** All connections break, and new ones break at once for so long. */
  async cut(forMs: number): Promise<void> {
    this.#isCut = true
    for (const socket of this.#open) socket.destroy()
    await after(forMs)
    this.#isCut = false
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket, target: number): void {
    if (this.#isCut) return void near.destroy()
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true })
    near.pipe(far).pipe(near)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#open.delete(socket)
        other.destroy()
      })
    }
  }
}

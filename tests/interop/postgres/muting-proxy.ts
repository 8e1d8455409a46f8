import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that can lose connections without either side hearing of it, as a router does that forgets them. */
export class MutingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #ways: { isMute: boolean }[] = []
  #isOpen = true

  private constructor(targetPort: number) {
    this.#server = createServer({ allowHalfOpen: true }, (near) => {
      this.#sockets.add(near)
      near.on('error', () => {})
      if (!this.#isOpen) {
        near.destroy()
        return
      }
      const far = connect({ host: '127.0.0.1', port: targetPort, allowHalfOpen: true })
      this.#sockets.add(far)
      far.on('error', () => {})
      const way = { isMute: false }
      this.#ways.push(way)
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (bytes) => way.isMute || to.write(bytes))
        from.on('end', () => way.isMute || to.end())
        from.on('close', () => way.isMute || to.destroy())
      }
    })
  }

  static async start(targetPort: number): Promise<MutingProxy> {
    const proxy = new MutingProxy(targetPort)
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening')
    return proxy
  }

  /** The same URL by this way. */
  urlOf(url: string): string {
    const by = new URL(url)
    by.port = String((this.#server.address() as AddressInfo).port)
    return by.href
  }

  /** Connections that have come through. */
  get ways(): number {
    return this.#ways.length
  }

  /** From now on nothing comes through on the connections that there are, not even their end. */
  mute(): void {
    for (const way of this.#ways) way.isMute = true
  }

  /** Whether new connections come through. */
  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen
  }

  end(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}

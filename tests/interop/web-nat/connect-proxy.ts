import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** A proxy as companies have it: CONNECT to where it is asked, and a list of where that was. */
export class ConnectProxy {
  readonly asked: string[] = []
  readonly #server: Server
  readonly #sockets = new Set<Duplex>()

  private constructor(server: Server) {
    this.#server = server
    server.on('connect', ({ url = '' }, socket: Duplex, head: Buffer) => {
      const [host, port] = url.split(':')
      this.asked.push(url)
      const far = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        far.write(head)
        far.pipe(socket).pipe(far)
      })
      for (const one of [socket, far]) {
        this.#sockets.add(one)
        one.on('error', () => one.destroy())
        one.on('close', () => this.#sockets.delete(one))
      }
    })
  }

  static async open(): Promise<ConnectProxy> {
    const server = createServer((_, response) => response.writeHead(405).end())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new ConnectProxy(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }
}

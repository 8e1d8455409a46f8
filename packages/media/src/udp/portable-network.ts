import { createSocket, type Socket } from 'node:dgram'
import { UdpAddress } from './udp-address.ts'
import {
  type BindOptions,
  largestDatagramBytes,
  type UdpFault,
  type UdpNetwork,
  type UdpSocket,
} from './udp-network.ts'

/** UDP by Node's own sockets: works everywhere, at about twice the cost of the batches. */
export class PortableNetwork implements UdpNetwork {
  readonly #sockets = new Set<PortableSocket>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
  }

  bind(options: BindOptions): Promise<UdpSocket | UdpFault> {
    const local = UdpAddress.parse(options.address, options.port)
    if (!local) return Promise.resolve({ fault: 'EINVAL' })
    const socket = createSocket({
      type: local.family === 4 ? 'udp4' : 'udp6',
      ipv6Only: local.family === 6,
      recvBufferSize: options.bufferBytes,
      sendBufferSize: options.bufferBytes,
      lookup: asLiteral,
    })
    return new Promise((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => {
        socket.close()
        resolve({ fault: error.code ?? 'EIO' })
      })
      socket.bind({ address: options.address, port: options.port, exclusive: true }, () => {
        socket.removeAllListeners('error')
        socket.on('error', () => {})
        local.port = socket.address().port
        const bound = new PortableSocket(socket, local, options.receive, this.#nowMs, () => this.#sockets.delete(bound))
        this.#sockets.add(bound)
        resolve(bound)
      })
    })
  }

  flush(): void {}

  close(): void {
    for (const socket of [...this.#sockets]) socket.close()
  }
}

class PortableSocket implements UdpSocket {
  readonly local: UdpAddress
  receive: BindOptions['receive']
  readonly #socket: Socket
  readonly #forget: () => void
  readonly #from = new UdpAddress()
  readonly #buffer = Buffer.alloc(largestDatagramBytes)
  #fromText = ''
  #isClosed = false

  constructor(
    socket: Socket,
    local: UdpAddress,
    receive: BindOptions['receive'],
    nowMs: () => number,
    forget: () => void,
  ) {
    this.local = local
    this.receive = receive
    this.#socket = socket
    this.#forget = forget
    socket.on('message', (message, remote) => {
      if (this.#isClosed || message.length > largestDatagramBytes) return
      if (this.#fromText === remote.address) this.#from.port = remote.port
      else if (this.#from.setText(remote.address.split('%')[0]!, remote.port)) this.#fromText = remote.address
      else return
      message.copy(this.#buffer)
      this.receive(this.#buffer, message.length, this.#from, nowMs())
    })
  }

  send(buffer: Uint8Array, length: number, to: UdpAddress): void {
    if (this.#isClosed || to.isUnspecified || to.family !== this.local.family) return
    this.#socket.send(Buffer.from(buffer.subarray(0, length)), to.port, to.address, ignore)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#forget()
    this.#socket.close()
  }
}

/** Without a callback a failed send would be an error of the socket. */
function ignore(): void {}

/** Addresses are literals: no resolver, no waiting. */
function asLiteral(
  address: string,
  _options: unknown,
  callback: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
  callback(null, address, address.includes(':') ? 6 : 4)
}

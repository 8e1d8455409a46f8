import { randomInt } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Clock, Timer } from '@vaxel/base'
import { plainAddress } from '../net/ip-address.ts'
import type { PassivePorts } from './passive-ports.ts'
import type { SecureSockets } from './secure-sockets.ts'

/** Ports that another program has are passed over, so many times. */
const tries = 8
const lingerMs = 2_000

export interface DataDoorOptions {
  readonly clock: Clock
  readonly ports: PassivePorts
  /** Local address of the control connection. */
  readonly address: string
  /** Address of the control connection's other end: the only one that is let in. */
  readonly peer: string
  readonly sockets: SecureSockets
  /** How long it stays open for nobody. */
  readonly passiveMs: number
}

/** A port that waits for one data connection (PASV, EPSV), and that connection. */
export class DataDoor {
  readonly port: number
  readonly #options: DataDoorOptions
  readonly #server: Server
  readonly #timer: Timer
  readonly #came: Promise<TLSSocket | undefined>
  #arrive: (socket: TLSSocket | undefined) => void = () => {}
  #socket: Socket | undefined
  #secure: TLSSocket | undefined
  #isClosed = false

  private constructor(options: DataDoorOptions, server: Server, port: number) {
    this.#options = options
    this.#server = server
    this.port = port
    this.#came = new Promise((resolve) => {
      this.#arrive = resolve
    })
    server.on('connection', (socket) => this.#take(socket))
    server.on('error', () => void this.close())
    this.#timer = options.clock.startTimer(options.passiveMs, () => {
      if (this.#socket === undefined) void this.close()
    })
  }

  /** Undefined when no port is free. */
  static async open(options: DataDoorOptions): Promise<DataDoor | undefined> {
    for (let i = 0; i < tries; i++) {
      const port = options.ports.take(randomInt(1 << 24) / (1 << 24))
      if (port === undefined) return undefined
      const server = createServer({ pauseOnConnect: true })
      if (await listens(server, options.address, port)) return new DataDoor(options, server, port)
      options.ports.giveBack(port)
    }
    return undefined
  }

  /** The connection once its TLS handshake is done; undefined when none came, or it failed. */
  connected(): Promise<TLSSocket | undefined> {
    return this.#came
  }

  /** Resolves when the port is given back, or will be as soon as the other side has closed. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#timer.stop()
    this.#arrive(undefined)
    if (this.#secure?.writableFinished) this.#linger(this.#secure)
    else {
      this.#secure?.destroy()
      this.#socket?.destroy()
    }
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        this.#options.ports.giveBack(this.port)
        resolve()
      })
    })
    if (!this.#secure?.writableFinished) await closed
  }

  /** What was written still has to arrive: the other side closes first, unless it takes too long. */
  #linger(secure: TLSSocket): void {
    const timer = this.#options.clock.startTimer(lingerMs, () => secure.destroy())
    secure.once('close', () => timer.stop())
    secure.resume()
  }

  #take(socket: Socket): void {
    const isPeer = plainAddress(socket.remoteAddress ?? '') === this.#options.peer
    if (!isPeer || this.#socket !== undefined || this.#isClosed) return void socket.destroy()
    this.#socket = socket
    void this.#options.sockets.secure(socket).then((secure) => {
      this.#secure = secure
      if (this.#isClosed) secure?.destroy()
      else this.#arrive(secure)
    })
  }
}

function listens(server: Server, address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ host: address, port, exclusive: true, backlog: 4 }, () => resolve(true))
  })
}

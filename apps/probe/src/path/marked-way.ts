import type { Clock } from '@vaxel/base'
import { type MarkedDatagrams, openMarkedDatagrams, type PathError } from '@vaxel/media'
import type { DatagramSocket, Endpoint } from './datagram-socket.ts'

/** A socket that marks what it sends or forbids its fragments, and tells what routers said. */
export interface MarkedSocket extends DatagramSocket {
  mark(tos: number): boolean
  forbidFragments(): boolean
  /** All errors that have arrived since it was asked last. */
  takeErrors(): readonly PathError[]
  /** Traffic class octet of the datagram that came last; undefined before one came, or where the system does not tell. */
  readonly lastTos: number | undefined
}

export interface MarkedPlace {
  readonly clock: Clock
  /** Undefined where this machine cannot; throws where there is no way to the address. */
  open(to: Endpoint): MarkedSocket | undefined
}

/** The kernel's queue is looked into so often: fine for what counts seconds, not for what measures milliseconds. */
const lookEveryMs = 4

/** The sockets of this machine, where it is Linux. */
export function machineMarked(clock: Clock): MarkedPlace {
  return {
    clock,
    open: (to) => {
      const socket = openMarkedDatagrams(to)
      return socket && new PolledSocket(clock, socket, to)
    },
  }
}

class PolledSocket implements MarkedSocket {
  readonly local: Endpoint
  readonly #socket: MarkedDatagrams
  readonly #clock: Clock
  readonly #to: Endpoint
  #listener = (_bytes: Uint8Array, _from: Endpoint): void => {}
  #errors: PathError[] = []
  #timer: { stop(): void } | undefined
  lastTos: number | undefined

  constructor(clock: Clock, socket: MarkedDatagrams, to: Endpoint) {
    this.#clock = clock
    this.#socket = socket
    this.#to = to
    this.local = socket.local
    this.#look()
  }

  async send(bytes: Uint8Array): Promise<string | undefined> {
    return this.#socket.send(bytes)
  }

  onDatagram(listener: (bytes: Uint8Array, from: Endpoint) => void): void {
    this.#listener = listener
  }

  mark(tos: number): boolean {
    return this.#socket.mark(tos)
  }

  forbidFragments(): boolean {
    return this.#socket.forbidFragments()
  }

  takeErrors(): readonly PathError[] {
    this.#drainErrors()
    const errors = this.#errors
    this.#errors = []
    return errors
  }

  close(): void {
    this.#timer?.stop()
    this.#socket.close()
  }

  #look(): void {
    this.#timer = this.#clock.startTimer(lookEveryMs, () => {
      this.#drainErrors()
      for (let got = this.#socket.receive(); got; got = this.#socket.receive()) {
        this.lastTos = got.tos
        this.#listener(got.bytes, this.#to)
      }
      this.#look()
    })
  }

  #drainErrors(): void {
    for (let error = this.#socket.takeError(); error; error = this.#socket.takeError())
      if (this.#errors.length < 100) this.#errors.push(error)
  }
}

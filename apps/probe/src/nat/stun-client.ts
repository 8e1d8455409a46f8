import type { DatagramPlace, DatagramSocket, Endpoint } from '../path/datagram-socket.ts'
import { exchange, usualWaitsMs } from '../path/exchange.ts'
import { type BindingAnswer, type BindingRequest, readBindingAnswer, writeBindingRequest } from './stun-message.ts'

export interface StunAsk extends Omit<BindingRequest, 'transactionId'> {
  readonly to: Endpoint
  /** Where the answer is expected, if not where the request leaves. */
  readonly at?: DatagramSocket
  readonly waitsMs?: readonly number[]
}

export type StunFound = BindingAnswer & { readonly from: Endpoint; readonly roundTripMs: number }

/** Asks STUN servers over UDP, each request again until it is answered (RFC 8489 §6.2.1, with shorter waits). */
export class StunClient {
  readonly place: DatagramPlace
  readonly #random: (bytes: number) => Uint8Array
  readonly #waitsMs: readonly number[]
  readonly #signal: AbortSignal

  constructor(options: {
    readonly place: DatagramPlace
    readonly random: (bytes: number) => Uint8Array
    readonly signal: AbortSignal
    readonly waitsMs?: readonly number[]
  }) {
    this.place = options.place
    this.#random = options.random
    this.#signal = options.signal
    this.#waitsMs = options.waitsMs ?? usualWaitsMs
  }

  get signal(): AbortSignal {
    return this.#signal
  }

  random(bytes: number): Uint8Array {
    return this.#random(bytes)
  }

  async ask(socket: DatagramSocket, { to, at, waitsMs, ...request }: StunAsk): Promise<StunFound | undefined> {
    const transactionId = this.#random(12)
    const answer = await exchange(
      this.place.clock,
      socket,
      {
        bytes: writeBindingRequest({ transactionId, ...request }),
        to,
        read: (bytes) => readBindingAnswer(bytes, transactionId),
        ...(at && { at }),
        waitsMs: waitsMs ?? this.#waitsMs,
      },
      this.#signal,
    )
    return answer && { ...answer.value, from: answer.from, roundTripMs: answer.roundTripMs }
  }

  /** Does something with a fresh socket, which is closed afterwards whatever happens. */
  async withSocket<T>(towards: string, act: (socket: DatagramSocket) => Promise<T>): Promise<T> {
    const socket = await this.place.open(towards)
    try {
      return await act(socket)
    } finally {
      socket.close()
    }
  }
}

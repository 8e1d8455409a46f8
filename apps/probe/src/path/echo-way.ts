import type { Clock } from '@vaxel/base'
import { type EchoPacket, hasRightMac, leastEchoBytes, type Mac, readEcho, writeEcho } from '@vaxel/site'
import type { DatagramSocket, Endpoint } from './datagram-socket.ts'
import { exchange, pause } from './exchange.ts'

/** What opens the echo service: id and key of a check. */
export interface EchoAccess {
  readonly checkId: string
  readonly mac: Mac
}

export interface EchoAnswer {
  readonly packet: EchoPacket
  readonly roundTripMs: number
}

export interface Burst {
  readonly sent: number
  /** Echoes that came back, each counted once. */
  readonly received: number
  /** The most that the server counted of this way; more than `received`: lost on the way back. */
  readonly arrived: number
  readonly roundTripsMs: readonly number[]
}

/** As audio of a call: 160 bytes of it each 20 ms, in packets of 200 bytes with their headers. */
const audioPacketBytes = 172
const spacingMs = 20
/** Between two late echoes, and how long after the last one is waited. */
const lateSpacingMs = 400
const lateLingerMs = 1_500
export const helloWaitsMs: readonly number[] = [250, 500, 1000]

/** One way to a port of the echo service: one socket, and the cookie that the server gave to its address. */
export class EchoWay {
  readonly socket: DatagramSocket
  readonly #clock: Clock
  readonly #access: EchoAccess
  readonly #to: Endpoint
  readonly #signal: AbortSignal
  #cookie: Uint8Array | undefined
  #sequence = 0

  constructor(options: {
    readonly clock: Clock
    readonly socket: DatagramSocket
    readonly access: EchoAccess
    readonly to: Endpoint
    readonly signal: AbortSignal
  }) {
    this.socket = options.socket
    this.#clock = options.clock
    this.#access = options.access
    this.#to = options.to
    this.#signal = options.signal
  }

  /** Asks for the cookie; undefined when none came: nothing gets through, one way or the other. */
  async open(waitsMs: readonly number[] = helloWaitsMs): Promise<EchoAnswer | undefined> {
    const answer = await this.#exchange('hello', 0, 'cookie', waitsMs)
    this.#cookie = answer?.packet.cookie
    return answer
  }

  /** One packet of that many bytes there and back, sent again while nothing comes. */
  async probe(lengthBytes: number, waitsMs: readonly number[]): Promise<EchoAnswer | undefined> {
    return await this.#exchange('probe', lengthBytes, 'echo', waitsMs)
  }

  /** Packets as a call sends them, none again; waits a while for the last ones. */
  async burst(count: number, lingerMs = 500): Promise<Burst> {
    const roundTripsMs = new Map<number, number>()
    const sentAtMs = new Map<number, number>()
    let arrived = 0
    let wake = (): void => {}
    this.socket.onDatagram((bytes) => {
      const packet = this.#read(bytes, 'echo')
      const atMs = packet && sentAtMs.get(packet.sequence)
      if (!packet || atMs === undefined || roundTripsMs.has(packet.sequence)) return
      roundTripsMs.set(packet.sequence, this.#clock.monotonicMs() - atMs)
      arrived = Math.max(arrived, packet.received ?? 0)
      if (roundTripsMs.size === count) wake()
    })
    for (let sent = 0; sent < count && !this.#signal.aborted; sent += 1) {
      const { bytes, sequence } = this.#write('probe', audioPacketBytes)
      sentAtMs.set(sequence, this.#clock.monotonicMs())
      await this.socket.send(bytes, this.#to)
      if (sent < count - 1) await pause(this.#clock, spacingMs, this.#signal)
    }
    if (roundTripsMs.size < count)
      await pause(this.#clock, lingerMs, this.#signal, (end) => {
        wake = end
      })
    this.socket.onDatagram(() => {})
    return { sent: sentAtMs.size, received: roundTripsMs.size, arrived, roundTripsMs: [...roundTripsMs.values()] }
  }

  /** Whether an echo that was asked for so much later comes by this way, which is silent until then. */
  async returnsAfter(delayMs: number): Promise<boolean> {
    const waited = new Set<number>()
    let isBack = false
    let wake = (): void => {}
    this.socket.onDatagram((bytes) => {
      const packet = this.#read(bytes, 'echo')
      isBack ||= packet !== undefined && waited.has(packet.sequence)
      if (isBack) wake()
    })
    // Two, since one may be lost on the way.
    for (const later of [0, lateSpacingMs]) {
      const { bytes, sequence } = this.#write('probe', 0, Math.max(1, delayMs + later))
      waited.add(sequence)
      await this.socket.send(bytes, this.#to)
    }
    await pause(this.#clock, delayMs + lateSpacingMs + lateLingerMs, this.#signal, (end) => {
      wake = end
    })
    this.socket.onDatagram(() => {})
    return isBack
  }

  async #exchange(
    type: 'hello' | 'probe',
    lengthBytes: number,
    answerType: 'cookie' | 'echo',
    waitsMs: readonly number[],
  ): Promise<EchoAnswer | undefined> {
    const { bytes, sequence } = this.#write(type, lengthBytes)
    const answer = await exchange(
      this.#clock,
      this.socket,
      {
        bytes,
        to: this.#to,
        read: (got) => {
          const packet = this.#read(got, answerType)
          return packet?.sequence === sequence ? packet : undefined
        },
        waitsMs,
      },
      this.#signal,
    )
    return answer && { packet: answer.value, roundTripMs: answer.roundTripMs }
  }

  #write(type: 'hello' | 'probe', leastBytes: number, delayMs = 0): { bytes: Uint8Array; sequence: number } {
    const sequence = (this.#sequence += 1)
    const { checkId, mac } = this.#access
    const senderTimeUs = Math.floor(this.#clock.monotonicMs() * 1000) % 0x1_0000_0000
    const lengthBytes = Math.max(leastEchoBytes, leastBytes)
    const cookie = type === 'probe' && this.#cookie ? { cookie: this.#cookie } : {}
    return {
      bytes: writeEcho({ type, checkId, sequence, senderTimeUs, lengthBytes, delayMs, ...cookie }, mac),
      sequence,
    }
  }

  /** A packet of the server's own: whoever else may send to this port cannot make one. */
  #read(bytes: Uint8Array, type: 'cookie' | 'echo'): EchoPacket | undefined {
    const read = readEcho(bytes)
    if (!read.ok || read.packet.type !== type || read.packet.checkId !== this.#access.checkId) return undefined
    return hasRightMac(bytes, this.#access.mac) ? read.packet : undefined
  }
}

import { createSocket, type Socket } from 'node:dgram'
import { eventLimitMs } from '@vaxel/testkit'

/** Static payload types of G.711 (RFC 3551 §6). */
export const payloadTypes = { PCMU: 0, PCMA: 8 } as const

/** A UDP socket that keeps the G.711 audio that is sent to it, as a phone's ear does. */
export class RtpEar {
  readonly port: number
  readonly sources = new Set<string>()
  /** Every payload type that has come. */
  readonly types = new Set<number>()
  readonly #socket: Socket
  readonly #decode: (byte: number) => number
  readonly #packets: { readonly timestamp: number; readonly payload: Buffer }[] = []
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = []

  private constructor(socket: Socket, codec: keyof typeof payloadTypes) {
    this.#socket = socket
    this.port = socket.address().port
    this.#decode = codec === 'PCMA' ? decodeAlaw : decodeMulaw
    socket.on('message', (bytes, { address, port }) => {
      if (bytes.length < 12 || bytes[0]! >> 6 !== 2) return
      const type = bytes[1]! & 0x7f
      this.types.add(type)
      if (type !== payloadTypes[codec]) return
      this.sources.add(`${address}:${port}`)
      this.#packets.push({ timestamp: bytes.readUInt32BE(4), payload: bytes.subarray(12 + 4 * (bytes[0]! & 15)) })
      for (const { count, resolve } of this.#waiting) if (this.#packets.length >= count) resolve()
    })
  }

  /** @param options any free port of 127.0.0.1 and A-law unless said otherwise */
  static async open(
    options: { port?: number; address?: string; codec?: keyof typeof payloadTypes } = {},
  ): Promise<RtpEar> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(options.port ?? 0, options.address ?? '127.0.0.1', () => resolve())
    })
    return new RtpEar(socket, options.codec ?? 'PCMA')
  }

  get packetCount(): number {
    return this.#packets.length
  }

  /** Resolves when so many more packets have come. */
  async hear(count: number, limitMs = eventLimitMs): Promise<void> {
    const wanted = this.#packets.length + count
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.#packets.length} packets of ${wanted} within ${limitMs} ms`)),
        limitMs,
      )
      this.#waiting.push({
        count: wanted,
        resolve: () => {
          clearTimeout(timer)
          resolve()
        },
      })
    })
  }

  /** What was heard, by its timestamps, at 8,000 samples a second; what is missing is silence. */
  samples(): Float32Array {
    const first = this.#packets[0]
    if (!first) return new Float32Array()
    const at = (timestamp: number) => (timestamp - first.timestamp) | 0
    const ends = this.#packets.map(({ timestamp, payload }) => at(timestamp) + payload.length)
    const samples = new Float32Array(Math.max(...ends))
    for (const { timestamp, payload } of this.#packets)
      payload.forEach((byte, i) => {
        if (at(timestamp) + i >= 0) samples[at(timestamp) + i] = this.#decode(byte)
      })
    return samples
  }

  close(): void {
    this.#socket.close()
  }
}

/** ITU-T G.711, A-law, to −1 … 1. */
export function decodeAlaw(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const mantissa = code & 15
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return (code & 0x80 ? magnitude : -magnitude) / 32768
}

/** ITU-T G.711, mu-law, to −1 … 1. */
function decodeMulaw(byte: number): number {
  const code = ~byte & 0xff
  const magnitude = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84
  return (code & 0x80 ? -magnitude : magnitude) / 32768
}

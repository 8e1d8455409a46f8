import { createSocket, type Socket } from 'node:dgram'

/** A UDP socket that keeps the G.711 A-law audio that is sent to it, as a phone's ear does. */
export class RtpEar {
  readonly port: number
  readonly #socket: Socket
  readonly #packets: { readonly sequence: number; readonly timestamp: number; readonly payload: Buffer }[] = []
  readonly sources = new Set<string>()
  lastAtMs = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    this.port = socket.address().port
    socket.on('message', (bytes, { address, port }) => {
      if (bytes.length < 12 || bytes[0]! >> 6 !== 2 || (bytes[1]! & 0x7f) !== 8) return
      const headerBytes = 12 + 4 * (bytes[0]! & 15)
      this.lastAtMs = performance.now()
      this.sources.add(`${address}:${port}`)
      this.#packets.push({
        sequence: bytes.readUInt16BE(2),
        timestamp: bytes.readUInt32BE(4),
        payload: bytes.subarray(headerBytes),
      })
    })
  }

  /** @param port where to listen; any free one by default */
  static async open(port = 0): Promise<RtpEar> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, '127.0.0.1', () => resolve())
    })
    return new RtpEar(socket)
  }

  get packetCount(): number {
    return this.#packets.length
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
        if (at(timestamp) + i >= 0) samples[at(timestamp) + i] = decodeAlaw(byte)
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

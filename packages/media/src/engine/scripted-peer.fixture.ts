import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { attributesOf, parseCrypto, parseDescription } from '@vaxel/sip/sdp'
import { ReferenceSrtp } from './srtp-reference.fixture.ts'

/** A telephone reduced to its audio: G.711, one socket, plain or SDES; made apart from the engine. */
export class ScriptedPeer {
  readonly port: number
  readonly address: string
  readonly #socket: Socket
  readonly #law: 'PCMA' | 'PCMU'
  #ourKey: Buffer | undefined
  #sending: ReferenceSrtp | undefined
  #receiving: ReferenceSrtp | undefined
  #target: { address: string; port: number } | undefined
  #timer: NodeJS.Timeout | undefined
  #heard: { samples: Float64Array; payloadType: number; sequence: number; atMs: number }[] = []
  #waiting: { count: number; resolve: () => void }[] = []
  #onDigit: ((digit: string) => void) | undefined
  /** Given each datagram as it came. */
  onDatagram: ((bytes: Buffer) => void) | undefined
  /** Given what it sends, as somebody on the way would see it. */
  onSent: ((bytes: Buffer) => void) | undefined
  /** Datagrams of any kind, audio or not. */
  datagrams = 0
  /** Packets whose authentication failed. */
  forged = 0

  private constructor(socket: Socket, law: 'PCMA' | 'PCMU', key: Buffer | undefined) {
    this.#socket = socket
    this.#law = law
    this.#ourKey = key
    const { address, port } = socket.address() as AddressInfo
    this.address = address
    this.port = port
    socket.on('message', (bytes) => this.#take(bytes))
  }

  static async open({
    address = '127.0.0.1',
    law = 'PCMA' as 'PCMA' | 'PCMU',
    key = undefined as Buffer | undefined,
  } = {}): Promise<ScriptedPeer> {
    for (;;) {
      const socket = createSocket('udp4')
      socket.bind(0, address)
      await once(socket, 'listening')
      if ((socket.address() as AddressInfo).port % 2 === 0) return new ScriptedPeer(socket, law, key)
      socket.close()
    }
  }

  /** Its offer or answer. */
  describe(direction = 'sendrecv'): string {
    const payloadType = this.#law === 'PCMA' ? 8 : 0
    const lines = [
      'v=0',
      `o=- 1 1 IN IP4 ${this.address}`,
      's=-',
      `c=IN IP4 ${this.address}`,
      't=0 0',
      `m=audio ${this.port} RTP/${this.#ourKey ? 'SAVP' : 'AVP'} ${payloadType} 101`,
      'a=rtpmap:101 telephone-event/8000',
      `a=${direction}`,
    ]
    if (this.#ourKey) lines.push(`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${this.#ourKey.toString('base64')}`)
    return `${lines.join('\r\n')}\r\n`
  }

  /** The next description carries another key. */
  renewKey(key: Buffer): void {
    this.#ourKey = key
  }

  /** Takes the platform's description: where to send, and which key comes. */
  takeDescription(text: string): void {
    const parsed = parseDescription(text)
    if (!parsed.ok) throw new Error(parsed.reason)
    const audio = parsed.description.media[0]!
    this.#target = { address: (audio.connection ?? parsed.description.connection)!.address, port: audio.port }
    if (!this.#ourKey) return
    const crypto = attributesOf(audio, 'crypto').map(parseCrypto)
    this.#receiving = new ReferenceSrtp(crypto.find((line) => line?.suite === 'AES_CM_128_HMAC_SHA1_80')!.keyAndSalt)
    this.#sending = new ReferenceSrtp(this.#ourKey)
  }

  /** Sends 20 ms packets of a tone until stopped. */
  speak(rateHz: number): void {
    this.hush()
    let sequence = 1000
    let timestamp = 5000
    const startedAt = performance.now()
    let sent = 0
    this.#timer = setInterval(() => {
      for (const due = Math.floor((performance.now() - startedAt) / 20); sent <= due; sent++) {
        const packet = Buffer.alloc(172)
        packet[0] = 0x80
        packet[1] = (this.#law === 'PCMA' ? 8 : 0) | (sent === 0 ? 0x80 : 0)
        packet.writeUInt16BE(sequence++ & 0xffff, 2)
        packet.writeUInt32BE(timestamp, 4)
        packet.writeUInt32BE(this.port, 8)
        for (let i = 0; i < 160; i++) {
          const sample = Math.round(8000 * Math.sin((2 * Math.PI * rateHz * (timestamp + i)) / 8000))
          packet[12 + i] = this.#law === 'PCMA' ? encodeALaw(sample) : encodeMuLaw(sample)
        }
        timestamp += 160
        this.sendRaw(this.#sending?.protect(packet) ?? packet)
      }
    }, 10)
  }

  /** Sends one digit by RFC 4733: three packets while it lasts, three for its end. */
  press(digit: string, durationMs = 100): void {
    for (const [index, isEnd] of [false, false, false, true, true, true].entries()) {
      const packet = Buffer.alloc(16)
      packet[0] = 0x80
      packet[1] = 101 | (index === 0 ? 0x80 : 0)
      packet.writeUInt16BE(500 + index, 2)
      packet.writeUInt32BE(4000, 4)
      packet.writeUInt32BE(this.port, 8)
      packet[12] = '0123456789*#ABCD'.indexOf(digit)
      packet[13] = (isEnd ? 0x80 : 0) | 10
      packet.writeUInt16BE(isEnd ? durationMs * 8 : 160 * (index + 1), 14)
      this.sendRaw(this.#sending?.protect(packet) ?? packet)
    }
  }

  /** Resolves with the next digit that comes by RFC 4733, at its end. */
  nextDigit(): Promise<string> {
    return new Promise((resolve) => {
      this.#onDigit = resolve
    })
  }

  hush(): void {
    clearInterval(this.#timer)
  }

  sendRaw(packet: Buffer, target = this.#target): void {
    if (target) this.#socket.send(packet, target.port, target.address)
    this.onSent?.(packet)
  }

  /** Resolves when `count` more audio packets have come; gives their samples. */
  async hear(count: number): Promise<Float64Array> {
    this.#heard = []
    await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }))
    const samples = new Float64Array(this.#heard.reduce((sum, packet) => sum + packet.samples.length, 0))
    let at = 0
    for (const packet of this.#heard) {
      samples.set(packet.samples, at)
      at += packet.samples.length
    }
    return samples
  }

  /** Sequence numbers of what was heard since the last {@link hear} began. */
  get sequences(): number[] {
    return this.#heard.map(({ sequence }) => sequence)
  }

  get arrivalsMs(): number[] {
    return this.#heard.map(({ atMs }) => atMs)
  }

  close(): void {
    this.hush()
    this.#socket.close()
  }

  #take(bytes: Buffer): void {
    this.datagrams++
    this.onDatagram?.(bytes)
    if (bytes.length < 13 || bytes[0]! >> 6 !== 2) return
    const payloadType = bytes[1]! & 0x7f
    if (payloadType >= 64 && payloadType < 96) return
    const packet = this.#receiving ? this.#receiving.unprotect(bytes) : bytes
    if (!packet) {
      this.forged++
      return
    }
    if (payloadType === 101 && packet[13]! & 0x80) this.#onDigit?.('0123456789*#ABCD'[packet[12]!]!)
    if (payloadType !== 0 && payloadType !== 8) return
    const samples = Float64Array.from(packet.subarray(12), payloadType === 8 ? decodeALaw : decodeMuLaw)
    this.#heard.push({ samples, payloadType, sequence: packet.readUInt16BE(2), atMs: performance.now() })
    for (const wait of [...this.#waiting]) {
      if (this.#heard.length < wait.count) continue
      this.#waiting.splice(this.#waiting.indexOf(wait), 1)
      wait.resolve()
    }
  }
}

/** Share of the power that a frequency has, 0 to 1; 1 for a pure tone. */
export function toneShare(samples: Float64Array, rateHz: number, sampleRate = 8000): number {
  let real = 0
  let imaginary = 0
  let power = 0
  samples.forEach((sample, i) => {
    const angle = (2 * Math.PI * rateHz * i) / sampleRate
    real += sample * Math.cos(angle)
    imaginary += sample * Math.sin(angle)
    power += sample * sample
  })
  return power === 0 ? 0 : (2 * (real * real + imaginary * imaginary)) / (samples.length * power)
}

/** Root of the mean square, of full scale 32768. */
export function loudness(samples: Float64Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length))
}

/** ITU-T G.711 table 1a by arithmetic. */
function encodeALaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80
  const magnitude = Math.min(32_767, sample < 0 ? -sample - 1 : sample)
  let exponent = 7
  while (exponent > 0 && magnitude < 1 << (exponent + 7)) exponent--
  const mantissa = exponent === 0 ? magnitude >> 4 : magnitude >> (exponent + 3)
  return (sign | (exponent << 4) | (mantissa & 15)) ^ 0x55
}

function decodeALaw(code: number): number {
  const value = code ^ 0x55
  const exponent = (value >> 4) & 7
  const magnitude = exponent === 0 ? ((value & 15) << 4) + 8 : (((value & 15) << 4) + 264) << (exponent - 1)
  return value & 0x80 ? magnitude : -magnitude
}

/** ITU-T G.711 table 2a by arithmetic. */
function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(32_635, Math.abs(sample)) + 132
  let exponent = 7
  while (exponent > 0 && magnitude < 1 << (exponent + 7)) exponent--
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 0xff
}

function decodeMuLaw(code: number): number {
  const value = ~code & 0xff
  const magnitude = ((((value & 15) << 3) + 132) << ((value >> 4) & 7)) - 132
  return value & 0x80 ? -magnitude : magnitude
}

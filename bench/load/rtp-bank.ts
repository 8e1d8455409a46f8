import { randomBytes } from 'node:crypto'
import { writeRtpHeader } from '../../packages/media/src/rtp/rtp-header.ts'
import { SrtpSender } from '../../packages/media/src/srtp/srtp-transform.ts'
import { BatchedNetwork } from '../../packages/media/src/udp/batched-network.ts'
import { loadLinuxSockets } from '../../packages/media/src/udp/linux-sockets.ts'
import { PortableNetwork } from '../../packages/media/src/udp/portable-network.ts'
import { UdpAddress } from '../../packages/media/src/udp/udp-address.ts'
import type { UdpNetwork, UdpSocket } from '../../packages/media/src/udp/udp-network.ts'
import { type Busiest, busiestBetween, type MachineTime, othersBetween } from './thread-time.ts'

const suite = 'AES_CM_128_HMAC_SHA1_80'
const packetBytes = 172
const payloadAt = 12
const frameMs = 20
/** So many delays are looked at, spread over a run. */
const mostDelays = 200_000

interface Stream {
  readonly to: UdpAddress
  readonly ssrc: number
  readonly sender: SrtpSender | undefined
  sequence: number
}

/** What came of sending G.711 on all legs for some seconds. */
export interface RtpResult {
  readonly legs: number
  readonly seconds: number
  readonly sent: number
  readonly lost: number
  /** Of plain RTP alone; 0 for SRTP, which is not opened here. */
  readonly p99DelayMs: number
  readonly serverCpuSeconds: number
  readonly busiest: Busiest
  /** Processors that other programs took. */
  readonly others: number
  readonly loadCpuSeconds: number
  /** The load itself could not send 50 packets a second on every leg. */
  readonly isLoadTheLimit: boolean
}

/** All legs' audio from one port: the server tells legs apart by its own ports. */
export class RtpBank {
  readonly isSecure: boolean
  readonly #network: UdpNetwork
  readonly #batched: BatchedNetwork | undefined
  readonly #socket: UdpSocket
  readonly #keys = new Map<string, Buffer>()
  readonly #streams = new Map<string, Stream>()
  readonly #packet = Buffer.from(new ArrayBuffer(256))
  #received = 0
  readonly #delays: number[] = []

  private constructor(isSecure: boolean, network: UdpNetwork, socket: UdpSocket) {
    this.isSecure = isSecure
    this.#network = network
    this.#batched = network instanceof BatchedNetwork ? network : undefined
    this.#socket = socket
    this.#packet.fill(0xd5)
  }

  static async open(isSecure: boolean): Promise<RtpBank> {
    const system = loadLinuxSockets()
    const network = system ? new BatchedNetwork(system) : new PortableNetwork()
    let bank: RtpBank | undefined
    const socket = await network.bind({
      address: '127.0.0.1',
      port: 0,
      bufferBytes: 8 << 20,
      receive: (buffer, length) => bank?.receive(buffer, length),
    })
    if ('fault' in socket) throw new Error(`no UDP port for audio: ${socket.fault}`)
    bank = new RtpBank(isSecure, network, socket)
    return bank
  }

  get legs(): number {
    return this.#streams.size
  }

  /** The offer or answer of one leg. */
  sdp(callId: string, offer: string | undefined): string {
    const { port } = this.#socket.local
    const isSecure = this.isSecure && (offer === undefined || offer.includes('RTP/SAVP'))
    const tag = offer === undefined ? '1' : (new RegExp(`a=crypto:(\\d+) ${suite} `).exec(offer)?.[1] ?? '1')
    const key = this.#keys.get(callId) ?? randomBytes(30)
    if (isSecure) this.#keys.set(callId, key)
    const crypto = isSecure ? `a=crypto:${tag} ${suite} inline:${key.toString('base64')}\r\n` : ''
    return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/${isSecure ? 'S' : ''}AVP 8\r\na=rtpmap:8 PCMA/8000\r\n${crypto}a=sendrecv\r\n`
  }

  /** Where the server hears this leg. */
  add(callId: string, sdp: string): void {
    const port = Number(/m=audio (\d+) /.exec(sdp)?.[1] ?? 0)
    const address = /c=IN IP4 ([\d.]+)/.exec(sdp)?.[1] ?? '127.0.0.1'
    const to = UdpAddress.parse(address, port)
    if (to === undefined || port === 0) return
    const key = this.#keys.get(callId)
    this.#streams.set(callId, {
      to,
      ssrc: 1000 + this.#streams.size,
      sender: key && sdp.includes('RTP/SAVP') ? new SrtpSender(suite, key) : undefined,
      sequence: 1,
    })
  }

  clear(): void {
    this.#streams.clear()
    this.#keys.clear()
  }

  receive(buffer: Buffer, length: number): void {
    if (length < packetBytes) return
    this.#received++
    if (!this.isSecure && this.#received % 16 === 0 && this.#delays.length < mostDelays)
      this.#delays.push(performance.now() - buffer.readDoubleLE(payloadAt))
  }

  /** Sends 50 packets a second on every leg, spread evenly over the 20 ms, and counts what comes back. */
  async talk(seconds: number, read: () => MachineTime): Promise<RtpResult> {
    const streams = [...this.#streams.values()]
    await this.#run(streams, 300)
    this.#received = 0
    this.#delays.length = 0
    const before = read()
    const sent = await this.#run(streams, seconds * 1000)
    const after = read()
    const delays = this.#delays.sort((a, b) => a - b)
    return {
      legs: streams.length,
      seconds,
      sent,
      lost: Math.max(0, sent - this.#received),
      p99DelayMs: this.isSecure ? 0 : Number((delays[Math.floor(delays.length * 0.99)] ?? 0).toFixed(2)),
      serverCpuSeconds: Number((after.serverSeconds - before.serverSeconds).toFixed(2)),
      loadCpuSeconds: Number((after.loadSeconds - before.loadSeconds).toFixed(2)),
      busiest: busiestBetween(before, after),
      others: othersBetween(before, after),
      isLoadTheLimit: sent < streams.length * seconds * 50 * 0.98,
    }
  }

  close(): void {
    this.#network.close()
  }

  /** @returns packets sent in time; then what is on its way has come in */
  async #run(streams: readonly Stream[], forMs: number): Promise<number> {
    const startMs = performance.now()
    let sent = 0
    for (;;) {
      const passedMs = performance.now() - startMs
      const due = Math.floor((Math.min(passedMs, forMs) * streams.length) / frameMs)
      // A burst after a pause is no real load: what is more than a frame late is sent over the next turns.
      for (const end = Math.min(due, sent + streams.length); sent < end; sent++)
        this.#send(streams[sent % streams.length]!)
      this.#batched?.poll(1)
      await new Promise((resolve) => setImmediate(resolve))
      if (passedMs > forMs + 150) return sent
    }
  }

  #send(stream: Stream): void {
    writeRtpHeader(this.#packet, false, 8, stream.sequence & 0xffff, stream.sequence * 160, stream.ssrc)
    stream.sequence++
    this.#packet.fill(0xd5, payloadAt + 8, packetBytes)
    this.#packet.writeDoubleLE(performance.now(), payloadAt)
    const length = stream.sender ? stream.sender.protectRtp(this.#packet, packetBytes) : packetBytes
    this.#socket.send(this.#packet, length, stream.to)
  }
}

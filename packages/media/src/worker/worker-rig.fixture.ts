import assert from 'node:assert/strict'
import type { CodecName, MediaLegId } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import type { Codec } from '../audio/codec.ts'
import { createCodec } from '../audio/create-codec.ts'
import { OpusCodec } from '../audio/opus.ts'
import { RtpHeader, rtpHeaderBytes, writeRtpHeader } from '../rtp/rtp-header.ts'
import { measureTone } from '../tone/goertzel.ts'
import type { ToneSource } from '../tone/tone-source.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { BindOptions, UdpFault, UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import { MediaWorker } from './media-worker.ts'
import type { WorkerCommand, WorkerMessage } from './protocol.ts'

const payloadTypes: Readonly<Record<CodecName, number>> = { PCMU: 0, PCMA: 8, G722: 9, opus: 111 }

/** Datagrams between ports of one machine, in memory: they arrive when {@link deliver} is called. */
class MemoryNetwork implements UdpNetwork {
  nowMs = 0
  readonly #sockets = new Map<number, UdpSocket>()
  #under: { packet: Buffer; length: number; from: UdpAddress; to: number }[] = []

  async bind({ address, port, receive }: BindOptions): Promise<UdpSocket | UdpFault> {
    if (this.#sockets.has(port)) return { fault: 'EADDRINUSE' }
    const local = UdpAddress.parse(address, port)!
    const socket: UdpSocket = {
      local,
      receive,
      send: (buffer, length, to) => {
        const packet = Buffer.alloc(2048)
        packet.set(buffer.subarray(0, length))
        this.#under.push({ packet, length, from: local, to: to.port })
      },
      close: () => void this.#sockets.delete(port),
    }
    this.#sockets.set(port, socket)
    return socket
  }

  deliver(): void {
    const under = this.#under
    this.#under = []
    for (const { packet, length, from, to } of under) this.#sockets.get(to)?.receive(packet, length, from, this.nowMs)
  }

  flush(): void {}
  close(): void {}
}

/** A worker in this thread with telephones that speak tones, in a time of its own. */
export class WorkerRig {
  readonly told: WorkerMessage[] = []
  readonly network = new MemoryNetwork()
  readonly worker: MediaWorker
  readonly phones: RigPhone[] = []
  #requests = 0
  #ports = 10_000

  constructor() {
    this.network.nowMs = performance.now()
    const tell = (message: WorkerMessage) => void this.told.push(message)
    this.worker = new MediaWorker({
      network: this.network,
      options: { icePorts: [] },
      tell,
      nowMs: () => this.network.nowMs,
    })
  }

  events(kind: string) {
    return this.told.flatMap((message) =>
      message.tell === 'event' && message.event.kind === kind ? [message.event] : [],
    )
  }

  perform(command: WorkerCommand): void {
    this.worker.perform(command)
  }

  async ask<Value>(command: object): Promise<Value> {
    const request = ++this.#requests
    this.worker.perform({ ...command, request } as WorkerCommand)
    for (;;) {
      const reply = this.told.find((message) => message.tell === 'reply' && message.request === request)
      if (reply) return (reply as unknown as { value: Value }).value
      await new Promise(setImmediate)
    }
  }

  /** A phone that hears in one codec and speaks in the same, or in another. */
  async phone(id: string, hears: CodecName, agreed: Partial<AgreedAudio> = {}, says = hears): Promise<RigPhone> {
    const [ours, its] = [(this.#ports += 2), (this.#ports += 2)]
    const ports = { address: '127.0.0.1', rtpPort: ours }
    assert.equal(await this.ask({ do: 'open', leg: id, ports }), 'opened')
    const phone = new RigPhone(id as MediaLegId, its, hears, says)
    const socket = await this.network.bind({ address: '127.0.0.1', port: its, receive: (p, n) => phone.take(p, n) })
    assert.ok('send' in socket)
    await phone.open((packet, length) => socket.send(packet, length, UdpAddress.parse('127.0.0.1', ours)!))
    this.phones.push(phone)
    this.configure(phone, agreed)
    return phone
  }

  configure({ id, port, hears, says }: RigPhone, agreed: Partial<AgreedAudio> = {}): void {
    const agreedAudio: AgreedAudio = {
      codec: hears,
      sendPayloadType: payloadTypes[hears],
      sendPtimeMs: 20,
      sendInbandFec: false,
      receive: [...new Set([hears, says])].map((codec) => ({ payloadType: payloadTypes[codec], codec })),
      receiveEvents: [{ payloadType: 101, rateHz: 8000 }],
      keying: 'rtp',
      remote: { address: '127.0.0.1', rtpPort: port, rtcpPort: port + 1 },
      rtcpMux: false,
      direction: 'sendrecv',
      peerDirection: 'sendrecv',
      ...agreed,
    }
    this.perform({ do: 'configure', leg: id, agreed: agreedAudio })
  }

  /** Lets time pass, 20 ms after 20 ms; what waits for the disk or a library gets its turn between. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      this.network.nowMs += 20
      for (const phone of this.phones) phone.speak()
      this.network.deliver()
      this.worker.tick(this.network.nowMs)
      this.network.deliver()
      await new Promise(setImmediate)
    }
  }

  /** Lets time pass until such an event has been told; the disk takes as many turns as it likes. */
  async until(kind: string): Promise<void> {
    for (let turns = 0; this.events(kind).length === 0; turns++) {
      assert.ok(turns < 20_000, `${kind} never came`)
      await this.pass(20)
    }
  }

  async close(): Promise<void> {
    await this.worker.close()
    for (const phone of this.phones) phone.close()
  }
}

/** One telephone of a {@link WorkerRig}. */
export class RigPhone {
  readonly id: MediaLegId
  readonly port: number
  hears: CodecName
  readonly says: CodecName
  /** What it says from now on; nothing while undefined. */
  voice: ToneSource | undefined
  packets = 0
  readonly timestamps: number[] = []
  readonly #decoders = new Map<number, Codec>()
  readonly #heard = new Map<number, number[]>()
  readonly #header = new RtpHeader()
  #encoder!: Codec
  #send!: (packet: Buffer, length: number) => void
  #sequence = 65_500
  #timestamp = 4_294_900_000

  constructor(id: MediaLegId, port: number, hears: CodecName, says: CodecName) {
    this.id = id
    this.port = port
    this.hears = hears
    this.says = says
  }

  get sampleRate(): number {
    return this.#encoder.sampleRate
  }

  async open(send: (packet: Buffer, length: number) => void): Promise<void> {
    this.#send = send
    this.#encoder = await readyCodec(this.says)
    for (const [name, payloadType] of Object.entries(payloadTypes))
      this.#decoders.set(payloadType, await readyCodec(name as CodecName))
  }

  /** As a gateway that begins its stream again when the call is answered: the same SSRC, other numbers. */
  beginAnew(): void {
    this.#sequence = 1
    this.#timestamp = 5_000_000
  }

  speak(): void {
    if (!this.voice) return
    const frame = new Int16Array(this.#encoder.sampleRate / 50)
    this.voice.read(frame)
    const payload = new Uint8Array(1275)
    const bytes = this.#encoder.encode(frame, payload)
    const packet = Buffer.alloc(2048)
    this.#timestamp = (this.#timestamp + this.#encoder.clockRate / 50) >>> 0
    writeRtpHeader(packet, false, payloadTypes[this.says], this.#sequence++ & 0xffff, this.#timestamp, 77)
    packet.set(payload.subarray(0, bytes), rtpHeaderBytes)
    this.#send(packet, rtpHeaderBytes + bytes)
  }

  take(packet: Buffer, length: number): void {
    if (!this.#header.read(packet, length)) return
    const { payloadType, payloadStart, payloadEnd, timestamp } = this.#header
    const decoder = this.#decoders.get(payloadType)
    if (!decoder) return
    this.packets++
    this.timestamps.push(timestamp)
    const samples = new Int16Array(5760)
    const count = decoder.decode(packet.subarray(payloadStart, payloadEnd), samples)
    const heard = this.#heard.get(payloadType) ?? []
    this.#heard.set(payloadType, heard)
    for (let i = 0; i < count; i++) heard.push(samples[i]!)
  }

  /** The last half second that it heard, in the codec that it hears in now. */
  get lastHeard(): Int16Array {
    const payloadType = payloadTypes[this.hears]
    const { sampleRate } = this.#decoders.get(payloadType)!
    return Int16Array.from((this.#heard.get(payloadType) ?? []).slice(-sampleRate / 2))
  }

  /** Level of a tone in the last half second, dBov. */
  hearsTone(rateHz: number): number {
    return measureTone(this.lastHeard, rateHz, this.#decoders.get(payloadTypes[this.hears])!.sampleRate).levelDbov
  }

  close(): void {
    this.#encoder.close()
    for (const decoder of this.#decoders.values()) decoder.close()
  }
}

async function readyCodec(name: CodecName): Promise<Codec> {
  const codec = createCodec(name, 16_000)
  if (codec instanceof OpusCodec) await codec.ready
  return codec
}

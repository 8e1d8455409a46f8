import { createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { crc32 } from 'node:zlib'
import { attributesOf, parseDescription } from '@vaxel/sip/sdp'
import { makeDtlsCertificate } from '../dtls/certificate.ts'
import { type DtlsConnection, DtlsEndpoint } from '../dtls/dtls-connection.ts'
import { classifyPacket } from '../rtp/classify.ts'
import { SrtpReceiver, SrtpSender } from '../srtp/srtp-transform.ts'
import { srtpOverheadBytes } from '../srtp/packet-protection.ts'

const magicCookie = 0x2112a442

/** A browser reduced to one stream: full ICE with one candidate, DTLS client, G.711 A-law that counts up. */
export class StreamClient {
  readonly #socket: Socket
  readonly #certificate = makeDtlsCertificate(Date.now())
  readonly #endpoint = new DtlsEndpoint(this.#certificate)
  readonly #ufrag = randomBytes(6).toString('hex')
  readonly #password = randomBytes(16).toString('hex')
  #dtls: DtlsConnection | undefined
  #sender: SrtpSender | undefined
  #receiver: SrtpReceiver | undefined
  #remote: { address: string; port: number; ufrag: string; password: string } | undefined
  #sequence = 100
  #watchers: (() => void)[] = []
  isChecked = false
  /** RTP packets that came back, decrypted. */
  heard = 0
  /** Sequence numbers of those. */
  readonly sequences: number[] = []
  /** RTCP packets that came. */
  reports = 0
  /** Fraction lost in the last report about us, 0 to 255; and cumulative. */
  reported: { fraction: number; lost: number; jitterTicks: number } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('message', (bytes) => this.#take(bytes))
  }

  static async open(): Promise<StreamClient> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new StreamClient(socket)
  }

  get isKeyed(): boolean {
    return this.#sender !== undefined
  }

  offer(): string {
    const { port } = this.#socket.address() as AddressInfo
    return `${[
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 8',
      'c=IN IP4 0.0.0.0',
      'a=rtcp-mux',
      `a=ice-ufrag:${this.#ufrag}`,
      `a=ice-pwd:${this.#password}`,
      `a=fingerprint:${this.#certificate.fingerprint.hash} ${this.#certificate.fingerprint.value}`,
      'a=setup:actpass',
      'a=mid:0',
      'a=sendrecv',
      'a=rtpmap:8 PCMA/8000',
      `a=candidate:1 1 udp 2113937151 127.0.0.1 ${port} typ host`,
    ].join('\r\n')}\r\n`
  }

  /** Reads the answer. @returns the port of its only candidate */
  take(answer: string): number {
    const parsed = parseDescription(answer)
    if (!parsed.ok) throw new Error(parsed.reason)
    const { description } = parsed
    const audio = description.media[0]!
    const one = (name: string) => attributesOf(audio, name)[0] ?? attributesOf(description as never, name)[0]!
    const candidates = attributesOf(audio, 'candidate').map((line) => line.split(' '))
    const [hash, value] = one('fingerprint').split(' ')
    const port = Number(candidates[0]![5])
    this.#remote = { address: candidates[0]![4]!, port, ufrag: one('ice-ufrag'), password: one('ice-pwd') }
    this.#dtls = this.#endpoint.connect({
      role: 'client',
      fingerprints: [{ hash: hash!, value: value! } as never],
      send: (packet, length) => this.#send(Buffer.from(packet.subarray(0, length))),
      nowMs: performance.now(),
    })
    if (new Set(candidates.map((fields) => fields[5])).size !== 1) throw new Error('candidates of several ports')
    return port
  }

  /** One connectivity check that nominates. @param port another than the answer's @param by another socket than the own */
  check(port = this.#remote!.port, by = this.#socket): void {
    const { ufrag, password, address } = this.#remote!
    by.send(bindingRequest(`${ufrag}:${this.#ufrag}`, password), port, address)
  }

  /** Begins DTLS; needs a check that was answered. */
  start(): void {
    this.#dtls!.start()
  }

  /** Sends the next packet of 20 ms, or leaves it out as if the way had lost it. */
  speak(isLost = false): void {
    const packet = Buffer.alloc(172 + srtpOverheadBytes + 16)
    packet[0] = 0x80
    packet[1] = 8
    packet.writeUInt16BE(this.#sequence & 0xffff, 2)
    packet.writeUInt32BE(this.#sequence * 160, 4)
    packet.writeUInt32BE(4711, 8)
    packet.fill(0xd5, 12, 172)
    this.#sequence += 1
    const bytes = this.#sender!.protectRtp(packet, 172)
    if (!isLost) this.#send(packet.subarray(0, bytes))
  }

  /** Sends bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#send(Buffer.from(bytes))
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.push(resolve))
  }

  close(): void {
    this.#dtls?.close()
    this.#endpoint.close()
    this.#socket.close()
  }

  #send(bytes: Buffer): void {
    this.#socket.send(bytes, this.#remote!.port, this.#remote!.address)
  }

  #take(bytes: Buffer): void {
    const kind = classifyPacket(bytes, bytes.length)
    if (kind === 'stun') this.isChecked ||= bytes.readUInt16BE(0) === 0x0101
    else if (kind === 'dtls') this.#key(bytes)
    else if (this.#receiver && (kind === 'rtp' || kind === 'rtcp')) this.#hear(kind, bytes)
    for (const watcher of this.#watchers.splice(0)) watcher()
  }

  #key(bytes: Buffer): void {
    const state = this.#dtls!.receive(bytes, bytes.length)
    if (state.name !== 'connected' || this.#sender) return
    this.#sender = new SrtpSender(state.keys.profile, state.keys.send)
    this.#receiver = new SrtpReceiver(state.keys.profile, state.keys.receive)
  }

  #hear(kind: 'rtp' | 'rtcp', bytes: Buffer): void {
    const packet = Buffer.alloc(2048)
    bytes.copy(packet)
    const receiver = this.#receiver!
    const length =
      kind === 'rtp' ? receiver.unprotectRtp(packet, bytes.length) : receiver.unprotectRtcp(packet, bytes.length)
    if (length < 0) return
    if (kind === 'rtp') {
      this.heard += 1
      this.sequences.push(packet.readUInt16BE(2))
      return
    }
    this.reports += 1
    const block = packet[1] === 200 ? 28 : 8
    if ((packet[0]! & 31) > 0)
      this.reported = {
        fraction: packet[block + 4]!,
        lost: packet.readIntBE(block + 5, 3),
        jitterTicks: packet.readUInt32BE(block + 12),
      }
  }
}

/** RFC 8445 §7.2.2, as controlling and nominating. */
function bindingRequest(username: string, password: string): Buffer {
  const parts: Buffer[] = []
  const add = (type: number, value: Buffer) => {
    const head = Buffer.alloc(4)
    head.writeUInt16BE(type, 0)
    head.writeUInt16BE(value.length, 2)
    parts.push(head, value, Buffer.alloc((4 - (value.length % 4)) % 4))
  }
  const transaction = randomBytes(12)
  const packet = (extra: number) => {
    const body = Buffer.concat(parts)
    const head = Buffer.alloc(8)
    head.writeUInt16BE(0x0001, 0)
    head.writeUInt16BE(body.length + extra, 2)
    head.writeUInt32BE(magicCookie, 4)
    return Buffer.concat([head, transaction, body])
  }
  add(0x0006, Buffer.from(username))
  add(0x0024, Buffer.of(0x6e, 0, 1, 0xff))
  add(0x802a, Buffer.alloc(8, 1))
  add(0x0025, Buffer.alloc(0))
  add(0x0008, createHmac('sha1', password).update(packet(24)).digest())
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE((crc32(packet(8)) ^ 0x5354554e) >>> 0)
  add(0x8028, crc)
  return packet(0)
}

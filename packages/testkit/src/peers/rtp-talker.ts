import { createSocket, type Socket } from 'node:dgram'
import { within } from '../program.ts'

const packetMs = 20
const samplesPerPacket = 160

/** A phone's audio over plain RTP (RFC 3550): sends G.711 A-law at its pace while it is told to, and counts what comes. */
export class RtpTalker {
  readonly port: number
  /** Wall clock of the last packet that left; undefined before the first. */
  lastSentAtMs: number | undefined
  /** Wall clock of the first packet that came. */
  firstReceivedAtMs: number | undefined
  sentPackets = 0
  receivedPackets = 0
  /** SSRCs that were heard, with how many packets of each. */
  readonly heard = new Map<number, number>()
  readonly #socket: Socket
  readonly #ssrc: number
  #sequence = 0
  #timer: NodeJS.Timeout | undefined
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = []

  private constructor(socket: Socket, ssrc: number) {
    this.#socket = socket
    this.#ssrc = ssrc
    this.port = socket.address().port
    socket.on('message', (bytes) => this.#received(bytes))
    // What comes back for a port that is closed on the other side is part of these tests.
    socket.on('error', () => {})
  }

  /** @param ssrc tells this talker's packets from others' */
  static async open(ssrc: number): Promise<RtpTalker> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    return new RtpTalker(socket, ssrc)
  }

  /** Talks to the address of that session description until {@link pause}; a talker that talks already changes its address. */
  talkTo(sdp: string): void {
    this.pause()
    const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1]
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1])
    if (address === undefined || !(port > 0)) throw new Error(`no audio in:\n${sdp}`)
    const startedMs = performance.now()
    let sent = 0
    this.#timer = setInterval(() => {
      // As many as are due: a busy machine fires late, a phone does not talk less for it.
      for (const due = (performance.now() - startedMs) / packetMs; sent < due; sent++) this.#send(port, address)
    }, packetMs)
  }

  pause(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Resolves when so many packets have come in all; @throws when they do not come in time. */
  async hears(count: number, limitMs?: number): Promise<void> {
    if (this.receivedPackets >= count) return
    const heard = new Promise<void>((resolve) => this.#waiting.push({ count, resolve }))
    await within(`packet ${count} of audio`, heard, limitMs)
  }

  /** An offer or answer with this talker's port. */
  describe(): string {
    return [
      'v=0',
      `o=- ${this.#ssrc} 1 IN IP4 127.0.0.1`,
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.port} RTP/AVP 8 101`,
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=sendrecv',
      '',
    ].join('\r\n')
  }

  close(): void {
    this.pause()
    this.#socket.close()
  }

  #send(port: number, address: string): void {
    const packet = Buffer.alloc(12 + samplesPerPacket, 0xd5)
    packet[0] = 0x80
    packet[1] = 8
    packet.writeUInt16BE(this.#sequence & 0xffff, 2)
    packet.writeUInt32BE((this.#sequence * samplesPerPacket) >>> 0, 4)
    packet.writeUInt32BE(this.#ssrc, 8)
    this.#sequence++
    this.#socket.send(packet, port, address)
    this.sentPackets++
    this.lastSentAtMs = Date.now()
  }

  #received(bytes: Buffer): void {
    if (bytes.length < 12 || bytes[0]! >> 6 !== 2 || (bytes[1]! & 0x7f) !== 8) return
    this.receivedPackets++
    this.firstReceivedAtMs ??= Date.now()
    const ssrc = bytes.readUInt32BE(8)
    this.heard.set(ssrc, (this.heard.get(ssrc) ?? 0) + 1)
    for (const { count, resolve } of this.#waiting) if (this.receivedPackets >= count) resolve()
  }
}

import { encodeAlaw } from '../packages/media/src/audio/g711.ts'
import { writeRtpHeader } from '../packages/media/src/rtp/rtp-header.ts'
import { SrtpReceiver, SrtpSender } from '../packages/media/src/srtp/srtp-transform.ts'
import { AF_INET, type LinuxSockets, MSG_DONTWAIT, SOL_SOCKET } from '../packages/media/src/udp/linux-sockets.ts'
import { MessageBatch, readAddress, writeAddress } from '../packages/media/src/udp/message-batch.ts'
import { UdpAddress } from '../packages/media/src/udp/udp-address.ts'

export const suite = 'AES_CM_128_HMAC_SHA1_80'
const frameMs = 20
/** The streams are spread over the 20 ms in so many groups, which are sent one after another. */
const groups = 80
const packetBytes = 172
const bufferBytes = 8 << 20
const SO_RCVBUFFORCE = 33
const SOCK_DGRAM = 2
/** The last bytes say the sequence number as it was sent. */
const markAt = packetBytes - 3
const magic = 0x7a
/** What is talked: 400 Hz, as no silence costs what speech does. */
const tone = Uint8Array.from({ length: packetBytes - 12 }, (_, i) =>
  encodeAlaw(Math.round(4000 * Math.sin((2 * Math.PI * i) / 20))),
)
/** Delays are counted in steps of 10 us up to 1 s. */
const delayStepMs = 0.01
const mostDelaySteps = 100_000
const sequences = 65_536
/** Learning a protected stream costs a key derivation: so many a turn do not disturb the sending. */
const mostLearntAtOnce = 4

/**
 * What comes back: what was sent with its own numbers, with numbers that are moved by something to learn, or another sound, as steady as
 * what is sent, that is only counted.
 */
export type Returns = 'same' | 'moved' | 'other'

/** What came of sending on all streams for some seconds. */
export interface Carried {
  readonly sent: number
  readonly lost: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** How late the generator itself ever was. */
  readonly lateMs: number
}

interface Group {
  readonly fd: number
  readonly packet: Buffer
  readonly sender: SrtpSender | undefined
  readonly sentAtMs: Float64Array
  /** Ports of the relay that this group's packets go to. */
  readonly ports: number[]
  /** Of those, the ports whose peer agreed on a tag of 32 bits. */
  readonly shortTags: Set<number>
  headers: DataView
  headersAt: number
  keep: Uint8Array[]
}

/**
 * The audio of many calls with few system calls: all streams of a group have one packet, under one key, that goes from one socket
 * to each of the group's ports. The relay rewrites numbers, so how far they are moved is learnt for each port before it counts.
 */
export class MediaGenerator {
  readonly #system: LinuxSockets
  readonly #groups: Group[] = []
  readonly #fds: readonly number[]
  readonly #localPorts: readonly number[]
  readonly #incoming: MessageBatch
  readonly #from = new UdpAddress()
  /** By port of the relay: whose packets come from there, and what they are moved by; −1 = not known. */
  readonly #groupOf = new Int32Array(sequences).fill(-1)
  readonly #movedBy = new Int32Array(sequences).fill(-1)
  readonly #keyOf = new Map<number, Uint8Array>()
  readonly #histogram = new Uint32Array(mostDelaySteps)
  readonly #returns: Returns
  #streams = 0
  #round = 0
  #countFrom = 0
  #countTo = 0
  #received = 0
  #maxMs = 0
  #mayLearn = 0

  /**
   * @param key master key and salt of all streams that are sent; undefined: plain RTP
   */
  constructor(system: LinuxSockets, sockets: number, key: Uint8Array | undefined, returns: Returns) {
    this.#system = system
    this.#returns = returns
    this.#incoming = new MessageBatch(system, 128)
    const opened = Array.from({ length: sockets }, () => this.#openSocket())
    this.#fds = opened.map(({ fd }) => fd)
    this.#localPorts = opened.map(({ port }) => port)
    for (let i = 0; i < groups; i++) {
      const packet = Buffer.from(new ArrayBuffer(256))
      this.#groups.push({
        fd: this.#fds[i % sockets]!,
        packet,
        sender: key && new SrtpSender(suite, key),
        sentAtMs: new Float64Array(sequences),
        ports: [],
        shortTags: new Set(),
        headers: new DataView(new ArrayBuffer(0)),
        headersAt: 0,
        keep: [],
      })
    }
  }

  get streams(): number {
    return this.#streams
  }

  /** The local port that the next call's streams are sent from and come back to. */
  get nextPort(): number {
    return this.#localPorts[((this.#streams / 2) % groups) % this.#localPorts.length]!
  }

  /**
   * Adds a call: what is sent to either of the relay's ports comes back from the other.
   * @param keys under which the relay sends from each port; undefined where it keeps the packets' numbers
   * @param hasShortTag the second peer agreed on the suite with a tag of 32 bits
   */
  add(
    ports: readonly [number, number],
    keys: readonly [Uint8Array, Uint8Array] | undefined,
    hasShortTag: boolean,
  ): void {
    const index = (this.#streams / 2) % groups
    this.#groups[index]!.ports.push(...ports)
    if (hasShortTag) this.#groups[index]!.shortTags.add(ports[1])
    for (const [i, port] of ports.entries()) {
      this.#groupOf[port] = index
      if (keys) this.#keyOf.set(port, keys[i]!)
    }
    this.#streams += 2
  }

  /** Sends 50 packets a second on each stream: first to warm up and learn, then counted. Blocks its thread. */
  run(warmUpSeconds: number, seconds: number, onCounting: () => void): Carried {
    for (const group of this.#groups) this.#prepare(group)
    this.#movedBy.fill(-1)
    this.#histogram.fill(0)
    this.#received = this.#maxMs = 0
    const first = this.#round + 1
    this.#countFrom = first + Math.round(warmUpSeconds * 50)
    this.#countTo = this.#countFrom + Math.round(seconds * 50)
    const startMs = performance.now()
    let lateMs = 0
    let at = 0
    for (const last = (this.#countTo - first) * groups; at < last; ) {
      const nowMs = performance.now()
      const dueMs = startMs + (at * frameMs) / groups
      if (nowMs < dueMs) {
        this.#receiveAll()
        pause(Math.min(0.25, dueMs - nowMs))
        continue
      }
      if (at % groups === 0) this.#round++
      if (this.#round >= this.#countFrom) lateMs = Math.max(lateMs, nowMs - dueMs)
      if (this.#round === this.#countFrom && at % groups === 0) {
        if (this.#returns === 'other') this.#received = 0
        onCounting()
      }
      this.#send(this.#groups[at % groups]!)
      at++
      if (at % 4 === 0) this.#receiveAll()
    }
    const receivedInTime = this.#received
    for (const endMs = performance.now() + 300; performance.now() < endMs; pause(1)) this.#receiveAll()
    const sent = (this.#countTo - this.#countFrom) * this.#streams
    return {
      sent,
      lost: Math.max(0, sent - (this.#returns === 'other' ? receivedInTime : this.#received)),
      p50Ms: this.#quantile(0.5),
      p99Ms: this.#quantile(0.99),
      maxMs: round(this.#maxMs),
      lateMs: round(lateMs),
    }
  }

  close(): void {
    for (const fd of this.#fds) this.#system.close(fd)
    for (const { sender } of this.#groups) sender?.close()
  }

  #send(group: Group): void {
    const { packet, sender } = group
    const sequence = this.#round & 0xffff
    writeRtpHeader(packet, false, 8, sequence, this.#round * 160, 77)
    packet.set(tone, 12)
    packet[markAt] = magic
    packet[markAt + 1] = sequence >> 8
    packet[markAt + 2] = sequence & 255
    if (sender) sender.protectRtp(packet, packetBytes)
    group.sentAtMs[sequence] = performance.now()
    for (let done = 0; done < group.ports.length; ) {
      const count = this.#system.sendmmsg(group.fd, group.headersAt + done * 64, group.ports.length - done, 0)
      done += Math.max(1, count)
    }
  }

  #receiveAll(): void {
    const batch = this.#incoming
    this.#mayLearn = mostLearntAtOnce
    for (const fd of this.#fds) {
      for (let count = batch.capacity; count === batch.capacity; ) {
        count = this.#system.recvmmsg(fd, batch.at(0), batch.capacity, MSG_DONTWAIT, 0)
        const nowMs = performance.now()
        for (let i = 0; i < count; i++) {
          batch.readFrom(i, this.#from)
          batch.readyToReceive(i)
          this.#take(batch.buffers[i]!, batch.receivedLength(i), this.#from.port, nowMs)
        }
      }
    }
  }

  #take(packet: Buffer, length: number, port: number, nowMs: number): void {
    const index = this.#groupOf[port]!
    if (index < 0 || length < packetBytes) return
    if (this.#returns === 'other') {
      this.#received++
      return
    }
    const original = this.#originalOf(packet, length, port)
    if (original < 0) return
    if (((original - this.#countFrom) & 0xffff) >= this.#countTo - this.#countFrom) return
    this.#received++
    const delayMs = nowMs - this.#groups[index]!.sentAtMs[original]!
    this.#histogram[Math.min(mostDelaySteps - 1, Math.max(0, Math.floor(delayMs / delayStepMs)))]!++
    if (delayMs > this.#maxMs) this.#maxMs = delayMs
  }

  /**
   * The number that it was sent with; −1 where that is not known. What is not encrypted says it: a number that is only reckoned is a wrong one when the relay's
   * numbering begins anew, and of a packet that has not been sent yet the delay would be all the time since the start.
   */
  #originalOf(packet: Buffer, length: number, port: number): number {
    const sequence = (packet[2]! << 8) | packet[3]!
    if (this.#returns === 'same') return sequence
    const key = this.#keyOf.get(port)
    if (key === undefined) return saidIn(packet)
    const moved = this.#movedBy[port]!
    const original = (sequence - moved) & 0xffff
    if (moved >= 0 && ((this.#round - original) & 0xffff) < sequences / 2) return original
    this.#movedBy[port] = -1
    if (this.#mayLearn-- > 0) this.#learn(packet, length, port, key)
    return -1
  }

  /** Only what is said lately is believed: what waited somewhere may have been numbered otherwise. */
  #learn(packet: Buffer, length: number, port: number, key: Uint8Array): void {
    const sequence = (packet[2]! << 8) | packet[3]!
    const receiver = new SrtpReceiver(suite, key)
    const opened = receiver.unprotectRtp(packet, length)
    receiver.close()
    const said = opened === packetBytes ? saidIn(packet) : -1
    if (said >= 0 && ((this.#round - said) & 0xffff) < 50) this.#movedBy[port] = (sequence - said) & 0xffff
  }

  #quantile(part: number): number {
    let left = this.#received * part
    for (let i = 0; i < mostDelaySteps; i++) {
      left -= this.#histogram[i]!
      if (left <= 0) return round((i + 1) * delayStepMs)
    }
    return round(this.#maxMs)
  }

  /** Headers of all a group's datagrams, which then never change: only the packet does. */
  #prepare(group: Group): void {
    const count = group.ports.length
    const own = (bytes: number) => Buffer.from(new ArrayBuffer(Math.max(8, bytes)))
    const [headers, addresses, vector] = [own(count * 64), own(count * 16), own(32)]
    const vectors = new DataView(vector.buffer)
    for (const [i, tagBytes] of [10, 4].entries()) {
      vectors.setBigUint64(i * 16, BigInt(this.#system.addressOf(group.packet)), true)
      vectors.setBigUint64(i * 16 + 8, BigInt(packetBytes + (group.sender ? tagBytes : 0)), true)
    }
    const view = new DataView(headers.buffer)
    for (const [i, port] of group.ports.entries()) {
      writeAddress(new DataView(addresses.buffer), i * 16, UdpAddress.parse('127.0.0.1', port)!)
      view.setBigUint64(i * 64, BigInt(this.#system.addressOf(addresses) + i * 16), true)
      view.setUint32(i * 64 + 8, 16, true)
      view.setBigUint64(
        i * 64 + 16,
        BigInt(this.#system.addressOf(vector) + (group.shortTags.has(port) ? 16 : 0)),
        true,
      )
      view.setBigUint64(i * 64 + 24, 1n, true)
    }
    group.headers = view
    group.headersAt = this.#system.addressOf(headers)
    group.keep = [headers, addresses, vector]
  }

  #openSocket(): { fd: number; port: number } {
    const system = this.#system
    const fd = system.socket(AF_INET, SOCK_DGRAM, 0)
    const size = Buffer.alloc(4)
    size.writeInt32LE(bufferBytes)
    // What waits for us must not be counted as lost by the relay.
    if (system.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4) !== 0) system.setsockopt(fd, SOL_SOCKET, 8, size, 4)
    const name = new DataView(new ArrayBuffer(28))
    const bytes = new Uint8Array(name.buffer)
    const local = UdpAddress.parse('127.0.0.1', 0)!
    writeAddress(name, 0, local)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(28)
    if (system.bind(fd, bytes, 16) !== 0 || system.getsockname(fd, bytes, length) !== 0)
      throw new Error('no UDP port for audio')
    readAddress(name, 0, local)
    return { fd, port: local.port }
  }
}

/** The number that a packet says that it was sent with; −1 if it says none. */
const saidIn = (packet: Uint8Array): number =>
  packet[markAt] === magic ? (packet[markAt + 1]! << 8) | packet[markAt + 2]! : -1

const round = (value: number): number => Number(value.toFixed(2))

const cell = new Int32Array(new SharedArrayBuffer(4))

/** Lets the processor go for a moment. */
function pause(ms: number): void {
  Atomics.wait(cell, 0, 0, ms)
}

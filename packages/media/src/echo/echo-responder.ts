import { createHmac, createSecretKey } from 'node:crypto'
import type { RandomBytes } from '@vaxel/base'
import type { EchoCheck, EchoHeard, EchoLimits } from '@vaxel/core'
import {
  cookieOf,
  type EchoPacket,
  hasRightMac,
  leastEchoBytes,
  type Mac,
  readEcho,
  sameBytes,
  type SeenAddress,
  unknownTos,
  writeEcho,
} from '@vaxel/site/echo'
import { RequestLimit } from '../ice/request-limit.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpSocket } from '../udp/udp-network.ts'
import { Allowance } from './allowance.ts'

/** Of all checks together: what a hundred calls send, and an eighth of a core. */
const answeredBytesPerSecond = 2_000_000
const answersPerSecond = 5_000
/** MACs of what comes, right or wrong: a fifth of a core. */
const macsPerSecond = 20_000
/** Of one IP address, before anything is computed. */
const perSource = { perSecond: 1_000, burst: 1_000 }
/** A check has fewer ports than that, but hears on those of others too. */
const mostPortsHeard = 512
/** Echoes that are asked for later and wait: of one check, and of all. */
const mostWaiting = { perCheck: 32, inAll: 1_000 }
/** As long as a check lives, since a stream asks for its cookie once; one counts for as long again after its time. */
const cookieEpochMs = 900_000

interface Entry {
  readonly mac: Mac
  readonly limits: EchoLimits
  readonly rate: Allowance
  packets: number
  hellos: number
  waiting: number
  readonly addresses: Set<string>
  /** What came with a right MAC, answered or not, by local port. */
  readonly heard: Map<number, { hellos: number; probes: number }>
  /** Probes by the pair of local and remote port and address. */
  readonly received: Map<string, FiveTuple>
}

interface FiveTuple {
  count: number
  /** One that was right, and when it was made. */
  cookie: Uint8Array
  epoch: number
}

/**
 * Answers the packets of all checks, on every check port: a hello by a cookie, a probe with the right one by an echo, everything else by
 * silence. Nothing is computed for who sends without the id of a check that runs; memory is bounded by the limits of the checks.
 */
export class EchoResponder {
  readonly #checks = new Map<string, Entry>()
  readonly #startTimer: StartTimer
  #waiting = 0
  readonly #cookieMac: Mac
  readonly #sources: RequestLimit
  readonly #macs = new Allowance(macsPerSecond)
  readonly #bytes = new Allowance(answeredBytesPerSecond)
  readonly #answers = new Allowance(answersPerSecond)

  /** @param startTimer of the thread; it must not keep the thread alive */
  constructor(random: RandomBytes, startTimer: StartTimer = startThreadTimer) {
    this.#startTimer = startTimer
    this.#cookieMac = macUnder(random(32))
    this.#sources = new RequestLimit(Buffer.from(random(4)).readInt32LE(0), new UdpAddress(), perSource)
  }

  add({ id, key, limits }: EchoCheck): void {
    this.#checks.set(id, {
      mac: macUnder(key),
      limits,
      rate: new Allowance(limits.packetsPerSecond),
      packets: 0,
      hellos: 0,
      waiting: 0,
      addresses: new Set(),
      heard: new Map(),
      received: new Map(),
    })
  }

  /** On which ports packets of a check came, whether or not they were answered. */
  heard(id: string): readonly EchoHeard[] {
    return [...(this.#checks.get(id)?.heard ?? [])].map(([port, counts]) => ({ port, ...counts }))
  }

  remove(id: string): void {
    this.#checks.delete(id)
  }

  /** Whether the bytes begin as those of the echo service do, which no STUN, DTLS or RTP does (RFC 7983 §7). */
  static claims(packet: Uint8Array, length: number): boolean {
    return length >= 4 && packet[0] === 0x56 && packet[1] === 0x58 && packet[2] === 0x45 && packet[3] === 0x31
  }

  /** @param trafficClass undefined where it is not known */
  receive(
    socket: UdpSocket,
    buffer: Buffer,
    length: number,
    from: UdpAddress,
    arrivalMs: number,
    trafficClass: number | undefined,
  ): void {
    if (length < leastEchoBytes || !this.#sources.takes(from, arrivalMs)) return
    const request = buffer.subarray(0, length)
    const read = readEcho(request)
    if (!read.ok) return
    const { packet } = read
    const entry = this.#checks.get(packet.checkId)
    if (!entry || length > entry.limits.longestPacketBytes) return
    if (!this.#macs.takes(1, arrivalMs) || !hasRightMac(request, entry.mac)) return
    this.#note(entry, packet, socket.local.port)
    const seen: SeenAddress = { family: from.family, address: from.address, port: from.port }
    const answer =
      packet.type === 'hello'
        ? this.#cookie(entry, packet, seen, arrivalMs)
        : packet.type === 'probe'
          ? this.#echo(entry, packet, seen, socket.local.port, arrivalMs)
          : undefined
    if (!answer) return
    const reply = writeEcho(
      {
        ...answer,
        checkId: packet.checkId,
        sequence: packet.sequence,
        senderTimeUs: packet.senderTimeUs,
        lengthBytes: length,
        tos: trafficClass ?? unknownTos,
        serverTimeUs: Math.floor(arrivalMs * 1000) % 0x1_0000_0000,
        seen,
      },
      entry.mac,
    )
    if (packet.delayMs) this.#sendLater(entry, packet, reply, socket, from.copy())
    else socket.send(reply, reply.length, from)
  }

  /** The check may have ended meanwhile; its ports are closed then, and nothing is sent. */
  #sendLater(entry: Entry, packet: EchoPacket, reply: Uint8Array, socket: UdpSocket, to: UdpAddress): void {
    if (entry.waiting >= mostWaiting.perCheck || this.#waiting >= mostWaiting.inAll) return
    entry.waiting++
    this.#waiting++
    this.#startTimer(packet.delayMs ?? 0, () => {
      entry.waiting--
      this.#waiting--
      if (this.#checks.get(packet.checkId) === entry) socket.send(reply, reply.length, to)
    })
  }

  #note({ heard }: Entry, { type }: EchoPacket, port: number): void {
    if (type !== 'hello' && type !== 'probe') return
    let counts = heard.get(port)
    if (!counts) {
      if (heard.size >= mostPortsHeard) return
      counts = { hellos: 0, probes: 0 }
      heard.set(port, counts)
    }
    if (type === 'hello') counts.hellos++
    else counts.probes++
  }

  #cookie(entry: Entry, packet: EchoPacket, seen: SeenAddress, nowMs: number): Answer | undefined {
    const { addresses, limits } = entry
    if (entry.hellos >= limits.hellos) return undefined
    if (!addresses.has(seen.address) && addresses.size >= limits.sourceAddresses) return undefined
    if (!this.#mayAnswer(entry, packet.lengthBytes, nowMs)) return undefined
    entry.hellos++
    addresses.add(seen.address)
    return { type: 'cookie', cookie: this.#cookieFor(packet, seen, epochAt(nowMs)) }
  }

  #echo(entry: Entry, packet: EchoPacket, seen: SeenAddress, port: number, nowMs: number): Answer | undefined {
    const { cookie } = packet
    // A packet that somebody has caught and sends again from elsewhere costs its owner nothing.
    if (!cookie) return undefined
    const name = `${port} ${seen.port} ${seen.address}`
    const known = entry.received.get(name)
    const epoch = this.#epochOf(cookie, known, packet, seen, nowMs)
    if (epoch === undefined || (!known && entry.received.size >= entry.limits.fiveTuples)) return undefined
    if (!this.#mayAnswer(entry, packet.lengthBytes, nowMs)) return undefined
    const tuple = known ?? { count: 0, cookie, epoch }
    tuple.count++
    tuple.cookie = cookie
    tuple.epoch = epoch
    if (!known) entry.received.set(name, tuple)
    return { type: 'echo', cookie, received: tuple.count }
  }

  #mayAnswer(entry: Entry, bytes: number, nowMs: number): boolean {
    if (entry.packets >= entry.limits.packets) return false
    if (!entry.rate.takes(1, nowMs) || !this.#answers.takes(1, nowMs) || !this.#bytes.takes(bytes, nowMs)) return false
    entry.packets++
    return true
  }

  /** When a cookie that is right now was made; undefined for every other. */
  #epochOf(
    cookie: Uint8Array,
    known: FiveTuple | undefined,
    packet: EchoPacket,
    seen: SeenAddress,
    nowMs: number,
  ): number | undefined {
    const now = epochAt(nowMs)
    if (known && known.epoch >= now - 1 && sameBytes(cookie, known.cookie)) return known.epoch
    return [now, now - 1].find((epoch) => sameBytes(cookie, this.#cookieFor(packet, seen, epoch)))
  }

  #cookieFor({ checkId }: EchoPacket, seen: SeenAddress, epoch: number): Uint8Array {
    return cookieOf(seen, checkId, epoch, this.#cookieMac)
  }
}

type Answer = Pick<EchoPacket, 'type' | 'cookie' | 'received'>

type StartTimer = (delayMs: number, act: () => void) => void
const startThreadTimer: StartTimer = (delayMs, act) => void setTimeout(act, delayMs).unref()

const epochAt = (nowMs: number): number => 1 + Math.floor(Math.max(0, nowMs) / cookieEpochMs)

function macUnder(secret: Uint8Array): Mac {
  const key = createSecretKey(secret)
  return (bytes) => createHmac('sha256', key).update(bytes).digest()
}

import { createHmac } from 'node:crypto'
import type { Clock, FlowId } from '@vaxel/base'
import { SipMirror } from '@vaxel/connect'
import type { CheckResult } from '@vaxel/site'
import { cookieOf, readEcho, unknownTos, writeEcho } from '@vaxel/site'
import type { Flow } from '@vaxel/sip'
import { checkAlg } from '../alg/alg-check.ts'
import type { StreamPlace } from '../alg/stream-socket.ts'
import { findBindingLifetime } from '../nat/binding-lifetime.ts'
import { checkNat } from '../nat/nat-check.ts'
import { StunClient } from '../nat/stun-client.ts'
import { stunServer } from '../nat/stun-server.fixture.ts'
import type { DatagramPlace, DatagramSocket, Endpoint } from './datagram-socket.ts'
import { checkDscp } from './dscp-check.ts'
import type { MarkedPlace, MarkedSocket } from './marked-way.ts'
import { checkPathMtu } from './path-mtu-check.ts'
import { checkUdp } from './udp-check.ts'

/** A datagram on its way between the site and one port of the server. */
export interface Travelling {
  readonly isUp: boolean
  /** Of the server. */
  readonly port: number
  readonly bytes: Uint8Array
  readonly tos: number
  /** Must not be cut. */
  readonly isWhole: boolean
  /** The how many-th of its direction from this socket, from 1. */
  readonly count: number
  /** IP packet. */
  readonly sizeBytes: number
  /** SIP, where it is. */
  readonly text: string | undefined
}

export type Passed = Travelling | 'lost' | { readonly tooLarge: number; readonly isHere?: boolean }
type Rewrite = (text: string, isUp: boolean) => string

/** What is wrong with a network, or with the server behind it. */
export interface Network {
  pass?(datagram: Travelling): Passed
  /** What the server sees of a socket. */
  mapped?(socket: number, port: number): Endpoint
  readonly tcp?: Rewrite | 'closed'
  readonly tls?: Rewrite | 'closed'
  readonly canMark?: false
  readonly seesMarks?: false
  readonly isServerUp?: false
  readonly hasMirror?: false
  readonly hasEcho?: false
  /** A silent way is closed after so long. */
  readonly lifetimeSeconds?: number
  readonly answersEverywhere?: true
}

export const ports = { sip: 5060, sips: 5061, stun: 3478, first: 20_000, middle: 25_000, last: 29_999, closed: 27_000 }
const server = '203.0.113.1'
const inside = '192.168.1.10'
export const outside = '203.0.113.10'
const checkId = '0123456789abcdef'
const key = Buffer.alloc(32, 9)
const mac = (bytes: Uint8Array): Uint8Array => createHmac('sha256', key).update(bytes).digest()
const sample = [ports.first, 21_111, ports.middle, 28_765, ports.last]

/** Runs every check of this part of the probe in such a network, by a clock that a test moves. */
export async function probeIn(
  network: Network,
  clock: Clock,
  random: (bytes: number) => Uint8Array,
): Promise<readonly CheckResult[]> {
  const site = new SiteNetwork(network, clock)
  const { signal } = new AbortController()
  const place = { clock, segment: 'office', requirementIds: (check: string) => [check] }
  const access = { checkId, mac }
  const datagrams: DatagramPlace = { clock, open: async () => site.open() }
  const marked: MarkedPlace = { clock, open: () => (network.canMark === false ? undefined : site.open()) }
  const stun = new StunClient({ place: datagrams, random, signal })
  const at = (port: number): Endpoint => ({ address: server, port })
  const { lifetimeSeconds = 120 } = network
  const all = await Promise.all([
    checkUdp({
      ...place,
      range: { from: ports.first, to: ports.last },
      isServerUp: async () => network.isServerUp !== false,
      question: {
        datagrams,
        access,
        address: server,
        ports: sample,
        closedPort: ports.closed,
        heardPorts: async () => (network.isServerUp === false ? undefined : site.heard),
        signal,
      },
    }),
    checkNat({
      ...place,
      stun,
      question: { server: at(ports.stun), otherPorts: [at(ports.sip)] },
      lifetime: () => findBindingLifetime(async (seconds) => seconds < lifetimeSeconds, [10, 20, 30, 60]),
    }),
    checkAlg({
      ...place,
      stun,
      sip: at(ports.sip),
      sips: at(ports.sips),
      mirror: { clock, checkId, mac, random, datagrams, streams: site.streams, signal },
    }),
    checkDscp({ ...place, marked, access, to: at(ports.middle), signal }),
    checkPathMtu({ ...place, question: { marked, access, to: at(ports.middle), signal }, datagrams }),
  ])
  return all.flat()
}

/** A server and a line in memory. A packet takes 10 ms each way. */
class SiteNetwork {
  readonly heard = new Set<number>()
  readonly streams: StreamPlace
  readonly #network: Network
  readonly #clock: Clock
  readonly #mirror: SipMirror
  readonly #mirrored: Uint8Array[] = []
  readonly #stun = new Map<number, (bytes: Uint8Array, from: Endpoint) => void>()
  #stunAnswer: Uint8Array | undefined
  #sockets = 0

  constructor(network: Network, clock: Clock) {
    this.#network = network
    this.#clock = clock
    this.#mirror = new SipMirror({
      clock,
      keyOf: (id) => (id === checkId && network.hasMirror !== false ? key : undefined),
      send: (_flow, bytes) => this.#mirrored.push(bytes),
      contactFor: () => `${server}:${ports.sip}`,
    })
    for (const port of [ports.stun, ports.sip])
      stunServer(
        {
          bind: (local, receive) => {
            this.#stun.set(port, receive)
            return { local, send: (bytes) => void (this.#stunAnswer = bytes) }
          },
        },
        { primary: { address: server, port } },
      )
    this.streams = { connect: async (protocol) => this.#connect(protocol) }
  }

  open(): MarkedSocket {
    const number = ++this.#sockets
    const local = { address: inside, port: 50_000 + number }
    let [tos, isWhole, isClosed] = [0, false, false]
    const counts = { up: 0, down: 0 }
    let errors: { code: string; origin: 'icmp' | 'local'; mtuBytes: number; by: string }[] = []
    let listener = (_bytes: Uint8Array, _from: Endpoint): void => {}
    const travel = (datagram: Pick<Travelling, 'isUp' | 'port' | 'bytes' | 'tos' | 'isWhole'>): Passed => {
      const count = datagram.isUp ? (counts.up += 1) : (counts.down += 1)
      const text = Buffer.from(datagram.bytes).toString('latin1')
      const whole = {
        ...datagram,
        count,
        sizeBytes: datagram.bytes.length + 28,
        text: text.includes('SIP/2.0') ? text : undefined,
      }
      return this.#network.pass?.(whole) ?? whole
    }
    const socket: DatagramSocket & { lastTos: number | undefined } & Omit<MarkedSocket, 'lastTos'> = {
      local,
      lastTos: undefined,
      mark: (value) => {
        tos = value
        return true
      },
      forbidFragments: () => (isWhole = true),
      takeErrors: () => {
        const taken = errors
        errors = []
        return taken
      },
      onDatagram: (next) => {
        listener = next
      },
      close: () => {
        isClosed = true
      },
      send: async (bytes, to) => {
        const up = travel({ isUp: true, port: to.port, bytes: Uint8Array.from(bytes), tos, isWhole })
        if (up === 'lost') return undefined
        if ('tooLarge' in up) {
          errors.push({
            code: 'EMSGSIZE',
            origin: up.isHere ? 'local' : 'icmp',
            mtuBytes: up.tooLarge,
            by: '192.168.1.1',
          })
          return undefined
        }
        const from = this.#network.mapped?.(number, to.port) ?? { address: outside, port: local.port }
        for (const answer of this.#serve(up, from)) {
          const down = travel({ isUp: false, port: to.port, bytes: answer, tos: 184, isWhole: false })
          if (down === 'lost' || 'tooLarge' in down) continue
          this.#clock.startTimer(20, () => {
            if (isClosed) return
            socket.lastTos = down.tos
            listener(down.bytes, to)
          })
        }
        return undefined
      },
    }
    return socket
  }

  #serve({ port, bytes, tos }: Travelling, from: Endpoint): readonly Uint8Array[] {
    if (bytes[0]! < 4) {
      this.#stunAnswer = undefined
      this.#stun.get(port)?.(bytes, from)
      return this.#stunAnswer ? [this.#stunAnswer] : []
    }
    if (port === ports.sip) return this.#reflect('udp', bytes, from)
    return this.#echo(port, bytes, tos, from)
  }

  #reflect(protocol: 'udp' | 'tcp' | 'tls', bytes: Uint8Array, remote: Endpoint): readonly Uint8Array[] {
    const flow: Flow = {
      id: 'f' as FlowId,
      protocol,
      local: { address: server, port: ports.sip },
      remote,
      isOpen: true,
    }
    this.#mirror.takes(flow, bytes)
    return this.#mirrored.splice(0)
  }

  /** A small echo service of the same packets as the server's. */
  #echo(port: number, bytes: Uint8Array, tos: number, from: Endpoint): readonly Uint8Array[] {
    if (this.#network.hasEcho === false) return []
    if (!sample.includes(port) && !this.#network.answersEverywhere) return []
    const read = readEcho(bytes)
    if (!read.ok) return []
    this.heard.add(port)
    const { packet } = read
    const seen = { family: 4, ...from } as const
    const isHello = packet.type === 'hello'
    return [
      writeEcho(
        {
          ...packet,
          type: isHello ? 'cookie' : 'echo',
          tos: this.#network.seesMarks === false ? unknownTos : tos,
          cookie: cookieOf(seen, checkId, 1, mac),
          received: isHello ? 0 : 1,
          seen,
        },
        mac,
      ),
    ]
  }

  #connect(protocol: 'tcp' | 'tls'): Awaited<ReturnType<StreamPlace['connect']>> {
    const rewrite = this.#network[protocol] ?? ((text: string): string => text)
    if (rewrite === 'closed') return undefined
    let tell = (_text: string | undefined): void => {}
    const local = { address: inside, port: 50_900 }
    return {
      local,
      send: (text) => {
        const bytes = Buffer.from(rewrite(text, true), 'latin1')
        for (const answer of this.#reflect(protocol, bytes, { address: outside, port: local.port }))
          this.#clock.startTimer(20, () => tell(rewrite(Buffer.from(answer).toString('latin1'), false)))
      },
      onText: (next) => {
        tell = next
      },
      close: () => {},
    }
  }
}

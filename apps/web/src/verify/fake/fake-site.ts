import type { Clock } from '@vaxel/base'
import type { Requirement } from '@vaxel/site'
import type { CheckSession, StreamFigures } from '../check-session.ts'
import type {
  CandidateError,
  Http,
  Peer,
  PeerOptions,
  Peers,
  PeerState,
  Refused,
  StatisticsEntry,
  VerifyPorts,
} from '../ports.ts'
import type { RelayWay } from '../steps/relay-way.ts'
import { wayOf } from '../steps/relay-way.ts'

/** What becomes of packets to one place. */
export type Path =
  | 'open'
  /** Nothing passes. */
  | 'blocked'
  /** Ours arrive, the answers do not. */
  | 'no-way-back'
  /** Short packets pass, the key exchange does not. */
  | 'no-keys'
  | 'up-only'
  | 'down-only'
  /** Opens and goes silent after a second. */
  | 'cut'

export interface FakeLine {
  readonly lossUp?: number
  readonly lossDown?: number
  readonly jitterUpMs?: number
  readonly jitterDownMs?: number
  readonly roundTripMs?: number
}

/** A network with a service behind it. What is left out works. */
export interface FakeNetwork {
  /** Of UDP to the service. */
  readonly udp?: (port: number) => Path
  readonly relays?: Readonly<Partial<Record<RelayWay, 'open' | 'blocked' | 'silent' | number>>>
  readonly stun?: 'same' | 'per-target' | 'blocked'
  /** Something on the way answers on the port of silence. */
  readonly closedPortAnswers?: boolean
  readonly webRtc?: boolean
  /** Making connections throws. */
  readonly peersThrow?: boolean
  readonly loop?: boolean
  readonly socket?: 'answered' | 'opened' | 'nothing'
  readonly line?: FakeLine
  /** While several calls go on. */
  readonly crowded?: FakeLine
  /** How many streams the network bears at once. */
  readonly mostStreams?: number
  readonly refuses?: {
    readonly start?: Refused
    readonly requirements?: Refused
    readonly streams?: (port: number | 'shared', nth: number) => Refused | undefined
    readonly figures?: boolean
    readonly report?: Refused
  }
  readonly session?: Partial<CheckSession>
  readonly requirements?: readonly Requirement[]
}

export const fakeSession: CheckSession = {
  checkId: '0123456789abcdef',
  expiresAt: '2026-01-01T00:15:00.000Z',
  echo: { id: '0123456789abcdef', key: 'A'.repeat(43) },
  catalogue: { id: 'vaxel', version: '2026010101' },
  address: '198.51.100.7',
  names: ['vaxel.example.com'],
  ports: {
    web: 80,
    webTls: 443,
    sip: 5060,
    sips: 5061,
    stun: 3478,
    media: 10_000,
    mediaRange: { from: 20_000, to: 29_999 },
    sample: [20_000, 21_234, 23_456, 25_000, 27_777, 29_999],
  },
  sampleSeed: 'seed',
  closedPort: 24_444,
  stun: ['stun:198.51.100.7:3478'],
  turn: {
    urls: [
      'turn:198.51.100.7:3478?transport=udp',
      'turn:198.51.100.7:3478?transport=tcp',
      'turns:198.51.100.7:443?transport=tcp',
    ],
    username: 'u',
    credential: 'c',
  },
  thresholds: { oneWayDelayMs: 150, jitterMs: 20, packetLossPercent: 1 },
  limits: {
    packetsPerSecond: 100,
    packets: 1000,
    hellos: 100,
    longestPacketBytes: 1400,
    sourceAddresses: 4,
    fiveTuples: 100,
    furtherPorts: 64,
    streams: 8,
    streamsInAll: 40,
  },
  yourAddress: '203.0.113.20',
}

const sharedPort = fakeSession.ports.media
const packetsPerMs = 0.05

/** The ports of a check, over a network as a test wishes it. */
export function fakePorts(clock: Clock, network: FakeNetwork): VerifyPorts & { readonly open: () => number } {
  const peers = new FakePeers(clock, network)
  return {
    clock,
    peers,
    http: fakeHttp(network, peers),
    sockets: {
      exchange: async () => {
        await new Promise<void>((resolve) => void clock.startTimer(20, resolve))
        return { reached: network.socket ?? 'answered', tookMs: 20 }
      },
    },
    random: () => 0.5,
    open: () => peers.openCount,
  }
}

class FakePeers implements Peers {
  readonly isThere: boolean
  readonly byOffer = new Map<string, FakePeer>()
  readonly #clock: Clock
  readonly #network: FakeNetwork

  constructor(clock: Clock, network: FakeNetwork) {
    this.#clock = clock
    this.#network = network
    this.isThere = network.webRtc ?? true
  }

  get openCount(): number {
    return [...this.byOffer.values()].filter(({ isClosed }) => !isClosed).length
  }

  /** Streams that run now. */
  get running(): number {
    return [...this.byOffer.values()].filter(({ isClosed, state }) => !isClosed && state === 'connected').length
  }

  open(options: PeerOptions): Peer {
    if (this.#network.peersThrow) throw new Error('not allowed here')
    const name = `offer-${this.byOffer.size}`
    const peer = new FakePeer(name, this.#clock, this.#network, options, () => this.running)
    this.byOffer.set(name, peer)
    return peer
  }

  async loop(): Promise<boolean> {
    return await Promise.resolve(this.#network.loop ?? true)
  }
}

class FakePeer implements Peer {
  readonly candidates: string[] = []
  readonly candidateErrors: CandidateError[] = []
  state: PeerState = 'connecting'
  hasPair = false
  isGathered = false
  isClosed = false
  isHeard = false
  path: Path = 'blocked'
  readonly #name: string
  readonly #clock: Clock
  readonly #network: FakeNetwork
  readonly #options: PeerOptions
  readonly #running: () => number
  readonly #listeners: (() => void)[] = []
  #connectedMs = Number.POSITIVE_INFINITY

  constructor(name: string, clock: Clock, network: FakeNetwork, options: PeerOptions, running: () => number) {
    this.#name = name
    this.#clock = clock
    this.#network = network
    this.#options = options
    this.#running = running
  }

  async offer(): Promise<string> {
    this.#gather()
    return await Promise.resolve(this.#name)
  }

  async answer(sdp: string): Promise<void> {
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1])
    this.path = this.#options.relayOnly ? this.#relayPath() : this.#directPath(port)
    this.isHeard = this.path !== 'blocked'
    const tripMs = this.#line().roundTripMs ?? 20
    if (this.path !== 'blocked' && this.path !== 'no-way-back') {
      this.#after(tripMs, () => (this.hasPair = true))
      if (this.path !== 'no-keys')
        this.#after(3 * tripMs, () => {
          if ((this.#network.mostStreams ?? Number.POSITIVE_INFINITY) <= this.#running()) return
          this.state = 'connected'
          this.#connectedMs = this.#clock.monotonicMs()
        })
    }
    await Promise.resolve()
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async stats(): Promise<readonly StatisticsEntry[]> {
    const sent = this.path === 'up-only' ? 0 : this.#sent()
    const { lossDown = 0, jitterDownMs = 1, roundTripMs = 20 } = this.#line()
    const received = Math.round(sent * (1 - lossDown))
    return await Promise.resolve([
      {
        id: 'in',
        type: 'inbound-rtp',
        kind: 'audio',
        packetsReceived: received,
        packetsLost: Math.round(sent) - received,
        jitter: jitterDownMs / 1000,
      },
      { id: 't', type: 'transport', selectedCandidatePairId: 'p' },
      {
        id: 'p',
        type: 'candidate-pair',
        localCandidateId: 'l',
        remoteCandidateId: 'r',
        currentRoundTripTime: roundTripMs / 1000,
        totalRoundTripTime: (5 * roundTripMs) / 1000,
        responsesReceived: 5,
      },
      { id: 'l', type: 'local-candidate', ...this.#seenByServer() },
      { id: 'r', type: 'remote-candidate', address: fakeSession.address, port: sharedPort },
    ])
  }

  close(): void {
    this.isClosed = true
  }

  /** What the server counted. */
  figures(): StreamFigures {
    const sent = this.path === 'down-only' ? 0 : this.#sent()
    const { lossUp = 0, jitterUpMs = 1 } = this.#line()
    const packets = Math.round(sent * (1 - lossUp))
    return { packets, lost: Math.round(sent) - packets, jitterMs: jitterUpMs, heard: this.isHeard }
  }

  #sent(): number {
    const ms = Math.max(0, this.#clock.monotonicMs() - this.#connectedMs)
    return packetsPerMs * (this.path === 'cut' ? Math.min(ms, 1000) : ms)
  }

  #line(): FakeLine {
    return (this.#running() > 3 ? this.#network.crowded : undefined) ?? this.#network.line ?? {}
  }

  #directPath(port: number): Path {
    if (port === fakeSession.closedPort) return this.#network.closedPortAnswers ? 'open' : 'blocked'
    return this.#network.udp?.(port) ?? 'open'
  }

  #relayPath(): Path {
    const set = this.#relay()
    return set === 'open' ? 'open' : 'blocked'
  }

  #relay(): 'open' | 'blocked' | 'silent' | number {
    const way = wayOf(this.#options.iceServers?.[0]?.urls[0] ?? '')
    return (way && this.#network.relays?.[way]) ?? 'open'
  }

  #seenByServer(): object {
    if (this.#options.relayOnly) return { candidateType: 'relay', port: 50_000 }
    const isPerTarget = this.#network.stun === 'per-target'
    return isPerTarget ? { candidateType: 'prflx', port: 40_002 } : { candidateType: 'srflx', port: 40_001 }
  }

  #gather(): void {
    const servers = this.#options.iceServers?.flatMap(({ urls }) => urls) ?? []
    this.#after(20, () => {
      if (this.#options.relayOnly) {
        const set = this.#relay()
        if (set === 'open' || set === 'silent')
          this.candidates.push('candidate:1 1 udp 41885439 198.51.100.7 50000 typ relay raddr 0.0.0.0 rport 0')
        if (typeof set === 'number') this.candidateErrors.push({ url: servers[0] ?? '', code: set })
      } else this.#gatherDirect(servers)
      this.isGathered = true
    })
  }

  #gatherDirect(servers: readonly string[]): void {
    this.candidates.push('candidate:1 1 udp 2122260223 a1b2.local 50001 typ host generation 0')
    const kind = this.#network.stun ?? 'same'
    const seen = (port: number) =>
      `candidate:2 1 udp 1686052607 203.0.113.20 ${port} typ srflx raddr 192.168.1.5 rport 50001 generation 0`
    if (kind !== 'blocked' && servers.length > 0) this.candidates.push(seen(40_001))
    if (kind === 'blocked') for (const url of servers) this.candidateErrors.push({ url, code: 701 })
  }

  #after(delayMs: number, act: () => void): void {
    this.#clock.startTimer(delayMs, () => {
      if (this.isClosed) return
      act()
      for (const listener of this.#listeners) listener()
    })
  }
}

function fakeHttp(network: FakeNetwork, peers: FakePeers): Http {
  const { refuses = {} } = network
  const silent: Refused = { refused: { status: 0, code: 'UNREACHABLE', title: 'The server does not answer.' } }
  let nth = 0
  return {
    startCheck: async () => await Promise.resolve(refuses.start ?? { ...fakeSession, ...network.session }),
    readRequirements: async () => await Promise.resolve(refuses.requirements ?? network.requirements ?? []),
    openPort: async (_, port) =>
      await Promise.resolve(
        port >= 20_000 && port <= 29_999
          ? undefined
          : { refused: { status: 409, code: 'SITE_PORT_NOT_OPEN', title: 'outside-range' } },
      ),
    async openStream(_, port, offer) {
      const refused = refuses.streams?.(port, nth++)
      if (refused) return await Promise.resolve(refused)
      const to = port === 'shared' ? sharedPort : port
      return {
        streamId: offer,
        answer: `v=0\r\nm=audio ${to} UDP/TLS/RTP/SAVPF 8\r\na=candidate:1 1 udp 1 ${fakeSession.address} ${to} typ host\r\n`,
      }
    },
    readStream: async (_, streamId) =>
      await Promise.resolve(refuses.figures ? silent : (peers.byOffer.get(streamId)?.figures() ?? silent)),
    endStream: () => {},
    endCheck: () => {},
    sendReport: async () => await Promise.resolve(refuses.report ?? {}),
  }
}

import { type CallId, type Clock, isRefusal, type LegId, type Logger, makeId, type RandomBytes } from '@vaxel/base'
import type {
  EchoCheck,
  EchoHeard,
  EchoPortState,
  EchoStreamFigures,
  EchoStreamWish,
  MediaEngine,
  MediaEvent,
  MediaLegId,
  MediaPolicy,
  OpenedStream,
  SiteEcho,
  StreamFault,
} from '@vaxel/core'
import type { Fingerprint } from '@vaxel/sip/sdp'
import { LegNegotiation } from '../engine/leg-negotiation.ts'
import type { LegCounters, PlaneEvent } from '../engine/media-plane.ts'
import type { PortPool } from '../engine/port-pool.ts'
import { CheckThread, type StartCheckPlane } from './check-thread.ts'
import { EchoStream } from './echo-stream.ts'
import { HeldPorts } from './held-ports.ts'

export interface SiteEchoParts {
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  /** That of the calls. */
  readonly ports: PortPool
  readonly range: readonly [from: number, to: number]
  readonly bindAddresses: readonly string[]
  readonly startPlane: StartCheckPlane
  /** For streams on the shared port. */
  readonly engine: MediaEngine
  readonly sharedPort: number | undefined
  readonly fingerprint: Fingerprint | undefined
  readonly advertise: (peerAddress: string) => string
  /** Addresses to be named to a peer that is told `advertised`, that one first. */
  readonly candidatesFor: (advertised: string) => readonly string[]
}

/** What costs little to decode and encode: it is the way that is checked, not the codec. */
const policyFor = (peerAddress: string): MediaPolicy => ({
  offer: 'dtls',
  accept: ['dtls'],
  ice: true,
  codecs: ['PCMA', 'PCMU', 'G722'],
  peerAddress,
  isUnknown: true,
})

/** The echo of the embedded engine: the calls' ports, DTLS certificate and way of negotiating, in a thread of its own. */
export class EmbeddedSiteEcho implements SiteEcho {
  readonly range: { readonly from: number; readonly to: number }
  readonly sharedPort?: number
  readonly #parts: SiteEchoParts
  readonly #thread: CheckThread
  readonly #ports: HeldPorts
  readonly #checks = new Map<string, EchoCheck>()
  readonly #streams = new Map<string, EchoStream>()
  readonly #ended: ((streamId: string) => void)[] = []
  readonly #lost: ((checkIds: readonly string[]) => void)[] = []

  constructor(parts: SiteEchoParts) {
    const { clock, log, range, ports, sharedPort } = parts
    this.#parts = parts
    this.range = { from: range[0] + (range[0] % 2), to: range[1] - ((range[1] + 1) % 2) }
    if (sharedPort !== undefined) this.sharedPort = sharedPort
    this.#thread = new CheckThread({ clock, log, start: parts.startPlane, onEvent: (event) => this.#see(event) })
    this.#ports = new HeldPorts({
      pool: ports,
      range,
      doors: {
        open: async (port) => (await this.#thread.plane?.openCheckPort(parts.bindAddresses, port)) === 'opened',
        close: async (port) => this.#thread.plane?.closeCheckPort(port),
      },
    })
    parts.engine.onEvent((event) => {
      if ('leg' in event) this.#seeStream(event, (leg) => parts.engine.echo(leg))
    })
  }

  get hasPortsToSpare(): boolean {
    return this.#ports.hasPortsToSpare
  }

  get openPorts(): ReadonlySet<number> {
    return this.#ports.open
  }

  async begin(check: EchoCheck): Promise<boolean> {
    this.#checks.set(check.id, check)
    const plane = await this.#thread.use()
    if (!this.#checks.has(check.id)) return false
    if (!plane) this.#checks.delete(check.id)
    plane?.addCheck(check)
    return plane !== undefined
  }

  async openPort(checkId: string, port: number): Promise<EchoPortState> {
    return this.#checks.has(checkId) ? this.#ports.hold(checkId, port) : 'in-use'
  }

  async heard(checkId: string): Promise<readonly EchoHeard[]> {
    return (await this.#thread.plane?.echoHeard(checkId)) ?? []
  }

  keepOneClosed(checkId: string): number | undefined {
    return this.#checks.has(checkId) ? this.#ports.keepOneClosed(checkId) : undefined
  }

  async openStream(checkId: string, wish: EchoStreamWish): Promise<OpenedStream | StreamFault> {
    const { port } = wish
    if (port === 'shared') return this.#openShared(checkId, wish)
    return this.#ports.isOpenFor(checkId, port) ? this.#openExact(checkId, wish, port) : portNotOpen
  }

  async figures(streamId: string): Promise<EchoStreamFigures | undefined> {
    const stream = this.#streams.get(streamId)
    return stream?.figures(stream.isOver ? undefined : await this.#countersOf(streamId, stream))
  }

  async endStream(streamId: string): Promise<void> {
    const stream = this.#streams.get(streamId)
    if (stream && !stream.isOver) await this.#finish(streamId, stream)
  }

  async end(checkId: string): Promise<void> {
    if (!this.#checks.delete(checkId)) return
    this.#thread.plane?.removeCheck(checkId)
    const own = [...this.#streams].filter(([, stream]) => stream.checkId === checkId)
    await Promise.all(own.map(([id]) => this.endStream(id)))
    for (const [id] of own) this.#streams.delete(id)
    await this.#ports.release(checkId)
    if (this.#checks.size === 0) this.#thread.rest()
  }

  onStreamEnded(listener: (streamId: string) => void): void {
    this.#ended.push(listener)
  }

  onLost(listener: (checkIds: readonly string[]) => void): void {
    this.#lost.push(listener)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#checks.keys()].map((id) => this.end(id)))
    await this.#thread.close()
  }

  async #openExact(checkId: string, wish: EchoStreamWish, port: number): Promise<OpenedStream | StreamFault> {
    const { random, fingerprint, advertise, candidatesFor } = this.#parts
    const address = advertise(wish.peerAddress)
    const negotiation = new LegNegotiation(policyFor(wish.peerAddress), {
      random,
      ...(fingerprint && { fingerprint }),
      ice: { candidates: candidatesFor(address).map((own) => ({ address: own, port })) },
    })
    const read = negotiation.weighOffer(wish.offer)
    if (isRefusal(read)) return { fault: 'unusable-offer', reason: read.text }
    if (!read.weighed.usesIce) return { fault: 'unusable-offer', reason: 'The offer has no ICE.' }
    negotiation.keepOffer(read)
    const made = negotiation.makeAnswer(() => ({ address, rtpPort: port, rtcpPort: port }), {})
    if (!made?.agreed) return { fault: 'unusable-offer', reason: 'The offer cannot be answered.' }
    const leg = wish.id as MediaLegId
    const plane = this.#thread.plane
    const opened = await plane?.open(leg, undefined, undefined, port)
    if (!plane || opened !== 'opened' || !this.#ports.isOpenFor(checkId, port)) {
      await plane?.release(leg)
      return portNotOpen
    }
    this.#remember(checkId, wish.id, port)
    plane.configure(leg, made.agreed)
    // Whoever reads the answer may check the port: by then it must know them.
    await plane.counters(leg)
    return { port, answer: made.text }
  }

  async #openShared(checkId: string, { id, offer, peerAddress }: EchoStreamWish): Promise<OpenedStream | StreamFault> {
    const { engine, clock, random, sharedPort } = this.#parts
    if (sharedPort === undefined || !this.#checks.has(checkId)) return portNotOpen
    // Without ICE the engine would give it ports of its own.
    if (!/^a=ice-ufrag:/m.test(offer)) return { fault: 'unusable-offer', reason: 'The offer has no ICE.' }
    const leg = id as MediaLegId
    const refused = await engine.allocate({
      id: leg,
      callId: makeId<CallId>(clock.now(), random),
      legId: makeId<LegId>(clock.now(), random),
      policy: policyFor(peerAddress),
    })
    if (refused) return { fault: 'no-room', reason: refused.text }
    this.#remember(checkId, id, sharedPort)
    const taken = await engine.receiveOffer(leg, offer)
    if (isRefusal(taken) || !this.#checks.has(checkId)) {
      this.#streams.get(id)?.end(undefined)
      this.#streams.delete(id)
      await engine.release(leg)
      return isRefusal(taken) ? { fault: 'unusable-offer', reason: taken.text } : portNotOpen
    }
    const answer = await engine.createAnswer(leg)
    await engine.quality(leg)
    return { port: sharedPort, answer }
  }

  #remember(checkId: string, id: string, port: number): void {
    const stream = new EchoStream({
      checkId,
      port,
      clock: this.#parts.clock,
      onOver: () => void this.#finish(id, stream),
    })
    this.#streams.set(id, stream)
  }

  async #finish(id: string, stream: EchoStream): Promise<void> {
    stream.end(await this.#countersOf(id, stream))
    if (stream.port === this.sharedPort) await this.#parts.engine.release(id as MediaLegId)
    else await this.#thread.plane?.release(id as MediaLegId)
    for (const listener of this.#ended) listener(id)
  }

  async #countersOf(id: string, { port }: EchoStream): Promise<LegCounters | undefined> {
    if (port !== this.sharedPort) return this.#thread.plane?.counters(id as MediaLegId)
    const quality = await this.#parts.engine.quality(id as MediaLegId)
    if (!quality) return undefined
    const { received, sent, codec } = quality
    const { roundTripMs } = received
    return { received, sent, ...(roundTripMs !== undefined && { roundTripMs }), ...(codec && { codec }) }
  }

  #see(event: PlaneEvent): void {
    if (event.kind === 'died') return this.#bury()
    if ('leg' in event) this.#seeStream(event, (leg) => this.#thread.plane?.hear(leg, { kind: 'echo' }))
  }

  #seeStream(event: Extract<MediaEvent | PlaneEvent, { leg: unknown }>, giveBack: (leg: MediaLegId) => void): void {
    const stream = this.#streams.get(event.leg)
    if (!stream) return
    // Not before: silence that nobody could receive yet would count as sent.
    if (event.kind === 'audioStarted') giveBack(event.leg)
    stream.see(event.kind === 'failed' ? event : { kind: event.kind })
  }

  /** The thread is gone, and with it everything that ran there: nobody is served half. */
  #bury(): void {
    const gone = [...this.#checks.keys()]
    this.#ports.lost()
    for (const [id, stream] of this.#streams) {
      stream.end(undefined)
      if (stream.port === this.sharedPort) void this.#parts.engine.release(id as MediaLegId)
    }
    this.#streams.clear()
    this.#checks.clear()
    for (const listener of this.#lost) listener(gone)
  }
}

const portNotOpen: StreamFault = { fault: 'port-not-open', reason: 'This port is not open for this check.' }

import { type Clock, isRefusal, type Logger, type RandomBytes, type Refusal } from '@vaxel/base'
import type {
  CodecName,
  Direction,
  FaxData,
  LegQuality,
  MediaEngine,
  MediaEvent,
  MediaLegId,
  MediaPolicy,
  MediaSummary,
  MixId,
  RecordingId,
  RecordingOptions,
  Source,
} from '@vaxel/core'
import type { CallId, LegId } from '@vaxel/base'
import type { AgreedAudio, Fingerprint } from '@vaxel/sip/sdp'
import { DirectLegs } from './direct-legs.ts'
import { EngineRecordings } from './engine-recordings.ts'
import { FaxLegs } from './fax-legs.ts'
import { LegBook } from './leg-book.ts'
import { LegNegotiation, readFax } from './leg-negotiation.ts'
import { LegPorts } from './leg-ports.ts'
import { legQuality } from './leg-quality.ts'
import { LegTurns } from './leg-turns.ts'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane, StartPlane } from './media-plane.ts'
import { MediaLegGone } from './media-refusals.ts'
import { type PlaneNews, Planes } from './planes.ts'
import type { PortPool } from './port-pool.ts'
import { PortReserve } from './port-reserve.ts'
import { QualityWatch } from './quality-watch.ts'
import { WhoHearsWhom } from './who-hears-whom.ts'

export interface EmbeddedEngineParts {
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  readonly ports: PortPool
  readonly planes: number
  readonly startPlane: StartPlane
  /** Of the shared port; absent where there is none, and then ICE is neither offered nor accepted. */
  readonly mediaPort: number | undefined
  readonly fingerprint: Fingerprint | undefined
  readonly advertise: (peerAddress: string) => string
  readonly bindAddressFor: (advertised: string) => string
  /** Addresses of the shared port for a peer that is told `advertised`, that one first. */
  readonly candidatesFor: (advertised: string) => readonly string[]
  /** Makes a source complete before it is played. */
  readonly resolveSource: (source: Source) => Source
  readonly qualityIntervalMs: number
}

/** ICE legs live where the shared port is open. */
const icePlane = 0

/**
 * The embedded media engine: negotiation, ports and who hears whom on the main thread, packets on the planes.
 * What a leg's peer should hear is kept here as well, so that it can be told again when a leg changes its plane.
 */
export class EmbeddedMediaEngine implements MediaEngine {
  readonly #parts: EmbeddedEngineParts
  readonly #planes: Planes
  readonly #book: LegBook
  readonly #legs: ReadonlyMap<MediaLegId, MediaLeg>
  readonly #recordings: EngineRecordings
  readonly #turns = new LegTurns()
  readonly #listeners: ((event: MediaEvent) => void)[] = []
  readonly #hearings: WhoHearsWhom
  readonly #reserve: PortReserve
  readonly #ports: LegPorts
  readonly #fax: FaxLegs
  readonly #direct: DirectLegs
  readonly #quality: QualityWatch
  /** Legs that were ever made. */
  #made = 0
  #isClosed = false

  constructor(parts: EmbeddedEngineParts) {
    this.#parts = parts
    this.#book = new LegBook(parts.planes)
    this.#legs = this.#book.byId
    this.#planes = new Planes({
      ...parts,
      legsAt: (home) => this.#book.countAt(home),
      told: (event) => this.#onPlaneNews(event),
      died: (home) => this.#loseLegsAt(home),
    })
    const planes = this.#planes.all
    const planeAt = (home: number) => planes[home]
    this.#recordings = new EngineRecordings(parts.clock, planeAt)
    this.#reserve = new PortReserve(parts.ports, planeAt)
    this.#ports = new LegPorts({
      ...parts,
      reserve: this.#reserve,
      planeOf: (leg) => this.#plane(leg),
      isThere: (leg) => this.#isThere(leg),
      opened: (leg) => this.#tellAgain(leg),
    })
    this.#quality = new QualityWatch({
      clock: parts.clock,
      intervalMs: parts.qualityIntervalMs,
      legs: this.#legs,
      planes,
      tell: (event) => this.#tell(event),
    })
    this.#fax = new FaxLegs({
      legs: this.#legs,
      planeOf: (leg) => this.#plane(leg),
      endpointOf: (leg) => this.#ports.endpoint(leg, false),
    })
    this.#direct = new DirectLegs({
      legs: this.#legs,
      planeOf: (leg) => this.#plane(leg),
      isNeeded: (leg, other) =>
        leg.playing !== undefined || this.#recordings.areOf(leg.id) || !this.#hearings.isAloneWith(leg, other),
      wanted: (leg) => this.#tell({ kind: 'audioWanted', leg }),
    })
    this.#hearings = new WhoHearsWhom(this.#legs, planeAt, parts.ports)
  }

  /** Starts all planes; where one cannot start, closes the others and rejects. */
  async start(): Promise<void> {
    try {
      await this.#planes.start()
    } catch (error) {
      await this.close()
      throw error
    }
  }

  get isFull(): boolean {
    return this.#planes.areFull
  }

  // --- ports and negotiation ---

  allocate(leg: { id: MediaLegId; callId: CallId; legId: LegId; policy: MediaPolicy }): Promise<Refusal | undefined> {
    const { id, callId, policy } = leg
    if (this.#isClosed || this.#legs.has(id)) return Promise.resolve(MediaLegGone())
    const { random, fingerprint, mediaPort } = this.#parts
    const address = this.#parts.advertise(policy.peerAddress)
    const offersIce = policy.ice && mediaPort !== undefined
    const made: MediaLeg = {
      id,
      callId,
      policy,
      address,
      negotiation: new LegNegotiation(
        { ...policy, ice: offersIce },
        {
          random,
          ...(fingerprint && { fingerprint }),
          ...(mediaPort !== undefined && {
            ice: { candidates: this.#parts.candidatesFor(address).map((own) => ({ address: own, port: mediaPort })) },
          }),
        },
      ),
      home: offersIce ? icePlane : this.#book.chooseHome(callId, this.#planes.all, this.#planes.full),
      number: ++this.#made,
      port: undefined,
      agreed: undefined,
      hearing: { kind: 'nothing' },
      quality: undefined,
      lastAudioAtMs: undefined,
      countersBefore: undefined,
      direct: undefined,
      playing: undefined,
    }
    this.#book.add(made)
    this.#quality.add(made)
    return this.#turns.run(id, async () => {
      const refused = offersIce ? await this.#ports.openShared(made) : await this.#ports.openPair(made)
      if (refused && this.#isThere(made)) {
        this.#forget(made)
        await this.#free(made)
      }
      return refused
    })
  }

  createOffer(id: MediaLegId, options: Parameters<MediaEngine['createOffer']>[1] = {}): Promise<string> {
    return this.#turns.run(id, async () => {
      const leg = this.#mustHave(id)
      this.#direct.touch(id)
      const usesIce = leg.negotiation.offersIce
      const text = leg.negotiation.makeOffer(this.#ports.endpoint(leg, usesIce), this.#wishes(options), options.keying)
      if (usesIce) this.#plane(leg)?.prepareIce(id, leg.negotiation.iceCredentials)
      return text
    })
  }

  receiveAnswer(id: MediaLegId, answer: string): Promise<MediaSummary | Refusal> {
    return this.#turns.run(id, async () => {
      const leg = this.#legs.get(id)
      if (!leg) return MediaLegGone()
      const agreed = leg.negotiation.takeAnswer(answer)
      if (isRefusal(agreed)) return agreed
      this.#configure(leg, agreed)
      return summaryOf(agreed)
    })
  }

  receiveOffer(id: MediaLegId, text: string): Promise<MediaSummary | Refusal> {
    return this.#turns.run(id, async () => {
      const leg = this.#legs.get(id)
      if (!leg) return MediaLegGone()
      const read = leg.negotiation.weighOffer(text)
      if (isRefusal(read)) return read
      const { weighed } = read
      if (weighed.usesIce) await this.#moveTo(leg, icePlane)
      else if (leg.port === undefined) {
        const refused = await this.#ports.openPair(leg)
        if (refused) return refused
      }
      if (!this.#legs.has(id)) return MediaLegGone()
      this.#direct.touch(id)
      leg.negotiation.keepOffer(read)
      return {
        codec: weighed.codec,
        keying: weighed.keying,
        peerDirection: weighed.peer.direction,
        dtmf: weighed.events ? 'rfc4733' : 'info',
      }
    })
  }

  peerMoved(id: MediaLegId, peerAddress: string): void {
    const leg = this.#legs.get(id)
    if (leg) this.#plane(leg)?.peerMoved(id, peerAddress)
  }

  createAnswer(id: MediaLegId, options: { like?: MediaLegId; direction?: Direction } = {}): Promise<string> {
    return this.#turns.run(id, async () => {
      const leg = this.#mustHave(id)
      const made = leg.negotiation.makeAnswer(
        (usesIce) => this.#ports.endpoint(leg, usesIce),
        this.#wishes(options, leg),
      )
      if (!made) throw new Error('there is no offer to answer')
      if (made.agreed) this.#configure(leg, made.agreed)
      return made.text
    })
  }

  // --- fax ---

  readFax(description: string): FaxData | undefined {
    return readFax(description)
  }

  canRelayFax(a: MediaLegId, b: MediaLegId): boolean {
    // An encrypted fax is none; and one between telephones that speak directly has to come back here first.
    this.#direct.touch(a)
    return !this.#direct.isDirect(a) && !this.#direct.isDirect(b) && this.#fax.canRelay(a, b)
  }

  createFaxOffer(id: MediaLegId, like: FaxData): Promise<string | undefined> {
    return this.#turns.run(id, async () => this.#fax.offer(id, like))
  }

  createFaxAnswer(id: MediaLegId, offer: string, like: FaxData): Promise<string | undefined> {
    return this.#turns.run(id, async () => this.#fax.answer(id, offer, like))
  }

  relayFax(a: { leg: MediaLegId; peer: FaxData }, b: { leg: MediaLegId; peer: FaxData }): void {
    this.#fax.relay(a, b)
  }

  // --- audio past us ---

  createDirectOffer(id: MediaLegId, other: MediaLegId): Promise<string | undefined> {
    return this.#turns.run(id, async () => this.#direct.offer(id, other))
  }

  receiveDirectAnswer(id: MediaLegId, answer: string | undefined): Promise<boolean> {
    return this.#turns.run(id, async () => {
      const isUsable = this.#direct.takeAnswer(id, answer)
      if (!isUsable) this.#direct.touch(id)
      return isUsable
    })
  }

  goDirect(a: MediaLegId, b: MediaLegId): boolean {
    return this.#direct.begin(a, b)
  }

  isDirect(id: MediaLegId): boolean {
    return this.#direct.isDirect(id)
  }

  // --- who hears what ---

  connect(a: MediaLegId, b: MediaLegId): void {
    const [first, second] = [this.#legs.get(a), this.#legs.get(b)]
    if (!first || !second || first === second) return
    this.stopPlay(a)
    this.stopPlay(b)
    if (first.direct?.other !== b || second.direct?.other !== a) for (const id of [a, b]) this.#direct.touch(id)
    this.#hearings.bridge(first, second)
  }

  listen(listener: MediaLegId, speaker: MediaLegId): void {
    const leg = this.#legs.get(listener)
    if (!leg || !this.#legs.has(speaker) || listener === speaker) return
    this.stopPlay(listener)
    for (const one of [listener, speaker]) this.#direct.touch(one)
    this.#hearings.set(leg, { kind: 'leg', leg: speaker })
  }

  disconnect(id: MediaLegId): void {
    const leg = this.#legs.get(id)
    this.#direct.touch(id)
    if (leg) this.#hearings.set(leg, { kind: 'nothing' })
  }

  echo(id: MediaLegId): void {
    const leg = this.#legs.get(id)
    if (!leg) return
    this.stopPlay(id)
    this.#direct.touch(id)
    this.#hearings.set(leg, { kind: 'echo' })
  }

  play(id: MediaLegId, source: Source, options: { loop?: boolean } = {}): void {
    const leg = this.#legs.get(id)
    if (!leg) return
    this.#direct.touch(id)
    leg.playing = { source: this.#parts.resolveSource(source), loop: options.loop ?? false }
    this.#plane(leg)?.play(id, leg.playing.source, leg.playing.loop)
  }

  playOver(id: MediaLegId, source: Source): void {
    const leg = this.#legs.get(id)
    this.#direct.touch(id)
    if (leg) this.#plane(leg)?.playOver(id, this.#parts.resolveSource(source))
  }

  stopPlay(id: MediaLegId): void {
    const leg = this.#legs.get(id)
    if (!leg?.playing) return
    leg.playing = undefined
    this.#plane(leg)?.stopPlay(id)
  }

  sendDigit(id: MediaLegId, digit: string, durationMs = 160): void {
    const leg = this.#legs.get(id)
    this.#direct.touch(id)
    if (leg && /^[0-9*#A-Da-d]$/.test(digit)) this.#plane(leg)?.sendDigit(id, digit.toUpperCase(), durationMs)
  }

  createMix(mix: MixId): void {
    this.#hearings.createMix(mix)
  }

  joinMix(mix: MixId, id: MediaLegId, options: { muted?: boolean; as?: string; heardBy?: string } = {}): void {
    const leg = this.#legs.get(id)
    if (!leg || !this.#hearings.hasMix(mix)) return
    this.stopPlay(id)
    this.#direct.touch(id)
    this.#hearings.joinMix(leg, mix, { ...options, muted: options.muted ?? false })
  }

  muteInMix(mix: MixId, id: MediaLegId, isMuted: boolean): void {
    const leg = this.#legs.get(id)
    if (leg) this.#hearings.muteInMix(leg, mix, isMuted)
  }

  heardInMix(mix: MixId, id: MediaLegId, heardBy: string | undefined): void {
    const leg = this.#legs.get(id)
    if (leg) this.#hearings.heardInMix(leg, mix, heardBy)
  }

  playInMix(mix: MixId, source: Source): void {
    this.#hearings.playInMix(mix, this.#parts.resolveSource(source))
  }

  watchMix(mix: MixId, isWatched: boolean): void {
    this.#hearings.watchMix(mix, isWatched)
  }

  releaseMix(mix: MixId): void {
    this.#hearings.releaseMix(mix)
  }

  // --- recording and quality ---

  startRecording(
    id: RecordingId,
    legId: MediaLegId,
    path: string,
    options: RecordingOptions = {},
  ): Promise<Refusal | undefined> {
    const home = this.#legs.get(legId)?.home
    this.#direct.touch(legId)
    return this.#recordings.start({ id, leg: legId, home, path }, async (plane) =>
      plane.startRecording(id, legId, path, options),
    )
  }

  startMixRecording(
    id: RecordingId,
    mix: MixId,
    path: string,
    options: RecordingOptions = {},
  ): Promise<Refusal | undefined> {
    const home = this.#hearings.homeOfMix(mix)
    return this.#recordings.start({ id, home, path }, async (plane) => plane.startMixRecording(id, mix, path, options))
  }

  async pauseRecording(id: RecordingId, isPaused: boolean): Promise<number | undefined> {
    return this.#recordings.planeOf(id)?.pauseRecording(id, isPaused)
  }

  stopRecording(id: RecordingId): void {
    this.#recordings.planeOf(id)?.stopRecording(id)
  }

  async quality(id: MediaLegId): Promise<LegQuality | undefined> {
    const leg = this.#legs.get(id)
    const counters = leg && (await this.#plane(leg)?.counters(id))
    return counters && legQuality(leg, counters)
  }

  async release(id: MediaLegId): Promise<LegQuality | undefined> {
    const leg = this.#legs.get(id)
    if (!leg) return undefined
    this.#forget(leg)
    // What is being opened for it is open by then, and freed with the rest.
    return this.#turns.run(id, () => this.#free(leg))
  }

  onEvent(listener: (event: MediaEvent) => void): void {
    this.#listeners.push(listener)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#planes.stopReplacing()
    this.#reserve.close()
    this.#quality.close()
    await Promise.all([...this.#legs.keys()].map((id) => this.release(id)))
    await this.#planes.close()
  }

  // --- inside ---

  #plane(leg: MediaLeg): MediaPlane | undefined {
    return this.#planes.all[leg.home]
  }

  #mustHave(id: MediaLegId): MediaLeg {
    const leg = this.#legs.get(id)
    if (!leg) throw new Error(`media leg ${id} is gone`)
    return leg
  }

  /** @param own of a leg that answers: what it uses goes on, unless the answer is to be like another leg's */
  #wishes(
    options: { like?: MediaLegId; direction?: Direction },
    own?: MediaLeg,
  ): { direction?: Direction; prefer?: readonly CodecName[] } {
    const named = options.like === undefined ? undefined : this.#legs.get(options.like)
    const like = named ?? (own?.agreed ? own : undefined)
    const inUse = like?.agreed ? [like.agreed.codec] : []
    return {
      ...(options.direction && { direction: options.direction }),
      ...(like && { prefer: [...inUse, ...like.negotiation.peerCodecs] }),
    }
  }

  #configure(leg: MediaLeg, agreed: AgreedAudio): void {
    leg.agreed = agreed
    leg.direct = undefined
    this.#plane(leg)?.configure(leg.id, agreed)
    this.#hearings.reconfigured(leg)
  }

  /** Takes the leg to another plane with all that it hears; only a leg that has not been configured there moves. */
  async #moveTo(leg: MediaLeg, home: number): Promise<void> {
    if (leg.home === home) return
    await this.#plane(leg)?.release(leg.id)
    this.#ports.release(leg)
    leg.port = undefined
    if (!this.#isThere(leg)) return
    this.#book.move(leg, home)
    await this.#ports.openShared(leg)
    if (this.#isThere(leg)) this.#tellAgain(leg)
  }

  /** A leg that was opened anew begins empty: what it hears and plays is told once more. */
  #tellAgain(leg: MediaLeg): void {
    this.#hearings.moved(leg)
    if (leg.playing) this.#plane(leg)?.play(leg.id, leg.playing.source, leg.playing.loop)
  }

  /** Ends the leg for everybody else: nobody hears it, no command finds it. */
  #forget(leg: MediaLeg): void {
    this.#book.remove(leg)
    this.#hearings.forget(leg)
  }

  #isThere(leg: MediaLeg): boolean {
    return this.#legs.get(leg.id) === leg
  }

  /** In the turn of a leg that is forgotten: its sockets and its ports. */
  async #free(leg: MediaLeg): Promise<LegQuality | undefined> {
    const counters = await this.#plane(leg)?.release(leg.id)
    this.#ports.release(leg)
    return counters && legQuality(leg, counters)
  }

  #onPlaneNews(event: PlaneNews): void {
    if (event.kind === 'faxData') {
      const to = this.#legs.get(event.to)
      return to && this.#plane(to)?.sendFax(to.id, event.packet)
    }
    if (event.kind === 'reservedHeard') return void this.#reserve.setAside(event.rtpPort)
    if (event.kind === 'trouble') {
      const { what, leg, path, reason } = event
      return this.#parts.log.warn(what, { leg, path, reason })
    }
    if ('leg' in event) {
      const leg = this.#legs.get(event.leg)
      if (!leg) return
      if (event.kind === 'playEnded') leg.playing = undefined
    }
    if (event.kind === 'mixLevels')
      return this.#tell({ ...event, speakers: this.#hearings.namedSpeakers(event.speakers) })
    if (event.kind === 'recordingEnded') this.#recordings.ended(event.recording)
    this.#tell(event)
  }

  /** A worker died: its legs fail, and its recordings end as they are. */
  #loseLegsAt(home: number): void {
    const lost = [...this.#legs.values()].filter((leg) => leg.home === home)
    for (const event of this.#recordings.planeDied(home)) this.#tell(event)
    this.#hearings.planeDied(home)
    this.#reserve.planeDied(home)
    for (const leg of lost) {
      this.#forget(leg)
      this.#ports.release(leg)
      this.#tell({ kind: 'failed', leg: leg.id, reason: 'the media worker died' })
    }
    this.#hearings.saveMixes(home)
  }

  #tell(event: MediaEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#parts.log.error('a listener of media events failed', { error: String(error) })
      }
    }
  }
}

function summaryOf({ codec, keying, peerDirection, sendEvents }: AgreedAudio): MediaSummary {
  return { codec, keying, peerDirection, dtmf: sendEvents ? 'rfc4733' : 'info' }
}

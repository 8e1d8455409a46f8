import { type Clock, isRefusal, type Logger, type RandomBytes, type Refusal, type Timer } from '@vaxel/base'
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
import { type AgreedAudio, type Fingerprint, type LocalEndpoint } from '@vaxel/sip/sdp'
import { FaxLegs } from './fax-legs.ts'
import { LegNegotiation, readFax } from './leg-negotiation.ts'
import { legQuality, recentQuality } from './leg-quality.ts'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane, PlaneEvent, StartPlane } from './media-plane.ts'
import { MediaLegGone, NoMediaPort, RecordingImpossible } from './media-refusals.ts'
import type { PortPool } from './port-pool.ts'
import { PortReserve } from './port-reserve.ts'
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
const bindAttempts = 16
/** How often it is told that a leg's audio goes on: what a killed process does not know of a call is about so long. */
const audioIntervalMs = 1_000

/**
 * The embedded media engine: negotiation, ports and who hears whom on the main thread, packets on the planes.
 * What a leg's peer should hear is kept here as well, so that it can be told again when a leg changes its plane.
 */
export class EmbeddedMediaEngine implements MediaEngine {
  readonly #parts: EmbeddedEngineParts
  readonly #planes: (MediaPlane | undefined)[] = []
  readonly #legs = new Map<MediaLegId, MediaLeg>()
  readonly #legsOfCall = new Map<CallId, Set<MediaLeg>>()
  /** How many legs each plane has. */
  readonly #legsAt: number[]
  readonly #full = new Set<number>()
  /** `home`: the plane that writes it. */
  readonly #recordings = new Map<RecordingId, { home: number; path: string; startedAtMs: number }>()
  readonly #queues = new Map<MediaLegId, Promise<unknown>>()
  readonly #listeners: ((event: MediaEvent) => void)[] = []
  readonly #hearings: WhoHearsWhom
  readonly #reserve: PortReserve
  readonly #fax: FaxLegs
  #qualityTimer: Timer | undefined
  #audioTimer: Timer | undefined
  #isClosed = false

  constructor(parts: EmbeddedEngineParts) {
    this.#parts = parts
    this.#legsAt = new Array<number>(parts.planes).fill(0)
    this.#reserve = new PortReserve(parts.ports, (home) => this.#planes[home])
    this.#fax = new FaxLegs({
      legs: this.#legs,
      planeOf: (leg) => this.#plane(leg),
      endpointOf: (leg) => this.#endpoint(leg, false),
    })
    this.#hearings = new WhoHearsWhom(this.#legs, (home) => this.#planes[home], parts.ports)
  }

  /** Starts all planes; where one cannot start, closes the others and rejects. */
  async start(): Promise<void> {
    const starts = Array.from({ length: this.#parts.planes }, (_, index) => this.#startPlane(index))
    const failed = (await Promise.allSettled(starts)).find((start) => start.status === 'rejected')
    if (failed) {
      await this.close()
      throw failed.reason
    }
    this.#armQuality()
    this.#armAudio()
  }

  get isFull(): boolean {
    return this.#full.size > 0 && this.#planes.every((plane, index) => plane === undefined || this.#full.has(index))
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
      home: offersIce ? icePlane : this.#chooseHome(callId),
      port: undefined,
      agreed: undefined,
      hearing: { kind: 'nothing' },
      quality: undefined,
      lastAudioAtMs: undefined,
      countersBefore: undefined,
      playing: undefined,
    }
    this.#remember(made)
    return this.#inOrder(id, async () => {
      const refused = offersIce ? await this.#openShared(made) : await this.#openPorts(made)
      if (refused) await this.release(id)
      return refused
    })
  }

  createOffer(id: MediaLegId, options: Parameters<MediaEngine['createOffer']>[1] = {}): Promise<string> {
    return this.#inOrder(id, async () => {
      const leg = this.#mustHave(id)
      const usesIce = leg.negotiation.offersIce
      const text = leg.negotiation.makeOffer(this.#endpoint(leg, usesIce), this.#wishes(options), options.keying)
      if (usesIce) this.#plane(leg)?.prepareIce(id, leg.negotiation.iceCredentials)
      return text
    })
  }

  receiveAnswer(id: MediaLegId, answer: string): Promise<MediaSummary | Refusal> {
    return this.#inOrder(id, async () => {
      const leg = this.#legs.get(id)
      if (!leg) return MediaLegGone()
      const agreed = leg.negotiation.takeAnswer(answer)
      if (isRefusal(agreed)) return agreed
      this.#configure(leg, agreed)
      return summaryOf(agreed)
    })
  }

  receiveOffer(id: MediaLegId, text: string): Promise<MediaSummary | Refusal> {
    return this.#inOrder(id, async () => {
      const leg = this.#legs.get(id)
      if (!leg) return MediaLegGone()
      const read = leg.negotiation.weighOffer(text)
      if (isRefusal(read)) return read
      const { weighed } = read
      if (weighed.usesIce) await this.#moveTo(leg, icePlane)
      else if (leg.port === undefined) {
        const refused = await this.#openPorts(leg)
        if (refused) return refused
      }
      if (!this.#legs.has(id)) return MediaLegGone()
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
    return this.#inOrder(id, async () => {
      const leg = this.#mustHave(id)
      const made = leg.negotiation.makeAnswer((usesIce) => this.#endpoint(leg, usesIce), this.#wishes(options, leg))
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
    return this.#fax.canRelay(a, b)
  }

  createFaxOffer(id: MediaLegId, like: FaxData): Promise<string | undefined> {
    return this.#inOrder(id, async () => this.#fax.offer(id, like))
  }

  createFaxAnswer(id: MediaLegId, offer: string, like: FaxData): Promise<string | undefined> {
    return this.#inOrder(id, async () => this.#fax.answer(id, offer, like))
  }

  relayFax(a: { leg: MediaLegId; peer: FaxData }, b: { leg: MediaLegId; peer: FaxData }): void {
    this.#fax.relay(a, b)
  }

  // --- who hears what ---

  connect(a: MediaLegId, b: MediaLegId): void {
    const [first, second] = [this.#legs.get(a), this.#legs.get(b)]
    if (!first || !second || first === second) return
    this.stopPlay(a)
    this.stopPlay(b)
    this.#hearings.bridge(first, second)
  }

  listen(listener: MediaLegId, speaker: MediaLegId): void {
    const leg = this.#legs.get(listener)
    if (!leg || !this.#legs.has(speaker) || listener === speaker) return
    this.stopPlay(listener)
    this.#hearings.set(leg, { kind: 'leg', leg: speaker })
  }

  disconnect(id: MediaLegId): void {
    const leg = this.#legs.get(id)
    if (leg) this.#hearings.set(leg, { kind: 'nothing' })
  }

  echo(id: MediaLegId): void {
    const leg = this.#legs.get(id)
    if (!leg) return
    this.stopPlay(id)
    this.#hearings.set(leg, { kind: 'echo' })
  }

  play(id: MediaLegId, source: Source, options: { loop?: boolean } = {}): void {
    const leg = this.#legs.get(id)
    if (!leg) return
    leg.playing = { source: this.#parts.resolveSource(source), loop: options.loop ?? false }
    this.#plane(leg)?.play(id, leg.playing.source, leg.playing.loop)
  }

  playOver(id: MediaLegId, source: Source): void {
    const leg = this.#legs.get(id)
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
    if (leg && /^[0-9*#A-Da-d]$/.test(digit)) this.#plane(leg)?.sendDigit(id, digit.toUpperCase(), durationMs)
  }

  createMix(mix: MixId): void {
    this.#hearings.createMix(mix)
  }

  joinMix(mix: MixId, id: MediaLegId, options: { muted?: boolean; as?: string; heardBy?: string } = {}): void {
    const leg = this.#legs.get(id)
    if (!leg || !this.#hearings.hasMix(mix)) return
    this.stopPlay(id)
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
    return this.#record(id, home, path, async (plane) => plane.startRecording(id, legId, path, options))
  }

  startMixRecording(
    id: RecordingId,
    mix: MixId,
    path: string,
    options: RecordingOptions = {},
  ): Promise<Refusal | undefined> {
    const home = this.#hearings.homeOfMix(mix)
    return this.#record(id, home, path, async (plane) => plane.startMixRecording(id, mix, path, options))
  }

  async #record(
    id: RecordingId,
    home: number | undefined,
    path: string,
    start: (plane: MediaPlane) => Promise<string | undefined>,
  ): Promise<Refusal | undefined> {
    const plane = home === undefined ? undefined : this.#planes[home]
    if (!plane || home === undefined || this.#recordings.has(id)) return MediaLegGone()
    this.#recordings.set(id, { home, path, startedAtMs: this.#parts.clock.monotonicMs() })
    const failure = await start(plane)
    if (failure === undefined) return undefined
    this.#recordings.delete(id)
    return RecordingImpossible(`The recording cannot be written: ${failure}.`)
  }

  async pauseRecording(id: RecordingId, isPaused: boolean): Promise<number | undefined> {
    return this.#planeOfRecording(id)?.pauseRecording(id, isPaused)
  }

  stopRecording(id: RecordingId): void {
    this.#planeOfRecording(id)?.stopRecording(id)
  }

  #planeOfRecording(id: RecordingId): MediaPlane | undefined {
    const recording = this.#recordings.get(id)
    return recording && this.#planes[recording.home]
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
    const counters = await this.#plane(leg)?.release(id)
    if (leg.port !== undefined) this.#parts.ports.release(leg.port)
    return counters && legQuality(leg, counters)
  }

  onEvent(listener: (event: MediaEvent) => void): void {
    this.#listeners.push(listener)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#reserve.close()
    this.#qualityTimer?.stop()
    this.#audioTimer?.stop()
    await Promise.all([...this.#legs.keys()].map((id) => this.release(id)))
    await Promise.all(this.#planes.map(async (plane) => plane?.close()))
  }

  // --- inside ---

  #plane(leg: MediaLeg): MediaPlane | undefined {
    return this.#planes[leg.home]
  }

  #mustHave(id: MediaLegId): MediaLeg {
    const leg = this.#legs.get(id)
    if (!leg) throw new Error(`media leg ${id} is gone`)
    return leg
  }

  /** One owner per leg: what waits for the worker keeps its place. */
  #inOrder<Result>(id: MediaLegId, task: () => Promise<Result>): Promise<Result> {
    const done = (this.#queues.get(id) ?? Promise.resolve()).then(task)
    const settled = done.catch(() => undefined)
    this.#queues.set(id, settled)
    void settled.then(() => {
      if (this.#queues.get(id) === settled) this.#queues.delete(id)
    })
    return done
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

  #endpoint(leg: MediaLeg, usesIce: boolean): LocalEndpoint {
    const { mediaPort } = this.#parts
    if (usesIce && mediaPort !== undefined) return { address: leg.address, rtpPort: mediaPort, rtcpPort: mediaPort }
    if (leg.port === undefined) throw new Error(`media leg ${leg.id} has no ports`)
    return { address: leg.address, rtpPort: leg.port, rtcpPort: leg.port + 1 }
  }

  /** Legs of one call share a plane, so that audio need not change threads; a new call goes where fewest legs are, and there is room. */
  #chooseHome(callId: CallId): number {
    const legs = this.#legsOfCall.get(callId)
    if (legs) for (const leg of legs) return leg.home
    let home = -1
    for (let i = 0; i < this.#parts.planes; i++)
      if (this.#planes[i] && (home < 0 || this.#isBetterHome(i, home))) home = i
    return Math.max(0, home)
  }

  #isBetterHome(one: number, than: number): boolean {
    if (this.#full.has(one) !== this.#full.has(than)) return this.#full.has(than)
    return this.#legsAt[one]! < this.#legsAt[than]!
  }

  #remember(leg: MediaLeg): void {
    this.#legs.set(leg.id, leg)
    this.#legsAt[leg.home]!++
    const others = this.#legsOfCall.get(leg.callId)
    if (others) others.add(leg)
    else this.#legsOfCall.set(leg.callId, new Set([leg]))
  }

  async #openShared(leg: MediaLeg): Promise<Refusal | undefined> {
    const checkPort = leg.policy.isUnknown ? 'shared' : undefined
    const opened = await this.#plane(leg)?.open(leg.id, undefined, leg.policy.peerAddress, checkPort)
    return opened === 'opened' ? undefined : MediaLegGone()
  }

  async #openPorts(leg: MediaLeg): Promise<Refusal | undefined> {
    const address = this.#parts.bindAddressFor(leg.address)
    const ready = this.#reserve.take(leg.home, address)
    if (ready !== undefined) {
      leg.port = ready
      this.#plane(leg)?.openReserved(leg.id, { address, rtpPort: ready }, leg.policy.peerAddress)
      this.#tellAgain(leg)
      return undefined
    }
    for (let attempt = 0; attempt < bindAttempts; attempt++) {
      const rtpPort = this.#parts.ports.take() ?? (await this.#reserve.giveBack())
      if (rtpPort === undefined) break
      const opened = await this.#plane(leg)?.open(leg.id, { address, rtpPort }, leg.policy.peerAddress)
      if (opened === 'opened' && this.#legs.get(leg.id) === leg) {
        leg.port = rtpPort
        this.#tellAgain(leg)
        return undefined
      }
      this.#parts.ports.release(rtpPort)
      if (opened !== 'portInUse' || this.#legs.get(leg.id) !== leg) return MediaLegGone()
      this.#parts.log.warn('media port is in use by another program', { port: rtpPort })
    }
    return NoMediaPort()
  }

  #configure(leg: MediaLeg, agreed: AgreedAudio): void {
    leg.agreed = agreed
    this.#plane(leg)?.configure(leg.id, agreed)
    this.#hearings.reconfigured(leg)
  }

  /** Takes the leg to another plane with all that it hears; only a leg that has not been configured there moves. */
  async #moveTo(leg: MediaLeg, home: number): Promise<void> {
    if (leg.home === home) return
    await this.#plane(leg)?.release(leg.id)
    if (leg.port !== undefined) this.#parts.ports.release(leg.port)
    leg.port = undefined
    this.#legsAt[leg.home]!--
    this.#legsAt[home]!++
    leg.home = home
    await this.#openShared(leg)
    this.#tellAgain(leg)
  }

  /** A leg that was opened anew begins empty: what it hears and plays is told once more. */
  #tellAgain(leg: MediaLeg): void {
    this.#hearings.moved(leg)
    if (leg.playing) this.#plane(leg)?.play(leg.id, leg.playing.source, leg.playing.loop)
  }

  /** Ends the leg for everybody else: nobody hears it, no command finds it. */
  #forget(leg: MediaLeg): void {
    this.#legs.delete(leg.id)
    this.#legsAt[leg.home]!--
    const others = this.#legsOfCall.get(leg.callId)
    if (others?.delete(leg) && others.size === 0) this.#legsOfCall.delete(leg.callId)
    this.#hearings.forget(leg)
  }

  async #startPlane(index: number): Promise<void> {
    const plane = await this.#parts.startPlane(index, (event) => this.#onPlaneEvent(index, event))
    if (this.#isClosed) await plane.close()
    else this.#planes[index] = plane
  }

  #onPlaneEvent(index: number, event: PlaneEvent): void {
    if (event.kind === 'died') return this.#buryPlane(index, event.reason)
    if (event.kind === 'load') return this.#noteLoad(index, event.isFull)
    if (event.kind === 'faxData') {
      const to = this.#legs.get(event.to)
      return to && this.#plane(to)?.sendFax(to.id, event.packet)
    }
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
    if (event.kind === 'recordingEnded') this.#recordings.delete(event.recording)
    this.#tell(event)
  }

  #noteLoad(index: number, isFull: boolean): void {
    const details = { worker: index, legs: this.#legsAt[index]! }
    if (isFull) {
      this.#full.add(index)
      this.#parts.log.warn('a media worker is full', details)
    } else if (this.#full.delete(index)) this.#parts.log.info('a media worker has room again', details)
  }

  /** A worker died: its legs fail, its recordings end as they are, and a new one takes its place. */
  #buryPlane(index: number, reason: string): void {
    if (this.#isClosed) return
    this.#parts.log.error('media worker died', { worker: index, reason })
    this.#planes[index] = undefined
    this.#full.delete(index)
    const lost = [...this.#legs.values()].filter((leg) => leg.home === index)
    for (const [id, { home, path, startedAtMs }] of this.#recordings) {
      if (home !== index) continue
      this.#recordings.delete(id)
      const durationMs = this.#parts.clock.monotonicMs() - startedAtMs
      this.#tell({ kind: 'recordingEnded', recording: id, path, durationMs, reason: 'failed' })
    }
    this.#hearings.planeDied(index)
    this.#reserve.planeDied(index)
    for (const leg of lost) {
      this.#forget(leg)
      if (leg.port !== undefined) this.#parts.ports.release(leg.port)
      this.#tell({ kind: 'failed', leg: leg.id, reason: 'the media worker died' })
    }
    this.#hearings.saveMixes(index)
    this.#startPlane(index).catch((error: unknown) => {
      this.#parts.log.error('media worker does not start', { worker: index, error: String(error) })
      this.#parts.clock.startTimer(1000, () => this.#buryPlane(index, 'did not start'))
    })
  }

  #armQuality(): void {
    this.#qualityTimer = this.#parts.clock.startTimer(this.#parts.qualityIntervalMs, () => {
      if (this.#isClosed) return
      for (const leg of this.#legs.values()) if (leg.agreed) void this.#tellQuality(leg)
      this.#armQuality()
    })
  }

  #armAudio(): void {
    this.#audioTimer = this.#parts.clock.startTimer(audioIntervalMs, () => {
      if (this.#isClosed) return
      for (const plane of this.#planes) if (plane) void this.#tellAudio(plane)
      this.#armAudio()
    })
  }

  /** Between two scores the last one is told again, for legs whose audio went on: one question for all of a plane. */
  async #tellAudio(plane: MediaPlane): Promise<void> {
    for (const [id, lastAudioAtMs] of (await plane.lastAudio()) ?? []) {
      const leg = this.#legs.get(id)
      if (!leg?.agreed || leg.lastAudioAtMs === lastAudioAtMs) continue
      leg.lastAudioAtMs = lastAudioAtMs
      if (leg.quality) this.#tell({ kind: 'quality', leg: id, quality: leg.quality, lastAudioAtMs })
      else await this.#tellQuality(leg)
    }
  }

  async #tellQuality(leg: MediaLeg): Promise<void> {
    const counters = await this.#plane(leg)?.counters(leg.id)
    if (!counters || !this.#legs.has(leg.id)) return
    const { lastAudioAtMs } = counters
    const quality = legQuality(leg, counters)
    const recent = leg.countersBefore && recentQuality(leg, leg.countersBefore, counters)
    leg.quality = quality
    leg.countersBefore = counters
    leg.lastAudioAtMs = lastAudioAtMs
    const audio = lastAudioAtMs !== undefined && { lastAudioAtMs }
    this.#tell({ kind: 'quality', leg: leg.id, quality, ...(recent && { recent }), ...audio })
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

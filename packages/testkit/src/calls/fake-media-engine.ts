import type { CallId, LegId, Refusal } from '@vaxel/base'
import { refusal } from '@vaxel/base'
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
  Source,
} from '@vaxel/core'
import { MalformedDescription } from '@vaxel/sip/sdp'
import { type AudioDescription, mirrored, readSdp, writeSdp } from './phone-sdp.ts'

/** What a media leg of the fake is and does. */
export interface FakeMediaLeg {
  readonly id: MediaLegId
  readonly callId: CallId
  readonly policy: MediaPolicy
  version: number
  offer: AudioDescription | undefined
  /** What its peer said last. */
  peer: AudioDescription | undefined
  /** The leg whose peer was described to its own. */
  direct: { readonly other: MediaLegId; said: string | undefined; isWanted: boolean } | undefined
  /** An offer of ours may be answered: also twice, as by a fork. */
  hasOffered: boolean
  codec: CodecName | undefined
  /** The leg that it hears, or `echo`, `nothing`, a mix. */
  hears: string
  plays: Source | undefined
}

type Step = 'allocate' | 'createOffer' | 'createAnswer' | 'receiveOffer' | 'receiveAnswer' | 'release'

const noPort = refusal('MEDIA_NO_PORT', { sip: 503, http: 503, blame: 'us', text: 'No port is left for audio.' })
const noCodec = refusal('SDP_NO_COMMON_CODEC', {
  sip: 488,
  http: 422,
  blame: 'caller',
  text: 'The two sides share no codec.',
})
const legGone = refusal('MEDIA_LEG_GONE', { sip: 500, http: 500, blame: 'us', text: 'The leg is gone.' })

/** A media engine without media: it writes and reads session descriptions, and keeps who would hear what. */
export class FakeMediaEngine implements MediaEngine {
  readonly legs = new Map<MediaLegId, FakeMediaLeg>()
  readonly released: MediaLegId[] = []
  readonly digits: string[] = []
  readonly recordings = new Map<RecordingId, string>()
  readonly mutedInMix: string[] = []
  /** Pairs of legs between which fax data was passed on, with the ports of their peers. */
  readonly faxes: string[] = []
  readonly playedInMix: { readonly mix: MixId; readonly source: Source }[] = []
  /** Legs that may be allocated at once. */
  ports = Number.POSITIVE_INFINITY
  isFull = false
  /** A step waits for what this returns: a test holds work open with it. */
  before: (step: Step, leg: MediaLegId) => Promise<void> | undefined = () => undefined
  /** What `release` tells about each leg. */
  quality_: LegQuality | undefined
  readonly #listeners: ((event: MediaEvent) => void)[] = []

  async allocate(leg: {
    id: MediaLegId
    callId: CallId
    legId: LegId
    policy: MediaPolicy
  }): Promise<Refusal | undefined> {
    const { id, callId, policy } = leg
    if (this.legs.size >= this.ports) return noPort()
    this.legs.set(id, {
      id,
      callId,
      policy,
      version: 0,
      offer: undefined,
      peer: undefined,
      direct: undefined,
      hasOffered: false,
      codec: undefined,
      hears: 'nothing',
      plays: undefined,
    })
    await this.before('allocate', id)
    return this.legs.has(id) ? undefined : legGone()
  }

  async createOffer(id: MediaLegId, options: { like?: MediaLegId; direction?: Direction } = {}): Promise<string> {
    await this.before('createOffer', id)
    const leg = this.#mustHave(id)
    this.#want(id)
    const like = options.like ? this.legs.get(options.like) : undefined
    const codecs = like?.codec
      ? [like.codec, ...leg.policy.codecs.filter((c) => c !== like.codec)]
      : [...leg.policy.codecs]
    leg.hasOffered = true
    return this.#describe(leg, codecs, options.direction ?? 'sendrecv')
  }

  async receiveAnswer(id: MediaLegId, answer: string): Promise<MediaSummary | Refusal> {
    await this.before('receiveAnswer', id)
    return this.#take(id, answer, false)
  }

  async receiveOffer(id: MediaLegId, offer: string): Promise<MediaSummary | Refusal> {
    await this.before('receiveOffer', id)
    return this.#take(id, offer, true)
  }

  async createAnswer(id: MediaLegId, options: { like?: MediaLegId; direction?: Direction } = {}): Promise<string> {
    await this.before('createAnswer', id)
    const leg = this.#mustHave(id)
    if (!leg.offer || !leg.codec) throw new Error('there is no offer to answer')
    const like = options.like ? this.legs.get(options.like)?.codec : undefined
    if (like && leg.offer.codecs.includes(like)) leg.codec = like
    leg.hasOffered = false
    leg.direct = undefined
    return this.#describe(leg, [leg.codec], mirrored(leg.offer.direction))
  }

  peerMoved(): void {}

  async createDirectOffer(id: MediaLegId, otherId: MediaLegId): Promise<string | undefined> {
    const [leg, other] = [this.legs.get(id), this.legs.get(otherId)]
    const isNeeded = [...this.recordedLegs.values()].some((one) => one === id || one === otherId)
    if (!leg?.codec || !other?.peer || leg.codec !== other.codec || isNeeded || !this.areJoined(id, otherId))
      return undefined
    leg.direct = { other: otherId, said: undefined, isWanted: false }
    leg.hasOffered = true
    const { address } = other.peer
    return writeSdp({ address, codecs: [leg.codec], direction: 'sendrecv', version: ++leg.version })
  }

  async receiveDirectAnswer(id: MediaLegId, answer: string | undefined): Promise<boolean> {
    const leg = this.legs.get(id)
    if (leg && answer === undefined) leg.direct = undefined
    const audio = readSdp(answer ?? '')
    if (!leg?.direct || !audio || audio.direction !== 'sendrecv') return false
    leg.direct.said = audio.address
    return true
  }

  goDirect(a: MediaLegId, b: MediaLegId): boolean {
    const [first, second] = [this.legs.get(a)?.direct, this.legs.get(b)?.direct]
    return first?.other === b && second?.other === a && !first.isWanted && !second.isWanted
  }

  isDirect(id: MediaLegId): boolean {
    return this.legs.get(id)?.direct !== undefined
  }

  #want(id: MediaLegId): void {
    const direct = this.legs.get(id)?.direct
    if (!direct || direct.isWanted) return
    direct.isWanted = true
    this.tell({ kind: 'audioWanted', leg: id })
  }

  readFax(description: string): FaxData | undefined {
    const port = Number(/^m=image (\d+) udptl t38/m.exec(description)?.[1] ?? 0)
    if (port === 0) return undefined
    const attributes = [...description.matchAll(/^a=(T38[A-Za-z]*):(\S+)/gm)].map(([, name = '', value = '']) => ({
      name,
      value,
    }))
    return { address: '192.0.2.9', port, attributes }
  }

  canRelayFax(a: MediaLegId, b: MediaLegId): boolean {
    return this.legs.has(a) && this.legs.has(b)
  }

  async createFaxOffer(id: MediaLegId, { attributes }: FaxData): Promise<string | undefined> {
    if (!this.legs.has(id)) return undefined
    const lines = attributes.map(({ name, value }) => `a=${name}:${value ?? ''}\r\n`).join('')
    return `v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=image 4000 udptl t38\r\n${lines}`
  }

  createFaxAnswer(id: MediaLegId, _offer: string, like: FaxData): Promise<string | undefined> {
    return this.createFaxOffer(id, like)
  }

  relayFax(a: { leg: MediaLegId; peer: FaxData }, b: { leg: MediaLegId; peer: FaxData }): void {
    this.faxes.push(`${a.leg}:${a.peer.port} ${b.leg}:${b.peer.port}`)
  }

  connect(a: MediaLegId, b: MediaLegId): void {
    this.#hear(a, b)
    this.#hear(b, a)
  }

  listen(listener: MediaLegId, speaker: MediaLegId): void {
    this.#hear(listener, speaker)
  }

  disconnect(leg: MediaLegId): void {
    this.#hear(leg, 'nothing')
  }

  echo(leg: MediaLegId): void {
    this.#hear(leg, 'echo')
  }

  play(id: MediaLegId, source: Source): void {
    const leg = this.legs.get(id)
    this.#want(id)
    if (leg) leg.plays = source
  }

  /** Legs and what they heard over what they hear. */
  readonly playedOver: { readonly leg: MediaLegId; readonly source: Source }[] = []

  playOver(leg: MediaLegId, source: Source): void {
    if (this.legs.has(leg)) this.playedOver.push({ leg, source })
  }

  stopPlay(id: MediaLegId): void {
    const leg = this.legs.get(id)
    if (leg) leg.plays = undefined
  }

  sendDigit(leg: MediaLegId, digit: string): void {
    if (this.legs.has(leg)) this.digits.push(`${leg} ${digit}`)
  }

  createMix(): void {}

  readonly #inMix = new Map<MediaLegId, { muted: boolean; heardBy: string | undefined }>()

  /** By whom a leg in a mix is heard. */
  heardBy(leg: MediaLegId): string {
    const { muted = false, heardBy = 'everybody' } = this.#inMix.get(leg) ?? {}
    return muted ? 'nobody' : heardBy
  }

  joinMix(mix: MixId, leg: MediaLegId, options: { muted?: boolean; as?: string; heardBy?: string } = {}): void {
    this.#hear(leg, mix)
    this.#inMix.set(leg, { muted: options.muted ?? false, heardBy: options.heardBy })
  }

  heardInMix(_mix: MixId, leg: MediaLegId, heardBy: string | undefined): void {
    this.#inMix.set(leg, { muted: this.#inMix.get(leg)?.muted ?? false, heardBy })
  }

  muteInMix(mix: MixId, leg: MediaLegId, isMuted: boolean): void {
    this.mutedInMix.push(`${mix} ${leg} ${isMuted}`)
    this.#inMix.set(leg, { muted: isMuted, heardBy: this.#inMix.get(leg)?.heardBy })
  }

  playInMix(mix: MixId, source: Source): void {
    this.playedInMix.push({ mix, source })
  }

  watchMix(): void {}

  releaseMix(mix: MixId): void {
    for (const [recording, of] of this.recordedMixes) if (of === mix) this.#endRecording(recording, 'gone')
  }

  async startRecording(recording: RecordingId, leg: MediaLegId, path: string): Promise<Refusal | undefined> {
    if (!this.legs.has(leg)) return legGone()
    this.#want(leg)
    this.recordings.set(recording, path)
    this.recordedLegs.set(recording, leg)
    return undefined
  }

  readonly recordedMixes = new Map<RecordingId, MixId>()

  async startMixRecording(recording: RecordingId, mix: MixId, path: string): Promise<Refusal | undefined> {
    if (![...this.legs.values()].some(({ hears }) => hears === mix)) return legGone()
    this.recordings.set(recording, path)
    this.recordedMixes.set(recording, mix)
    return undefined
  }

  /** Where in it the recording stands when it is paused or goes on. */
  recordedMs = 0
  readonly recordedLegs = new Map<RecordingId, MediaLegId>()
  readonly pausedRecordings = new Set<RecordingId>()

  async pauseRecording(recording: RecordingId, isPaused: boolean): Promise<number | undefined> {
    if (!this.recordings.has(recording)) return undefined
    if (isPaused) this.pausedRecordings.add(recording)
    else this.pausedRecordings.delete(recording)
    return this.recordedMs
  }

  stopRecording(recording: RecordingId): void {
    this.#endRecording(recording, 'stopped')
  }

  #endRecording(recording: RecordingId, reason: 'stopped' | 'gone'): void {
    const path = this.recordings.get(recording)
    if (path === undefined) return
    this.recordings.delete(recording)
    this.tell({ kind: 'recordingEnded', recording, path, durationMs: 0, reason })
  }

  async quality(): Promise<LegQuality | undefined> {
    return this.quality_
  }

  async release(id: MediaLegId): Promise<LegQuality | undefined> {
    if (!this.legs.delete(id)) return undefined
    this.released.push(id)
    for (const [recording, leg] of this.recordedLegs) if (leg === id) this.#endRecording(recording, 'gone')
    await this.before('release', id)
    return this.quality_
  }

  onEvent(listener: (event: MediaEvent) => void): void {
    this.#listeners.push(listener)
  }

  async close(): Promise<void> {}

  /** Something happens in the media. */
  tell(event: MediaEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Whether the two hear each other and nothing else. */
  areJoined(a: MediaLegId, b: MediaLegId): boolean {
    const [first, second] = [this.legs.get(a), this.legs.get(b)]
    return first?.hears === b && second?.hears === a && !first.plays && !second.plays
  }

  #hear(id: MediaLegId, what: string): void {
    const leg = this.legs.get(id)
    if (!leg) return
    if (leg.direct?.other !== what) this.#want(id)
    leg.hears = what
    leg.plays = undefined
  }

  #take(id: MediaLegId, text: string, isOffer: boolean): MediaSummary | Refusal {
    const leg = this.legs.get(id)
    if (!leg) return legGone()
    if (!isOffer && !leg.hasOffered) return MalformedDescription('An answer came where no offer had been made.')
    const audio = readSdp(text)
    const codec = audio?.codecs.find((c) => leg.policy.codecs.includes(c))
    if (!audio || !codec) return noCodec()
    if (isOffer) this.#want(id)
    else leg.direct = undefined
    leg.codec = codec
    leg.peer = audio
    if (isOffer) leg.offer = audio
    return { codec, keying: 'rtp', peerDirection: audio.direction, dtmf: audio.hasEvents ? 'rfc4733' : 'info' }
  }

  #describe(leg: FakeMediaLeg, codecs: readonly CodecName[], direction: Direction): string {
    return writeSdp({ address: '10.0.0.100', codecs, direction, version: ++leg.version })
  }

  #mustHave(id: MediaLegId): FakeMediaLeg {
    const leg = this.legs.get(id)
    if (!leg) throw new Error(`media leg ${id} is gone`)
    return leg
  }
}

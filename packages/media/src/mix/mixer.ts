import type { AudioSource } from '../audio/audio-source.ts'
import { tickMs } from '../audio/codec.ts'
import { meanPower } from '../tone/goertzel.ts'
import { Limiter } from './limiter.ts'
import { PastFrames } from './past-frames.ts'

/** Loudness that is forgotten per tick, so that a speaker keeps the floor between two words (half in 140 ms). */
const forgetting = 0.9
/** Who speaks already is taken to be so much louder than who would like to. */
const incumbency = 4
const fullScale = 32768
const powerAt = (levelDbov: number): number => (fullScale * 10 ** (levelDbov / 20)) ** 2
/** Mean square below this is not speech. */
const quietest = powerAt(-60)
/** Below this nobody is shown as speaking. */
const quietestShown = powerAt(-50)
/** How long whoever spoke last still gets sound of its own: by then it is the same as everybody's. */
const ownTicksAfterwards = 10
const mostWaitingSources = 16

/** What a member says, at whatever rate it comes. */
export interface MixVoice {
  /** Takes in the next 20 ms. @returns their mean square */
  listen(): number
  /** Writes what was taken in, at the mix's rate; only asked of those who are heard. `isNew`: it was not asked the last time. */
  fill(out: Int16Array, isNew: boolean): void
}

/** One place in a mix. Without a voice, its owner fills `input` before each tick. `output` is there after it. */
export interface MixPlace {
  /** 20 ms of what this member says. */
  readonly input: Int16Array
  /** 20 ms of what this member hears: all others, never itself. 5 ms late. Valid until the next tick. */
  readonly output: Int16Array
  /** `output` is the one of all who do not speak: it need be encoded only once for them. */
  readonly hearsCommon: boolean
  isMuted: boolean
  /** Only members that joined `as` this hear it; everybody if undefined. */
  heardBy: string | undefined
  /** It is one of those who were heard in the last tick. */
  readonly isHeard: boolean
}

interface JoinOptions {
  readonly isMuted?: boolean
  readonly voice?: MixVoice
  readonly as?: string | undefined
  readonly heardBy?: string | undefined
}

class Member implements MixPlace {
  readonly input: Int16Array
  readonly voice: MixVoice | undefined
  isMuted: boolean
  /** By which those who are not for everybody name it. */
  readonly as: string | undefined
  heardBy: string | undefined
  isHeard = false
  /** Its gain at the end of the last tick, 0 or 1. */
  gain = 0
  loudness = 0
  /** Made once it speaks for the first time. */
  own: { readonly output: Int16Array; readonly share: Float64Array; readonly limiter: Limiter } | undefined
  /** `share` is part of this tick's sum (also when it just faded out). */
  hasShare = false
  /** The share is for everybody. */
  inSum = true
  /** Ticks for which it still hears its own output; 0: the common one. */
  ownTicks = 0
  readonly #common: Int16Array

  constructor(samples: number, common: Int16Array, { voice, isMuted, as, heardBy }: JoinOptions) {
    this.input = new Int16Array(samples)
    this.#common = common
    this.voice = voice
    this.isMuted = isMuted ?? false
    this.as = as
    this.heardBy = heardBy
  }

  get hearsCommon(): boolean {
    return this.ownTicks === 0
  }

  get output(): Int16Array {
    return this.ownTicks > 0 && this.own ? this.own.output : this.#common
  }
}

function addTo(sum: Float64Array, part: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number)
}

/**
 * Mixes any number of members: each hears the sum of all others, turned down where it would be too loud.
 * With more members than `mostSpeakers`, only the loudest are heard; changes fade over one tick. What a silent member costs is
 * the measuring of its loudness: all of them hear one and the same sum. Somebody may be heard by some of the others alone (`heardBy`);
 * a mix without such costs nothing more for it.
 */
export class Mixer {
  readonly sampleRate: number
  readonly past: PastFrames
  readonly #mostSpeakers: number
  readonly #members: Member[] = []
  readonly #sum: Float64Array
  readonly #others: Float64Array
  readonly #common: Int16Array
  readonly #commonLimiter: Limiter
  readonly #noisePeak: number
  /** Who speaks in this tick, and not to everybody. */
  readonly #whispers: Member[] = []
  readonly #sources: AudioSource[] = []
  readonly #sourceFrame: Int16Array
  #noiseSeed = 1

  /** @param options `noiseDbov`: a soft noise below the voices, so that a pause does not sound like a dead line; none if absent */
  constructor(options: { sampleRate?: 16000 | 48000; mostSpeakers?: number; noiseDbov?: number } = {}) {
    this.sampleRate = options.sampleRate ?? 16000
    this.#mostSpeakers = options.mostSpeakers ?? 4
    const samples = (this.sampleRate * tickMs) / 1000
    this.#sum = new Float64Array(samples)
    this.#others = new Float64Array(samples)
    this.#common = new Int16Array(samples)
    this.#sourceFrame = new Int16Array(samples)
    this.#commonLimiter = new Limiter(this.sampleRate)
    this.past = new PastFrames(samples)
    // Even noise has a third of its peak's square as its power.
    this.#noisePeak = options.noiseDbov === undefined ? 0 : Math.sqrt(3 * powerAt(options.noiseDbov))
  }

  get size(): number {
    return this.#members.length
  }

  /** What everybody hears who does not speak. */
  get common(): Int16Array {
    return this.#common
  }

  join(options: JoinOptions = {}): MixPlace {
    const member = new Member(this.#sum.length, this.#common, options)
    this.#members.push(member)
    return member
  }

  /** Idempotent. */
  leave(place: MixPlace): void {
    const index = this.#members.indexOf(place as Member)
    if (index >= 0) this.#members.splice(index, 1)
  }

  /** Everybody hears the source, after those that play already. It is closed at its end. */
  play(source: AudioSource): void {
    if (this.#sources.length < mostWaitingSources) this.#sources.push(source)
    else source.close?.()
  }

  /** Whether anything plays or waits to. */
  get isPlaying(): boolean {
    return this.#sources.length > 0
  }

  close(): void {
    for (const source of this.#sources.splice(0)) source.close?.()
  }

  /** Level of somebody who is heard now, dBov; undefined for who is silent. */
  levelOf(place: MixPlace): number | undefined {
    const { isHeard, loudness } = place as Member
    return isHeard && loudness > quietestShown ? 10 * Math.log10(loudness / fullScale ** 2) : undefined
  }

  /** Mixes one tick: reads every input, writes every output. */
  tick(): void {
    this.past.add(this.#common)
    this.#chooseSpeakers()
    this.#addNoise()
    this.#whispers.length = 0
    for (const member of this.#members) this.#addShare(member)
    if (this.#whispers.length > 0) this.#prepareListeners()
    this.#addSource()
    // Before the common one moves on: who begins to speak takes over its limiter as it is.
    for (const member of this.#members) if (member.ownTicks > 0) this.#giveOwn(member)
    this.#commonLimiter.process(this.#sum, this.#common)
  }

  #chooseSpeakers(): void {
    let candidates = 0
    for (const member of this.#members) {
      const power = member.isMuted ? 0 : member.voice ? member.voice.listen() : meanPower(member.input)
      member.loudness = member.isMuted ? 0 : Math.max(power, member.loudness * forgetting)
      if (!member.isMuted) candidates++
    }
    if (candidates <= this.#mostSpeakers) {
      for (const member of this.#members) member.isHeard = !member.isMuted
      return
    }
    for (const member of this.#members) member.isHeard = false
    for (let n = 0; n < this.#mostSpeakers; n++) {
      const loudest = this.#loudestUnheard()
      if (loudest === undefined) return
      loudest.isHeard = true
    }
  }

  #loudestUnheard(): Member | undefined {
    let loudest: Member | undefined
    let most = quietest
    for (const member of this.#members) {
      if (member.isHeard || member.isMuted) continue
      const loudness = member.loudness * (member.gain > 0 ? incumbency : 1)
      if (loudness <= most) continue
      most = loudness
      loudest = member
    }
    return loudest
  }

  #addNoise(): void {
    const peak = this.#noisePeak
    if (peak === 0) return void this.#sum.fill(0)
    let seed = this.#noiseSeed
    for (let i = 0; i < this.#sum.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0
      this.#sum[i] = (seed / 2147483648) * peak
    }
    this.#noiseSeed = seed
  }

  #addShare(member: Member): void {
    const target = member.isHeard ? 1 : 0
    member.hasShare = target !== 0 || member.gain !== 0
    if (!member.hasShare) {
      if (member.ownTicks > 0) member.ownTicks--
      return
    }
    if (member.ownTicks === 0) this.#beginOwn(member)
    member.ownTicks = ownTicksAfterwards
    member.voice?.fill(member.input, member.gain === 0)
    const { share } = member.own!
    const samples = this.#sum.length
    const step = (target - member.gain) / samples
    member.inSum = member.heardBy === undefined
    if (!member.inSum) {
      this.#whispers.push(member)
      for (let i = 0; i < samples; i++) share[i] = (member.input[i] as number) * (member.gain + step * (i + 1))
      member.gain = target
      return
    }
    for (let i = 0; i < samples; i++) {
      const part = (member.input[i] as number) * (member.gain + step * (i + 1))
      share[i] = part
      this.#sum[i] = (this.#sum[i] as number) + part
    }
    member.gain = target
  }

  #beginOwn(member: Member): void {
    const samples = this.#sum.length
    member.own ??= {
      output: new Int16Array(samples),
      share: new Float64Array(samples),
      limiter: new Limiter(this.sampleRate),
    }
    member.own.limiter.follow(this.#commonLimiter)
  }

  #addSource(): void {
    const source = this.#sources[0]
    if (!source) return
    const goesOn = source.read(this.#sourceFrame)
    for (let i = 0; i < this.#sum.length; i++)
      this.#sum[i] = (this.#sum[i] as number) + (this.#sourceFrame[i] as number)
    if (goesOn) return
    this.#sources.shift()
    source.close?.()
  }

  /** Those to whom somebody speaks apart hear something of their own, and for a while afterwards. */
  #prepareListeners(): void {
    for (const member of this.#members) {
      if (member.as === undefined || !this.#whispers.some((one) => one !== member && one.heardBy === member.as))
        continue
      if (member.ownTicks === 0) this.#beginOwn(member)
      member.ownTicks = ownTicksAfterwards
    }
  }

  #giveOwn(member: Member): void {
    const { own, hasShare, inSum } = member
    if (!own) return
    const isOwnOut = hasShare && inSum
    if (!isOwnOut && this.#whispers.length === 0) return own.limiter.process(this.#sum, own.output)
    const others = this.#others
    if (isOwnOut)
      for (let i = 0; i < others.length; i++) others[i] = (this.#sum[i] as number) - (own.share[i] as number)
    else others.set(this.#sum)
    for (const one of this.#whispers) if (one !== member && one.heardBy === member.as) addTo(others, one.own!.share)
    own.limiter.process(others, own.output)
  }
}

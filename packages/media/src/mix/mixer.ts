import { tickMs } from '../audio/codec.ts'
import { meanPower } from '../tone/goertzel.ts'
import { Limiter } from './limiter.ts'

/** Loudness that is forgotten per tick, so that a speaker keeps the floor between two words (half in 140 ms). */
const forgetting = 0.9
/** Who speaks already is taken to be so much louder than who would like to. */
const incumbency = 4
/** Mean square below −60 dBov is not speech. */
const quietest = (32768 * 10 ** (-60 / 20)) ** 2

/** One place in a mix. Its owner fills `input` before each tick and takes `output` after it. */
export interface MixPlace {
  /** 20 ms of what this member says. */
  readonly input: Int16Array
  /** 20 ms of what this member hears: all others, never itself. 5 ms late. */
  readonly output: Int16Array
  isMuted: boolean
  /** It is one of those who were heard in the last tick. */
  readonly isHeard: boolean
}

class Member implements MixPlace {
  readonly input: Int16Array
  readonly output: Int16Array
  readonly share: Float64Array
  readonly limiter: Limiter
  isMuted: boolean
  isHeard = false
  /** Its gain at the end of the last tick, 0 or 1. */
  gain = 0
  /** `share` is part of this tick's sum (also when it just faded out). */
  hasShare = false
  loudness = 0

  constructor(sampleRate: number, isMuted: boolean) {
    const samples = (sampleRate * tickMs) / 1000
    this.input = new Int16Array(samples)
    this.output = new Int16Array(samples)
    this.share = new Float64Array(samples)
    this.limiter = new Limiter(sampleRate)
    this.isMuted = isMuted
  }
}

/**
 * Mixes any number of members: each hears the sum of all others, turned down where it would be too loud.
 * With more members than `mostSpeakers`, only the loudest are heard; changes fade over one tick.
 */
export class Mixer {
  readonly sampleRate: number
  readonly #mostSpeakers: number
  readonly #members: Member[] = []
  readonly #sum: Float64Array
  readonly #others: Float64Array

  constructor(options: { sampleRate?: 16000 | 48000; mostSpeakers?: number } = {}) {
    this.sampleRate = options.sampleRate ?? 16000
    this.#mostSpeakers = options.mostSpeakers ?? 4
    this.#sum = new Float64Array((this.sampleRate * tickMs) / 1000)
    this.#others = new Float64Array(this.#sum.length)
  }

  get size(): number {
    return this.#members.length
  }

  join(options: { isMuted?: boolean } = {}): MixPlace {
    const member = new Member(this.sampleRate, options.isMuted ?? false)
    this.#members.push(member)
    return member
  }

  /** Idempotent. */
  leave(place: MixPlace): void {
    const index = this.#members.indexOf(place as Member)
    if (index >= 0) this.#members.splice(index, 1)
  }

  /** Mixes one tick: reads every input, writes every output. */
  tick(): void {
    this.#chooseSpeakers()
    this.#sum.fill(0)
    for (const member of this.#members) this.#addShare(member)
    for (const member of this.#members) this.#giveOutput(member)
  }

  #chooseSpeakers(): void {
    let candidates = 0
    for (const member of this.#members) {
      const power = member.isMuted ? 0 : meanPower(member.input)
      member.loudness = Math.max(power, member.isMuted ? 0 : member.loudness * forgetting)
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

  #addShare(member: Member): void {
    const target = member.isHeard ? 1 : 0
    member.hasShare = false
    if (target === 0 && member.gain === 0) return
    const samples = this.#sum.length
    const step = (target - member.gain) / samples
    for (let i = 0; i < samples; i++) {
      const share = (member.input[i] as number) * (member.gain + step * (i + 1))
      member.share[i] = share
      this.#sum[i] = (this.#sum[i] as number) + share
    }
    member.gain = target
    member.hasShare = true
  }

  #giveOutput(member: Member): void {
    if (!member.hasShare) {
      member.limiter.process(this.#sum, member.output)
      return
    }
    for (let i = 0; i < this.#others.length; i++) {
      this.#others[i] = (this.#sum[i] as number) - (member.share[i] as number)
    }
    member.limiter.process(this.#others, member.output)
  }
}

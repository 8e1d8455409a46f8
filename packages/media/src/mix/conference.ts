import type { CodecName } from '@vaxel/core'
import type { AudioSource } from '../audio/audio-source.ts'
import { type Codec, tickMs } from '../audio/codec.ts'
import { createCodec } from '../audio/create-codec.ts'
import type { FrameSink } from '../audio/packet-ports.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import { Resampler } from '../audio/resampler.ts'
import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import { meanPower } from '../tone/goertzel.ts'
import { FrameEncoder } from './frame-encoder.ts'
import { type MixPlace, type MixVoice, Mixer } from './mixer.ts'

/** What is heard below the voices, so that nobody takes a pause for a dead line. */
const noiseDbov = -72
/** What the change of a sampling rate and the mix's limiter add. */
const filterMs = 10
/** Opus at wideband: what telephones can use, at a third of the cost. */
const opusRate = 16_000

/** How a member is heard by the others. */
export interface HeardInMix {
  readonly muted: boolean
  /** What others name it by in `heardBy`. */
  readonly as?: string | undefined
  /** Only those who are `as` this hear it; everybody if absent. */
  readonly heardBy?: string | undefined
}

/**
 * A leg in a conference: its packets go in by {@link packet}, what it hears leaves by its frame sink, once a tick.
 * It uses the codec for both directions, until {@link hearIn} names another for what it says. Codecs stay their owner's.
 */
export class ConferenceMember implements PacketSink, MixVoice {
  readonly codec: Codec
  readonly sink: FrameSink
  readonly place: MixPlace
  readonly encoder: FrameEncoder
  readonly #mixRate: number
  #saidIn: Codec
  #voice: PeerVoice
  #resampler: Resampler | undefined
  #frame: Int16Array

  constructor(mixer: Mixer, codec: Codec, sink: FrameSink, heard: HeardInMix) {
    this.codec = codec
    this.sink = sink
    this.#mixRate = mixer.sampleRate
    this.#saidIn = codec
    this.#voice = new PeerVoice(codec)
    this.#frame = new Int16Array(0)
    this.hearIn(codec)
    this.encoder = new FrameEncoder(codec, mixer.sampleRate)
    this.place = mixer.join({ isMuted: heard.muted, as: heard.as, heardBy: heard.heardBy, voice: this })
  }

  /** Its packets are in this codec from now on. */
  hearIn(codec: Codec): void {
    this.#saidIn = codec
    this.#voice = new PeerVoice(codec)
    this.#frame = new Int16Array((codec.sampleRate * tickMs) / 1000)
    this.#resampler = codec.sampleRate === this.#mixRate ? undefined : new Resampler(codec.sampleRate, this.#mixRate)
  }

  /** What it says while it is muted is not even decoded. */
  setHeard({ muted, heardBy }: HeardInMix): void {
    this.place.heardBy = heardBy
    if (this.place.isMuted === muted) return
    this.place.isMuted = muted
    // Nothing that was said before is heard afterwards.
    this.hearIn(this.#saidIn)
  }

  /** After so long at the most, all that has come until now was heard, milliseconds. */
  get heldMs(): number {
    return this.#voice.buffer.heldMs
  }

  packet(packet: AudioPacket): void {
    if (!this.place.isMuted) this.#voice.packet(packet)
  }

  listen(): number {
    this.#voice.read(this.#frame)
    return meanPower(this.#frame)
  }

  fill(out: Int16Array, isNew: boolean): void {
    if (this.#resampler === undefined) return out.set(this.#frame)
    if (isNew) this.#resampler.reset()
    this.#resampler.process(this.#frame, this.#frame.length, out)
  }
}

/**
 * A conference of legs with codecs of any kind. Its owner calls {@link tick} every 20 ms. Whoever does not speak hears what all
 * hear: it is encoded once for each codec.
 */
export class Conference {
  readonly #mixer: Mixer
  readonly #members = new Set<ConferenceMember>()
  readonly #shared = new Map<CodecName, { readonly codec: Codec; readonly encoder: FrameEncoder }>()
  #tick = 0

  constructor(options: { sampleRate?: 16000 | 48000; mostSpeakers?: number } = {}) {
    this.#mixer = new Mixer({ noiseDbov, ...options })
  }

  get size(): number {
    return this.#members.size
  }

  get sampleRate(): number {
    return this.#mixer.sampleRate
  }

  /** @param codec for this member alone; an Opus codec best at the mix's own rate (16 kHz), which saves the resampling */
  join(codec: Codec, sink: FrameSink, heard: HeardInMix = { muted: false }): ConferenceMember {
    const member = new ConferenceMember(this.#mixer, codec, sink, heard)
    this.#members.add(member)
    return member
  }

  /** Idempotent. */
  leave(member: ConferenceMember): void {
    if (this.#members.delete(member)) this.#mixer.leave(member.place)
  }

  /** The last tick of what everybody hears who does not speak; valid until the next one. */
  get heardByAll(): Int16Array {
    return this.#mixer.common
  }

  /** After so long at the most, all that has come from members until now was heard, milliseconds. */
  get heldMs(): number {
    let mostMs = 0
    for (const member of this.#members) mostMs = Math.max(mostMs, member.heldMs)
    return mostMs + filterMs
  }

  /** All hear the source, made for {@link sampleRate}, after those that play already. */
  play(source: AudioSource): void {
    this.#mixer.play(source)
  }

  /** Who speaks now and how loud, dBov, the loudest first. */
  speakers(): { readonly member: ConferenceMember; readonly levelDbov: number }[] {
    const speaking = []
    for (const member of this.#members) {
      const levelDbov = this.#mixer.levelOf(member.place)
      if (levelDbov !== undefined) speaking.push({ member, levelDbov })
    }
    return speaking.toSorted((a, b) => b.levelDbov - a.levelDbov)
  }

  tick(): void {
    this.#tick++
    this.#mixer.tick()
    for (const member of this.#members) {
      if (member.sink.isOpen?.() === false) continue
      const { place, codec, sink } = member
      const encoder = place.hearsCommon ? this.#sharedEncoder(codec) : member.encoder
      const payload = encoder.encode(place.output, this.#tick, this.#mixer.past)
      if (payload.length > 0) sink.sendFrame(payload, encoder.durationTicks, 0)
    }
  }

  /** Frees what is shared; members are to have left. */
  close(): void {
    this.#mixer.close()
    for (const { codec } of this.#shared.values()) codec.close()
    this.#shared.clear()
  }

  #sharedEncoder({ name, sampleRate }: Codec): FrameEncoder {
    const known = this.#shared.get(name)
    if (known) return known.encoder
    const codec = createCodec(name, name === 'opus' && sampleRate === 48_000 ? 48_000 : opusRate)
    const made = { codec, encoder: new FrameEncoder(codec, this.sampleRate) }
    this.#shared.set(name, made)
    return made.encoder
  }
}

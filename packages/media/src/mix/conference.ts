import type { AudioSource } from '../audio/audio-source.ts'
import type { Codec } from '../audio/codec.ts'
import type { FrameSink } from '../audio/packet-ports.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import { Resampler } from '../audio/resampler.ts'
import { SourceSender } from '../audio/source-sender.ts'
import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import { type MixPlace, Mixer } from './mixer.ts'

/**
 * A leg in a conference: its packets go in by {@link packet}, what it hears leaves by its frame sink, once a tick.
 * It uses the codec for both directions, until {@link hearIn} names another for what it says. Codecs stay their owner's.
 */
export class ConferenceMember implements PacketSink {
  readonly place: MixPlace
  readonly #mixRate: number
  readonly #sink: FrameSink
  readonly #sender: SourceSender
  #voice: PeerVoice

  constructor(place: MixPlace, mixRate: number, codec: Codec, sink: FrameSink) {
    this.place = place
    this.#mixRate = mixRate
    this.#sink = sink
    this.#voice = new PeerVoice(codec, mixRate)
    this.#sender = new SourceSender(codec, hearing(place, mixRate, codec.sampleRate), sink)
  }

  /** Its packets are in this codec from now on. */
  hearIn(codec: Codec): void {
    this.#voice = new PeerVoice(codec, this.#mixRate)
  }

  packet(packet: AudioPacket): void {
    this.#voice.packet(packet)
  }

  /** Before the mixing: what the member says. */
  fillInput(): void {
    this.#voice.read(this.place.input)
  }

  /** After the mixing: what the member hears. */
  sendOutput(): void {
    if (this.#sink.isOpen !== false) this.#sender.tick()
  }
}

/** A conference of legs with codecs of any kind. Its owner calls {@link tick} every 20 ms. */
export class Conference {
  readonly #mixer: Mixer
  readonly #members = new Set<ConferenceMember>()

  constructor(options: { sampleRate?: 16000 | 48000; mostSpeakers?: number } = {}) {
    this.#mixer = new Mixer(options)
  }

  get size(): number {
    return this.#members.size
  }

  get sampleRate(): number {
    return this.#mixer.sampleRate
  }

  /** @param codec for this member alone; an Opus codec best at the mix's own rate (16 kHz), which saves the resampling */
  join(codec: Codec, sink: FrameSink, options: { isMuted?: boolean } = {}): ConferenceMember {
    const member = new ConferenceMember(this.#mixer.join(options), this.#mixer.sampleRate, codec, sink)
    this.#members.add(member)
    return member
  }

  /** Idempotent. */
  leave(member: ConferenceMember): void {
    if (this.#members.delete(member)) this.#mixer.leave(member.place)
  }

  tick(): void {
    for (const member of this.#members) member.fillInput()
    this.#mixer.tick()
    for (const member of this.#members) member.sendOutput()
  }
}

/** What a place hears, at the codec's rate. */
function hearing(place: MixPlace, mixRate: number, sampleRate: number): AudioSource {
  const resampler = mixRate === sampleRate ? undefined : new Resampler(mixRate, sampleRate)
  return {
    read(out) {
      if (resampler === undefined) out.set(place.output)
      else resampler.process(place.output, place.output.length, out)
      return true
    },
  }
}

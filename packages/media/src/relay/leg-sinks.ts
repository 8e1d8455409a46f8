import type { CodecName } from '@vaxel/core'
import type { AudioPacket } from './audio-sink.ts'

/** What a leg's packets go to: those who hear it, and recordings. */
export interface LegSink {
  /** @param codec of the packet; for comfort noise the codec that came last */
  audio(packet: AudioPacket, codec: CodecName, isComfortNoise: boolean): void
  /** A telephone event (RFC 4733). */
  event?(packet: AudioPacket, clockRate: number): void
}

/** The sinks of one leg, told one after another without allocation. They may change while they are told. */
export class SinkList implements LegSink {
  #sinks: readonly LegSink[] = []

  get size(): number {
    return this.#sinks.length
  }

  add(sink: LegSink): void {
    this.#sinks = [...this.#sinks, sink]
  }

  delete(sink: LegSink): void {
    this.#sinks = this.#sinks.filter((other) => other !== sink)
  }

  clear(): void {
    this.#sinks = []
  }

  audio(packet: AudioPacket, codec: CodecName, isComfortNoise: boolean): void {
    const sinks = this.#sinks
    for (let i = 0; i < sinks.length; i++) sinks[i]!.audio(packet, codec, isComfortNoise)
  }

  event(packet: AudioPacket, clockRate: number): void {
    const sinks = this.#sinks
    for (let i = 0; i < sinks.length; i++) sinks[i]!.event?.(packet, clockRate)
  }
}

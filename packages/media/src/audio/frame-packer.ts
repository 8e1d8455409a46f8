import type { CodecName } from '@vaxel/core'
import type { FrameSink } from './packet-ports.ts'

/** G.711 and G.722 alike, and as many ticks of the RTP clock: their packets may be cut and joined anywhere (RFC 3551 §4.5.2, §4.5.14). */
const bytesAMs = 8
/** What is begun and not gone on with for so long is forgotten: the stream then goes by the clock. Milliseconds. */
const forgottenAfterMs = 200

/** What a peer said of the packets that it wants. */
export interface PacketForm {
  readonly codec: CodecName
  readonly sendPtimeMs: number
}

/** How long a packet is, by its size, milliseconds; 0 of Opus, whose packets are sent as they come. */
export function cuttableMs(codec: CodecName, bytes: number): number {
  return codec === 'opus' ? 0 : bytes / bytesAMs
}

const noPacket = new Uint8Array(0)

/**
 * Puts frames of 20 ms into packets of the length that the peer wants (`a=ptime`, `a=maxptime`, RFC 8866 §6.4), where the codec lets that be
 * done without encoding anew. Frames of that length pass as they are.
 */
export class FramePacker implements FrameSink {
  readonly #sink: FrameSink
  readonly #form: () => PacketForm | undefined
  readonly #now: () => number
  #codec: CodecName | undefined
  #packet = noPacket
  #held = 0
  #pauseTicks = 0
  #lastMs = 0

  /** @param now monotonic milliseconds, as the stream behind the sink takes them */
  constructor(sink: FrameSink, form: () => PacketForm | undefined, now: () => number) {
    this.#sink = sink
    this.#form = form
    this.#now = now
  }

  isOpen(): boolean {
    return this.#sink.isOpen?.() !== false
  }

  sendFrame(payload: Uint8Array, durationTicks: number, pauseTicks: number): void {
    const form = this.#form()
    if (!form) return
    const packetBytes = form.sendPtimeMs * bytesAMs
    const passes = form.codec === 'opus' || (payload.length === packetBytes && this.#held === 0)
    if (passes) return this.#sink.sendFrame(payload, durationTicks, pauseTicks)
    if (this.#codec !== form.codec || this.#packet.length !== packetBytes) {
      this.#codec = form.codec
      this.#packet = new Uint8Array(packetBytes)
      this.#held = 0
    }
    this.#pause(pauseTicks)
    this.#pack(payload)
  }

  /** Sends what is begun as a packet that is shorter. */
  flush(): void {
    const [held, pauseTicks] = [this.#held, this.#pauseTicks]
    this.#held = 0
    this.#pauseTicks = 0
    if (held > 0) this.#sink.sendFrame(this.#packet.subarray(0, held), held, pauseTicks)
  }

  /** A talk spurt begins with a packet of its own. */
  #pause(pauseTicks: number): void {
    const nowMs = this.#now()
    if (pauseTicks > 0 || nowMs - this.#lastMs > forgottenAfterMs) {
      this.#pauseTicks = pauseTicks > 0 ? pauseTicks + this.#held : 0
      this.#held = 0
    }
    this.#lastMs = nowMs
  }

  #pack(payload: Uint8Array): void {
    const packet = this.#packet
    for (let at = 0; at < payload.length; at++) {
      packet[this.#held++] = payload[at]!
      if (this.#held < packet.length) continue
      const pauseTicks = this.#pauseTicks
      this.#held = 0
      this.#pauseTicks = 0
      this.#sink.sendFrame(packet, packet.length, pauseTicks)
    }
  }
}

import { eventPayloadBytes, shortestSegmentTicks } from '../rtp/telephone-event.ts'
import type { AudioPacket } from './audio-sink.ts'

const longestTicks = 0xffff

/**
 * Telephone events of one leg on their way to another, at the other's clock rate (RFC 4733). A long event is cut into segments anew,
 * as the length that one packet can tell depends on that rate. What an event before has left under way is passed on no more: it
 * would be heard as one event more.
 */
export class EventRelay {
  /** Of the packet that {@link take} asked for. */
  readonly payload = new Uint8Array(eventPayloadBytes)
  /** Its marker bit: the first packet of an event. */
  marker = false
  /** Where it stands in the stream that it goes to. */
  timestamp = 0
  #ssrc = -1
  #event = -1
  /** Of the source's segment, in its own ticks. */
  #sourceTimestamp = 0
  #sourceTicks = 0
  /** Of the segments before it. */
  #sourceEarlier = 0
  #eventBefore = -1
  #timestampBefore = 0
  /** From the beginning of the event to our segment's, and how much of that was told: in ticks of the stream it goes to. */
  #segmentStart = 0
  #told = 0
  #hasEnded = false

  /**
   * Takes a packet of the source.
   * @param sourceRateHz of its event clock; `rateHz` of the one it goes to
   * @param beginsAt where an event that begins now stands in the stream that it goes to
   * @returns whether {@link payload} is to be sent
   */
  take(packet: AudioPacket, sourceRateHz: number, rateHz: number, beginsAt: number): boolean {
    const at = packet.payloadStart
    if (packet.payloadEnd - at < eventPayloadBytes) return false
    const event = packet.bytes[at]!
    if (this.#isOvertaken(event, packet)) return false
    this.marker = !this.#goesOn(event, packet)
    if (this.marker) this.#begin(event, packet, beginsAt)
    // The end comes three times, and says the same each time.
    if (!this.#hasEnded) this.#write(event, packet.bytes, at, rateHz / sourceRateHz)
    return true
  }

  #write(event: number, bytes: Uint8Array, at: number, ratio: number): void {
    this.#sourceTicks = Math.max(this.#sourceTicks, (bytes[at + 2]! << 8) | bytes[at + 3]!)
    const ticks = Math.round((this.#sourceEarlier + this.#sourceTicks) * ratio)
    const segmentTicks = this.#told - this.#segmentStart
    if (ticks - this.#segmentStart > longestTicks && segmentTicks >= shortestSegmentTicks) {
      this.timestamp = (this.timestamp + segmentTicks) >>> 0
      this.#segmentStart = this.#told
    }
    const duration = Math.min(longestTicks, ticks - this.#segmentStart)
    this.#told = this.#segmentStart + duration
    this.#hasEnded = bytes[at + 1]! >= 128
    this.payload[0] = event
    this.payload[1] = bytes[at + 1]!
    this.payload[2] = duration >> 8
    this.payload[3] = duration
  }

  /** A packet of the event or segment before, which came after the first of the next one. */
  #isOvertaken(event: number, { ssrc, timestamp }: AudioPacket): boolean {
    if (event !== this.#eventBefore || ssrc !== this.#ssrc) return false
    return timestamp === this.#timestampBefore && timestamp !== this.#sourceTimestamp
  }

  #goesOn(event: number, { ssrc, timestamp }: AudioPacket): boolean {
    if (event !== this.#event || ssrc !== this.#ssrc) return false
    const step = (timestamp - this.#sourceTimestamp) | 0
    if (step === 0) return true
    // The last packet of the segment before may be lost.
    const isNext = this.#sourceTicks >= shortestSegmentTicks && step >= this.#sourceTicks && step <= longestTicks
    if (this.#hasEnded || !isNext) return false
    this.#remember(event, timestamp)
    this.#sourceEarlier += step
    this.#sourceTicks = 0
    return true
  }

  #begin(event: number, { ssrc, timestamp }: AudioPacket, beginsAt: number): void {
    if (ssrc !== this.#ssrc) this.#event = -1
    this.#remember(event, timestamp)
    this.#ssrc = ssrc
    this.timestamp = beginsAt
    this.#sourceTicks = 0
    this.#sourceEarlier = 0
    this.#segmentStart = 0
    this.#told = 0
    this.#hasEnded = false
  }

  #remember(event: number, timestamp: number): void {
    this.#eventBefore = this.#event
    this.#timestampBefore = this.#sourceTimestamp
    this.#event = event
    this.#sourceTimestamp = timestamp
  }
}

import type { AudioPacket } from '../relay/audio-sink.ts'
import { comfortNoisePayloadType } from './packet-ports.ts'

/** Slots of the queue, a power of two: 1.28 s of 20 ms packets. */
const capacity = 64
const firstSlotBytes = 256

/** A packet waiting to be played. Its payload is only valid until the slot is taken. */
export interface QueuedPacket {
  /** Extended sequence number; −1 when the slot is empty. */
  sequence: number
  /** Extended timestamp, RTP ticks. */
  timestamp: number
  /** The payload, exactly as long as received. */
  payload: Uint8Array
  isComfortNoise: boolean
}

/** What became of a packet: `restart` = it was stored and everything before it was forgotten, because the source began anew. */
export type Queued = 'stored' | 'reordered' | 'late' | 'duplicate' | 'stray' | 'restart'

interface Slot extends QueuedPacket {
  bytes: Uint8Array
}

/**
 * Packets of one source in the order of their sequence numbers, bounded, with wrap-around of sequence and timestamp.
 * A leap of the sequence is believed when the next packet confirms it (RFC 3550 appendix A.1). Payloads are copied into slots that are kept.
 */
export class PacketQueue {
  readonly #slots: readonly Slot[] = Array.from({ length: capacity }, () => {
    const bytes = new Uint8Array(firstSlotBytes)
    return { sequence: -1, timestamp: 0, payload: bytes.subarray(0, 0), isComfortNoise: false, bytes }
  })
  #highest = -1
  #highestTimestamp = 0
  #next = -1
  #confirming = -1
  /** Something was taken out since the source began; until then an overtaken packet may still become the first. */
  #hasBegun = false

  /** Extended sequence number of the next packet to be played; −1 before the first. */
  get next(): number {
    return this.#next
  }

  /** Extended timestamp of the newest packet. */
  get highestTimestamp(): number {
    return this.#highestTimestamp
  }

  /** A packet is waiting that has not been played or passed over. */
  get isEmpty(): boolean {
    return this.#highest < this.#next || this.#next < 0
  }

  /** Takes a packet in; its payload is copied. */
  put(packet: AudioPacket): Queued {
    const { sequence } = packet
    if (this.#highest < 0) return this.#restart(packet)
    const extended = this.#highest + (((sequence - this.#highest) << 16) >> 16)
    if (extended >= this.#next + capacity || extended < this.#next - capacity) {
      if (sequence === this.#confirming) return this.#restart(packet)
      this.#confirming = (sequence + 1) & 0xffff
      return 'stray'
    }
    if (extended < this.#next) {
      // The newest keeps its place: nobody looks for it in vain.
      if (this.#hasBegun || this.#highest - extended >= capacity) return 'late'
      this.#next = extended
    }
    const slot = this.#slots[extended & (capacity - 1)] as Slot
    if (slot.sequence === extended) return 'duplicate'
    this.#confirming = -1
    const isNewest = extended > this.#highest
    this.#store(slot, extended, this.#extendTimestamp(packet.timestamp), packet)
    if (!isNewest) return 'reordered'
    this.#highest = extended
    this.#highestTimestamp = slot.timestamp
    return 'stored'
  }

  /** The packet with that extended sequence number, if it is here. */
  at(sequence: number): QueuedPacket | undefined {
    const slot = this.#slots[sequence & (capacity - 1)] as Slot
    return sequence >= 0 && slot.sequence === sequence ? slot : undefined
  }

  /** The oldest packet that waits. */
  oldest(): QueuedPacket | undefined {
    for (let sequence = this.#next; sequence <= this.#highest; sequence++) {
      const packet = this.at(sequence)
      if (packet !== undefined) return packet
    }
    return undefined
  }

  /** Goes on behind the packet of that sequence number, played or not; anything up to it is late from now on. */
  passOver(sequence: number): void {
    if (sequence >= this.#next) this.#hasBegun = true
    for (; this.#next <= sequence; this.#next++) {
      const slot = this.#slots[this.#next & (capacity - 1)] as Slot
      if (slot.sequence <= sequence) slot.sequence = -1
    }
  }

  clear(): void {
    for (const slot of this.#slots) slot.sequence = -1
    this.#highest = -1
    this.#next = -1
    this.#confirming = -1
    this.#hasBegun = false
  }

  #restart(packet: AudioPacket): Queued {
    this.clear()
    // One cycle ahead, so that packets that were overtaken at the start have a place below.
    const extended = packet.sequence + 0x10000
    this.#highest = extended
    this.#next = extended
    this.#highestTimestamp = packet.timestamp + 0x1_0000_0000
    this.#store(this.#slots[extended & (capacity - 1)] as Slot, extended, this.#highestTimestamp, packet)
    return 'restart'
  }

  #extendTimestamp(timestamp: number): number {
    return this.#highestTimestamp + ((timestamp - this.#highestTimestamp) | 0)
  }

  #store(slot: Slot, sequence: number, timestamp: number, packet: AudioPacket): void {
    const { bytes, payloadStart } = packet
    const length = packet.payloadEnd - payloadStart
    if (length > slot.bytes.length) slot.bytes = new Uint8Array(Math.max(length, 1500))
    for (let i = 0; i < length; i++) slot.bytes[i] = bytes[payloadStart + i] as number
    if (slot.payload.length !== length || slot.payload.buffer !== slot.bytes.buffer) {
      slot.payload = slot.bytes.subarray(0, length)
    }
    slot.sequence = sequence
    slot.timestamp = timestamp
    slot.isComfortNoise = packet.payloadType === comfortNoisePayloadType
  }
}

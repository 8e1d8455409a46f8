import type { AudioSource } from '../audio/audio-source.ts'

export type { AudioSource }

/** One received audio packet on its way: header fields as on the wire, payload still encoded. Reused for the next packet. */
export interface AudioPacket {
  readonly payloadType: number
  readonly marker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  /** The whole decrypted packet; only `payloadStart` to `payloadEnd` is the payload. Valid during the call only. */
  readonly bytes: Uint8Array
  readonly payloadStart: number
  readonly payloadEnd: number
  /** Monotonic milliseconds. */
  readonly arrivalMs: number
}

/** Takes audio packets: a bridge to another leg, or the jitter buffer in front of a decoder. */
export interface PacketSink {
  packet(packet: AudioPacket): void
}

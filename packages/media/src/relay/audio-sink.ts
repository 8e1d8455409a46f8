import type { AudioSource } from '../audio/audio-source.ts'

export type { AudioSource }

/** Takes sound as it goes by: 16-bit mono, 20 ms a call, at a rate fixed when it was made. The frame is only valid during the call. */
export interface AudioSink {
  write(frame: Int16Array): void
  /** Ends it: what is buffered is finished in the background. Idempotent. */
  close?(): void
}

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

import type { CodecName } from '@vaxel/core'

/** Longest audio that one packet may bring, milliseconds; longer ones are cut. */
export const maxPacketMs = 120
/** The engine's own tick and the length of the packets it sends, milliseconds. */
export const tickMs = 20

/**
 * One direction-pair of one codec for one leg: it keeps the state of a decoder and of an encoder, so it belongs to one stream each way.
 * Audio is 16-bit mono at `sampleRate`. Nothing is allocated per frame; the caller owns all buffers.
 */
export interface Codec {
  readonly name: CodecName
  /** Ticks a second of the RTP timestamp (RFC 3551 §4.5.2: G.722 says 8000 though it samples at 16000). */
  readonly clockRate: number
  /** Samples a second of what `decode` writes and `encode` reads. */
  readonly sampleRate: number
  /**
   * Decodes one packet's payload.
   * @param out at least {@link maxPacketMs} of samples; what does not fit is not decoded
   * @returns samples written; 0 if the payload is not decodable (it is then as if lost)
   */
  decode(payload: Uint8Array, out: Int16Array): number
  /**
   * Fills in for one lost packet. Several calls in a row fade to silence.
   * @param samples how many to write, at most `out.length`
   * @param next the payload of the packet right after the lost one, if it is at hand: some codecs carry a copy in it (Opus FEC, RFC 6716 §2.1.7)
   * @returns samples written
   */
  conceal(out: Int16Array, samples: number, next?: Uint8Array): number
  /**
   * Encodes one frame.
   * @param samples a whole number of milliseconds; Opus takes 10, 20, 40 or 60 ms, the others any even count
   * @returns bytes written to `out`
   */
  encode(samples: Int16Array, out: Uint8Array): number
  /** A new source begins: the decoder forgets the old one (what was heard last is kept, so that the change does not click). The encoder goes on. */
  reset(): void
  /** Frees what the codec holds outside the heap; it must not be used afterwards. Idempotent. */
  close(): void
}

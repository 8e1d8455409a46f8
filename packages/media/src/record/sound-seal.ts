import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { RecordingCoding } from './wav-header.ts'

/*
 * A sealed sound file (docs/sealed-sound.md): a header in the clear, then segments of the same size, each sealed on its own
 * with AES-256-GCM (SP 800-38D) under the file's own key. A segment is authenticated with the header, its place and
 * whether it is the last: a segment that was changed, moved, left out, added or taken from another file does not open, and a file
 * whose last segment is missing is known to be cut short.
 */

const magic = Buffer.from('VXSOUND1', 'latin1')
/** Bytes of the header. */
export const sealHeaderBytes = 36
/** Bytes of a key. */
export const sealKeyBytes = 32
export const nonceBytes = 12
const tagBytes = 16
/** What a segment takes besides its sound: mark, nonce, tag. */
export const sealOverheadBytes = 1 + nonceBytes + tagBytes
/** A segment is at most a second of 48 kHz stereo; more is no file of ours. */
const mostSegmentBytes = 192_000
const codings: readonly RecordingCoding[] = ['pcm16', 'alaw']

/** What sound is in a sealed file, and how it is cut into segments. */
export interface SealForm {
  readonly coding: RecordingCoding
  readonly channels: 1 | 2
  readonly sampleRate: number
  /** Bytes of sound in each segment but the last, which may have fewer. */
  readonly segmentBytes: number
}

/** A header with a name of its own, so that no segment fits into another file. */
export function makeSealHeader(form: SealForm): Buffer {
  const header = Buffer.alloc(sealHeaderBytes)
  magic.copy(header)
  header[8] = codings.indexOf(form.coding)
  header[9] = form.channels
  header.writeUInt32LE(form.sampleRate, 12)
  header.writeUInt32LE(form.segmentBytes, 16)
  randomBytes(16).copy(header, 20)
  return header
}

/** @returns undefined when it is no sealed sound file */
export function readSealHeader(header: Uint8Array): SealForm | undefined {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength)
  if (bytes.length < sealHeaderBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined
  const coding = codings[bytes[8] as number]
  const channels = bytes[9]
  const sampleRate = bytes.readUInt32LE(12)
  const segmentBytes = bytes.readUInt32LE(16)
  if (coding === undefined || (channels !== 1 && channels !== 2)) return undefined
  const frameBytes = channels * (coding === 'pcm16' ? 2 : 1)
  if (sampleRate < 8000 || sampleRate > 48_000) return undefined
  if (segmentBytes === 0 || segmentBytes > mostSegmentBytes || segmentBytes % frameBytes !== 0) return undefined
  return { coding, channels, sampleRate, segmentBytes }
}

/**
 * Seals one segment. The nonce is random, as a place may be written twice (silence after a disk that refused).
 * @param index of the segment in its file, from 0
 */
export function sealSegment(
  key: Uint8Array,
  header: Uint8Array,
  index: number,
  isLast: boolean,
  sound: Uint8Array,
): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeOf(header, index, isLast))
  const body = cipher.update(sound)
  cipher.final()
  return Buffer.concat([Uint8Array.of(isLast ? 1 : 0), nonce, body, cipher.getAuthTag()])
}

/** @returns the sound of a segment, or undefined when it is not the segment of this place, file and key */
export function openSegment(
  key: Uint8Array,
  header: Uint8Array,
  index: number,
  sealed: Uint8Array,
): { readonly sound: Buffer; readonly isLast: boolean } | undefined {
  if (sealed.length < sealOverheadBytes || (sealed[0] as number) > 1) return undefined
  const isLast = sealed[0] === 1
  const end = sealed.length - tagBytes
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes })
  opener.setAAD(placeOf(header, index, isLast)).setAuthTag(sealed.subarray(end))
  const sound = opener.update(sealed.subarray(1 + nonceBytes, end))
  try {
    opener.final()
  } catch {
    return undefined
  }
  return { sound, isLast }
}

function placeOf(header: Uint8Array, index: number, isLast: boolean): Buffer {
  const place = Buffer.alloc(sealHeaderBytes + 5)
  placeInto(place, header, index, isLast)
  return place
}

/** What is authenticated beside the sound of a segment: the file's header, the place, and whether it is the last. */
export function placeInto(place: Buffer, header: Uint8Array, index: number, isLast: boolean): void {
  place.set(header)
  place.writeUInt32BE(index, sealHeaderBytes)
  place[sealHeaderBytes + 4] = isLast ? 1 : 0
}

import { alawToLinear, mulawToLinear } from '../audio/g711.ts'
import type { WavFormat } from './wav-format.ts'

/** Bytes that one instant of sound takes. */
export function wavFrameBytes(format: WavFormat): number {
  return format.channels * (format.coding === 'pcm16' ? 2 : 1)
}

/**
 * Decodes whole frames of a WAV file's samples to mono; of stereo the mean of both is taken.
 * @returns samples written: as many as there are whole frames in `bytes`, at most `out.length`
 */
export function decodeWavSamples(format: WavFormat, bytes: Uint8Array, out: Int16Array): number {
  const size = wavFrameBytes(format)
  const count = Math.min(Math.floor(bytes.length / size), out.length)
  for (let i = 0; i < count; i++) {
    const left = sampleAt(format, bytes, i * size)
    out[i] = format.channels === 1 ? left : (left + sampleAt(format, bytes, i * size + (size >> 1))) >> 1
  }
  return count
}

function sampleAt(format: WavFormat, bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (format.coding === 'pcm16') return ((byte | ((bytes[at + 1] as number) << 8)) << 16) >> 16
  if (format.coding === 'pcm8') return (byte - 128) << 8
  return (format.coding === 'alaw' ? alawToLinear : mulawToLinear)[byte] as number
}

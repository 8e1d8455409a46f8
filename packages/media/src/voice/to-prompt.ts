import { encodeAlaw } from '../audio/g711.ts'
import { Resampler } from '../audio/resampler.ts'
import { parseWavHeader } from '../play/wav-format.ts'
import { decodeWavSamples, wavFrameBytes } from '../play/wav-samples.ts'
import { makeWavHeader } from '../record/wav-header.ts'

const sampleRate = 16_000
/** Quieter than this is not speech. */
const silenceLevel = 250
const leadMs = 40
const tailMs = 90
/** Peak of a prompt: -6 dB of full scale. */
const peak = 16_384

/**
 * Makes a prompt of what a voice has read: 16 kHz, mono, A-law, the silence at both ends cut to what a pause between words is, all
 * equally loud. Throws when it is no WAV file, or silent.
 */
export function toPrompt(file: Uint8Array): Uint8Array {
  const parsed = parseWavHeader(file, file.length)
  if (!parsed.ok) throw new Error(`the voice wrote no sound: ${parsed.reason}`)
  const { format } = parsed
  const bytes = file.subarray(format.dataStart, format.dataEnd)
  const read = new Int16Array(Math.floor(bytes.length / wavFrameBytes(format)))
  decodeWavSamples(format, bytes, read)
  const samples = trimmed(resampled(read, format.sampleRate))
  let loudest = 0
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample))
  const data = new Uint8Array(samples.length)
  for (const [index, sample] of samples.entries()) data[index] = encodeAlaw(Math.round((sample * peak) / loudest))
  return Buffer.concat([makeWavHeader('alaw', sampleRate, data.length, 1), data])
}

function resampled(samples: Int16Array, from: number): Int16Array {
  if (from === sampleRate) return samples
  const resampler = new Resampler(from, sampleRate)
  const out = new Int16Array(resampler.outputLength(samples.length) + 1)
  const frame = Math.floor(from / 50)
  const part = new Int16Array(resampler.outputLength(frame))
  let length = 0
  for (let at = 0; at < samples.length; at += frame) {
    const written = resampler.process(samples.subarray(at), Math.min(frame, samples.length - at), part)
    const count = Math.min(written, out.length - length)
    out.set(part.subarray(0, count), length)
    length += count
  }
  return out.subarray(0, length)
}

function trimmed(samples: Int16Array): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > silenceLevel)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silenceLevel)
  if (first < 0) throw new Error('the voice said nothing')
  const start = Math.max(0, first - (leadMs * sampleRate) / 1000)
  const out = new Int16Array(last - start + (tailMs * sampleRate) / 1000)
  out.set(samples.subarray(start, Math.min(samples.length, start + out.length)))
  return out
}

import { SealedFile } from './sealed-file.ts'
import { parseWavHeader } from '../play/wav-format.ts'

/**
 * Writes a whole WAV file sealed.
 * @param wav PCM of 16 bits or A-law
 * @returns bytes of sound; rejects when it cannot be written, or is of another kind
 */
export async function sealWav(path: string, key: Uint8Array, wav: Uint8Array): Promise<number> {
  const parsed = parseWavHeader(wav, wav.length)
  if (!parsed.ok) throw new Error(`a WAV file that is not one: ${parsed.reason}`)
  const { coding, channels, sampleRate, dataStart, dataEnd } = parsed.format
  if (coding !== 'pcm16' && coding !== 'alaw') throw new Error(`sound of the kind ${coding} is not sealed`)
  const segmentBytes = sampleRate * channels * (coding === 'pcm16' ? 2 : 1)
  let trouble: string | undefined
  const file = await SealedFile.create(path, { coding, channels, sampleRate, segmentBytes }, key, (reason) => {
    trouble = reason
  })
  for (let at = dataStart; at < dataEnd; at += segmentBytes) {
    file.write(wav.slice(at, Math.min(dataEnd, at + segmentBytes)))
    await file.settled()
  }
  await file.close()
  if (trouble !== undefined) throw new Error(`a sound could not be written: ${trouble}`)
  return dataEnd - dataStart
}

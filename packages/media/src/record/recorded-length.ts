import { open } from 'node:fs/promises'
import { parseWavHeader } from '../play/wav-format.ts'
import { wavHeaderBytes } from './wav-header.ts'

/**
 * Length of the sound in a recording, also in one whose recorder was killed, milliseconds.
 * @returns undefined when there is no such file, or it is no recording
 */
export async function recordedLengthMs(path: string): Promise<number | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const head = new Uint8Array(wavHeaderBytes)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const parsed = parseWavHeader(head.subarray(0, bytesRead), (await file.stat()).size)
    if (!parsed.ok) return undefined
    const { channels, coding, sampleRate, dataStart, dataEnd } = parsed.format
    return ((dataEnd - dataStart) / (channels * (coding === 'pcm16' ? 2 : 1)) / sampleRate) * 1000
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}

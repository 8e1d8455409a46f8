import type { RecordingFile, SealedSoundReader } from '@vaxel/core'
import { SealedSound } from './sealed-sound.ts'

/** Reads what the media engine sealed. A file is open only while it is read. */
export const sealedSoundReader: SealedSoundReader = {
  open: async (path, key) => {
    const sound = await SealedSound.open(path, key)
    if (sound === undefined) return undefined
    await sound.close()
    const file: RecordingFile = { sizeBytes: sound.sizeBytes, read: (start, end) => readPart(path, key, start, end) }
    return file
  },
  inspect: async (path, key) => {
    const sound = await SealedSound.open(path, key)
    if (sound === undefined) return undefined
    try {
      return { durationMs: sound.durationMs, verdict: await sound.verify() }
    } finally {
      await sound.close()
    }
  },
}

async function* readPart(path: string, key: Uint8Array, start: number, end: number): AsyncGenerator<Uint8Array> {
  const sound = await SealedSound.open(path, key)
  if (sound === undefined) return
  try {
    yield* sound.read(start, end)
  } finally {
    await sound.close()
  }
}

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { SealedSound } from '../record/sealed-sound.ts'

/** The bytes of a WAV file, wherever they come from. */
export interface SoundBytes {
  readonly sizeBytes: number
  /** @returns bytes read; fewer than asked for at the end alone */
  readAt(into: Uint8Array, position: number): Promise<number>
  close(): Promise<void>
}

/**
 * Opens a sound file, plain or sealed. Of a sealed one nothing is ever opened to the disk.
 * @returns why it cannot be played, if it cannot; rejects when there is no such file, or it does not open with its key
 */
export async function openSoundBytes(
  path: string,
  seal: { readonly key: Uint8Array } | undefined,
): Promise<SoundBytes | string> {
  if (seal) {
    const sound = await SealedSound.open(path, seal.key)
    return sound ? sealedBytes(sound) : 'not a sealed sound file'
  }
  // A pipe or a device would never end, and opening it must not wait.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const status = await file.stat()
  if (!status.isFile()) {
    await file.close()
    return 'not a file'
  }
  return {
    sizeBytes: status.size,
    readAt: async (into, position) => (await file.read(into, 0, into.length, position)).bytesRead,
    close: () => file.close(),
  }
}

function sealedBytes(sound: SealedSound): SoundBytes {
  return {
    sizeBytes: sound.sizeBytes,
    readAt: async (into, position) => {
      let read = 0
      for await (const piece of sound.read(position, position + into.length)) {
        into.set(piece, read)
        read += piece.length
      }
      return read
    },
    close: () => sound.close(),
  }
}

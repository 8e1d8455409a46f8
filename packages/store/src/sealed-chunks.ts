import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { open } from 'node:fs/promises'

/** A file is sealed in chunks of this size, so that any part of it can be read without the rest. */
export const chunkBytes = 64 * 1024
export const tagBytes = 16

/**
 * Reads a part of a file that was sealed by {@link sealChunk}. Throws for one that is shorter than it was, or was changed.
 * @param of `sizeBytes`: of the plain file; `end`: the byte after the last
 */
export async function* readSealed(of: {
  readonly path: string
  readonly key: KeyObject
  readonly sizeBytes: number
  readonly start: number
  readonly end: number
}): AsyncIterable<Uint8Array> {
  await using handle = await open(of.path, 'r')
  for (let index = Math.floor(of.start / chunkBytes); index * chunkBytes < of.end; index++) {
    const from = index * chunkBytes
    const sizeBytes = Math.min(chunkBytes, of.sizeBytes - from)
    const chunk = Buffer.alloc(sizeBytes + tagBytes)
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, index * (chunkBytes + tagBytes))
    if (bytesRead !== chunk.length) throw new Error(`the file ${of.path} is shorter than it was`)
    const plain = openChunk(of.key, index, chunk)
    yield plain.subarray(Math.max(0, of.start - from), Math.min(sizeBytes, of.end - from))
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}

/** Each key seals one file, so that the number of a chunk is used once with it. */
function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(index, 8)
  return bytes
}

/** One chunk as it lies in the file: sealed, then its tag. @param index from 0, used once with a key */
export function sealChunk(key: KeyObject, index: number, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(index))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openChunk(key: KeyObject, index: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index))
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
}

import { addressOf, ownBuffer } from './openssl-crypto.ts'

/** Words of 32 bits of one record: two lines of a processor's cache. */
const recordWords = 32
const recordsAChunk = 256
const wordBytes = 4

const chunks: Uint32Array[] = []
const chunkAddresses: number[] = []
const free: number[] = []

/**
 * Memory for what a packet needs of its key, for all keys of this thread side by side: with a thousand calls it is the memory that costs, not
 * the arithmetic, and buffers of their own are several times as much of it. A record is a number; its words are zero when it is taken.
 */
export function takeRecord(): number {
  if (free.length === 0) addChunk()
  return free.pop()!
}

/** Wipes a record and gives it back. */
export function releaseRecord(record: number): void {
  const first = firstWordOf(record)
  wordsOf(record).fill(0, first, first + recordWords)
  free.push(record)
}

/** The words among which a record's are, from {@link firstWordOf} on. */
export function wordsOf(record: number): Uint32Array {
  return chunks[record >> 8]!
}

export function firstWordOf(record: number): number {
  return (record & (recordsAChunk - 1)) * recordWords
}

/** Address of a record's first word. */
export function addressOfRecord(record: number): number {
  return chunkAddresses[record >> 8]! + firstWordOf(record) * wordBytes
}

function addChunk(): void {
  const bytes = ownBuffer(recordsAChunk * recordWords * wordBytes)
  const first = chunks.length * recordsAChunk
  chunks.push(new Uint32Array(bytes.buffer))
  chunkAddresses.push(addressOf(bytes))
  for (let i = recordsAChunk - 1; i >= 0; i--) free.push(first + i)
}

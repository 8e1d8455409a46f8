import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { decodeHead, decodeRecords, encodeHead, encodeRecord, type JournalHead, sectorBytes } from './journal-format.ts'

const fillBytes = 1024 * 1024

/** What a journal was found with. */
export interface JournalFound extends JournalHead {
  readonly texts: readonly string[]
  readonly sizeBytes: number
  /** Records that are sound but stand behind a damaged one, and are lost with it. */
  readonly cutOff: number
  /** Where a file went that was no journal (any more); nothing of it can be read. */
  readonly damaged?: string
}

/**
 * A file whose space is taken from the disk once, by really filling it, and then written over in place: on a full disk it still
 * takes what fits in it. Every call blocks until the disk has it: for a thread of its own, and for tests.
 */
export class JournalFile {
  readonly #descriptor: number
  readonly #sizeBytes: number
  #head: JournalHead
  #sequence: number
  #endBytes: number

  private constructor(options: {
    descriptor: number
    sizeBytes: number
    head: JournalHead
    count: number
    endBytes: number
  }) {
    this.#descriptor = options.descriptor
    this.#sizeBytes = options.sizeBytes
    this.#head = options.head
    this.#sequence = options.count
    this.#endBytes = options.endBytes
  }

  /**
   * Opens a journal with what it holds, or makes it. An empty one of another size is made anew.
   * @throws when the disk does not give the space
   */
  static open(path: string, sizeBytes: number): { file: JournalFile; found: JournalFound } {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    let damaged: string | undefined
    const there = openIfThere(path)
    if (there !== undefined) {
      const bytes = readAll(there)
      const head = decodeHead(bytes)
      if (head) {
        const { texts, endBytes, cutOff } = decodeRecords(bytes, head.generation)
        if (texts.length > 0 || bytes.length === sizeBytes) {
          const sizeNow = bytes.length
          const file = new JournalFile({ descriptor: there, sizeBytes: sizeNow, head, count: texts.length, endBytes })
          return { file, found: { ...head, texts, sizeBytes: sizeNow, cutOff } }
        }
      } else {
        damaged = `${path}-damaged-${randomBytes(4).toString('hex')}`
        renameSync(path, damaged)
      }
      closeSync(there)
    }
    const head: JournalHead = { id: randomBytes(16).toString('hex'), generation: 1 }
    const descriptor = make(path, sizeBytes, head)
    const file = new JournalFile({ descriptor, sizeBytes, head, count: 0, endBytes: sectorBytes })
    return { file, found: { ...head, texts: [], sizeBytes, cutOff: 0, ...(damaged === undefined ? {} : { damaged }) } }
  }

  /** Bytes that records take. */
  get usedBytes(): number {
    return this.#endBytes - sectorBytes
  }

  /** True once the record is on the disk; false when there is no room for it. @throws when the disk refuses; it may be tried again */
  append(text: string): boolean {
    const record = encodeRecord(this.#head.generation, this.#sequence + 1, text)
    if (this.#endBytes + record.length > this.#sizeBytes) return false
    writeAll(this.#descriptor, record, this.#endBytes)
    fdatasyncSync(this.#descriptor)
    this.#sequence++
    this.#endBytes += record.length
    return true
  }

  /** Forgets all records. Once this has returned, none of them comes back. */
  clear(): void {
    const head: JournalHead = { id: this.#head.id, generation: (this.#head.generation + 1) >>> 0 }
    writeAll(this.#descriptor, encodeHead(head), 0)
    fdatasyncSync(this.#descriptor)
    this.#head = head
    this.#sequence = 0
    this.#endBytes = sectorBytes
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Filled beside its place and then renamed: a journal is there whole or not at all, and one that could not be filled takes no room from the database. */
function make(path: string, sizeBytes: number, head: JournalHead): number {
  const partial = `${path}.partial`
  const descriptor = openSync(partial, 'w+', 0o600)
  try {
    // A length alone takes no space: only written blocks are ours when the disk is full.
    const zeros = Buffer.alloc(Math.min(fillBytes, sizeBytes))
    for (let at = 0; at < sizeBytes; at += zeros.length)
      writeAll(descriptor, zeros.subarray(0, Math.min(zeros.length, sizeBytes - at)), at)
    writeAll(descriptor, encodeHead(head), 0)
    fsyncSync(descriptor)
    renameSync(partial, path)
    syncFolder(dirname(path))
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    rmSync(partial, { force: true })
    throw error
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function readAll(descriptor: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(descriptor).size)
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(descriptor, bytes, at, bytes.length - at, at)
    if (count === 0) return bytes.subarray(0, at)
    at += count
  }
  return bytes
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
}

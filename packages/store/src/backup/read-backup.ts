import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { schemaVersion } from '../migrations/migrate.ts'
import { BackupFault, damaged } from './backup-fault.ts'
import {
  type BackupAbout,
  type BackupHeader,
  type BackupManifest,
  digestBytes,
  filePrefix,
  firstWord,
  formatVersion,
  frameKinds,
  isSafePath,
  type ManifestPart,
  mostHeaderBytes,
  type PartBegin,
  tablePrefix,
} from './backup-format.ts'
import type { Row } from './backup-source.ts'
import { type Frame, framesOf } from './frames.ts'
import { opened, openSeal } from './sealed-stream.ts'

/** Who takes what is in a backup, in order. What it is given is known to be whole only when all of it was read. */
export interface BackupTaker {
  about(about: BackupAbout): Promise<void>
  /** @param columns in the order of each row */
  table(name: string, columns: readonly string[]): Promise<(rows: readonly Row[]) => Promise<void>>
  /** @param path relative to the data folder, safe to be made below one */
  file(path: string): Promise<{ write(bytes: Buffer): Promise<void>; end(): Promise<void> }>
}

/**
 * Reads a backup and holds every part against its own checksum, the manifest and the checksum of the whole file.
 * Throws a {@link BackupFault} for a file that is cut off, changed, not a backup, of a newer program, or sealed with another passphrase.
 */
export async function readBackup(
  file: string,
  passphrase: string | undefined,
  taker: BackupTaker,
): Promise<BackupManifest> {
  await using handle = await openBackup(file)
  const { size } = await handle.stat()
  const { header, line } = await readHeader(handle, file)
  if (size < line.length + digestBytes) throw damaged(file, 'its end is missing')
  const seal = header.seal ? await openSeal(header.seal, passphrase, file) : undefined
  const digest = createHash('sha256').update(line)
  async function* body(): AsyncGenerator<Buffer> {
    const end = size - digestBytes - 1
    if (end < line.length) return
    for await (const bytes of handle.createReadStream({ start: line.length, end, autoClose: false })) {
      digest.update(bytes as Buffer)
      yield bytes as Buffer
    }
  }
  const reader = new PartReader(file, taker)
  try {
    await pipeline(
      Readable.from(seal ? opened(body(), seal, line) : body()),
      createZstdDecompress(),
      async (bytes: AsyncIterable<Buffer>) => {
        for await (const frame of framesOf(bytes)) await reader.take(frame)
      },
    )
  } catch (error) {
    throw isOfTheFile(error) ? damaged(file, (error as Error).message, error) : error
  }
  const told = Buffer.alloc(digestBytes)
  await handle.read(told, 0, digestBytes, size - digestBytes)
  if (!told.equals(digest.digest())) throw damaged(file, 'its checksum is another one')
  return reader.manifest()
}

async function openBackup(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r')
  } catch (error) {
    throw new BackupFault(`${file} cannot be read: ${(error as Error).message}.`, { cause: error })
  }
}

async function readHeader(handle: FileHandle, file: string): Promise<{ header: BackupHeader; line: Buffer }> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostHeaderBytes), 0, mostHeaderBytes, 0)
  const start = buffer.subarray(0, bytesRead)
  const end = start.indexOf(0x0a)
  const isBackup = start.subarray(0, firstWord.length + 1).toString('latin1') === `${firstWord} `
  if (!isBackup) throw new BackupFault(`${file} is not a backup that Vaxel made.`)
  if (end < 0) throw damaged(file, 'its first line has no end')
  let header: Partial<BackupHeader>
  try {
    header = JSON.parse(start.subarray(firstWord.length, end).toString('utf8')) as Partial<BackupHeader>
  } catch (error) {
    throw damaged(file, 'its first line is not readable', error)
  }
  if (typeof header.format !== 'number') throw damaged(file, 'its first line has no format')
  if (header.format > formatVersion)
    throw new BackupFault(
      `${file} has format ${header.format}, this program reads ${formatVersion}. Use the newer program that made it.`,
    )
  return { header: header as BackupHeader, line: start.subarray(0, end + 1) }
}

/** Faults that the bytes of the file cause, unlike those of the place that is written to. */
function isOfTheFile(error: unknown): boolean {
  if (error instanceof BackupFault || !(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string')
    return error instanceof SyntaxError || error instanceof ContentFault || /seal|auth|frame/.test(error.message)
  return (
    code.startsWith('ZSTD_') || code.startsWith('Z_') || code.startsWith('ERR_CRYPTO') || code.startsWith('ERR_OSSL')
  )
}

/** Content that no backup has. */
class ContentFault extends Error {}

const newLine = 0x0a

/** Frames in their order, to the taker; what does not fit together throws. */
class PartReader {
  readonly #file: string
  readonly #taker: BackupTaker
  readonly #parts: ManifestPart[] = []
  readonly #names = new Set<string>()
  #about: BackupAbout | undefined
  #manifest: BackupManifest | undefined
  #part: OpenPart | undefined

  constructor(file: string, taker: BackupTaker) {
    this.#file = file
    this.#taker = taker
  }

  async take({ kind, payload }: Frame): Promise<void> {
    if (this.#manifest) throw new ContentFault('something follows its manifest')
    if (kind === frameKinds.bytes) return await this.#opened().write(payload)
    const told = JSON.parse(payload.toString('utf8')) as unknown
    switch (kind) {
      case frameKinds.about:
        return await this.#readAbout(told as BackupAbout)
      case frameKinds.begin:
        return await this.#begin(told as PartBegin)
      case frameKinds.end:
        return await this.#end(told as ManifestPart)
      case frameKinds.manifest:
        return this.#close(told as BackupManifest)
      default:
        throw new ContentFault('it has a frame of an unknown kind')
    }
  }

  manifest(): BackupManifest {
    if (!this.#manifest) throw damaged(this.#file, 'its manifest is missing')
    return this.#manifest
  }

  async #readAbout(about: BackupAbout): Promise<void> {
    if (this.#about || !Number.isInteger(about.schemaVersion)) throw new ContentFault('it begins in a wrong way')
    if (about.schemaVersion > schemaVersion)
      throw new BackupFault(
        `${this.#file} was made by Vaxel ${about.program} with schema version ${about.schemaVersion}; this program knows ${schemaVersion}. Restore it with that program or a later one.`,
      )
    this.#about = about
    await this.#taker.about(about)
  }

  async #begin({ name, columns }: PartBegin): Promise<void> {
    if (!this.#about || this.#part) throw new ContentFault('a part begins in a wrong place')
    if (typeof name !== 'string' || this.#names.has(name)) throw new ContentFault('a part comes twice')
    this.#names.add(name)
    if (name.startsWith(tablePrefix) && Array.isArray(columns)) {
      const write = await this.#taker.table(name.slice(tablePrefix.length), columns)
      this.#part = new OpenPart(name, new RowWriter(columns.length, write))
      return
    }
    const path = name.slice(filePrefix.length)
    if (!name.startsWith(filePrefix) || !isSafePath(path))
      throw new BackupFault(
        `${this.#file} wants to write outside the data folder (${JSON.stringify(name)}). No backup of Vaxel does; nothing of it was used.`,
      )
    this.#part = new OpenPart(name, await this.#taker.file(path))
  }

  async #end(told: ManifestPart): Promise<void> {
    const part = await this.#opened().end()
    this.#part = undefined
    for (const key of ['name', 'bytes', 'sha256', 'rows'] as const)
      if (part[key] !== told[key]) throw new ContentFault(`${part.name} is not as it was written: its ${key} differs`)
    this.#parts.push(part)
  }

  #close(manifest: BackupManifest): void {
    const same = manifest.parts.length === this.#parts.length
    if (this.#part || !same) throw new ContentFault('parts are missing')
    this.#parts.forEach((part, i) => {
      const told = manifest.parts[i]!
      if (told.name !== part.name || told.sha256 !== part.sha256)
        throw new ContentFault(`${part.name} is not what the manifest says`)
    })
    this.#manifest = manifest
  }

  #opened(): OpenPart {
    if (!this.#part) throw new ContentFault('bytes belong to no part')
    return this.#part
  }
}

interface Sink {
  write(bytes: Buffer): Promise<void>
  end(): Promise<void>
  readonly rows?: number
}

/** A part that is being read, with its checksum. */
class OpenPart {
  readonly #name: string
  readonly #sink: Sink
  readonly #hash = createHash('sha256')
  #bytes = 0

  constructor(name: string, sink: Sink) {
    this.#name = name
    this.#sink = sink
  }

  async write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    await this.#sink.write(bytes)
  }

  async end(): Promise<ManifestPart> {
    await this.#sink.end()
    const { rows } = this.#sink
    const sha256 = this.#hash.digest('hex')
    return { name: this.#name, bytes: this.#bytes, sha256, ...(rows === undefined ? {} : { rows }) }
  }
}

/** Lines of JSON to rows; bytes are cut anywhere. */
class RowWriter implements Sink {
  rows = 0
  readonly #width: number
  readonly #write: (rows: readonly Row[]) => Promise<void>
  #rest: Buffer = Buffer.alloc(0)

  constructor(width: number, write: (rows: readonly Row[]) => Promise<void>) {
    this.#width = width
    this.#write = write
  }

  async write(bytes: Buffer): Promise<void> {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes
    const end = all.lastIndexOf(newLine) + 1
    this.#rest = all.subarray(end)
    if (end === 0) return
    const lines = all.toString('utf8', 0, end - 1).split('\n')
    const rows = lines.map((line) => this.#rowOf(line))
    this.rows += rows.length
    await this.#write(rows)
  }

  async end(): Promise<void> {
    if (this.#rest.length > 0) throw new ContentFault('a row has no end')
  }

  #rowOf(line: string): Row {
    const row = JSON.parse(line) as unknown
    const isRow =
      Array.isArray(row) &&
      row.length === this.#width &&
      row.every((value) => value === null || typeof value === 'string' || typeof value === 'number')
    if (!isRow) throw new ContentFault('a row has another form')
    return row as Row
  }
}

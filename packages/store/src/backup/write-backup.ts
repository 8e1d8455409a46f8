import { createHash, type Hash } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { Readable } from 'node:stream'
import { BackupFault, diskFault } from './backup-fault.ts'
import {
  type BackupAbout,
  type BackupHeader,
  type BackupManifest,
  type EventNumbers,
  filePrefix,
  firstWord,
  formatVersion,
  frameKinds,
  type ManifestPart,
  type PartBegin,
  tablePrefix,
} from './backup-format.ts'
import type { BackupSource } from './backup-source.ts'
import { type DataFile, dataFiles } from './data-files.ts'
import { jsonFrame, toFrame } from './frames.ts'
import { openPostgresSource } from './postgres-source.ts'
import { makeSeal, sealed } from './sealed-stream.ts'
import { openSqliteSource } from './sqlite-source.ts'

export interface BackupProgress {
  /** Name of the part that is being worked on. */
  readonly part: string
  /** So far, before compression. */
  readonly bytes: number
}

export interface BackupOptions {
  /** The data folder; its server may run. */
  readonly folder: string
  /** `postgres://…`, where the server has its database there. */
  readonly databaseUrl?: string
  /** A file that is not there yet, or a folder in which one is made. */
  readonly to: string
  /** Encrypts the file; without it the file's mode alone protects what is in it. */
  readonly passphrase?: string
  /** Version of the program. */
  readonly program: string
  readonly nowMs: number
  readonly onProgress?: (progress: BackupProgress) => void
}

export interface MadeBackup {
  readonly file: string
  readonly sizeBytes: number
  readonly manifest: BackupManifest
}

/**
 * Writes database and files of a data folder to one file, readable by its owner alone, which is there only once it is whole.
 * The database is read first, at one moment; the files after it, so that each recording the ledger tells of is among them.
 * Throws a {@link BackupFault} with a sentence.
 */
export async function backUp(options: BackupOptions): Promise<MadeBackup> {
  const folder = resolve(options.folder)
  const file = await fileFor(options.to, options.nowMs)
  if (await stat(`${file}.partial`).catch(() => undefined))
    throw new BackupFault(
      `${file}.partial is there: that backup is being made, or was killed. Remove it if none is, or name another file.`,
    )
  const source = options.databaseUrl ? await openPostgresSource(options.databaseUrl) : openSqliteSource(folder)
  const partial = `${file}.partial`
  try {
    const manifest = await writeFile(partial, source, folder, options)
    await rename(partial, file)
    await syncFolder(dirname(file))
    return { file, sizeBytes: (await stat(file)).size, manifest }
  } catch (error) {
    await rm(partial, { force: true })
    throw diskFault(error, file)
  } finally {
    await source.close()
  }
}

/** Refuses to write over anything. */
async function fileFor(to: string, nowMs: number): Promise<string> {
  const place = resolve(to)
  const there = await stat(place).catch(() => undefined)
  const isFolder = there ? there.isDirectory() : to.endsWith('/')
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)
  const file = isFolder ? join(place, `vaxel-${stamp}Z.backup`) : place
  if (there?.isFile() || (isFolder && (await stat(file).catch(() => undefined))))
    throw new BackupFault(`${file} is there already. Name another file, or a folder.`)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw diskFault(error, dirname(file))
  })
  return file
}

async function writeFile(
  partial: string,
  source: BackupSource,
  folder: string,
  { passphrase, program, nowMs, onProgress = () => {} }: BackupOptions,
): Promise<BackupManifest> {
  const seal = passphrase === undefined ? undefined : await makeSeal(passphrase)
  const header: BackupHeader = { format: formatVersion, ...(seal ? { seal: seal.header } : {}) }
  const firstLine = Buffer.from(`${firstWord} ${JSON.stringify(header)}\n`)
  const digest = createHash('sha256').update(firstLine)
  const about: BackupAbout = {
    program,
    schemaVersion: source.schemaVersion,
    database: source.database,
    createdAt: new Date(nowMs).toISOString(),
  }
  const writer = new PartWriter(about, onProgress)
  await using out = await open(partial, 'wx', 0o600)
  await out.writeFile(firstLine)
  await pipeline(
    Readable.from(writer.frames(source, () => dataFiles(folder, partial))),
    createZstdCompress(),
    async (bytes: AsyncIterable<Buffer>) => {
      for await (const chunk of seal ? sealed(bytes, seal, firstLine) : bytes) {
        digest.update(chunk)
        await out.writeFile(chunk)
      }
    },
  )
  await out.writeFile(digest.digest())
  await out.sync()
  return writer.manifest!
}

/** Turns tables and files into frames and keeps what the manifest says of them. */
class PartWriter {
  manifest: BackupManifest | undefined
  readonly #about: BackupAbout
  readonly #onProgress: (progress: BackupProgress) => void
  readonly #parts: ManifestPart[] = []
  #events: EventNumbers | undefined
  #bytes = 0

  constructor(about: BackupAbout, onProgress: (progress: BackupProgress) => void) {
    this.#about = about
    this.#onProgress = onProgress
  }

  async *frames(source: BackupSource, listFiles: () => Promise<readonly DataFile[]>): AsyncGenerator<Buffer> {
    yield jsonFrame(frameKinds.about, this.#about)
    for (const table of source.tables) {
      const { name, columns } = table
      const count = { rows: 0 }
      yield* this.#part({ name: tablePrefix + name, columns }, this.#lines(source, table, count), count)
    }
    for (const { path, place } of await listFiles()) yield* this.#file(path, place)
    this.manifest = {
      ...this.#about,
      parts: this.#parts,
      ...(this.#events ? { events: this.#events } : {}),
      secrets: secretsAmong(this.#parts),
    }
    yield jsonFrame(frameKinds.manifest, this.manifest)
  }

  async *#lines(
    source: BackupSource,
    table: BackupSource['tables'][number],
    count: { rows: number },
  ): AsyncGenerator<Buffer> {
    const numberAt = table.name === 'events' ? table.columns.indexOf('number') : -1
    for await (const rows of source.rows(table)) {
      count.rows += rows.length
      if (numberAt >= 0) for (const row of rows) this.#noteEvent(Number(row[numberAt]))
      yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
  }

  #noteEvent(number: number): void {
    const { first, last, count } = this.#events ?? { first: number, last: number, count: 0 }
    this.#events = { first: Math.min(first, number), last: Math.max(last, number), count: count + 1 }
  }

  /** As long as it was when it was opened: a recording that runs goes on growing. */
  async *#file(path: string, place: string): AsyncGenerator<Buffer> {
    let handle: Awaited<ReturnType<typeof open>>
    try {
      handle = await open(place, 'r')
    } catch (error) {
      // Removed since it was listed.
      if ((error as { code?: unknown }).code === 'ENOENT') return
      throw diskFault(error, place)
    }
    await using opened = handle
    const { size } = await opened.stat()
    const bytes = size === 0 ? [] : opened.createReadStream({ end: size - 1, autoClose: false, highWaterMark: 262_144 })
    yield* this.#part({ name: filePrefix + path }, bytes as AsyncIterable<Buffer> | Buffer[])
  }

  async *#part(
    begin: PartBegin,
    content: AsyncIterable<Buffer> | Iterable<Buffer>,
    count?: { readonly rows: number },
  ): AsyncGenerator<Buffer> {
    yield jsonFrame(frameKinds.begin, begin)
    const hash: Hash = createHash('sha256')
    let bytes = 0
    for await (const piece of content) {
      hash.update(piece)
      bytes += piece.length
      this.#bytes += piece.length
      this.#onProgress({ part: begin.name, bytes: this.#bytes })
      yield toFrame(frameKinds.bytes, piece)
    }
    const part = { name: begin.name, bytes, sha256: hash.digest('hex'), ...(count ? { rows: count.rows } : {}) }
    this.#parts.push(part)
    yield jsonFrame(frameKinds.end, part)
  }
}

/** What is in a backup that opens something, in words. */
function secretsAmong(parts: readonly ManifestPart[]): string[] {
  const has = (pattern: RegExp): boolean => parts.some(({ name }) => pattern.test(name))
  return [
    ...(has(/^files\/keys\//) ? ['the key of the device secrets (keys/)'] : []),
    ...(has(/^files\/certificates\//) ? ['private keys of the certificates (certificates/)'] : []),
    ...(has(/^files\/vaxel\.json$/) ? ['the configuration file, with the password of a database named in it'] : []),
    ...(has(/^tables\/passwords$/) ? ['password hashes and device secrets of all users'] : []),
    ...(has(/^files\/recordings\//) ? ['recorded calls (recordings/)'] : []),
  ]
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r')
  await handle.sync()
}

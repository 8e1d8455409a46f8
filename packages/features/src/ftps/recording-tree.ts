import type { Clock, CompanyId } from '@vaxel/base'
import type { KeptRecording, ReadFile, RecordingFiles, RecordingId, RecordingStore, SeenFile } from '@vaxel/core'
import { indexCsv } from './index-csv.ts'
import { callOfName, dayOf, namesOfCall, spanOf } from './recording-names.ts'

const indexName = 'index.csv'
const dayMs = 86_400_000
/** Of the index at the root. */
const indexDays = 7
/** Read from the store at once. */
const together = 500
/** Of one listing; the latest, should there be more. */
const mostTogether = 100_000
/** Of one call. */
const mostOfCall = 500
/** Years before this one in which recordings are looked for. */
const mostYears = 20

/** A recording as the tree has it. */
export interface PlacedRecording {
  /** `2026/11/21/142233Z-….wav` */
  readonly path: string
  readonly recording: KeptRecording
}

/**
 * The recordings of one company as folders: `/YYYY/MM/DD/…wav`, days in UTC, with an `index.csv` in each day and one of the last days at the
 * root. Only those that have ended and are not deleted; nothing of it is on a disk.
 */
export class RecordingTree {
  readonly #companyId: CompanyId
  readonly #store: Pick<RecordingStore, 'list'>
  readonly #files: RecordingFiles
  readonly #clock: Clock

  constructor(options: {
    companyId: CompanyId
    store: Pick<RecordingStore, 'list'>
    files: RecordingFiles
    clock: Clock
  }) {
    this.#companyId = options.companyId
    this.#store = options.store
    this.#files = options.files
    this.#clock = options.clock
  }

  async find(path: readonly string[]): Promise<SeenFile | undefined> {
    const name = path.at(-1)
    if (name === undefined) return folder('', this.#clock.now())
    if (path.length <= 3 && name !== indexName) {
      const span = spanOf(path)
      return span && (await this.#hasAny(span)) ? folder(name, span.fromMs) : undefined
    }
    if (name === indexName) {
      const index = await this.#index(path)
      return index && file(name, index.length, this.#indexedAtMs(path))
    }
    const placed = await this.recordingAt(path)
    return placed && this.#seen(name, placed)
  }

  async list(path: readonly string[]): Promise<AsyncIterable<SeenFile> | undefined> {
    const found = await this.find(path)
    if (found?.kind !== 'folder') return undefined
    return path.length === 3 ? this.#ofDay(path) : this.#folders(path)
  }

  /** The bytes of an index. */
  async open(path: readonly string[]): Promise<ReadFile | undefined> {
    const index = await this.#index(path)
    if (!index) return undefined
    return {
      sizeBytes: index.length,
      read: async function* (start, end) {
        yield index.subarray(start, end)
      },
    }
  }

  /** The recording that a path means. */
  async recordingAt(path: readonly string[]): Promise<KeptRecording | undefined> {
    const callId = path.length === 4 ? callOfName(path[3]!) : undefined
    if (callId === undefined) return undefined
    const ofCall = await this.#store.list({ companyId: this.#companyId, callId, limit: mostOfCall })
    return namesOfCall(ofCall.filter(isThere)).get(path.join('/'))
  }

  async *#folders(path: readonly string[]): AsyncGenerator<SeenFile> {
    for (const name of this.#possible(path)) {
      const span = spanOf([...path, name])
      if (span && (await this.#hasAny(span))) yield folder(name, span.fromMs)
    }
    if (path.length > 0) return
    const index = await this.find([indexName])
    if (index) yield index
  }

  #possible(path: readonly string[]): string[] {
    const thisYear = new Date(this.#clock.now()).getUTCFullYear()
    const names = (count: number, first: number) =>
      Array.from({ length: count }, (_, i) => String(first + i).padStart(2, '0'))
    if (path.length === 0) return names(mostYears + 1, thisYear - mostYears)
    return path.length === 1 ? names(12, 1) : names(31, 1)
  }

  async *#ofDay(path: readonly string[]): AsyncGenerator<SeenFile> {
    const placed = await this.#placed(spanOf(path)!)
    for (const { path: whole, recording } of placed) {
      const seen = await this.#seen(whole.slice(whole.lastIndexOf('/') + 1), recording)
      if (seen) yield seen
    }
    const index = await this.find([...path, indexName])
    if (index) yield index
  }

  /** Sizes are those of what is read; a file that is lost is not shown. */
  async #seen(name: string, { file: path, startedAtMs, durationMs = 0 }: KeptRecording): Promise<SeenFile | undefined> {
    const opened = await this.#files.open(path)
    return opened && file(name, opened.sizeBytes, startedAtMs + durationMs)
  }

  async #index(path: readonly string[]): Promise<Uint8Array | undefined> {
    if (path.at(-1) !== indexName) return undefined
    if (path.length === 1) {
      const toMs = this.#clock.now()
      const placed = await this.#placed({ fromMs: startOfDay(toMs - (indexDays - 1) * dayMs), toMs: toMs + dayMs })
      return indexCsv(placed.map(({ path: whole, recording }) => [whole, recording] as const))
    }
    const span = path.length === 4 ? spanOf(path.slice(0, 3)) : undefined
    if (!span) return undefined
    const placed = await this.#placed(span)
    if (placed.length === 0) return undefined
    return indexCsv(
      placed.map(({ path: whole, recording }) => [whole.slice(whole.lastIndexOf('/') + 1), recording] as const),
    )
  }

  /** An index changes until its day is over. */
  #indexedAtMs(path: readonly string[]): number {
    const nowMs = this.#clock.now()
    return path.length === 1 ? nowMs : Math.min(nowMs, spanOf(path.slice(0, 3))?.toMs ?? nowMs)
  }

  /** All of whole days, in order of their names; what a recording is called depends on those of its call on that day. */
  async #placed({ fromMs, toMs }: { fromMs: number; toMs: number }): Promise<PlacedRecording[]> {
    const placed: PlacedRecording[] = []
    const byCall = Map.groupBy(await this.#all({ fromMs, toMs }), ({ callId }) => callId)
    for (const ofCall of byCall.values())
      for (const [path, recording] of namesOfCall(ofCall)) placed.push({ path, recording })
    return placed.sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  async #all({ fromMs, toMs }: { fromMs: number; toMs: number }): Promise<KeptRecording[]> {
    const all: KeptRecording[] = []
    let before: RecordingId | undefined
    for (;;) {
      const page = await this.#store.list({
        companyId: this.#companyId,
        fromMs,
        toMs,
        limit: together,
        ...(before === undefined ? {} : { before }),
      })
      all.push(...page.filter(isThere))
      const last = page.at(-1)
      if (!last || all.length >= mostTogether) return all
      before = last.id
    }
  }

  async #hasAny({ fromMs, toMs }: { fromMs: number; toMs: number }): Promise<boolean> {
    const found = await this.#store.list({ companyId: this.#companyId, fromMs, toMs, limit: 20 })
    return found.some(isThere) || (found.length === 20 && (await this.#all({ fromMs, toMs })).length > 0)
  }
}

const isThere = ({ state, end }: KeptRecording): boolean => state === 'ended' && end !== 'lost'
const startOfDay = (atMs: number): number => {
  const { year, month, day } = dayOf(atMs)
  return Date.UTC(Number(year), Number(month) - 1, Number(day))
}
const folder = (name: string, changedAtMs: number): SeenFile => ({ name, kind: 'folder', sizeBytes: 0, changedAtMs })
const file = (name: string, sizeBytes: number, changedAtMs: number): SeenFile => ({
  name,
  kind: 'file',
  sizeBytes,
  changedAtMs,
})

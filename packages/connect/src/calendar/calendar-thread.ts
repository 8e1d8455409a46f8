import { Worker } from 'node:worker_threads'
import type { Clock, Timer } from '@vaxel/base'
import type { CalendarProtocol } from '@vaxel/core'
import type { ReadingJob } from './calendar-worker.ts'
import type { CalendarReading, ReadingQuestion } from './read-calendar.ts'

/** One calendar of 20,000 events takes less than two seconds (docs/calendars.md). */
const timeLimitMs = 20_000
const mostHeapMb = 384
/** A thread that has nothing to do ends. */
const idleMs = 60_000

/** `tooHard`: it takes too long, or too much memory. */
export type ThreadReading = CalendarReading | { readonly kind: 'tooHard' } | { readonly kind: 'closed' }

interface Job {
  readonly job: ReadingJob
  readonly resolve: (reading: ThreadReading) => void
}

/**
 * Reads calendars in a thread of its own, one after another: calls go on meanwhile, and one that would take for ever or all memory ends the
 * thread and nothing else.
 */
export class CalendarThread {
  readonly #clock: Clock
  readonly #limitMs: number
  #worker: Worker | undefined
  #jobs: Job[] = []
  #current: { readonly job: Job; readonly limit: Timer } | undefined
  #idle: Timer | undefined
  #lastId = 0
  #isClosed = false

  /** @param options `limitMs`: for one calendar; 20 s unless said otherwise */
  constructor(options: { clock: Clock; limitMs?: number }) {
    this.#clock = options.clock
    this.#limitMs = options.limitMs ?? timeLimitMs
  }

  read(protocol: CalendarProtocol, bytes: Uint8Array, question: ReadingQuestion): Promise<ThreadReading> {
    return new Promise((resolve) => {
      if (this.#isClosed) return resolve({ kind: 'closed' })
      this.#jobs.push({ job: { id: ++this.#lastId, protocol, bytes, question }, resolve })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#idle?.stop()
    for (const { resolve } of this.#jobs.splice(0)) resolve({ kind: 'closed' })
    this.#give({ kind: 'closed' })
    await this.#worker?.terminate()
  }

  #next(): void {
    if (this.#current || this.#isClosed) return
    const job = this.#jobs.shift()
    this.#idle?.stop()
    if (!job) {
      this.#idle = this.#clock.startTimer(idleMs, () => this.#end())
      return
    }
    this.#current = { job, limit: this.#clock.startTimer(this.#limitMs, () => this.#drop()) }
    this.#thread().postMessage(job.job)
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./calendar-worker.ts', import.meta.url), {
      name: 'vaxel-calendars',
      resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
    })
    worker.unref()
    worker.on('message', ({ id, reading }: { id: number; reading: CalendarReading }) => {
      if (this.#current?.job.job.id === id) this.#give(reading)
    })
    const ended = () => {
      if (this.#worker === worker) this.#drop()
    }
    worker.on('error', ended)
    worker.on('exit', ended)
    this.#worker = worker
    return worker
  }

  #drop(): void {
    this.#end()
    this.#give({ kind: 'tooHard' })
  }

  #end(): void {
    const worker = this.#worker
    this.#worker = undefined
    void worker?.terminate()
  }

  #give(reading: ThreadReading): void {
    const current = this.#current
    if (!current) return
    this.#current = undefined
    current.limit.stop()
    current.job.resolve(reading)
    this.#next()
  }
}

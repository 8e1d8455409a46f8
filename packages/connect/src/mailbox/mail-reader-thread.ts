import { Worker } from 'node:worker_threads'
import type { Clock, Timer } from '@vaxel/base'
import type { MailReader, ReadMail } from '@vaxel/core'
import { unread } from './read-mail.ts'

const timeLimitMs = 30_000
const mostHeapMb = 512

interface Job {
  readonly id: number
  readonly source: Uint8Array
  readonly resolve: (mail: ReadMail) => void
}

/**
 * Reads mails in a thread of its own, one after another: calls go on while a mail of 30 MB is taken apart, and one that would take for ever or all memory
 * ends the thread and nothing else. That mail then counts as one that cannot be read; the next begins with a new thread.
 */
export class MailReaderThread implements MailReader {
  readonly #clock: Clock
  readonly #limitMs: number
  #worker: Worker | undefined
  #jobs: Job[] = []
  #current: { readonly job: Job; readonly limit: Timer } | undefined
  #lastId = 0
  #isClosed = false

  /** @param options `limitMs`: for one mail; 30 s unless said otherwise */
  constructor(options: { clock: Clock; limitMs?: number }) {
    this.#clock = options.clock
    this.#limitMs = options.limitMs ?? timeLimitMs
  }

  read(source: Uint8Array): Promise<ReadMail> {
    return new Promise((resolve) => {
      if (this.#isClosed) return resolve(unread(source, 'the server ends'))
      this.#jobs.push({ id: ++this.#lastId, source, resolve })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { source, resolve } of this.#jobs.splice(0)) resolve(unread(source, 'the server ends'))
    this.#give(undefined, 'the server ends')
    await this.#worker?.terminate()
  }

  #next(): void {
    if (this.#current || this.#isClosed) return
    const job = this.#jobs.shift()
    if (!job) return
    const limit = this.#clock.startTimer(this.#limitMs, () =>
      this.#drop(`it takes longer than ${this.#limitMs / 1000} s`),
    )
    this.#current = { job, limit }
    this.#thread().postMessage({ id: job.id, source: job.source })
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
      name: 'vaxel-mail-reader',
      resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
    })
    worker.unref()
    worker.on('message', ({ id, mail }: { id: number; mail: ReadMail }) => {
      if (this.#current?.job.id === id) this.#give(mail, '')
    })
    const ended = (why: string) => {
      if (this.#worker === worker) this.#drop(why)
    }
    worker.on('error', (error) => ended(`its reader failed: ${String(error)}`))
    worker.on('exit', () => ended('its reader ended'))
    this.#worker = worker
    return worker
  }

  #drop(why: string): void {
    const worker = this.#worker
    this.#worker = undefined
    void worker?.terminate()
    this.#give(undefined, why)
  }

  #give(mail: ReadMail | undefined, why: string): void {
    const current = this.#current
    if (!current) return
    this.#current = undefined
    current.limit.stop()
    current.job.resolve(mail ?? unread(current.job.source, why))
    this.#next()
  }
}

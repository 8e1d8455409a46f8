import { Worker } from 'node:worker_threads'
import { TransientMap } from '@vaxel/base'
import type { JournalFound } from './journal-file.ts'
import type { JournalReply, JournalRequest } from './journal-messages.ts'

type Ask = JournalRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** Where entries go that the database does not take. */
export interface Journal {
  readonly sizeBytes: number
  readonly usedBytes: number
  /** True once it is on the disk; false when there is no room for it. Rejects when the disk refuses. */
  append(text: string): Promise<boolean>
  /** Resolves when no record comes back. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** The main thread's end of the journal's thread: the SIP loop never waits for its disk either. */
export class JournalThread implements Journal {
  readonly sizeBytes: number
  usedBytes = 0
  readonly #link: Link

  private constructor(link: Link, sizeBytes: number) {
    this.#link = link
    this.sizeBytes = sizeBytes
  }

  /** Rejects when the space cannot be had. */
  static async open(path: string, sizeBytes: number): Promise<{ journal: JournalThread; found: JournalFound }> {
    const link = new Link()
    try {
      const reply = await link.ask({ op: 'open', path, sizeBytes })
      if (!('found' in reply)) throw new Error('the journal thread answered something else')
      return { journal: new JournalThread(link, reply.found.sizeBytes), found: reply.found }
    } catch (error) {
      await link.close()
      throw error
    }
  }

  async append(text: string): Promise<boolean> {
    const reply = await this.#link.ask({ op: 'append', text })
    if (!('isWritten' in reply)) throw new Error('the journal thread answered something else')
    this.usedBytes = reply.usedBytes
    return reply.isWritten
  }

  async clear(): Promise<void> {
    await this.#link.ask({ op: 'clear' })
    this.usedBytes = 0
  }

  async close(): Promise<void> {
    await this.#link.close()
  }
}

/** Requests and their answers over one worker. */
class Link {
  readonly #worker = new Worker(new URL('./journal-worker.ts', import.meta.url), { name: 'vaxel-journal' })
  readonly #waiting = new TransientMap<
    number,
    { resolve: (reply: JournalReply) => void; reject: (error: Error) => void }
  >()
  readonly #ended: Promise<void>
  #nextId = 1
  #goneWhy: string | undefined

  constructor() {
    this.#worker.on('message', (reply: JournalReply) => {
      const waiting = this.#waiting.get(reply.id)
      this.#waiting.delete(reply.id)
      if ('error' in reply) waiting?.reject(new Error(reply.error))
      else waiting?.resolve(reply)
    })
    this.#worker.on('error', (error) => this.#gone(`the journal thread failed: ${String(error)}`))
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#gone('the journal thread has ended')
        resolve()
      })
    })
  }

  ask(ask: Ask): Promise<JournalReply> {
    return new Promise((resolve, reject) => {
      if (this.#goneWhy !== undefined) return reject(new Error(this.#goneWhy))
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ...ask })
    })
  }

  async close(): Promise<void> {
    if (this.#goneWhy === undefined) await this.ask({ op: 'close' }).catch(() => {})
    await this.#ended
  }

  #gone(why: string): void {
    this.#goneWhy ??= why
    for (const { reject } of this.#waiting.values()) reject(new Error(this.#goneWhy))
    this.#waiting.clear()
  }
}

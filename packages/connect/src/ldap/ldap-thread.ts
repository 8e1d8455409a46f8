import { Worker } from 'node:worker_threads'
import type { Clock } from '@vaxel/base'
import {
  type EntryQuery,
  type ExternalDirectorySettings,
  type FoundEntry,
  type LdapDoor,
  LdapFault,
  type OpenLdap,
} from '@vaxel/core'
import type { LdapAnswer, LdapQuestion, LdapTask } from './ldap-messages.ts'

const mostHeapMb = 512

/**
 * Speaks LDAP in a thread for each connection, which ends with it: calls go on while a hundred thousand entries are taken apart, and a server that
 * would take all memory or never end costs that thread and nothing else.
 */
export class LdapThreads implements LdapDoor {
  readonly #clock: Clock

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  async open(
    settings: ExternalDirectorySettings,
    password: string | undefined,
    { timeLimitMs, signal }: { readonly timeLimitMs: number; readonly signal?: AbortSignal },
  ): Promise<OpenLdap> {
    const connection = new ThreadedLdap({ settings, ...(password === undefined ? {} : { password }) })
    const limit = this.#clock.startTimer(timeLimitMs, () =>
      connection.end(new LdapFault('silence', `it takes longer than ${Math.round(timeLimitMs / 1000)} s`)),
    )
    const stop = (): void => connection.end(new LdapFault('lost', 'the server ends'))
    signal?.addEventListener('abort', stop, { once: true })
    connection.whenEnded(() => {
      limit.stop()
      signal?.removeEventListener('abort', stop)
    })
    if (signal?.aborted === true) stop()
    await connection.opened()
    return connection
  }
}

class ThreadedLdap implements OpenLdap {
  server?: string
  readonly #worker: Worker
  #waiting: { readonly resolve: (answer: LdapAnswer) => void; readonly reject: (fault: LdapFault) => void } | undefined
  #early: LdapAnswer | undefined
  #ended: LdapFault | undefined
  #onEnded: () => void = () => {}

  constructor(task: LdapTask) {
    this.#worker = new Worker(new URL('./ldap-worker.ts', import.meta.url), {
      name: 'vaxel-ldap',
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
    })
    this.#worker.unref()
    this.#worker.on('message', (answer: LdapAnswer) => {
      const waiting = this.#waiting
      this.#waiting = undefined
      if (waiting) waiting.resolve(answer)
      else this.#early = answer
    })
    this.#worker.on('error', (error) => this.end(new LdapFault('lost', `reading it failed: ${String(error)}`)))
    this.#worker.on('exit', () => this.end(new LdapFault('lost', 'reading it ended')))
  }

  whenEnded(listener: () => void): void {
    this.#onEnded = listener
  }

  async opened(): Promise<void> {
    const answer = await this.#answer()
    if (answer.kind === 'open' && answer.server !== undefined) this.server = answer.server
  }

  async *search(query: {
    readonly what: EntryQuery
    readonly attributes: readonly string[]
    readonly most?: number
  }): AsyncGenerator<readonly FoundEntry[]> {
    let answer = await this.#ask({ op: 'search', ...query })
    while (answer.kind === 'page') {
      yield answer.entries
      answer = await this.#ask({ op: 'next' })
    }
  }

  async read(dn: string, attribute: string): Promise<readonly (string | Uint8Array)[]> {
    const answer = await this.#ask({ op: 'read', dn, attribute })
    return answer.kind === 'values' ? answer.values : []
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#ask({ op: 'close' }).catch(() => {})
    this.end(new LdapFault('lost', 'the connection was closed'))
  }

  end(why: LdapFault): void {
    if (this.#ended) return
    this.#ended = why
    this.#waiting?.reject(why)
    this.#waiting = undefined
    void this.#worker.terminate()
    this.#onEnded()
  }

  #ask(question: LdapQuestion): Promise<LdapAnswer> {
    const answered = this.#answer()
    if (!this.#ended) this.#worker.postMessage(question)
    return answered
  }

  async #answer(): Promise<LdapAnswer> {
    const answer = await new Promise<LdapAnswer>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended)
      const early = this.#early
      this.#early = undefined
      if (early) return resolve(early)
      this.#waiting = { resolve, reject }
    })
    if (answer.kind !== 'fault') return answer
    const fault = new LdapFault(answer.trouble, answer.detail)
    this.end(fault)
    throw fault
  }
}

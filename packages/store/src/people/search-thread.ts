import { Worker } from 'node:worker_threads'
import { TransientMap } from '@vaxel/base'
import type { ContactsOf, DirectoryAnswer, DirectoryCard, DirectoryQuery, DirectorySearch } from '@vaxel/core'
import { KnownNumbers } from './known-numbers.ts'
import type { SearchOrder, SearchQuestion, SearchReply, Who } from './search-messages.ts'

interface Waiting {
  resolve(answer: SearchReply['answer']): void
  reject(error: Error): void
}

/**
 * The main thread's end of the searching thread. Orders and questions go in order, so a search finds what was put before it.
 * The thread is started by the first of them.
 */
export class SearchThread implements DirectorySearch {
  #worker: Worker | undefined
  readonly #waiting = new TransientMap<number, Waiting>()
  readonly #numbers = new KnownNumbers()
  #nextId = 1
  #closedWhy: string | undefined
  #tellLost: (why: string) => void = () => {}

  onLost(listener: (why: string) => void): void {
    this.#tellLost = listener
  }

  reset(): void {
    const worker = this.#worker
    this.#numbers.clear()
    this.#lose('the directory is read anew')
    void worker?.terminate()
  }

  load(of: ContactsOf, cards: readonly DirectoryCard[]): void {
    if (cards.length === 0) return
    this.#numbers.add(of, cards)
    this.#order({ op: 'load', of, cards })
  }

  loaded(): void {
    this.#order({ op: 'loaded' })
  }

  put(of: ContactsOf, cards: readonly DirectoryCard[]): void {
    if (cards.length === 0) return
    this.#numbers.add(of, cards)
    this.#order({ op: 'put', of, cards })
  }

  remove(of: ContactsOf, ids: readonly string[]): void {
    if (ids.length > 0) this.#order({ op: 'remove', of, ids })
  }

  forget(of: ContactsOf): void {
    this.#order({ op: 'forget', of })
  }

  search(query: DirectoryQuery): Promise<DirectoryAnswer> {
    return this.#ask({ op: 'search', query }) as Promise<DirectoryAnswer>
  }

  read(who: Who, ids: readonly string[]): Promise<readonly DirectoryCard[]> {
    return this.#ask({ op: 'read', who, ids }) as Promise<readonly DirectoryCard[]>
  }

  withNumbers(who: Who, numbers: readonly string[]): Promise<readonly DirectoryCard[]> {
    const known = numbers.filter((number) => this.#mayKnow(who, number))
    if (known.length === 0 && this.#closedWhy === undefined) return Promise.resolve([])
    return this.#ask({ op: 'withNumbers', who, numbers: known }) as Promise<readonly DirectoryCard[]>
  }

  sizeBytes(): Promise<number> {
    return this.#ask({ op: 'size' }) as Promise<number>
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#closedWhy = 'the directory is closed'
    if (!worker) return
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    worker.postMessage({ op: 'close' } satisfies SearchOrder)
    await ended
  }

  #mayKnow({ companyId, userId }: Who, number: string): boolean {
    if (this.#numbers.mayHave({ companyId }, number)) return true
    return userId !== undefined && this.#numbers.mayHave({ companyId, ownerId: userId }, number)
  }

  #order(order: SearchOrder): void {
    if (this.#closedWhy === undefined) this.#running().postMessage(order)
  }

  #ask(question: SearchQuestion): Promise<SearchReply['answer']> {
    return new Promise((resolve, reject) => {
      if (this.#closedWhy !== undefined) return reject(new Error(this.#closedWhy))
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      this.#running().postMessage({ ...question, id })
    })
  }

  #running(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { name: 'vaxel-directory' })
    worker.on('message', ({ id, answer, error }: SearchReply) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(answer)
      else waiting?.reject(new Error(error))
    })
    const ended = (why: string): void => {
      if (this.#worker !== worker) return
      this.#lose(why)
      if (this.#closedWhy === undefined) this.#tellLost(why)
    }
    worker.on('error', (error) => ended(`the directory's thread failed: ${String(error)}`))
    worker.on('exit', () => ended("the directory's thread has ended"))
    this.#worker = worker
    return worker
  }

  #lose(why: string): void {
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(new Error(why))
    this.#waiting.clear()
  }
}

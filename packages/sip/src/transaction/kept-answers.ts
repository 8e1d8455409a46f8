import { OldestFirst } from '@vaxel/base'

/** An answered transaction, as far as it is kept for retransmissions alone. */
export interface KeptAnswer {
  /** Of its transaction. Another answer that has it takes this one's place. */
  readonly key: string
  abandon(): void
}

/** What an answered transaction costs beside the bytes of its answer: maps, timers, the object itself. */
const besideBytes = 512

/**
 * The answers to requests other than INVITE, which are kept for timer J (32 s over UDP) only because the request may come
 * again. They have a budget: beyond it the oldest go, and a retransmission of theirs is a new request. Whoever asks a thousand
 * times a second then costs megabytes, not gigabytes; an answer that was lost is still sent again for seconds.
 */
export class KeptAnswers {
  readonly #mostBytes: number
  readonly #kept = new OldestFirst<string, { readonly answer: KeptAnswer; readonly sizeBytes: number }>()
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get count(): number {
    return this.#kept.size
  }

  /** @param sizeBytes of the answer */
  add(answer: KeptAnswer, sizeBytes: number): void {
    this.#drop(answer.key)
    const wholeBytes = sizeBytes + besideBytes
    this.#kept.set(answer.key, { answer, sizeBytes: wholeBytes })
    this.#bytes += wholeBytes
    while (this.#bytes > this.#mostBytes) {
      const { oldest } = this.#kept
      if (oldest === undefined) return
      this.#drop(oldest)?.abandon()
    }
  }

  /** It is over. Nothing happens when it is not here. */
  remove(answer: KeptAnswer): void {
    if (this.#kept.get(answer.key)?.answer === answer) this.#drop(answer.key)
  }

  #drop(key: string): KeptAnswer | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    this.#kept.delete(key)
    this.#bytes -= kept.sizeBytes
    return kept.answer
  }
}

import { OldestFirst } from '@vaxel/base'

/** An answered transaction, as far as it is kept for retransmissions alone. */
export interface KeptAnswer {
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
  readonly #sizes = new OldestFirst<KeptAnswer, number>()
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get count(): number {
    return this.#sizes.size
  }

  /** @param sizeBytes of the answer */
  add(answer: KeptAnswer, sizeBytes: number): void {
    this.remove(answer)
    this.#sizes.set(answer, sizeBytes + besideBytes)
    this.#bytes += sizeBytes + besideBytes
    while (this.#bytes > this.#mostBytes) {
      const { oldest } = this.#sizes
      if (oldest === undefined) return
      this.remove(oldest)
      oldest.abandon()
    }
  }

  /** It is over. Nothing happens when it is not here. */
  remove(answer: KeptAnswer): void {
    const sizeBytes = this.#sizes.get(answer)
    if (sizeBytes === undefined) return
    this.#sizes.delete(answer)
    this.#bytes -= sizeBytes
  }
}

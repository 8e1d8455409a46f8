import { OldestFirst } from '@vaxel/base'

interface Counts {
  readonly madeAtMs: number
  highest: number
  /** Bit n: highest - n was seen, for n below 32. */
  seen: number
}

/**
 * Which nonce counts were used already (RFC 7616 §3.4, "nc"), so that a request that was overheard cannot be sent again.
 * Bounded: when full, the nonce used first goes, and from then on nonces as old as that one count as used up.
 * Told only of requests whose digest is right, so that strangers cannot fill it.
 */
export class NonceCounts {
  readonly #counts = new OldestFirst<string, Counts>()
  readonly #capacity: number
  #forgottenUpToMs = Number.NEGATIVE_INFINITY

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#counts.size
  }

  /**
   * @param madeAtMs when the nonce was made
   * @returns whether the count is new for that nonce; counts may come in any order within 32
   */
  use(nonce: string, madeAtMs: number, count: number): boolean {
    const counts = this.#counts.get(nonce)
    if (counts === undefined) {
      if (madeAtMs <= this.#forgottenUpToMs) return false
      this.#makeRoom()
      this.#counts.set(nonce, { madeAtMs, highest: count, seen: 1 })
      return true
    }
    const ahead = count - counts.highest
    if (ahead > 0) {
      counts.seen = ahead < 32 ? (counts.seen << ahead) | 1 : 1
      counts.highest = count
      return true
    }
    if (ahead <= -32 || (counts.seen & (1 << -ahead)) !== 0) return false
    counts.seen |= 1 << -ahead
    return true
  }

  /** Forgets nonces made before; they must be refused as expired by then. */
  forgetBefore(madeBeforeMs: number): void {
    for (const [nonce, counts] of this.#counts.entries()) if (counts.madeAtMs < madeBeforeMs) this.#counts.delete(nonce)
  }

  #makeRoom(): void {
    if (this.#counts.size < this.#capacity) return
    const { oldest } = this.#counts
    if (oldest === undefined) return
    this.#forgottenUpToMs = Math.max(this.#forgottenUpToMs, this.#counts.get(oldest)!.madeAtMs)
    this.#counts.delete(oldest)
  }
}

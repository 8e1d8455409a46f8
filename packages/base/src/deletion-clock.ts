import type { Clock } from './clock.ts'

const dayMs = 86_400_000
/** Nobody asks why a server was off for a weekend. */
const longestOffMs = 7 * dayMs

/**
 * Whether the clock may be trusted to delete what is past its time, which never comes back. A clock that was set forward by more than a day, or is
 * at the start more than a week after what was written last, may be wrong: somebody has a day to look before anything is deleted by it.
 */
export class DeletionClock {
  readonly #clock: Clock
  readonly #onDoubted: (byMs: number) => void
  #last: { readonly nowMs: number; readonly monotonicMs: number } | undefined
  /** Monotonic. */
  #doubtedUntilMs = Number.NEGATIVE_INFINITY

  /** @param lastWrittenMs when anything was written last before this start @param onDoubted told once for each time, with by how much the clock is ahead */
  constructor(clock: Clock, lastWrittenMs: number | undefined, onDoubted: (byMs: number) => void) {
    this.#clock = clock
    this.#onDoubted = onDoubted
    const offMs = lastWrittenMs === undefined ? 0 : clock.now() - lastWrittenMs
    if (offMs > longestOffMs) this.#doubt(offMs)
  }

  /** To be asked before each round of deletions, at least once a day. */
  mayDelete(): boolean {
    const [nowMs, monotonicMs] = [this.#clock.now(), this.#clock.monotonicMs()]
    const last = this.#last
    this.#last = { nowMs, monotonicMs }
    if (last) {
      const aheadMs = nowMs - last.nowMs - (monotonicMs - last.monotonicMs)
      if (aheadMs > dayMs) this.#doubt(aheadMs)
    }
    return monotonicMs >= this.#doubtedUntilMs
  }

  #doubt(byMs: number): void {
    this.#doubtedUntilMs = this.#clock.monotonicMs() + dayMs
    this.#onDoubted(byMs)
  }
}

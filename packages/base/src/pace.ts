import type { Clock } from './clock.ts'

const mostKnown = 20_000

/** So many at once and so many a second for each name; names whose allowance is full again are the first to be forgotten. */
export class Pace {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  readonly #known = new Map<string, { left: number; atMs: number }>()

  constructor(clock: Clock, { burst, perSecond }: { readonly burst: number; readonly perSecond: number }) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** @returns seconds to wait; 0: it was counted, go on */
  take(name: string): number {
    const nowMs = this.#clock.monotonicMs()
    const known = this.#known.get(name) ?? { left: this.#burst, atMs: nowMs }
    const left = Math.min(this.#burst, known.left + ((nowMs - known.atMs) / 1000) * this.#perSecond)
    if (left < 1) return Math.ceil((1 - left) / this.#perSecond)
    this.#known.delete(name)
    this.#known.set(name, { left: left - 1, atMs: nowMs })
    if (this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value ?? name)
    return 0
  }

  forget(name: string): void {
    this.#known.delete(name)
  }
}

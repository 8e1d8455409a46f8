import type { Clock, Timer } from '@vaxel/base'

interface Waiting {
  readonly atMs: number
  readonly order: number
  readonly callback: () => void
}

/** Time that moves when a test says so; promises settle between the timers. */
export class TestClock implements Clock {
  #elapsedMs = 0
  #order = 0
  readonly #waiting = new Set<Waiting>()

  now(): number {
    return 1_767_225_600_000 + this.#elapsedMs
  }

  monotonicMs(): number {
    return this.#elapsedMs
  }

  startTimer(delayMs: number, callback: () => void): Timer {
    const entry = { atMs: this.#elapsedMs + Math.max(0, delayMs), order: this.#order++, callback }
    this.#waiting.add(entry)
    return { stop: () => void this.#waiting.delete(entry) }
  }

  get waitingCount(): number {
    return this.#waiting.size
  }

  async advance(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms
    await settle()
    for (let next = this.#soonest(untilMs); next; next = this.#soonest(untilMs)) {
      this.#waiting.delete(next)
      this.#elapsedMs = next.atMs
      next.callback()
      await settle()
    }
    this.#elapsedMs = untilMs
  }

  #soonest(untilMs: number): Waiting | undefined {
    let soonest: Waiting | undefined
    for (const entry of this.#waiting) {
      if (entry.atMs > untilMs) continue
      if (!soonest || entry.atMs < soonest.atMs || (entry.atMs === soonest.atMs && entry.order < soonest.order)) {
        soonest = entry
      }
    }
    return soonest
  }
}

/** Lets promises that need no time settle. */
async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve()
}

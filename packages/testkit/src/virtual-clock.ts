import type { Clock, Timer } from '@vaxel/base'

interface Waiting {
  readonly atMs: number
  readonly order: number
  readonly callback: () => void
}

/**
 * Time that stands still until a test moves it. Timers run in the order of their time, then of their start.
 * A timer that throws makes `advance` throw, after the others of the same advance have run.
 */
export class VirtualClock implements Clock {
  #startedAtMs: number
  readonly #waiting = new Set<Waiting>()
  #elapsedMs = 0
  #order = 0

  /** @param startedAtMs wall clock at the beginning, milliseconds since 1970 */
  constructor(startedAtMs = Date.UTC(2026, 0, 1)) {
    this.#startedAtMs = startedAtMs
  }

  now(): number {
    return this.#startedAtMs + this.#elapsedMs
  }

  monotonicMs(): number {
    return this.#elapsedMs
  }

  /** Somebody sets the wall clock; the monotonic one and the timers go on. @param byMs forward is positive */
  setWallClock(byMs: number): void {
    this.#startedAtMs += byMs
  }

  /** Timers that have not run yet, for leak tests. */
  get waiting(): number {
    return this.#waiting.size
  }

  startTimer(delayMs: number, callback: () => void): Timer {
    const entry: Waiting = { atMs: this.#elapsedMs + Math.max(0, delayMs), order: this.#order++, callback }
    this.#waiting.add(entry)
    return { stop: () => void this.#waiting.delete(entry) }
  }

  /** Moves time on and runs what is due, each timer at its own time; timers that those start run too if they are due. */
  advance(ms: number): void {
    const untilMs = this.#elapsedMs + ms
    const errors: unknown[] = []
    for (let next = this.#nextUntil(untilMs); next; next = this.#nextUntil(untilMs)) this.#runTimer(next, errors)
    this.#elapsedMs = untilMs
    if (errors.length > 0) throw errors[0]
  }

  /** As `advance`, but lets promises settle before the first and after every timer. */
  async advanceAsync(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms
    const errors: unknown[] = []
    await settle()
    for (let next = this.#nextUntil(untilMs); next; next = this.#nextUntil(untilMs)) {
      this.#runTimer(next, errors)
      await settle()
    }
    this.#elapsedMs = untilMs
    if (errors.length > 0) throw errors[0]
  }

  #runTimer(timer: Waiting, errors: unknown[]): void {
    this.#waiting.delete(timer)
    this.#elapsedMs = timer.atMs
    try {
      timer.callback()
    } catch (error) {
      errors.push(error)
    }
  }

  #nextUntil(untilMs: number): Waiting | undefined {
    let next: Waiting | undefined
    for (const timer of this.#waiting) {
      if (timer.atMs > untilMs) continue
      if (!next || timer.atMs < next.atMs || (timer.atMs === next.atMs && timer.order < next.order)) next = timer
    }
    return next
  }
}

/** Lets every promise that can settle without time settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

import { type Clock, systemClock, type Timer } from './clock.ts'

/** The system's wall clock was set while the program ran. */
export interface ClockJump {
  /** Forward is positive. */
  readonly byMs: number
  /** Wall clock after it, milliseconds since 1970. */
  readonly atMs: number
  /** When it was seen, on the monotonic clock. */
  readonly monotonicMs: number
}

/** Smaller steps are those of a clock that is kept right (NTP slews and leap seconds): followed, and not told. */
const leastJumpMs = 2000
const lookEveryMs = 1000

/**
 * A wall clock that runs as evenly as the monotonic one. It follows the system's clock once a second; when that has
 * jumped, everybody who keeps times of the future in the old reckoning is told in the same turn in which `now` changes.
 * So no time-out and no duration sees the jump, and nothing is half in one time and half in the other.
 */
export class SteadyClock implements Clock {
  readonly #source: Clock
  readonly #listeners = new Set<(jump: ClockJump) => void>()
  #offsetMs: number
  #timer: Timer | undefined

  /** @param source whose `now` may jump */
  constructor(source: Clock = systemClock) {
    this.#source = source
    this.#offsetMs = source.now() - source.monotonicMs()
  }

  now(): number {
    return Math.floor(this.#source.monotonicMs() + this.#offsetMs)
  }

  monotonicMs(): number {
    return this.#source.monotonicMs()
  }

  startTimer(delayMs: number, callback: () => void): Timer {
    return this.#source.startTimer(delayMs, callback)
  }

  /** Called in the turn in which the jump is seen, after `now` has changed. A listener that throws harms only itself. Returns the way to stop. */
  onJump(listener: (jump: ClockJump) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Begins to follow the system's clock. Without it the clock runs on evenly for ever. */
  follow(): void {
    this.#timer ??= this.#source.startTimer(lookEveryMs, () => {
      this.#timer = undefined
      this.follow()
      this.look()
    })
  }

  /** Compares now, without waiting for the next second. */
  look(): void {
    const monotonicMs = this.#source.monotonicMs()
    const byMs = Math.round(this.#source.now() - monotonicMs - this.#offsetMs)
    this.#offsetMs += byMs
    if (Math.abs(byMs) < leastJumpMs) return
    const jump = { byMs, atMs: this.now(), monotonicMs }
    for (const listener of this.#listeners) {
      try {
        listener(jump)
      } catch {
        // Its own business; the others must be told all the same.
      }
    }
  }

  close(): void {
    this.#timer?.stop()
    this.#timer = undefined
    this.#listeners.clear()
  }
}

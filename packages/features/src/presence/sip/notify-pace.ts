import { type Clock, type Timer, TransientMap } from '@vaxel/base'

interface Pace {
  /** Left to be told at once. */
  left: number
  isDue: boolean
  timer: Timer | undefined
}

/**
 * Keeps watchers of one thing from being told too often: some changes at once, then one in each interval, always of the last state
 * (RFC 4235 §3.10, RFC 3856 §6.10).
 */
export class NotifyPace {
  readonly #clock: Clock
  readonly #burst: number
  readonly #everyMs: number
  readonly #tell: (key: string) => void
  readonly #paces = new TransientMap<string, Pace>()

  constructor(options: { clock: Clock; burst: number; everyMs: number; tell: (key: string) => void }) {
    this.#clock = options.clock
    this.#burst = options.burst
    this.#everyMs = options.everyMs
    this.#tell = options.tell
  }

  changed(key: string): void {
    const pace = this.#paces.get(key) ?? { left: this.#burst, isDue: false, timer: undefined }
    this.#paces.set(key, pace)
    pace.timer ??= this.#refillLater(key, pace)
    if (pace.left === 0) {
      pace.isDue = true
      return
    }
    pace.left--
    this.#tell(key)
  }

  close(): void {
    for (const { timer } of this.#paces.values()) timer?.stop()
    this.#paces.clear()
  }

  #refillLater(key: string, pace: Pace): Timer {
    return this.#clock.startTimer(this.#everyMs, () => {
      pace.timer = undefined
      if (pace.isDue) {
        pace.isDue = false
        pace.timer = this.#refillLater(key, pace)
        return this.#tell(key)
      }
      pace.left++
      if (pace.left < this.#burst) pace.timer = this.#refillLater(key, pace)
      else this.#paces.delete(key)
    })
  }
}

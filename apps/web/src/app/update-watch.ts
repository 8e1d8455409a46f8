import type { PageClock } from './app.ts'

export interface UpdateWatchOptions {
  /** What this page was built from. */
  readonly buildId: string
  readonly clock: PageClock
  /** Somebody talks, or types what would be lost. */
  readonly isBusy: () => boolean
  readonly reload: () => void
  /** Tells the person, who may load it at once; returns what takes that back. */
  readonly tell: (loadNow: () => void) => () => void
}

const lookMs = 15_000
/** Nobody has touched the page for so long. */
const quietMs = 120_000

/** Loads a newer version of the app at a quiet moment: never during a call, and not under somebody's hands. */
export class UpdateWatch {
  readonly #options: UpdateWatchOptions
  #touchedAtMs: number
  #isTold = false

  constructor(options: UpdateWatchOptions) {
    this.#options = options
    this.#touchedAtMs = options.clock.nowMs()
  }

  /** Somebody is at the page. */
  touched(): void {
    this.#touchedAtMs = this.#options.clock.nowMs()
  }

  /** @param buildId of the app that the server has now */
  serverHas(buildId: string): void {
    if (this.#isTold || buildId === '' || buildId === this.#options.buildId) return
    this.#isTold = true
    this.#options.tell(() => this.#options.reload())
    this.#wait()
  }

  #wait(): void {
    const { clock, isBusy, reload } = this.#options
    const isQuiet = clock.nowMs() - this.#touchedAtMs >= quietMs
    if (isQuiet && !isBusy()) return reload()
    clock.startTimer(lookMs, () => this.#wait())
  }
}

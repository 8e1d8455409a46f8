import type { Clock, Logger, Timer } from '@vaxel/base'
import type { CheckPlane, PlaneEvent } from '../engine/media-plane.ts'

/** With nobody to serve, the thread is kept so long for the next one. */
const idleMs = 60_000

/** Starts a plane of its own for checks. */
export type StartCheckPlane = (onEvent: (event: PlaneEvent) => void) => Promise<CheckPlane>

/**
 * The thread of the checks: started with the first one, ended some time after the last. No call is ever served by it, so that whatever
 * strangers send here takes nothing from a call but a share of the processor.
 */
export class CheckThread {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #start: StartCheckPlane
  readonly #onEvent: (event: PlaneEvent) => void
  #plane: CheckPlane | undefined
  #starting: Promise<CheckPlane | undefined> | undefined
  #idle: Timer | undefined
  #isClosed = false

  constructor(options: { clock: Clock; log: Logger; start: StartCheckPlane; onEvent: (event: PlaneEvent) => void }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#start = options.start
    this.#onEvent = options.onEvent
  }

  /** The plane, if it runs. */
  get plane(): CheckPlane | undefined {
    return this.#plane
  }

  /** Undefined where it does not start. */
  async use(): Promise<CheckPlane | undefined> {
    this.#idle?.stop()
    if (this.#isClosed) return undefined
    if (this.#plane) return this.#plane
    this.#starting ??= this.#begin()
    return this.#starting
  }

  /** Nobody needs it now. */
  rest(): void {
    this.#idle?.stop()
    if (this.#isClosed || !this.#plane) return
    this.#idle = this.#clock.startTimer(idleMs, () => {
      const plane = this.#plane
      this.#plane = undefined
      void plane?.close()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#idle?.stop()
    await this.#starting
    await this.#plane?.close()
    this.#plane = undefined
  }

  async #begin(): Promise<CheckPlane | undefined> {
    try {
      this.#plane = await this.#start((event) => {
        if (event.kind === 'died') {
          this.#log.error('the thread for checks of sites died', { reason: event.reason })
          this.#plane = undefined
        }
        this.#onEvent(event)
      })
    } catch (error) {
      this.#log.error('the thread for checks of sites does not start', { error: String(error) })
    } finally {
      this.#starting = undefined
    }
    return this.#plane
  }
}

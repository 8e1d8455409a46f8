import type { Clock, Logger } from '@vaxel/base'
import type { MediaPlane, PlaneEvent, StartPlane } from './media-plane.ts'

/** What planes tell, apart from how they are. */
export type PlaneNews = Exclude<PlaneEvent, { kind: 'died' | 'load' }>

interface PlanesParts {
  readonly clock: Clock
  readonly log: Logger
  readonly planes: number
  readonly startPlane: StartPlane
  /** Legs at a place, for the log. */
  readonly legsAt: (home: number) => number
  readonly told: (event: PlaneNews) => void
  /** Its legs and recordings are lost; another is started as soon as this returns. */
  readonly died: (home: number) => void
}

/** A plane that does not start is tried again after so long. */
const startAgainMs = 1000

/** The workers of an engine, each at its place: started together, kept from new calls while full, replaced when dead. */
export class Planes {
  readonly #parts: PlanesParts
  readonly #planes: (MediaPlane | undefined)[] = []
  readonly #full = new Set<number>()
  #isClosed = false

  constructor(parts: PlanesParts) {
    this.#parts = parts
  }

  /** By place; undefined while there is none. */
  get all(): readonly (MediaPlane | undefined)[] {
    return this.#planes
  }

  /** Places of those that have no room. */
  get full(): ReadonlySet<number> {
    return this.#full
  }

  get areFull(): boolean {
    return this.#full.size > 0 && this.#planes.every((plane, home) => plane === undefined || this.#full.has(home))
  }

  /** Resolves when all run; rejects when they have been tried and one cannot start. */
  async start(): Promise<void> {
    const starts = Array.from({ length: this.#parts.planes }, (_, home) => this.#start(home))
    const failed = (await Promise.allSettled(starts)).find((start) => start.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** None is replaced from now on. */
  stopReplacing(): void {
    this.#isClosed = true
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#planes.map(async (plane) => plane?.close()))
  }

  async #start(home: number): Promise<void> {
    const plane = await this.#parts.startPlane(home, (event) => this.#onEvent(home, event))
    if (this.#isClosed) await plane.close()
    else this.#planes[home] = plane
  }

  #onEvent(home: number, event: PlaneEvent): void {
    if (event.kind === 'died') this.#replace(home, event.reason)
    else if (event.kind === 'load') this.#noteLoad(home, event.isFull)
    else this.#parts.told(event)
  }

  #noteLoad(home: number, isFull: boolean): void {
    const { log, legsAt } = this.#parts
    const details = { worker: home, legs: legsAt(home) }
    if (isFull) {
      this.#full.add(home)
      log.warn('a media worker is full', details)
    } else if (this.#full.delete(home)) log.info('a media worker has room again', details)
  }

  #replace(home: number, reason: string): void {
    const { clock, log, died } = this.#parts
    if (this.#isClosed) return
    log.error('media worker died', { worker: home, reason })
    this.#planes[home] = undefined
    this.#full.delete(home)
    died(home)
    this.#start(home).catch((error: unknown) => {
      log.error('media worker does not start', { worker: home, error: String(error) })
      clock.startTimer(startAgainMs, () => this.#replace(home, 'did not start'))
    })
  }
}

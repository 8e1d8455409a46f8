const kept = 5

/**
 * The last 100 ms of what everybody heard, a frame each 20 ms. An encoder or filter that takes over a listener runs through them first:
 * it then stands where the one before it stands, and the listener's decoder hears no seam.
 */
export class PastFrames {
  readonly #frames: readonly Int16Array[]
  #next = 0

  constructor(samples: number) {
    this.#frames = Array.from({ length: kept }, () => new Int16Array(samples))
  }

  add(frame: Int16Array): void {
    this.#frames[this.#next]!.set(frame)
    this.#next = (this.#next + 1) % kept
  }

  /** Oldest first. The frames are valid during the call only. */
  each(take: (frame: Int16Array) => void): void {
    for (let i = 0; i < kept; i++) take(this.#frames[(this.#next + i) % kept]!)
  }
}

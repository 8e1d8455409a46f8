const atOnce = 100
const perSecond = 20

/** How many requests of a peer are worked on in one dialog: 100 at once and 20 a second, as of one device outside of dialogs. */
export class RequestAllowance {
  #left = atOnce
  #atMs = 0

  /** Takes one, if one is left. @param nowMs monotonic */
  take(nowMs: number): boolean {
    this.#left = Math.min(atOnce, this.#left + ((nowMs - this.#atMs) * perSecond) / 1000)
    this.#atMs = nowMs
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}

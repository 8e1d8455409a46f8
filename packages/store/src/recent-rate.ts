const windowMs = 100

/** Whether something happens often: more than so many times a second, seen over the last tenth of one. */
export class RecentRate {
  readonly #most: number
  #sinceMs = 0
  #count = 0
  #before = 0

  constructor(perSecond: number) {
    this.#most = (perSecond * windowMs) / 1000
  }

  /** It happens now. @param nowMs only goes forward */
  count(nowMs: number): void {
    const passed = nowMs - this.#sinceMs
    if (passed >= windowMs) {
      this.#before = passed < 2 * windowMs ? this.#count : 0
      this.#count = 0
      this.#sinceMs = nowMs
    }
    this.#count++
  }

  /** As of the last time that it happened. */
  get isBusy(): boolean {
    return Math.max(this.#before, this.#count) > this.#most
  }
}

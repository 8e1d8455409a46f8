/** Sound on demand, 16-bit mono at a rate fixed when it was made. A source belongs to one listener. */
export interface AudioSource {
  /**
   * Fills all of `out` with what comes next.
   * @returns false once the source is over; what is left of `out` is then silence. Reading on gives silence and false.
   */
  read(out: Int16Array): boolean
  /** Stops what the source does in the background (reading a file). Idempotent. */
  close?(): void
}

/** Nothing to hear, for ever. */
export const silentSource: AudioSource = {
  read(out) {
    out.fill(0)
    return true
  },
}

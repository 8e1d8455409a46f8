/** A running timer; `stop` is idempotent. */
export interface Timer {
  stop(): void
}

/**
 * Time as the program sees it. Production uses {@link systemClock}; tests use the test kit's VirtualClock.
 */
export interface Clock {
  /** Wall clock, milliseconds since 1970; may jump. For records, never for durations. */
  now(): number
  /** Monotonic milliseconds from an arbitrary start; for durations and time-outs. */
  monotonicMs(): number
  /** Calls back once after at least `delayMs`; a callback that throws harms only itself. */
  startTimer(delayMs: number, callback: () => void): Timer
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  startTimer(delayMs, callback) {
    const handle = setTimeout(callback, delayMs)
    return { stop: () => clearTimeout(handle) }
  },
}

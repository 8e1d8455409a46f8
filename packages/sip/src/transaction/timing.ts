/** Base times of RFC 3261 §17.1.1.1, milliseconds, and whether the flow retransmits by itself. */
export interface Timing {
  readonly t1Ms: number
  readonly t2Ms: number
  readonly t4Ms: number
  /** True for every protocol but UDP: no retransmissions, no waiting for them. */
  readonly isReliable: boolean
}

/** Timers keep the letters of RFC 3261 table 4 and RFC 6026 §8.4. */
export type TimerLetter = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M'

/** Timer D waits at least 32 s on UDP (§17.1.1.2). */
export const timerDMs = (timing: Timing): number => (timing.isReliable ? 0 : Math.max(32_000, 64 * timing.t1Ms))

/** How long a final answer is waited for, or resent: 64 × T1 (timers B, F, H, J, L, M). */
export const patienceMs = (timing: Timing): number => 64 * timing.t1Ms

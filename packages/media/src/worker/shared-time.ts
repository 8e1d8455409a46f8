import type { Clock } from '@vaxel/base'

/** What this thread's own clock is behind the one that all threads of the process share. */
const aheadMs = Number(process.hrtime.bigint() / 1000n) / 1000 - performance.now()
/** This thread's wall clock when it started, less what the monotonic one showed then. */
const startedMs = Date.now() - performance.now()
/** The wall clock is followed within so much; smaller steps would only make equal times different. */
const followedMs = 50

/** A clock that all threads of this process share and nobody sets, milliseconds; only differences mean something. */
export const sharedTimeMs = (): number => aheadMs + performance.now()

/** Milliseconds since 1970 as this thread reckons them: evenly on from its start, whatever the system's clock is set to. */
export const steadyWallMs = (): number => startedMs + performance.now()

/** What {@link steadyWallMs} was at a time of this thread's monotonic clock. */
export const steadyWallOf = (monotonicMs: number): number => startedMs + monotonicMs

/** A time of {@link steadyWallMs}, as other threads understand it ({@link sharedTimeMs}). */
export const toShared = (wallMs: number): number => wallMs - startedMs + aheadMs

/** Gives times of {@link sharedTimeMs} in the wall clock of the main thread, as it is now. */
export function wallClockOfShared(clock: Clock): (sharedMs: number) => number {
  let offsetMs = clock.now() - sharedTimeMs()
  return (sharedMs) => {
    const nowOffsetMs = clock.now() - sharedTimeMs()
    if (Math.abs(nowOffsetMs - offsetMs) > followedMs) offsetMs = nowOffsetMs
    return Math.round(sharedMs + offsetMs)
  }
}

import type { WorkedHour } from './state.ts'

const minuteMs = 60_000

/** A new agent's last five minutes count as an hour would: one call right after login is no full hour of work. */
const leastPresentMs = 5 * minuteMs

export const emptyHour = (nowMs: number): WorkedHour => ({
  worked: new Array<number>(60).fill(0),
  present: new Array<number>(60).fill(0),
  workedSum: 0,
  presentSum: 0,
  minute: Math.floor(nowMs / minuteMs),
  countedMs: nowMs,
  isWorking: false,
  isPresent: false,
})

/** Counts what was up to now; from then on it is as given. */
export function turnHour(hour: WorkedHour, nowMs: number, isWorking: boolean, isPresent: boolean): void {
  countHour(hour, nowMs)
  hour.isWorking = isWorking
  hour.isPresent = isPresent
}

function countHour(hour: WorkedHour, nowMs: number): void {
  // More than an hour of the same is one hour of it.
  if (nowMs - hour.countedMs > 61 * minuteMs) hour.countedMs = nowMs - 61 * minuteMs
  while (hour.countedMs < nowMs) {
    const minute = Math.floor(hour.countedMs / minuteMs)
    moveTo(hour, minute)
    const untilMs = Math.min(nowMs, (minute + 1) * minuteMs)
    const at = minute % 60
    const ms = untilMs - hour.countedMs
    if (hour.isWorking) {
      hour.worked[at]! += ms
      hour.workedSum += ms
    }
    if (hour.isPresent) {
      hour.present[at]! += ms
      hour.presentSum += ms
    }
    hour.countedMs = untilMs
  }
  moveTo(hour, Math.floor(nowMs / minuteMs))
}

function moveTo(hour: WorkedHour, minute: number): void {
  const from = Math.max(hour.minute + 1, minute - 59)
  for (let next = from; next <= minute; next++) {
    const at = next % 60
    hour.workedSum -= hour.worked[at]!
    hour.presentSum -= hour.present[at]!
    hour.worked[at] = 0
    hour.present[at] = 0
  }
  if (minute > hour.minute) hour.minute = minute
}

/** Share of the last hour's time at work, 0 to 1. */
export function occupancyOf(hour: WorkedHour, nowMs: number): number {
  countHour(hour, nowMs)
  return Math.min(1, hour.workedSum / Math.max(leastPresentMs, hour.presentSum))
}

import type { CalendarTrouble } from '@vaxel/core'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Between two readings of a calendar that can be read. */
const usualMs = 5 * minuteMs
const longestMs = hourMs

/** What a calendar said last counts for so long while it cannot be read. */
export const keptMs = 4 * hourMs

/** The stretch of time that is read: what goes on now, and the whole of tomorrow until it is read anew. */
export const windowMs = { back: 24 * hourMs, ahead: 72 * hourMs } as const

/** An answer is good for other days only so long; then all of it is asked for again. */
export const versionMs = 12 * hourMs

/** What only a person can mend is asked less often: a server may lock out who comes with a wrong password. */
const needsPerson: readonly CalendarTrouble[] = ['login', 'notFound', 'network', 'insecure', 'redirects', 'notCalendar']

/**
 * When a calendar is read again: with a jitter of a fifth, so that those of one server do not come together.
 * @param chance from 0 to 1
 * @param faults in a row, 0 after a reading that went well
 */
export function waitMs(chance: number, faults: number, trouble?: CalendarTrouble): number {
  const plain =
    trouble !== undefined && needsPerson.includes(trouble) && faults > 1
      ? longestMs
      : Math.min(longestMs, usualMs * 2 ** Math.max(0, Math.min(faults, 10) - 1))
  return Math.round(plain * (0.9 + 0.2 * chance))
}

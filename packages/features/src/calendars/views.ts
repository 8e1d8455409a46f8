import type { CalendarView } from '@vaxel/contract'
import type { CalendarAccess, CalendarAccount } from '@vaxel/core'
import type { CalendarHealth } from './followed-calendar.ts'

const time = (ms: number): string => new Date(ms).toISOString()

/** A calendar without its address and password. */
export function accountView(
  { userId, protocol, server, shows, changedAtMs }: CalendarAccount,
  access: CalendarAccess | undefined,
  health: CalendarHealth = { state: 'reading', sinceMs: changedAtMs },
): CalendarView {
  const { state, sinceMs, trouble, readAtMs, nextAtMs, unread = 0, isCut = false } = health
  return {
    userId,
    protocol,
    server,
    ...(access?.login === undefined ? {} : { login: access.login }),
    shows,
    state,
    since: time(sinceMs),
    ...(trouble === undefined ? {} : { trouble }),
    ...(readAtMs === undefined ? {} : { readAt: time(readAtMs) }),
    ...(nextAtMs === undefined ? {} : { triedAgainAt: time(nextAtMs) }),
    ...(unread > 0 ? { unread } : {}),
    ...(isCut ? { isCut } : {}),
  }
}

import type { OperationHandler } from '@vaxel/contract'
import { calendarHandlers } from './api.ts'
import { CalendarService } from './calendar-service.ts'
import { Calendars } from './calendars.ts'
import type { CalendarDependencies } from './dependencies.ts'

export type { CalendarDependencies } from './dependencies.ts'

/** Calendars of people as a source of presence. */
export interface CalendarsFeature {
  readonly handlers: readonly OperationHandler[]
  /** Begins to read what is kept. */
  start(): void
  close(): void
}

export function createCalendars(parts: CalendarDependencies): CalendarsFeature {
  const followed = new Calendars(parts)
  return {
    handlers: calendarHandlers(new CalendarService(parts, followed)),
    start: () => followed.start(),
    close: () => followed.close(),
  }
}

import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { CalendarService } from './calendar-service.ts'

export function calendarHandlers(service: CalendarService): readonly OperationHandler[] {
  return [
    perform(contract.readMyCalendar, ({ principal }) => service.read(principal, principal.userId)),
    perform(contract.putMyCalendar, ({ principal, body }) => service.put(principal, principal.userId, body)),
    perform(contract.readMyCalendarNow, ({ principal }) => service.readNow(principal)),
    perform(contract.removeMyCalendar, ({ principal }) => service.remove(principal, principal.userId)),
    perform(contract.listCalendars, ({ principal, query }) => service.list(principal, query)),
    perform(contract.readUserCalendar, ({ principal, params }) => service.read(principal, params.userId)),
    perform(contract.putUserCalendar, ({ principal, params, body }) => service.put(principal, params.userId, body)),
    perform(contract.removeUserCalendar, ({ principal, params }) => service.remove(principal, params.userId)),
    perform(contract.readColleagueDay, ({ principal, params }) => service.day(principal, params.userId)),
  ]
}

import { isRefusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { HistoryService } from './history-service.ts'
import type { LiveCallService } from './live-call-service.ts'
import { toCallView, toEventView, toLegView, toLiveCallView, toMessageView } from './views.ts'

export function historyHandlers(history: HistoryService): readonly OperationHandler[] {
  return [
    perform(contract.listCalls, async ({ principal, query }) => {
      const { calls, next } = await history.calls(principal, query)
      return { items: calls.map(toCallView), ...(next === undefined ? {} : { next }) }
    }),
    perform(contract.readCall, async ({ principal, params }) => {
      const found = await history.call(principal, params.callId)
      if (isRefusal(found)) return found
      return {
        call: toCallView(found.call),
        legs: found.legs.map(toLegView),
        timeline: found.events.map(toEventView),
        troubles: found.troubles,
        messages: found.messages.map(toMessageView),
      }
    }),
    perform(contract.listEvents, async ({ principal, query }) => {
      const { events, last } = await history.events(principal, query)
      return { items: events.map(toEventView), last }
    }),
  ]
}

export function liveCallHandlers(calls: LiveCallService): readonly OperationHandler[] {
  return [
    perform(contract.makeCall, ({ principal, body }) => calls.make(principal, body)),
    perform(contract.listLiveCalls, ({ principal }) => ({ items: calls.list(principal).map(toLiveCallView) })),
    perform(contract.readLiveCall, ({ principal, params }) => {
      const call = calls.read(principal, params.callId)
      return isRefusal(call) ? call : toLiveCallView(call)
    }),
    perform(contract.commandCall, ({ principal, params, body }) =>
      calls.command(principal, params.callId, params.verb, body),
    ),
  ]
}

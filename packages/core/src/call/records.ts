import type { CallRecord, LegRecord } from '../ports/call-ledger.ts'
import { costOf } from '../limits/admit-call.ts'
import type { CallState } from './call.ts'

/** The rows of a call as it is now; written over what was with each ledger entry. */
export function recordsOf(state: CallState): { call: CallRecord; legs: LegRecord[] } {
  const { legs, isEmergency: _, pricePerMinuteMicros: price, ...call } = state.call
  const endedAtMs = lastEnd(state)
  const cost =
    price && call.answeredAtMs !== undefined ? { costMicros: costOf(price, endedAtMs - call.answeredAtMs) } : {}
  const ended = state.name === 'ended' ? { endedAtMs, termination: state.termination, ...cost } : {}
  return {
    call: { ...call, ...ended },
    legs: [...legs.values()].map(({ connection: _, ...leg }) => ({
      ...leg,
      callId: call.id,
      companyId: call.companyId,
    })),
  }
}

function lastEnd(state: CallState): number {
  let last = state.call.startedAtMs
  for (const leg of state.call.legs.values()) last = Math.max(last, leg.endedAtMs ?? 0)
  return last
}

import type { CallRecord, LegRecord } from '../ports/call-ledger.ts'
import { costOf } from '../limits/admit-call.ts'
import type { Call, CallState } from './call.ts'

/**
 * The rows of a call as it is now; written over what was with each ledger entry. They are the call and its legs themselves where nothing is to be added,
 * as a copy without what no row has costs more than the row.
 * @param told the state that the ledger was told last: legs that are as they were then are left out
 * @returns `isCallTold`: the row of the call is as it was then
 */
export function recordsOf(
  state: CallState,
  told?: CallState,
): { call: CallRecord; isCallTold?: true; legs: LegRecord[] } {
  const { call } = state
  const before = told?.call.legs
  const legs: LegRecord[] = []
  for (const leg of call.legs.values())
    if (before?.get(leg.id) !== leg) legs.push({ ...leg, callId: call.id, companyId: call.companyId })
  if (told && isSameRow(told, state)) return { call, isCallTold: true, legs }
  return { call: state.name === 'ended' ? { ...call, ...endOf(state) } : call, legs }
}

/** When an ended call ended, why, and what it cost. */
function endOf(state: CallState & { readonly name: 'ended' }): Partial<CallRecord> {
  const endedAtMs = lastEnd(state)
  const costMicros = costOfCall(state.call, endedAtMs)
  return { endedAtMs, termination: state.termination, ...(costMicros === undefined ? {} : { costMicros }) }
}

/** What a call's row has of it while it goes on. */
const inRow = ['direction', 'startedAtMs', 'answeredAtMs', 'caller', 'dialled', 'called', 'trunkId'] as const

function isSameRow(told: CallState, now: CallState): boolean {
  if (told.name === 'ended' || now.name === 'ended') return false
  return inRow.every((column) => told.call[column] === now.call[column])
}

/** What the priced legs of a call have cost it so far, millionths; undefined when it has none. */
function costOfCall(call: Call, nowMs: number): number | undefined {
  let cost: number | undefined
  for (const { pricePerMinuteMicros: price, chargedFromMs, endedAtMs } of call.legs.values())
    if (price && chargedFromMs !== undefined) cost = (cost ?? 0) + costOf(price, (endedAtMs ?? nowMs) - chargedFromMs)
  return cost
}

function lastEnd(state: CallState): number {
  let last = state.call.startedAtMs
  for (const leg of state.call.legs.values()) last = Math.max(last, leg.endedAtMs ?? 0)
  return last
}

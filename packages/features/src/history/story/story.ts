import type { CallRecord, LegRecord, NumberedEvent, TracedMessage } from '@vaxel/core'
import { findTroubles } from '../find-troubles.ts'
import { inOrder, type Span, spansOf } from './lanes.ts'
import { called, type Step, stepsOf } from './steps.ts'
import { judge, type Verdict } from './verdict.ts'

/** Everything that is known of a call. */
export interface WholeCall {
  readonly call: CallRecord
  readonly legs: readonly LegRecord[]
  readonly events: readonly NumberedEvent[]
  readonly messages: readonly TracedMessage[]
}

export interface Lane {
  readonly leg: LegRecord
  readonly device?: string
  readonly spans: readonly Span[]
}

/** What happened to a call: step by step, drawn, and judged. */
export interface Story {
  readonly call: CallRecord
  readonly steps: readonly Step[]
  readonly verdict: Verdict
  readonly lanes: readonly Lane[]
}

/**
 * Tells what happened to a call from its entries in the ledger, its legs and its messages. Pure; tells no address and no message, so that
 * everyone whose call it is may read it.
 * @param placeOf what people call a leg's device or trunk
 */
export function tellStory(whole: WholeCall, placeOf: (leg: LegRecord | undefined) => string | undefined): Story {
  const { call, legs, events } = whole
  const byId = new Map(legs.map((leg) => [leg.id as string, leg]))
  const troubles = findTroubles(whole)
  const steps = stepsOf(events, { legs: byId, placeOf })
  const verdict = judge({ call, legs, events, troubles })
  const heard = troubles.map(({ code, legId }): Step => {
    const leg = byId.get(legId ?? '')
    return {
      atMs: call.endedAtMs ?? leg?.endedAtMs ?? call.startedAtMs,
      code: `trouble.${code}`,
      params: { who: leg ? called(leg.party) : '' },
      ...(legId === undefined ? {} : { legId }),
    }
  })
  return {
    call,
    steps: [...steps, ...heard, ...endOf(call)],
    verdict,
    lanes: inOrder(legs).map((leg) => {
      const device = placeOf(leg)
      return { leg, spans: spansOf(leg, events), ...(device ? { device } : {}) }
    }),
  }
}

function endOf({ caller, called: callee, endedAtMs, answeredAtMs, termination, direction }: CallRecord): Step[] {
  if (endedAtMs === undefined) return []
  const reason = termination?.reason ?? 'unknown'
  const seconds = answeredAtMs === undefined ? 0 : Math.floor((endedAtMs - answeredAtMs) / 1000)
  const isCallee = termination?.blame === 'callee' || reason === 'callee-hung-up'
  // Who is outside, where the line to them was lost.
  const isBehindTrunk = termination?.blame === 'trunk' && direction === 'outbound'
  const who = called(isCallee || isBehindTrunk ? callee : caller)
  const code = `ended.${reason}`
  return [{ atMs: endedAtMs, code, params: { who, caller: called(caller), callee: called(callee), seconds } }]
}

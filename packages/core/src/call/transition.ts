import type { LegId } from '@vaxel/base'
import type { CallState } from './call.ts'
import type { CallInput } from './call-input.ts'
import { giveUp, takeSigns } from './interruption.ts'
import type { Ignored, Row } from './row.ts'
import { alerting } from './states/alerting.ts'
import { connected } from './states/connected.ts'
import { inService } from './states/in-service.ts'
import { originating } from './states/originating.ts'
import { refusing } from './states/refusing.ts'
import { routing } from './states/routing.ts'
import { Step, type Transition } from './step.ts'

const table = { originating, routing, alerting, connected, inService, refusing }

/**
 * The machine of a call: what an input does to it. Pure; the runner performs the effects in order.
 * An input that cannot happen in a state, or that comes too late for its leg, changes nothing and says why.
 */
export function transition(state: CallState, input: CallInput, nowMs: number): Transition {
  if (input.kind === 'qualityReported') {
    const step = new Step(state.call, nowMs)
    step
      .setLeg(input.leg, { quality: input.quality })
      .tell('quality.reported', { leg: input.leg, quality: input.quality })
    return step.to(state)
  }
  if (state.name === 'ended') return ignored(state, 'the call has ended')
  if (input.kind === 'legSent') {
    const { sipCallId, remoteAddress } = input
    const step = new Step(state.call, nowMs)
    return step.setLeg(input.leg, { sipCallId, ...(remoteAddress ? { remoteAddress } : {}) }).to(state)
  }
  if (input.kind === 'mediaKnown') {
    const step = new Step(state.call, nowMs)
    return step.setLeg(input.leg, { keying: input.summary.keying, codec: input.summary.codec }).to(state)
  }
  if (input.kind === 'noticed') {
    const { leg, code, text } = input
    return new Step(state.call, nowMs).tell('call.noticed', { leg, code, text }).to(state)
  }
  if (input.kind === 'serviceNoted') {
    const { leg, code, text, data } = input
    return new Step(state.call, nowMs).tell('service.noted', { ...data, leg, code, text }).to(state)
  }
  if (input.kind === 'callerNamed') {
    const caller = { ...state.call.caller, name: input.name }
    return new Step(state.call, nowMs).setCall({ caller, isCallerNamed: true }).to(state)
  }
  if (input.kind === 'legSigns') return takeSigns(state, input, nowMs) ?? ignored(state, 'the leg is gone')
  if (input.kind === 'reconnectTimeout') return stopWaiting(state, input.leg, nowMs)
  if (input.kind === 'clear') return new Step(state.call, nowMs).end(input.termination)
  const row = table[state.name] as Row<CallState>
  const entry = row[input.kind] as
    | Ignored
    | ((state: CallState, input: CallInput, step: Step) => Transition | undefined)
  if (typeof entry !== 'function') return ignored(state, entry.ignored)
  return entry(state, input, new Step(state.call, nowMs)) ?? ignored(state, `${input.kind} came too late for its leg`)
}

/** The leg ends as if its dialog had, and what is left of it is cleared. */
function stopWaiting(state: CallState, leg: LegId, nowMs: number): Transition {
  const given = giveUp(state, leg)
  if (!given) return ignored(state, 'the leg is back')
  const next = transition(state, given.input, nowMs)
  return { ...next, effects: [{ kind: 'clearLeg', leg, termination: given.termination }, ...next.effects] }
}

function ignored(state: CallState, reason: string): Transition {
  return { state, effects: [{ kind: 'ignore', reason }] }
}

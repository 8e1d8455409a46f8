import type { LegId, Termination } from '@vaxel/base'
import type { CallLeg, CallState } from './call.ts'
import type { CallInput } from './call-input.ts'
import { joinOrHold } from './joining.ts'
import type { Interruption, Signs } from './signs.ts'
import { Step, type Transition, who } from './step.ts'

/** Silence of a leg whose connection is gone, before it counts as away. */
export const quietUnconnectedMs = 1000
/** The same while the connection seems up: longer than the time between a browser's ICE checks (2.5 s). */
export const quietAloneMs = 3000
/** A page that is reloaded while it rings is back sooner than a caller loses patience. */
const longestRingingWaitMs = 10_000

/**
 * New signs of a leg: it is interrupted, it is back, or nothing changes.
 * @returns undefined for a leg that is gone
 */
export function takeSigns(
  state: CallState,
  input: Extract<CallInput, { kind: 'legSigns' }>,
  nowMs: number,
): Transition | undefined {
  const leg = state.call.legs.get(input.leg)
  if (!leg || leg.endedAtMs !== undefined) return undefined
  const step = new Step(state.call, nowMs)
  const signs = change(leg.signs, input, nowMs)
  step.setLeg(leg.id, { signs })
  const away = isAway(signs, leg)
  if (away && !leg.interruption) interrupt(state, step, leg, signs, input.patienceMs)
  else if (!away && leg.interruption) resume(state, step, leg, leg.interruption)
  return step.to(state)
}

/**
 * The time for a leg to come back is over.
 * @returns how the leg ends, or undefined if it is back
 */
export function giveUp(state: CallState, id: LegId): { input: CallInput; termination: Termination } | undefined {
  const leg = state.call.legs.get(id)
  if (!leg?.interruption || leg.endedAtMs !== undefined) return undefined
  const seconds = Math.round(leg.interruption.waitMs / 1000)
  const text = `The connection to ${leg.party.number} was lost and did not come back within ${seconds} s.`
  const termination: Termination = { blame: leg.role, reason: 'connection-lost', sip: 408, text }
  const isRinging = 'attempt' in state && state.attempt.ringing.includes(id)
  const input: CallInput = isRinging
    ? { kind: 'legFailed', leg: id, failure: { status: 480, by: 'transport', reason: text } }
    : { kind: 'legEnded', leg: id, termination }
  return { input, termination }
}

/** A leg whose page is away comes from another call, whose timer for it is gone: it is waited for on, and not for ever. */
export function waitOn(step: Step, { id, interruption }: CallLeg): void {
  if (interruption)
    step.do({ kind: 'startReconnectTimer', leg: id, delayMs: Math.max(0, interruption.untilMs - step.nowMs) })
}

/** A new leg has taken the place of one whose page went: the same party goes on. Told as coming back, not as a transfer. */
export function comeBack(step: Step, old: CallLeg, by: CallLeg): void {
  const sinceMs = old.interruption?.sinceMs ?? old.signs?.lostAtMs
  step.tell('call.resumed', {
    leg: by.id,
    ...who(by),
    replaces: old.id,
    ...(sinceMs === undefined ? {} : { awayMs: Math.max(0, step.nowMs - sinceMs) }),
  })
  if (old.interruption) step.do({ kind: 'stopReconnectTimer', leg: old.id })
}

function change(before: Signs | undefined, input: Extract<CallInput, { kind: 'legSigns' }>, nowMs: number): Signs {
  const isConnected = input.isConnected ?? before?.isConnected ?? true
  const quietMs = input.quietMs ?? before?.quietMs ?? 0
  const lostAtMs = isConnected ? undefined : (before?.lostAtMs ?? nowMs)
  return { isConnected, quietMs, ...(lostAtMs === undefined ? {} : { lostAtMs }) }
}

function isAway(signs: Signs, leg: CallLeg): boolean {
  if (leg.answeredAtMs === undefined) return !signs.isConnected
  return signs.quietMs >= (signs.isConnected ? quietAloneMs : quietUnconnectedMs)
}

function interrupt(state: CallState, step: Step, leg: CallLeg, signs: Signs, patienceMs: number): void {
  const isRinging = 'attempt' in state && state.attempt.ringing.includes(leg.id)
  const delayMs = isRinging ? Math.min(patienceMs, longestRingingWaitMs) : patienceMs
  const sinceMs = step.nowMs - (leg.answeredAtMs === undefined ? 0 : signs.quietMs)
  step.setLeg(leg.id, { interruption: { sinceMs, untilMs: step.nowMs + delayMs, waitMs: delayMs } })
  const cause = signs.isConnected ? 'silent' : 'connection-lost'
  step.tell('call.interrupted', { leg: leg.id, ...who(leg), cause, waitMs: delayMs })
  step.do({ kind: 'startReconnectTimer', leg: leg.id, delayMs })
  if (state.name === 'connected') joinOrHold(step, state.a, state.b)
}

function resume(state: CallState, step: Step, leg: CallLeg, { sinceMs }: Interruption): void {
  step.setLeg(leg.id, { interruption: undefined })
  step.tell('call.resumed', { leg: leg.id, ...who(leg), awayMs: step.nowMs - sinceMs })
  step.do({ kind: 'stopReconnectTimer', leg: leg.id })
  if (state.name === 'connected') joinOrHold(step, state.a, state.b)
}

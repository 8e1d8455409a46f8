import { type LegId, makeId } from '@vaxel/base'
import type { Party } from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { SipLeg } from '../sip-leg.ts'

interface Calls {
  readonly clock: { now(): number }
  readonly recordings: { willReplace(old: SipLeg, leg: SipLeg): void; goOn(owner: CallOwner, leg: SipLeg): void }
  moveLeg(from: CallOwner, leg: SipLeg, to: CallOwner, newId: LegId): void
}

/**
 * Somebody who talks with the platform goes into another call, in place of a leg that rings or talks there, or as the counterpart of
 * whoever waits there. Their own call ends.
 * @param instead the leg whose place it is; absent for a call that is parked, or waits in a queue
 * @param party who they are there; as they were if absent
 * @returns the leg's name there; undefined when the other call has gone on meanwhile
 */
export function takeSeat(
  calls: Calls,
  from: { readonly owner: CallOwner; readonly legId: LegId },
  to: CallOwner,
  instead: LegId | undefined,
  code: string,
  party?: Party,
): LegId | undefined {
  const leg = from.owner.legs.get(from.legId)
  const row = from.owner.state.call.legs.get(from.legId)
  const waiting = to.state.name === 'inService' ? to.state.origin : undefined
  if (!leg || !row || row.endedAtMs !== undefined || from.owner === to || !isOpen(to, instead)) return undefined
  const id = makeId<LegId>(calls.clock.now())
  const old = instead === undefined ? undefined : to.legs.get(instead)
  if (old) calls.recordings.willReplace(old, leg)
  calls.moveLeg(from.owner, leg, to, id)
  const by = { ...row, ...(party ? { party } : {}), id, role: 'callee' as const, connection: 'connected' as const }
  if (instead !== undefined)
    to.dispatch({ kind: 'legReplaced', old: instead, by: { ...by, role: roleOf(to, instead) } })
  else if (waiting !== undefined) to.dispatch({ kind: 'legAdopted', by: waiting, adopted: by })
  if (old) calls.recordings.goOn(to, leg)
  from.owner.dispatch({ kind: 'legTaken', leg: from.legId, termination: { blame: 'nobody', reason: code } })
  return id
}

function isOpen({ state }: CallOwner, instead: LegId | undefined): boolean {
  if (instead === undefined) return state.name === 'inService'
  if (state.name === 'alerting') return state.attempt.ringing.includes(instead)
  return state.name === 'connected' && (state.a === instead || state.b === instead)
}

const roleOf = ({ state }: CallOwner, leg: LegId) => state.call.legs.get(leg)?.role ?? 'callee'

/** Tells a call's timeline what a feature did to it. */
export function noteIn(
  owner: Pick<CallOwner, 'dispatch'>,
  leg: LegId,
  code: string,
  text: string,
  data: Readonly<Record<string, unknown>> = {},
): void {
  owner.dispatch({ kind: 'serviceNoted', leg, code, text, data })
}

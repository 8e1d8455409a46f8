import { type CallId, type CompanyId, isRefusal, type LegId, makeId, type Refusal } from '@vaxel/base'
import {
  type CallLeg,
  type CallSource,
  type Company,
  type ConferenceCalls,
  counterpart,
  type Directory,
  openConferenced,
  openMadeCall,
  type OpenAdHoc,
  type User,
} from '@vaxel/core'
import type { Replaces } from '@vaxel/sip'
import { CallOwner, type CallSurroundings, type OnwardRoutes } from './call-owner.ts'
import type { CallRoutes } from './call-routes.ts'
import { CallNotFound, ConnectionNotFound, WrongState } from './errors.ts'
import type { Reach } from './reach.ts'
import { recordable } from './recordable-leg.ts'
import type { Recordings } from './recordings.ts'
import type { FoundLeg } from './referral.ts'
import type { SipLeg } from './sip-leg.ts'
import { type RoomForCalls, whyNotBegin } from './why-not-begin.ts'

/** The calls that go on, as far as conferences need them. */
export interface ConferencingCalls extends CallSurroundings, RoomForCalls {
  readonly options: { readonly directory: Directory }
  readonly recordings: Pick<Recordings, 'rooms'>
  admit(company: Company, user: User | undefined, isEmergency: boolean): Refusal | undefined
  readonly routes: OnwardRoutes & Pick<CallRoutes, 'ahead' | 'sourceOf'>
  register(owner: CallOwner, more: Place & { from: CallSource; reaches?: ReadonlyMap<LegId, Reach> }): void
  owner(id: CallId): CallOwner | undefined
  context(id: CallId): Readonly<Place & { reaches: Map<LegId, Reach> }> | undefined
  moveLeg(from: CallOwner, leg: SipLeg, to: CallOwner, newId: LegId): void
  isElsewhere(host: string, companyId: CompanyId): boolean
  legOfDialog(dialog: Omit<Replaces, 'earlyOnly'>, companyId: CompanyId): FoundLeg | undefined
}

interface Place {
  readonly company: Company
  readonly domain: string
}

/** What conferences ask of the calls that go on. */
export function conferenceCalls(service: ConferencingCalls): ConferenceCalls {
  const { directory } = service.options
  return {
    invite: async ({ callId, companyId, by, to, room, roomName }) => {
      const company = directory.company(companyId)
      const user = directory.user(by)
      if (!company || !user || user.companyId !== companyId) return ConnectionNotFound('There is no such user.')
      const refusal = service.admit(company, user, false) ?? whyNotBegin(service, companyId)
      if (refusal) return refusal
      const caller = { number: room, name: roomName || user.displayName }
      const from = { kind: 'user', user } as const
      const reaches = new Map<LegId, Reach>()
      const { domain } = user
      const routed = service.routes.ahead(callId, { company, domain, from, caller, dialled: to, reaches })
      if (routed.kind === 'refused') return routed.refusal
      if (routed.kind === 'service' || routed.to.isEmergency)
        return WrongState('Only people can be called into a conference.')
      const nowMs = service.clock.now()
      const opened = openMadeCall({
        id: callId,
        companyId,
        dialled: to,
        caller,
        isEmergency: false,
        steps: routed.to.steps,
        nowMs,
      })
      if (!opened) return ConnectionNotFound(`No device of ${to} is registered.`)
      const owner = new CallOwner(opened, service)
      service.register(owner, { company, domain, from })
      for (const [leg, reach] of reaches) service.context(callId)?.reaches.set(leg, reach)
      owner.whenRouting = () =>
        owner.takeRoute({ kind: 'service', service: 'conference', number: room, explanation: routed.to.explanation })
      owner.open(opened)
      return undefined
    },
    record: async ({ callId, mix, room, ended }) => {
      const state = service.owner(callId)?.state
      const leg = state && [...state.call.legs.values()].find(({ endedAtMs }) => endedAtMs === undefined)
      if (!state || !leg) return CallNotFound()
      return service.recordings.rooms.start({ ...recordable(state, leg), other: room }, mix, ended)
    },
  }
}

interface PersonsCall {
  readonly owner: CallOwner
  readonly leg: CallLeg
}

/**
 * ECMA-269's Conference Call: two calls of one person become one conference, mixed here; or somebody is taken into the conference that the
 * person is in already. The person stays on the connection that talks; the other one's dialog ends. Each of the others is in a call of
 * its own from then on.
 */
export function conferenceTwoCalls(
  service: ConferencingCalls,
  open: OpenAdHoc,
  first: PersonsCall,
  second: PersonsCall,
): { readonly callId: CallId } | Refusal {
  const [kept, other] = first.leg.connection === 'connected' ? [first, second] : [second, first]
  const running = roomOf(other) ?? roomOf(kept)
  const talks = [kept, other].filter(({ owner }) => owner.state.name === 'connected').length
  if (talks + (running === undefined ? 0 : 1) < 2)
    return WrongState('A conference needs two calls in which somebody has answered.')
  if (kept.leg.connection !== 'connected') return WrongState('Both calls are on hold. Retrieve one of them first.')
  const { party } = kept.leg
  const name = party.name ?? party.number
  const number = running ?? open(kept.owner.state.call.companyId, party.userId, name)
  if (kept.owner.state.name === 'connected') {
    const begin = partCalls(service, kept.owner, counterpart(kept.owner.state, kept.leg.id), number, name)
    if (isRefusal(begin)) return begin
    // The person is there first, so that the others are not alone for a moment.
    kept.owner.dispatch({ kind: 'conferenced', keeps: kept.leg.id, number })
    begin()
  }
  if (other.owner.state.name === 'connected')
    other.owner.dispatch({ kind: 'conferenced', keeps: counterpart(other.owner.state, other.leg.id), number })
  else other.owner.clear({ blame: 'nobody', reason: 'conferenced' })
  return { callId: kept.owner.id }
}

/**
 * Somebody at a telephone with one dialog talks with one and has another waiting, who is in a call of their own with music: all three are in
 * one conference from now on.
 */
export function conferenceWithWaiting(
  service: ConferencingCalls,
  open: OpenAdHoc,
  talks: PersonsCall,
  waiting: { readonly owner: CallOwner; readonly leg: LegId },
): Refusal | undefined {
  const { owner, leg } = talks
  if (owner.state.name !== 'connected')
    return WrongState('A conference needs two calls in which somebody has answered.')
  const name = leg.party.name ?? leg.party.number
  const number = open(owner.state.call.companyId, leg.party.userId, name)
  const begin = partCalls(service, owner, counterpart(owner.state, leg.id), number, name)
  if (isRefusal(begin)) return begin
  const join = partCalls(service, waiting.owner, waiting.leg, number, name)
  owner.dispatch({ kind: 'conferenced', keeps: leg.id, number })
  begin()
  if (isRefusal(join)) return join
  waiting.owner.dispatch({
    kind: 'legTaken',
    leg: waiting.leg,
    termination: { blame: 'nobody', reason: 'conferenced' },
  })
  join()
  return undefined
}

/** The conference that somebody is in with a call. */
function roomOf({ owner }: PersonsCall): string | undefined {
  const { state } = owner
  return state.name === 'inService' && state.service === 'conference' ? state.number : undefined
}

/** Takes a leg out of its call, into one of its own. @returns what lets that call begin */
function partCalls(
  service: ConferencingCalls,
  owner: CallOwner,
  leg: LegId,
  number: string,
  name: string,
): (() => void) | Refusal {
  const sipLeg = owner.legs.get(leg)
  const party = owner.state.call.legs.get(leg)
  const context = service.context(owner.id)
  if (!sipLeg || !party || !context) return ConnectionNotFound()
  const nowMs = service.clock.now()
  const id = makeId<LegId>(nowMs)
  const { companyId, direction } = owner.state.call
  const opened = openConferenced({
    id: makeId<CallId>(nowMs),
    companyId,
    direction,
    leg: { ...party, id },
    number,
    name,
    nowMs,
  })
  const own = new CallOwner(opened, service)
  const { company, domain } = context
  const reach = context.reaches.get(leg)
  // Who pays for the leg is known from its first moment on.
  const reaches = new Map(reach ? [[id, reach]] : [])
  service.register(own, { company, domain, from: service.routes.sourceOf(owner, leg), reaches })
  service.moveLeg(owner, sipLeg, own, id)
  return () => own.open(opened)
}

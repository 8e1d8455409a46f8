import { type CallId, type Clock, type CompanyId, type LegId, makeId, type Refusal } from '@vaxel/base'
import {
  type BindingStore,
  type CallOut,
  type CallSource,
  type CallState,
  type Company,
  type Directory,
  openMadeCall,
  type PeopleNow,
  type QueueCalls,
  type RingStep,
  type User,
} from '@vaxel/core'
import { CallOwner, type CallSurroundings, type OnwardRoutes } from './call-owner.ts'
import type { CallRoutes } from './call-routes.ts'
import { takeSeat } from './codes/take-seat.ts'
import { ConnectionNotFound, NoDeviceRegistered, WrongState } from './errors.ts'
import type { Monitors } from './monitors.ts'
import { type Reach, reachUser } from './reach.ts'
import { type RoomForCalls, whyNotBegin } from './why-not-begin.ts'

type Seats = Parameters<typeof takeSeat>[0]

/** The calls that go on, as far as queues need them. */
export interface QueuedCalls extends CallSurroundings, Seats, RoomForCalls {
  readonly clock: Clock
  readonly options: { readonly directory: Directory; readonly bindings: BindingStore }
  readonly monitors: Monitors
  readonly people: { seenFrom(callId: CallId, companyId: CompanyId): PeopleNow }
  admit(company: Company, user: User | undefined, isEmergency: boolean): Refusal | undefined
  readonly routes: OnwardRoutes & Pick<CallRoutes, 'ahead'>
  register(owner: CallOwner, more: { company: Company; domain: string; from: CallSource }): void
  owner(id: CallId): CallOwner | undefined
  context(id: CallId): Readonly<{ reaches: Map<LegId, Reach> }> | undefined
  onCallChanged(listener: (state: CallState) => void): () => void
}

/** What queues ask of the calls that go on. */
export function queueCalls(service: QueuedCalls): QueueCalls {
  const { directory } = service.options
  const live = (callId: CallId): CallOwner | undefined => {
    const owner = service.owner(callId)
    return owner?.state.name === 'ended' ? undefined : owner
  }
  return {
    callOut: async (wish) => callOut(service, wish),
    whyNot: (companyId, number) => {
      const callId = makeId<CallId>(service.clock.now())
      const caller = { number: '' }
      const wish: CallOut = { callId, companyId, to: { kind: 'number', number }, caller, number: '', ringMs: 1000 }
      const ways = waysTo(service, wish)
      return 'refused' in ways ? ways : undefined
    },
    join: ({ callId, legId }, customer, as) => {
      const [owner, to, user] = [live(callId), live(customer), directory.user(as)]
      const number = owner?.state.call.legs.get(legId)?.party.number
      if (!owner || !to || !user || number === undefined) return undefined
      const party = { number, name: user.displayName, userId: user.id }
      return takeSeat(service, { owner, legId }, to, undefined, 'queue', party)
    },
    takeBack: (callId) => {
      const owner = live(callId)
      const back = owner?.state.name === 'connected' ? owner.state.back : undefined
      const termination = { blame: 'nobody', reason: 'given-back' } as const
      if (owner && back) owner.dispatch({ kind: 'mediaLost', leg: back.leg, termination })
    },
    state: (callId) => live(callId)?.state,
    mediaOf: (callId, legId) => live(callId)?.legs.get(legId)?.media,
    end: (callId, termination) => live(callId)?.clear(termination),
    isOnPhone: (companyId, userId) =>
      directory.user(userId)?.companyId === companyId &&
      service.people.seenFrom(makeId<CallId>(service.clock.now()), companyId).isOnPhone(userId),
    openMix: (callId, agentId) => {
      const owner = live(callId)
      return owner && service.monitors.open(owner, agentId)
    },
    closeMix: (callId) => service.monitors.close(callId, live(callId)),
    onChanged: (listener) => service.onCallChanged(listener),
  }
}

interface Ways {
  readonly steps: readonly RingStep[]
  readonly from: CallSource
  readonly direction: CallState['call']['direction']
  readonly reaches: ReadonlyMap<LegId, Reach>
  readonly explanation: readonly string[]
}

function callOut(service: QueuedCalls, wish: CallOut): Refusal | undefined {
  const { callId, companyId, caller, number } = wish
  const { directory } = service.options
  const company = directory.company(companyId)
  const domain = directory.domainsOf(companyId)[0]?.name
  if (!company || !domain) return ConnectionNotFound('There is no such company.')
  const refusal = service.admit(company, undefined, false) ?? whyNotBegin(service, companyId)
  if (refusal) return refusal
  const ways = waysTo(service, wish)
  if ('refused' in ways) return ways
  const opened = openMadeCall({
    id: callId,
    companyId,
    dialled: number,
    caller,
    isEmergency: false,
    direction: ways.direction,
    steps: ways.steps,
    nowMs: service.clock.now(),
  })
  if (!opened) return NoDeviceRegistered()
  const owner = new CallOwner(opened, service)
  service.register(owner, { company, domain, from: ways.from })
  for (const [leg, reach] of ways.reaches) service.context(callId)?.reaches.set(leg, reach)
  owner.whenRouting = () =>
    owner.takeRoute({ kind: 'service', service: 'queue', number, explanation: [...ways.explanation] })
  owner.open(opened)
  return undefined
}

function waysTo(service: QueuedCalls, wish: CallOut): Ways | Refusal {
  const { directory } = service.options
  const company = directory.company(wish.companyId)
  const domain = directory.domainsOf(wish.companyId)[0]?.name
  if (!company || !domain) return ConnectionNotFound('There is no such company.')
  return wish.to.kind === 'devices' ? toPerson(service, wish, wish.to) : toNumber(service, wish, company, domain)
}

function toPerson(
  { clock, options: { directory, bindings } }: QueuedCalls,
  { companyId, ringMs, label }: CallOut,
  { userId, deviceId }: Extract<CallOut['to'], { kind: 'devices' }>,
): Ways | Refusal {
  const user = directory.user(userId)
  if (user?.companyId !== companyId) return ConnectionNotFound('There is no such person.')
  const number = user.extension ?? user.name
  const except = (binding: { readonly deviceId: string }) => deviceId !== undefined && binding.deviceId !== deviceId
  const legs = reachUser({ user, directory, bindings, clock, number, except })
  if (legs.length === 0) return NoDeviceRegistered(`No device of ${user.displayName} is registered.`)
  const reaches = legs.map(({ target, reach }): [LegId, Reach] => [
    target.leg,
    reach.kind === 'binding' && label !== undefined ? { ...reach, label } : reach,
  ])
  return {
    steps: [{ targets: legs.map(({ target }) => target), ringMs, continueOn: 'any' }],
    from: { kind: 'user', user },
    direction: 'internal',
    reaches: new Map(reaches),
    explanation: [`all devices of ${user.displayName} ring`],
  }
}

/** A number anywhere, in the company's rights; whoever answers there counts as the person whose line it is. */
function toNumber(
  service: QueuedCalls,
  { callId, to, caller, ringMs }: CallOut,
  company: Company,
  domain: string,
): Ways | Refusal {
  if (to.kind !== 'number') return WrongState()
  const from = { kind: 'company' } as const
  const reaches = new Map<LegId, Reach>()
  const routed = service.routes.ahead(callId, { company, domain, from, caller, dialled: to.number, reaches })
  if (routed.kind === 'refused') return routed.refusal
  if (routed.kind === 'service' || routed.to.isEmergency)
    return WrongState(`${to.number} is a service and not somebody who could answer.`)
  const { name } = to
  const steps = routed.to.steps.map((step) => ({
    ...step,
    ringMs,
    targets: step.targets.map((target) => ({
      ...target,
      party: { ...target.party, ...(name === undefined ? {} : { name }) },
    })),
  }))
  const { direction, explanation } = routed.to
  return { steps, from, direction, reaches, explanation }
}

import { type CallId, type CompanyId, type DeviceId, isRefusal, type UserId } from '@vaxel/base'
import {
  type CallState,
  type Notice,
  type Notices,
  type OwedStore,
  returnedNumber,
  type ServiceLine,
  type TelephoneFeatures,
} from '@vaxel/core'
import { callCommands, chooseLeg } from '../call-commands.ts'
import type { CallService } from '../call-service.ts'
import { CallNotFound, WrongState } from '../errors.ts'
import { consultingNumber, heldNumber } from '../hook/hook-numbers.ts'
import { BusyOffers } from './busy-offers.ts'
import { callBackActions } from './call-back-actions.ts'
import { CallBacks } from './call-backs.ts'
import { CallCompletions } from './call-completions.ts'
import { completionHeaders } from './completion-headers.ts'
import { FeatureActions } from './feature-service.ts'
import { flipAction } from './flip.ts'
import { Parking } from './parking.ts'
import { placeResource, type WatchedFeature, watchedFeatures } from './watched-features.ts'
import { recordActions } from './record-codes.ts'
import { Pickup, pickupColleagues, ringingAt } from './pickup.ts'
import { returnTransfers } from './returned-transfers.ts'

/** What stands behind feature codes, for the API and for further parts that register what theirs do. */
export interface CallFeatures extends TelephoneFeatures {
  readonly actions: FeatureActions
  readonly parking: Parking
  readonly callBacksOf: CallBacks
  /** The phone from which somebody talks with a service. */
  deviceOf(line: ServiceLine): DeviceId | undefined
  /** Lamps of parking places and call completion, for telephones that subscribe, beside the packages that there are. */
  watched(others: readonly WatchedFeature[]): readonly WatchedFeature[]
  /** Takes up the call-backs that another process has left. */
  resume(): Promise<void>
  /** No call-back begins any more, and nobody is told anything. */
  close(): void
}

/**
 * Provides the service behind feature codes and parking places.
 * @param notices where open screens are told of parked calls, of what rings at colleagues, and of call-backs
 */
export function createCallFeatures(
  service: CallService,
  {
    notices,
    owed,
    tellWatchers = () => {},
  }: {
    readonly notices?: Pick<Notices, 'publish'>
    /** Where call-backs are kept; absent: they are gone with the process. */
    readonly owed?: OwedStore
    /** Tells telephones that watch a resource of a package. */
    readonly tellWatchers?: (packageName: string, resource: string) => void
  } = {},
): CallFeatures {
  const { directory } = service.options
  const tell = (companyId: CompanyId, kind: string, to?: readonly UserId[]): void => {
    const notice: Notice = { companyId, kind, data: {}, atMs: service.clock.now(), ...(to ? { to } : {}) }
    notices?.publish(notice)
  }
  const actions = new FeatureActions()
  const parking = new Parking(service)
  const pickup = new Pickup(service)
  const callBacks = new CallBacks({
    service,
    makeCall: callCommands(service).makeCall,
    ...(owed ? { owed } : {}),
    changed: ({ companyId, userId }) => tell(companyId, 'callBacks.changed', [userId]),
  })
  const completions = new CallCompletions({
    nowMs: () => service.clock.monotonicMs(),
    isFree: (userId) => callBacks.isFree(userId),
    lastFailed: (caller, callee) => {
      const failed = callBacks.last.of(caller)
      return failed?.userId === callee ? failed.reason : undefined
    },
    tell: (resource) => tellWatchers('call-completion', resource),
  })
  const waiting = callBackActions(callBacks, directory)
  actions.register('groupPickup', pickup.group)
  actions.register('directedPickup', pickup.directed)
  actions.register('park', parking.park)
  actions.register('retrieve', parking.retrieve)
  actions.register('flip', flipAction(service))
  actions.register('campOn', waiting.campOn)
  actions.register('campOnCancel', waiting.cancel)
  const recording = recordActions(service)
  actions.register('recordToggle', recording.toggle)
  actions.register('recordPause', recording.pause)
  actions.registerPlaces(parking.atPlace)
  actions.registerNumber(consultingNumber, service.hook.consult)
  actions.registerNumber(heldNumber, service.hook.hold)
  actions.registerNumber(returnedNumber, returnTransfers(service))
  service.voice.provide('feature', actions.answer)
  const offers = new BusyOffers(service, callBacks)
  service.busyOffers = offers
  service.headersOfRefusal = (state, status) => completionHeaders(directory, state, status)
  const stops = [
    parking.lot.onChanged((companyId, place) => {
      tell(companyId, 'parkedCalls.changed')
      tellWatchers('dialog', placeResource(companyId, place))
    }),
    service.onCallChanged((state) => completions.look(state)),
    service.onCallChanged((state) => offers.look(state)),
    service.onCallChanged(watchRinging(service, (companyId, to) => tell(companyId, 'callsToPickUp.changed', to))),
  ]

  return {
    actions,
    parking,
    callBacksOf: callBacks,
    watched: (others) =>
      watchedFeatures(others, { directory, lot: parking.lot, completions, nowMs: () => service.clock.now() }),
    deviceOf: ({ callId, legId }) => service.owner(callId)?.state.call.legs.get(legId)?.deviceId,
    parked: (companyId) => parking.lot.all(companyId),
    park(commander, callId, legId, wanted) {
      const owner = service.owner(callId)
      if (!owner || owner.state.call.companyId !== commander.companyId || owner.state.name === 'ended')
        return CallNotFound()
      const leg = chooseLeg(owner, commander, legId === undefined ? {} : { legId })
      if (isRefusal(leg)) return leg
      if (owner.state.name !== 'connected' || (leg.id !== owner.state.a && leg.id !== owner.state.b))
        return WrongState('Only a connected call can be parked.')
      return parking.parkCounterpart(owner, leg, wanted)
    },
    toPickUp(companyId, userId) {
      const colleagues = pickupColleagues(directory.company(companyId)?.pickupGroups, userId)
      if (colleagues.size === 0) return []
      return ringingAt(
        service.states(),
        companyId,
        ({ party }) => party.userId !== undefined && colleagues.has(party.userId),
      ).map(({ state, leg }) => ({
        callId: state.call.id,
        caller: state.call.caller,
        called: leg.party,
        sinceMs: leg.startedAtMs,
      }))
    },
    callBacks: (userId) => callBacks.of(userId),
    setCallBack(user, callee) {
      const failed = callBacks.last.of(user.id)
      const reason = failed?.userId === callee.id ? failed.reason : 'busy'
      return callBacks.set(user, callee, reason)
    },
    cancelCallBack: (userId, id) => callBacks.cancel(userId, id),
    resume: () => callBacks.resume(),
    close() {
      for (const stop of stops) stop()
      callBacks.close()
    },
  }
}

/** Tells members of pickup groups when what rings at their colleagues has changed. */
function watchRinging(
  service: CallService,
  tell: (companyId: CompanyId, to: readonly UserId[]) => void,
): (state: CallState) => void {
  /** At whom a call rings, for calls that ring at anybody. */
  const ringing = new Map<CallId, string>()
  return (state) => {
    const { id, companyId } = state.call
    const before = ringing.get(id) ?? ''
    const now = state.name === 'alerting' ? ringingUsers(state).join(' ') : ''
    if (before === now) return
    if (now === '') ringing.delete(id)
    else ringing.set(id, now)
    const groups = service.options.directory.company(companyId)?.pickupGroups
    if (!groups) return
    const changed = new Set(`${before} ${now}`.split(' ').filter(Boolean) as UserId[])
    const to = new Set([...changed].flatMap((userId) => [...pickupColleagues(groups, userId)]))
    if (to.size > 0) tell(companyId, [...to])
  }
}

function ringingUsers({ attempt, call }: Extract<CallState, { name: 'alerting' }>): string[] {
  const users: string[] = []
  for (const leg of attempt.ringing) {
    const userId = call.legs.get(leg)?.party.userId
    if (userId !== undefined && !users.includes(userId)) users.push(userId)
  }
  return users.sort()
}

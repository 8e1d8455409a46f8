import { callCommands } from '../call-commands.ts'
import type { CallService } from '../call-service.ts'
import { callBackActions } from './call-back-actions.ts'
import { CallBacks } from './call-backs.ts'
import { FeatureActions } from './feature-service.ts'
import { flipAction } from './flip.ts'
import { Parking } from './parking.ts'
import { Pickup } from './pickup.ts'

/** What stands behind feature codes, for the API and for further parts that register what theirs do. */
export interface CallFeatures {
  readonly actions: FeatureActions
  readonly parking: Parking
  readonly callBacks: CallBacks
  /** No call-back begins any more. */
  close(): void
}

/** Provides the service behind feature codes and parking places. */
export function createCallFeatures(service: CallService): CallFeatures {
  const actions = new FeatureActions()
  const parking = new Parking(service)
  const pickup = new Pickup(service)
  actions.register('groupPickup', pickup.group)
  actions.register('directedPickup', pickup.directed)
  actions.register('park', parking.park)
  actions.register('retrieve', parking.retrieve)
  actions.register('flip', flipAction(service))
  const callBacks = new CallBacks({ service, makeCall: callCommands(service).makeCall })
  const waiting = callBackActions(callBacks, service.options.directory)
  actions.register('campOn', waiting.campOn)
  actions.register('campOnCancel', waiting.cancel)
  actions.registerPlaces(parking.atPlace)
  service.voice.provide('feature', actions.answer)
  return { actions, parking, callBacks, close: () => callBacks.close() }
}

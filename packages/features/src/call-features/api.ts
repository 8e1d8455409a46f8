import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { CallToPickUp, ParkedCall, Party } from '@vaxel/core'
import type { FeatureSettings } from './feature-settings.ts'
import type { OwnFeatures } from './own-features.ts'

export function callFeatureHandlers(settings: FeatureSettings, own: OwnFeatures): readonly OperationHandler[] {
  return [
    perform(contract.readTelephoneFeatures, ({ principal }) => settings.read(principal)),
    perform(contract.changeTelephoneFeatures, ({ principal, body, address }) =>
      settings.change(principal, body, address),
    ),
    perform(contract.listParkedCalls, ({ principal }) => ({ items: own.parked(principal).map(parkedView) })),
    perform(contract.parkCall, ({ principal, params, body }) => own.park(principal, params.callId, body)),
    perform(contract.fetchParkedCall, ({ principal, params, body }) =>
      own.fetch(principal, params.place, body.deviceId),
    ),
    perform(contract.listCallsToPickUp, ({ principal }) => ({ items: own.toPickUp(principal).map(ringingView) })),
    perform(contract.pickUpCall, ({ principal, params, body }) => own.pickUp(principal, params.callId, body.deviceId)),
    perform(contract.continueCall, ({ principal, body }) => own.goOn(principal, body.deviceId)),
    perform(contract.listCallBacks, ({ principal }) => ({ items: [...own.callBacks(principal)] })),
    perform(contract.setCallBack, ({ principal, body }) => own.setCallBack(principal, body.to)),
    perform(contract.cancelCallBack, ({ principal, params }) => own.cancelCallBack(principal, params.callBackId)),
  ]
}

const time = (ms: number): string => new Date(ms).toISOString()

const called = ({ name, number }: Party): string => name ?? number

const parkedView = ({ place, callId, who, number, byName, sinceMs, isRecalling }: ParkedCall) => ({
  place,
  callId,
  who,
  number,
  ...(byName === undefined ? {} : { by: byName }),
  since: time(sinceMs),
  isRecalling,
})

const ringingView = ({ callId, caller, called: at, sinceMs }: CallToPickUp) => ({
  callId,
  from: called(caller),
  fromNumber: caller.number,
  at: called(at),
  atNumber: at.number,
  since: time(sinceMs),
})

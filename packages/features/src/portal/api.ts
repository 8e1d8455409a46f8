import { isRefusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import { handlingHandlers, type HandlingServices } from './handling-api.ts'
import type { OwnService } from './own-service.ts'

export function portalHandlers(handling: HandlingServices, own: OwnService): readonly OperationHandler[] {
  return [
    ...handlingHandlers(handling),
    perform(contract.readMySettings, ({ principal }) => own.read(principal)),
    perform(contract.changeMySettings, ({ principal, body, address }) => own.change(principal, body, address)),
    perform(contract.renameMyDevice, async ({ principal, params, body, address }) => {
      const device = await own.renameDevice(principal, params.deviceId, body.label, address)
      if (isRefusal(device)) return device
      const { secrets: _, ...view } = device
      return view
    }),
    perform(contract.disconnectMyDevice, ({ principal, params }) => own.disconnectDevice(principal, params.deviceId)),
    perform(contract.readMissedCalls, ({ principal }) => own.missed(principal)),
    perform(contract.seeMissedCalls, ({ principal, body }) => own.seeMissed(principal, body.upTo)),
  ]
}

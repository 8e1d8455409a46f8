import type { DeviceId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { ConfigurationWriter, ServiceLine, User, VoiceService } from '@vaxel/core'
import { deskHandlers } from './api.ts'
import { deskCode } from './desk-code.ts'
import { type DeskOptions, DeskService } from './desk-service.ts'

export interface DeskSharing {
  readonly handlers: readonly OperationHandler[]
  /** Who takes a phone's calls instead of its own user. */
  readonly personAt: (deviceId: DeviceId) => User | undefined
  /** What stands behind the code. */
  code(deviceOf: (line: ServiceLine) => DeviceId | undefined): VoiceService
  close(): void
}

/** People log in at shared desk phones, which take their calls and make them in their names. */
export function createDeskSharing(options: DeskOptions & { configuration: ConfigurationWriter }): DeskSharing {
  const desks = new DeskService(options)
  desks.start()
  return {
    handlers: deskHandlers({ ...options, desks }),
    personAt: desks.personAt,
    code: (deviceOf) => deskCode(desks, deviceOf),
    close: () => desks.close(),
  }
}

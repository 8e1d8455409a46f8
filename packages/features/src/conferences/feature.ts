import type { OperationHandler } from '@vaxel/contract'
import type { ConfigurationWriter, VoiceService } from '@vaxel/core'
import { conferenceHandlers } from './api.ts'
import { ConferenceDesk } from './conference-desk.ts'
export { emptyNamesFolder } from './names-folder.ts'
import { type ConferenceDependencies, ConferenceService } from './conference-service.ts'
import { RoomDesk } from './room-desk.ts'

/** Rooms to meet in: by telephone, on the screen, by the API. */
export interface ConferencesFeature {
  readonly handlers: readonly OperationHandler[]
  /** What answers calls to conference numbers. */
  readonly serve: VoiceService
  readonly service: ConferenceService
  close(): void
}

export function createConferences(
  dependencies: ConferenceDependencies & { readonly configuration: ConfigurationWriter },
): ConferencesFeature {
  const service = new ConferenceService(dependencies)
  const rooms = new RoomDesk({ ...dependencies, service })
  return {
    handlers: conferenceHandlers(rooms, new ConferenceDesk(service)),
    serve: service.serve,
    service,
    close: () => service.close(),
  }
}

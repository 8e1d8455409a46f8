import type { Clock } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { Binding, BindingStore, ConfigurationWriter, HistoryReader, Notices, UserSettings } from '@vaxel/core'
import { portalHandlers } from './api.ts'
import { HandlingService } from './handling-service.ts'
import { OwnService } from './own-service.ts'

/** What people see and set of their own. */
export interface PortalFeature {
  readonly handlers: readonly OperationHandler[]
}

/** @param dependencies `endBinding` is the registrar's way to end a binding, which tells those who watch it */
export function createPortal(dependencies: {
  readonly configuration: ConfigurationWriter
  readonly settings: UserSettings
  readonly bindings: BindingStore
  readonly history: HistoryReader
  readonly notices: Notices
  readonly clock: Clock
  readonly endBinding: (binding: Binding) => Promise<void>
}): PortalFeature {
  const { clock } = dependencies
  const own = new OwnService({ ...dependencies, now: () => clock.now() })
  return { handlers: portalHandlers(new HandlingService(dependencies), own) }
}

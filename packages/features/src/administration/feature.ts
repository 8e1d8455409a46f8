import type { OperationHandler } from '@vaxel/contract'
import type { AuditReader, BindingStore } from '@vaxel/core'
import { administrationHandlers } from './api.ts'
import { BindingService } from './binding-service.ts'
import { ChangeHistory } from './change-history.ts'
import { CompanyService } from './company-service.ts'
import { configurationHandlers } from './configuration-api.ts'
import { DeviceService } from './device-service.ts'
import { NumberService } from './number-service.ts'
import type { AdministrationDependencies, EndBinding } from './scope.ts'
import { TrunkService } from './trunk-service.ts'
import { UndoService } from './undo.ts'
import { UserBatch } from './user-batch.ts'
import { UserService } from './user-service.ts'

export type { AdministrationDependencies, EndBinding } from './scope.ts'

/** Companies, domains, users, devices, numbers, trunks and bindings over the API. */
export interface AdministrationFeature {
  readonly handlers: readonly OperationHandler[]
}

/** @param dependencies `endBinding` is the registrar's way to end a binding; without it the binding just goes. Without `endBindingsOutside` those that are bound stay so */
export function createAdministration(
  dependencies: Omit<AdministrationDependencies, 'endBinding' | 'endBindingsOutside'> & {
    readonly endBinding?: EndBinding
    readonly endBindingsOutside?: AdministrationDependencies['endBindingsOutside']
    readonly audit: AuditReader
  },
): AdministrationFeature {
  const { bindings, endBinding = justRemove(bindings), endBindingsOutside = async () => {} } = dependencies
  const around: AdministrationDependencies = { ...dependencies, endBinding, endBindingsOutside }
  const handlers = administrationHandlers({
    companies: new CompanyService(around),
    users: new UserService(around),
    batch: new UserBatch(around),
    devices: new DeviceService(around),
    numbers: new NumberService(around),
    trunks: new TrunkService(around),
    bindings: new BindingService(around),
  })
  const { audit, configuration } = dependencies
  const history = new ChangeHistory({ audit, configuration: () => configuration.current })
  const undo = new UndoService(around, history)
  return { handlers: [...handlers, ...configurationHandlers({ history, undo, audit })] }
}

const justRemove =
  (bindings: BindingStore): EndBinding =>
  ({ addressOfRecord, id }) =>
    bindings.replace(
      addressOfRecord,
      bindings.ofAddress(addressOfRecord).filter((binding) => binding.id !== id),
    )

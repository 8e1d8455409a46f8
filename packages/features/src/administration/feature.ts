import type { OperationHandler } from '@vaxel/contract'
import { administrationHandlers } from './api.ts'
import { BindingService, type EndBinding } from './binding-service.ts'
import { CompanyService } from './company-service.ts'
import { DeviceService } from './device-service.ts'
import { NumberService } from './number-service.ts'
import type { AdministrationDependencies } from './scope.ts'
import { TrunkService } from './trunk-service.ts'
import { UserService } from './user-service.ts'

export type { AdministrationDependencies } from './scope.ts'
export type { EndBinding } from './binding-service.ts'

/** Companies, domains, users, devices, numbers, trunks and bindings over the API. */
export interface AdministrationFeature {
  readonly handlers: readonly OperationHandler[]
}

/** @param endBinding the registrar's way to end a binding; without it the binding just goes */
export function createAdministration(
  dependencies: AdministrationDependencies & { readonly endBinding?: EndBinding },
): AdministrationFeature {
  const handlers = administrationHandlers({
    companies: new CompanyService(dependencies),
    users: new UserService(dependencies),
    devices: new DeviceService(dependencies),
    numbers: new NumberService(dependencies),
    trunks: new TrunkService(dependencies),
    bindings: new BindingService(dependencies, dependencies.endBinding),
  })
  return { handlers }
}

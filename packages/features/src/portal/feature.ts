import type { Clock, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type {
  Binding,
  BindingStore,
  ConfigurationWriter,
  Feature,
  HistoryReader,
  Notices,
  PresenceState,
  UserSettings,
} from '@vaxel/core'
import { portalHandlers } from './api.ts'
import { FilterService } from './filter-service.ts'
import { type CodeAction, handlingCodes } from './handling-codes.ts'
import { HandlingService } from './handling-service.ts'
import { MembershipService } from './membership-service.ts'
import { OwnService } from './own-service.ts'
import { ProfileService } from './profile-service.ts'
import { ShortDialService } from './short-dial-service.ts'

/** What people see and set of their own. */
export interface PortalFeature {
  readonly handlers: readonly OperationHandler[]
}

/** What people's settings for calls are kept in. */
interface HandlingDependencies {
  readonly configuration: ConfigurationWriter
  readonly settings: UserSettings
  readonly clock: Clock
}

/** @param dependencies `endBinding` is the registrar's way to end a binding, which tells those who watch it */
export function createPortal(
  dependencies: HandlingDependencies & {
    readonly bindings: BindingStore
    readonly history: HistoryReader
    readonly notices: Notices
    readonly endBinding: (binding: Binding) => Promise<void>
    /** How somebody is, for calls that are tried out. */
    readonly presenceOf?: (userId: UserId) => PresenceState
  },
): PortalFeature {
  const { clock } = dependencies
  const own = new OwnService({ ...dependencies, now: () => clock.now() })
  const services = {
    handling: new HandlingService(dependencies),
    profiles: new ProfileService(dependencies),
    filters: new FilterService(dependencies),
    memberships: new MembershipService(dependencies),
    shortDials: new ShortDialService(dependencies),
    trying: dependencies,
  }
  return { handlers: portalHandlers(services, own) }
}

/** What stands behind the feature codes for forwarding, do not disturb, groups, assistants and profiles. */
export function createHandlingCodes(dependencies: HandlingDependencies): ReadonlyMap<Feature, CodeAction> {
  return handlingCodes({
    handling: new HandlingService(dependencies),
    profiles: new ProfileService(dependencies),
    filters: new FilterService(dependencies),
    memberships: new MembershipService(dependencies),
  })
}

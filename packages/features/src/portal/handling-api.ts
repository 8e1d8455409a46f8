import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { FilterService } from './filter-service.ts'
import type { HandlingService } from './handling-service.ts'
import type { MembershipService } from './membership-service.ts'
import type { ProfileService } from './profile-service.ts'
import type { ShortDialService } from './short-dial-service.ts'
import { type TryingDependencies, tryOut } from './try-call.ts'

/** What people set for the calls that come for them. */
export interface HandlingServices {
  readonly handling: HandlingService
  readonly profiles: ProfileService
  readonly filters: FilterService
  readonly memberships: MembershipService
  readonly shortDials: ShortDialService
  readonly trying: TryingDependencies
}

export function handlingHandlers(services: HandlingServices): readonly OperationHandler[] {
  const { handling, profiles, filters, memberships, shortDials, trying } = services
  return [
    perform(contract.readMyForwarding, ({ principal }) => handling.read(principal, principal.userId)),
    perform(contract.putMyForwarding, ({ principal, body, address }) =>
      handling.put(principal, principal.userId, body, address),
    ),
    perform(contract.readForwarding, ({ principal, params }) => handling.read(principal, params.userId)),
    perform(contract.putForwarding, ({ principal, params, body, address }) =>
      handling.put(principal, params.userId, body, address),
    ),
    perform(contract.readMyProfiles, ({ principal }) => profiles.read(principal)),
    perform(contract.putMyProfiles, ({ principal, body, address }) => profiles.put(principal, body.list, address)),
    perform(contract.chooseMyProfile, ({ principal, body, address }) =>
      profiles.choose(principal, body.active, address),
    ),
    perform(contract.readMyFilter, ({ principal }) => filters.readMine(principal)),
    perform(contract.putMyFilter, ({ principal, body, address }) =>
      filters.put(principal, principal.userId, body, address),
    ),
    perform(contract.readFilter, ({ principal, params }) => filters.read(principal, params.userId)),
    perform(contract.putFilter, ({ principal, params, body, address }) =>
      filters.put(principal, params.userId, body, address),
    ),
    perform(contract.switchFilter, ({ principal, params, body, address }) =>
      filters.switch(principal, params.userId, body.isOn, address),
    ),
    perform(contract.listMyGroups, ({ principal }) => memberships.list(principal)),
    perform(contract.joinMyGroup, ({ principal, params, body, address }) =>
      memberships.join(principal, { userId: principal.userId, ...params, ...body }, address),
    ),
    perform(contract.joinGroup, ({ principal, params, body, address }) =>
      memberships.join(principal, { ...params, ...body }, address),
    ),
    perform(contract.tryCall, ({ principal, body }) => tryOut(trying, principal, body)),
    perform(contract.readMyShortDials, ({ principal }) => shortDials.read(principal)),
    perform(contract.putMyShortDials, ({ principal, body, address }) =>
      shortDials.put(principal, body.entries, address),
    ),
  ]
}

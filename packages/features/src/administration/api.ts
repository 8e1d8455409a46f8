import { isRefusal } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import type { BindingService } from './binding-service.ts'
import type { CompanyService } from './company-service.ts'
import type { DeviceService } from './device-service.ts'
import type { NumberService } from './number-service.ts'
import { pageOf } from './page.ts'
import { actingFor } from './scope.ts'
import { refuseWithoutProof } from './refuse-without-proof.ts'
import type { TrunkService } from './trunk-service.ts'
import type { UserBatch } from './user-batch.ts'
import type { UserService } from './user-service.ts'
import {
  toBindingView,
  toCompanyView,
  toDeviceView,
  toNumberView,
  toTrunkView,
  toUserView,
  toVerdictView,
} from './views.ts'

/** The services behind the routes. */
export interface AdministrationServices {
  readonly companies: CompanyService
  readonly users: UserService
  readonly batch: UserBatch
  readonly devices: DeviceService
  readonly numbers: NumberService
  readonly trunks: TrunkService
  readonly bindings: BindingService
}

const through = <T, View>(value: T, view: (value: Exclude<T, { refused: true }>) => View) =>
  isRefusal(value) ? value : view(value as Exclude<T, { refused: true }>)

export function administrationHandlers(services: AdministrationServices): readonly OperationHandler[] {
  return [
    ...companyHandlers(services),
    ...userHandlers(services),
    ...deviceHandlers(services),
    ...numberHandlers(services),
    ...trunkHandlers(services),
    ...bindingHandlers(services),
  ]
}

function companyHandlers({ companies }: AdministrationServices): readonly OperationHandler[] {
  return [
    perform(contract.listCompanies, ({ principal, address, query }) =>
      pageOf(companies.visible(actingFor(principal, address)), {
        keyOf: ({ id }) => id,
        view: toCompanyView,
        ...query,
      }),
    ),
    perform(contract.createCompany, async ({ principal, address, body }) =>
      through(await companies.create(actingFor(principal, address), body), toCompanyView),
    ),
    perform(contract.readCompany, ({ principal, address }) =>
      through(companies.read(actingFor(principal, address)), toCompanyView),
    ),
    perform(contract.changeCompany, async ({ principal, address, body }) =>
      through(await companies.change(actingFor(principal, address), body), toCompanyView),
    ),
    perform(contract.removeCompany, ({ principal, address }) => companies.remove(actingFor(principal, address))),
    perform(contract.listDomains, ({ principal, address, query }) =>
      pageOf(companies.domains(actingFor(principal, address)), {
        keyOf: ({ name }) => name,
        view: (domain) => ({ ...domain }),
        ...query,
      }),
    ),
    perform(contract.createDomain, ({ principal, address, body }) =>
      companies.createDomain(actingFor(principal, address), body.name),
    ),
    perform(contract.removeDomain, ({ principal, address, params }) =>
      companies.removeDomain(actingFor(principal, address), params.name),
    ),
  ]
}

function userHandlers({ users, batch }: AdministrationServices): readonly OperationHandler[] {
  return [
    perform(contract.listUsers, ({ principal, address, query }) =>
      pageOf(users.list(actingFor(principal, address)), {
        keyOf: ({ name, domain }) => `${name}@${domain}`,
        view: toUserView,
        ...query,
      }),
    ),
    perform(
      contract.createUser,
      async ({ principal, address, body }) =>
        refuseWithoutProof(principal, body) ??
        through(await users.create(actingFor(principal, address), body), ({ user, password }) => ({
          user: toUserView(user),
          ...(password === undefined ? {} : { password }),
        })),
    ),
    perform(contract.readUser, ({ principal, address, params }) =>
      through(users.read(actingFor(principal, address), params.userId), toUserView),
    ),
    perform(
      contract.changeUser,
      async ({ principal, address, params, body }) =>
        refuseWithoutProof(principal, body) ??
        through(await users.change(actingFor(principal, address), params.userId, body), toUserView),
    ),
    perform(contract.changeUsers, async ({ principal, address, body: { isPreview, withPasswords = false, items } }) => {
      const refused = isPreview ? undefined : items.map((item) => refuseWithoutProof(principal, item)).find(isRefusal)
      if (refused) return refused
      const acting = actingFor(principal, address)
      const result = isPreview
        ? { isDone: false, verdicts: batch.preview(acting, items) }
        : await batch.perform(acting, items, withPasswords)
      if (isRefusal(result)) return result
      return { isDone: result.isDone, items: result.verdicts.map(toVerdictView) }
    }),
    perform(contract.removeUser, ({ principal, address, params }) =>
      users.remove(actingFor(principal, address), params.userId),
    ),
  ]
}

function deviceHandlers({ devices }: AdministrationServices): readonly OperationHandler[] {
  return [
    perform(contract.listDevices, ({ principal, address, query: { userId, ...query } }) =>
      pageOf(devices.list(actingFor(principal, address), userId), {
        keyOf: ({ id }) => id,
        view: toDeviceView,
        ...query,
      }),
    ),
    perform(contract.createDevice, async ({ principal, address, body }) =>
      through(await devices.create(actingFor(principal, address), body), ({ device, secret }) => ({
        device: toDeviceView(device),
        secret,
      })),
    ),
    perform(contract.readDevice, ({ principal, address, params }) =>
      through(devices.read(actingFor(principal, address), params.deviceId), toDeviceView),
    ),
    perform(contract.changeDevice, async ({ principal, address, params, body }) =>
      through(await devices.change(actingFor(principal, address), params.deviceId, body), toDeviceView),
    ),
    perform(contract.removeDevice, ({ principal, address, params }) =>
      devices.remove(actingFor(principal, address), params.deviceId),
    ),
    perform(contract.reissueDeviceSecret, ({ principal, address, params }) =>
      devices.reissueSecret(actingFor(principal, address), params.deviceId),
    ),
  ]
}

function numberHandlers({ numbers }: AdministrationServices): readonly OperationHandler[] {
  return [
    perform(contract.listNumbers, ({ principal, address, query }) =>
      pageOf(numbers.list(actingFor(principal, address)), {
        keyOf: ({ number }) => number,
        view: toNumberView,
        ...query,
      }),
    ),
    perform(contract.createNumber, async ({ principal, address, body }) =>
      through(await numbers.create(actingFor(principal, address), body.number, body.target), toNumberView),
    ),
    perform(contract.readNumber, ({ principal, address, params }) =>
      through(numbers.read(actingFor(principal, address), params.number), toNumberView),
    ),
    perform(contract.changeNumber, async ({ principal, address, params, body }) =>
      through(await numbers.change(actingFor(principal, address), params.number, body.target), toNumberView),
    ),
    perform(contract.importShortDials, ({ principal, address, body }) =>
      numbers.importShortDials(actingFor(principal, address), body),
    ),
    perform(contract.removeNumber, ({ principal, address, params }) =>
      numbers.remove(actingFor(principal, address), params.number),
    ),
  ]
}

function trunkHandlers({ trunks }: AdministrationServices): readonly OperationHandler[] {
  return [
    perform(contract.listTrunks, ({ principal, address, query }) =>
      pageOf(trunks.list(actingFor(principal, address)), { keyOf: ({ name }) => name, view: toTrunkView, ...query }),
    ),
    perform(contract.createTrunk, async ({ principal, address, body }) =>
      through(await trunks.create(actingFor(principal, address), body), toTrunkView),
    ),
    perform(contract.readTrunk, ({ principal, address, params }) =>
      through(trunks.read(actingFor(principal, address), params.trunkId), toTrunkView),
    ),
    perform(contract.changeTrunk, async ({ principal, address, params, body }) =>
      through(await trunks.change(actingFor(principal, address), params.trunkId, body), toTrunkView),
    ),
    perform(contract.removeTrunk, ({ principal, address, params }) =>
      trunks.remove(actingFor(principal, address), params.trunkId),
    ),
  ]
}

function bindingHandlers({ bindings }: AdministrationServices): readonly OperationHandler[] {
  return [
    perform(contract.listBindings, ({ principal, address, query: { userId, ...query } }) =>
      pageOf(bindings.list(actingFor(principal, address), userId), {
        keyOf: ({ id }) => id,
        view: toBindingView,
        ...query,
      }),
    ),
    perform(contract.removeBinding, ({ principal, address, params }) =>
      bindings.remove(actingFor(principal, address), params.bindingId),
    ),
  ]
}

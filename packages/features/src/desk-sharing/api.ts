import type { CompanyId, DeviceId, Refusal, UserId } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, type OperationReply, perform } from '@vaxel/contract'
import type { ConfigurationWriter, User, UserSettings } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import type { Desk, DeskService } from './desk-service.ts'

export function deskHandlers(options: {
  readonly desks: DeskService
  readonly settings: UserSettings
  readonly configuration: ConfigurationWriter
}): readonly OperationHandler[] {
  const { desks, settings, configuration } = options
  const ownView = (user: User): OperationReply<typeof contract.readMyTelephone> => {
    const desk = desks.deskOf(user.id)
    return {
      intercom: settings.get(user.id, 'intercom')?.isAllowed ?? false,
      hasDeskPin: desks.hasPin(user.id),
      ...(desk ? { desk: placeView(desk) } : {}),
    }
  }
  return [
    perform(contract.readMyTelephone, ({ principal }) => {
      const user = userIn(configuration.current, principal, principal.userId)
      return user ? ownView(user) : contract.NotFound()
    }),
    perform(contract.changeMyTelephone, async ({ principal, body }) => {
      const user = userIn(configuration.current, principal, principal.userId)
      if (!user) return contract.NotFound()
      if (body.deskPin !== undefined) {
        const refusal = await desks.setPin(user, body.deskPin ?? undefined)
        if (refusal) return refusal
      }
      const { id: userId, companyId } = user
      if (body.intercom !== undefined)
        await settings.put({ userId, companyId, kind: 'intercom', value: { isAllowed: body.intercom } })
      return ownView(user)
    }),
    perform(
      contract.leaveMyDesk,
      async ({ principal }): Promise<Refusal | undefined> =>
        (await desks.logOut(principal.userId as UserId, 'command')) ? undefined : contract.NotFound(),
    ),
    perform(contract.listDesks, ({ principal }) => ({
      items: desks.desks(principal.companyId as CompanyId).map((desk) => ({
        ...placeView(desk),
        ...(desk.person ? { person: { userId: desk.person.id, name: desk.person.displayName } } : {}),
      })),
    })),
    perform(contract.clearDesk, async ({ principal, params }): Promise<Refusal | undefined> => {
      const person = desks.personAt(params.deviceId as DeviceId)
      if (person?.companyId !== principal.companyId) return contract.NotFound()
      await desks.logOut(person.id, 'command')
      return undefined
    }),
    perform(contract.removeDeskPin, async ({ principal, params }) => {
      const user = userIn(configuration.current, principal, params.userId)
      return user ? await desks.setPin(user, undefined) : contract.NotFound()
    }),
  ]
}

const placeView = ({ device, home, sinceMs }: Desk) => ({
  deviceId: device.id,
  label: device.label,
  desk: home.displayName,
  number: home.extension ?? home.name,
  ...(sinceMs === undefined ? {} : { since: new Date(sinceMs).toISOString() }),
})

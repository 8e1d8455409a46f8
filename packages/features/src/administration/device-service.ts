import { type DeviceId, isRefusal, makeId, type Refusal, randomToken } from '@vaxel/base'
import { Conflict, InvalidRequest, NotFound } from '@vaxel/contract'
import type { ConfigurationReader, Device, User } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import { type Acting, type AdministrationDependencies, endBindings, patched } from './scope.ts'

/** 120 bits; typed into a phone or provisioned. */
const secretLength = 24

export interface NewDevice extends Partial<Pick<Device, 'label' | 'sipUsername' | 'keying' | 'encryptionRequired'>> {
  readonly userId: string
}

/** What is typed into a phone; it can be read at this moment only. */
export interface IssuedSecret {
  readonly sipUsername: string
  readonly domain: string
  readonly addressOfRecord: string
  readonly password: string
}

/** Devices and their secrets, which are kept as HA1 and issued anew rather than shown again. */
export class DeviceService {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  /** All that may be seen: the own ones, or the company's. */
  list(acting: Acting, userId: string | undefined): readonly Device[] {
    const { current } = this.#around.configuration
    if (!acting.seesAll) {
      if (userId !== undefined && userId !== acting.userId) return []
      return current.devicesOf(acting.userId)
    }
    const users = userId === undefined ? current.usersOf(acting.companyId) : [userIn(current, acting, userId)]
    return users.flatMap((user) => (user ? current.devicesOf(user.id) : []))
  }

  read(acting: Acting, deviceId: string): Device | Refusal {
    return this.#find(this.#around.configuration.current, acting, deviceId) ?? NotFound()
  }

  async create(acting: Acting, wanted: NewDevice): Promise<{ device: Device; secret: IssuedSecret } | Refusal> {
    const { configuration, clock, random } = this.#around
    const { userId, ...rest } = wanted
    const id = makeId<DeviceId>(clock.now(), random)
    const password = randomToken(secretLength, random)
    let made: { device: Device; secret: IssuedSecret } | undefined
    const refusal = await configuration.change(acting.actor, (current) => {
      const user = userIn(current, acting, userId)
      if (!user)
        return InvalidRequest(undefined, { mistakes: [{ path: '/userId', reason: 'is no user of the company' }] })
      const sipUsername = this.#chooseUsername(current, user, rest.sipUsername)
      if (isRefusal(sipUsername)) return sipUsername
      const device: Device = {
        label: 'Phone',
        keying: 'auto',
        encryptionRequired: false,
        ...rest,
        id,
        companyId: user.companyId,
        userId: user.id,
        sipUsername,
        secrets: this.#around.credentials.digestSecrets(sipUsername, user.domain, password),
      }
      made = { device, secret: issued(user, device, password) }
      return [{ kind: 'device', after: device }]
    })
    return refusal ?? made!
  }

  async change(
    acting: Acting,
    deviceId: string,
    patch: Partial<Pick<Device, 'label' | 'keying' | 'encryptionRequired'>>,
  ): Promise<Device | Refusal> {
    let after: Device | undefined
    const refusal = await this.#around.configuration.change(acting.actor, (current) => {
      const before = this.#find(current, acting, deviceId)
      if (!before) return NotFound()
      after = patched(before, patch)
      return [{ kind: 'device', before, after }]
    })
    return refusal ?? after!
  }

  async remove(acting: Acting, deviceId: string): Promise<Refusal | undefined> {
    await this.#endBindings(acting, deviceId)
    return this.#around.configuration.change(acting.actor, (current) => {
      const before = this.#find(current, acting, deviceId)
      return before ? [{ kind: 'device', before }] : NotFound()
    })
  }

  async reissueSecret(acting: Acting, deviceId: string): Promise<IssuedSecret | Refusal> {
    const { configuration, credentials, random } = this.#around
    const password = randomToken(secretLength, random)
    let secret: IssuedSecret | undefined
    const refusal = await configuration.change(acting.actor, (current) => {
      const before = this.#find(current, acting, deviceId)
      const user = before && current.user(before.userId)
      if (!before || !user) return NotFound()
      const after = { ...before, secrets: credentials.digestSecrets(before.sipUsername, user.domain, password) }
      secret = issued(user, after, password)
      return [{ kind: 'device', before, after }]
    })
    if (refusal) return refusal
    // Whoever registered with the old secret must not stay reachable by it.
    await this.#endBindings(acting, deviceId)
    return secret!
  }

  async #endBindings(acting: Acting, deviceId: string): Promise<void> {
    const device = this.#find(this.#around.configuration.current, acting, deviceId)
    if (device) await endBindings(this.#around, device.userId, device.id)
  }

  #find(current: ConfigurationReader, acting: Acting, deviceId: string): Device | undefined {
    const device = current.device(deviceId as DeviceId)
    if (device?.companyId !== acting.companyId) return undefined
    return acting.seesAll || device.userId === acting.userId ? device : undefined
  }

  /** The user's own name for the first device, then names made from it. */
  #chooseUsername(current: ConfigurationReader, user: User, wanted: string | undefined): string | Refusal {
    const name = wanted ?? user.name
    if (!current.deviceByUsername(user.domain, name)) return name
    if (wanted !== undefined) return Conflict(`A device ${wanted} exists already in ${user.domain}.`)
    return `${user.name}-${randomToken(6, this.#around.random)}`
  }
}

function issued(user: User, device: Device, password: string): IssuedSecret {
  const { domain, name } = user
  return { sipUsername: device.sipUsername, domain, addressOfRecord: `sip:${name}@${domain}`, password }
}

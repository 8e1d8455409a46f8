import {
  type CallId,
  type CompanyId,
  type DeviceId,
  isRefusal,
  type LegId,
  type Refusal,
  type UserId,
} from '@vaxel/base'
import {
  CallBackOfNobody,
  FeatureSwitchedOff,
  NotFound,
  NothingToPickUp,
  ParkingPlaceEmpty,
  type OperationReply,
  type Principal,
  type setCallBack,
} from '@vaxel/contract'
import {
  type CallBack,
  type CallCommands,
  codesOf,
  type Commander,
  type ConfigurationWriter,
  type Feature,
  resolveNumber,
  type TelephoneFeatures,
  type User,
  userIn,
} from '@vaxel/core'

export type CallBackView = OperationReply<typeof setCallBack>

type Started = { readonly callId: CallId } | Refusal

/** What people do with features from a screen: the same as by their codes, at a device of theirs. */
export class OwnFeatures {
  readonly #features: TelephoneFeatures
  readonly #commands: Pick<CallCommands, 'makeCall'>
  readonly #configuration: ConfigurationWriter

  constructor(options: {
    features: TelephoneFeatures
    commands: Pick<CallCommands, 'makeCall'>
    configuration: ConfigurationWriter
  }) {
    this.#features = options.features
    this.#commands = options.commands
    this.#configuration = options.configuration
  }

  parked({ companyId }: Principal) {
    return this.#features.parked(companyId as CompanyId)
  }

  park(
    principal: Principal,
    callId: string,
    { legId, place }: { legId?: string; place?: string },
  ): { readonly place: string } | Refusal {
    const done = this.#features.park(commanderOf(principal), callId as CallId, legId as LegId | undefined, place)
    return isRefusal(done) ? done : { place: done }
  }

  async fetch(principal: Principal, place: string, deviceId: string | undefined): Promise<Started> {
    if (!this.parked(principal).some((parked) => parked.place === place)) return ParkingPlaceEmpty()
    return await this.#ring(principal, place, deviceId)
  }

  toPickUp({ companyId, userId }: Principal) {
    return this.#features.toPickUp(companyId as CompanyId, userId as UserId)
  }

  async pickUp(principal: Principal, callId: string, deviceId: string | undefined): Promise<Started> {
    const ringing = this.toPickUp(principal).find((call) => call.callId === callId)
    if (!ringing) return NothingToPickUp()
    const code = this.#codeOf(principal, 'directedPickup')
    return isRefusal(code) ? code : await this.#ring(principal, `${code}${ringing.called.number}`, deviceId)
  }

  async goOn(principal: Principal, deviceId: string): Promise<Started> {
    const code = this.#codeOf(principal, 'flip')
    return isRefusal(code) ? code : await this.#ring(principal, code, deviceId)
  }

  callBacks({ userId }: Principal): readonly CallBackView[] {
    return this.#features.callBacks(userId as UserId).map(callBackView)
  }

  async setCallBack(principal: Principal, to: string): Promise<CallBackView | Refusal> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    const callee = user && this.#personAt(user, to)
    if (!user || !callee) return CallBackOfNobody()
    const set = await this.#features.setCallBack(user, callee)
    return isRefusal(set) ? set : callBackView(set)
  }

  cancelCallBack({ userId }: Principal, id: string): Refusal | undefined {
    return this.#features.cancelCallBack(userId as UserId, id) > 0 ? undefined : NotFound()
  }

  /** A device of the person rings; once it is answered, it does what a code dialled there does. */
  async #ring(principal: Principal, to: string, deviceId: string | undefined): Promise<Started> {
    const fromUserId = principal.userId as UserId
    const { current } = this.#configuration
    if (deviceId !== undefined && !current.devicesOf(fromUserId).some(({ id }) => id === deviceId))
      return NotFound('You have no such device.')
    return await this.#commands.makeCall({
      companyId: principal.companyId as CompanyId,
      fromUserId,
      to,
      ...(deviceId === undefined ? {} : { fromDeviceId: deviceId as DeviceId }),
    })
  }

  #codeOf({ companyId }: Principal, wanted: Feature): string | Refusal {
    const own = this.#configuration.current.company(companyId as CompanyId)?.featureCodes
    return codesOf(own).find(({ feature }) => feature === wanted)?.code ?? FeatureSwitchedOff()
  }

  #personAt(user: User, to: string): User | undefined {
    const { current } = this.#configuration
    const company = current.company(user.companyId)
    const resolved = company && resolveNumber(current, company, user.domain, to)
    if (resolved?.kind === 'user') return resolved.user
    const target = resolved?.kind === 'own' ? resolved.number.target : undefined
    return target?.kind === 'user' ? current.user(target.userId) : undefined
  }
}

/** Supervisors and administrators command any connection of the company. */
function commanderOf({ companyId, userId, role }: Principal): Commander {
  const seesCompany = role === 'supervisor' || role === 'administrator'
  return { companyId: companyId as CompanyId, ...(seesCompany ? {} : { userId: userId as UserId }) }
}

const callBackView = ({ id, name, number, reason, sinceMs, untilMs, callId }: CallBack): CallBackView => ({
  id,
  name,
  number,
  reason,
  since: new Date(sinceMs).toISOString(),
  until: new Date(untilMs).toISOString(),
  isCalling: callId !== undefined,
})

import type { OperationReply } from '@vaxel/contract'
import type {
  changeUsers,
  listBindings,
  readCompany,
  readDevice,
  readNumber,
  readTrunk,
  readUser,
} from '@vaxel/contract'
import type { ItemVerdict } from './user-batch.ts'
import type { Binding, CallLimits, Company, Device, PhoneNumber, Trunk, User } from '@vaxel/core'

/** What the API shows of each thing. Secrets have no way into any of these. */

function toLimits(limits: CallLimits) {
  const { allowedDestinations, blockedDestinations, ...rest } = limits
  return {
    ...rest,
    ...(allowedDestinations ? { allowedDestinations: [...allowedDestinations] } : {}),
    ...(blockedDestinations ? { blockedDestinations: [...blockedDestinations] } : {}),
  }
}

export function toCompanyView({
  featureCodes: _codes,
  parking: _parking,
  pickupGroups: _groups,
  deskLogoutHour: _hour,
  ...company
}: Company): OperationReply<typeof readCompany> {
  const { limits, emergencyNumbers, allowedNetworks, directAudioNetworks, ...rest } = company
  return {
    ...rest,
    limits: toLimits(limits),
    emergencyNumbers: [...emergencyNumbers],
    ...(allowedNetworks ? { allowedNetworks: [...allowedNetworks] } : {}),
    ...(directAudioNetworks ? { directAudioNetworks: [...directAudioNetworks] } : {}),
  }
}

export function toUserView({ skills, ...user }: User): OperationReply<typeof readUser> {
  return {
    ...user,
    login: `${user.name}@${user.domain}`,
    limits: toLimits(user.limits),
    ...(skills ? { skills: [...skills] } : {}),
  }
}

export function toDeviceView({ secrets: _, ...device }: Device): OperationReply<typeof readDevice> {
  return device
}

export function toNumberView({ number, companyId, target }: PhoneNumber): OperationReply<typeof readNumber> {
  if (target.kind !== 'group' && target.kind !== 'shared') return { number, companyId, target }
  return { number, companyId, target: { ...target, userIds: [...target.userIds] } }
}

export function toTrunkView({ login, incomingLogin, ...trunk }: Trunk): OperationReply<typeof readTrunk> {
  // The same but for what may be changed of it; a copy of lists within lists.
  const copy = structuredClone(trunk) as unknown as OperationReply<typeof readTrunk>
  return {
    ...copy,
    ...(login ? { login: { username: login.username } } : {}),
    ...(incomingLogin ? { incomingLogin: { username: incomingLogin.username } } : {}),
  }
}

export function toBindingView(binding: Binding): OperationReply<typeof listBindings>['items'][number] {
  const { id, addressOfRecord, contact, userId, deviceId, q, userAgent, flow } = binding
  return {
    id,
    addressOfRecord,
    contact,
    userId,
    deviceId,
    q,
    registeredAt: new Date(binding.registeredAtMs).toISOString(),
    expiresAt: new Date(binding.expiresAtMs).toISOString(),
    ...(userAgent === undefined ? {} : { userAgent }),
    protocol: flow.protocol,
    remoteAddress: flow.remoteAddress,
    remotePort: flow.remotePort,
  }
}

export function toVerdictView(verdict: ItemVerdict): OperationReply<typeof changeUsers>['items'][number] {
  if (verdict.what !== 'refused') return verdict
  const { mistakes, ...rest } = verdict
  return { ...rest, ...(mistakes ? { mistakes: mistakes.map((mistake) => ({ ...mistake })) } : {}) }
}

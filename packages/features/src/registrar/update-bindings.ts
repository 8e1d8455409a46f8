import type { Binding, Device, User } from '@vaxel/core/ports'
import { type Flow, isPrivateAddress, parseUri, sameUri, type Uri } from '@vaxel/sip'
import {
  type Registration,
  type RegistrationFault,
  type RequestedContact,
  tooManyContacts,
} from './read-registration.ts'

/** Why a binding went. */
export type UnbindReason = 'unregistered' | 'expired' | 'replaced' | 'flow-closed' | 'restarted' | 'administrator'

export interface BindingChange {
  readonly bindings: readonly Binding[]
  readonly added: readonly Binding[]
  readonly removed: ReadonlyArray<{ readonly binding: Binding; readonly reason: UnbindReason }>
}

/** Who registers, and how it came. */
export interface Registrant {
  readonly addressOfRecord: string
  readonly device: Device
  readonly user: User
  readonly flow: Flow
  /** Sent-by host of the Via that it came with. */
  readonly sentBy: string
}

/**
 * Applies a REGISTER to the bindings of one address of record: all of it or nothing (RFC 3261 §10.3 steps 6 and 7).
 * A device speaks for itself: `*` removes its own bindings alone, as a user has several devices.
 * @param current bindings of the address, none of them expired
 */
export function updateBindings(
  current: readonly Binding[],
  registration: Registration,
  who: Registrant,
  nowMs: number,
  bindingsPerUser: number,
): BindingChange | RegistrationFault {
  if (registration.kind === 'query') return { bindings: current, added: [], removed: [] }
  if (registration.kind === 'remove-all') {
    const own = current.filter((binding) => binding.deviceId === who.device.id)
    if (own.some((binding) => isOutOfOrder(binding, registration))) return outOfOrder
    return {
      bindings: current.filter((binding) => binding.deviceId !== who.device.id),
      added: [],
      removed: own.map((binding) => ({ binding, reason: 'unregistered' as const })),
    }
  }
  const bindings = [...current]
  const added: Binding[] = []
  const removed: Array<{ binding: Binding; reason: UnbindReason }> = []
  const drop = (binding: Binding, reason: UnbindReason): void => {
    bindings.splice(bindings.indexOf(binding), 1)
    removed.push({ binding, reason })
  }
  for (const contact of registration.contacts) {
    const twin = added.find((binding) => isSame(binding, contact, who))
    if (twin !== undefined) {
      // Named twice in this very request: the last word counts.
      added.splice(added.indexOf(twin), 1)
      bindings.splice(bindings.indexOf(twin), 1)
    }
    const existing = bindings.find((binding) => isSame(binding, contact, who))
    // What this request has refreshed itself is not in `current` any more.
    if (existing !== undefined && current.includes(existing) && isOutOfOrder(existing, registration)) return outOfOrder
    if (contact.expiresSeconds === 0) {
      if (existing !== undefined) drop(existing, 'unregistered')
      continue
    }
    const binding = makeBinding(contact, registration, who, nowMs, existing)
    if (!existing && bindings.some(({ id }) => id === binding.id)) binding.id += ` ${who.device.id}`
    if (existing !== undefined) {
      bindings[bindings.indexOf(existing)] = binding
      continue
    }
    for (const old of bindings.filter((one) => isEarlierBoot(one, binding))) drop(old, 'replaced')
    bindings.push(binding)
    added.push(binding)
  }
  while (bindings.length > bindingsPerUser) {
    const oldest = bindings.find((binding) => binding.deviceId === who.device.id && !added.includes(binding))
    if (oldest === undefined) return tooManyContacts
    drop(oldest, 'replaced')
  }
  return { bindings, added, removed }
}

const outOfOrder: RegistrationFault = { status: 500, reason: 'REGISTER out of order' }

/** A REGISTER of the same registration that is not newer than what made the binding. */
const isOutOfOrder = (binding: Binding, registration: Registration): boolean =>
  binding.callId === registration.callId && registration.cseq <= binding.cseq

/** Bindings are told apart by instance and flow where there are any (RFC 5626 §6), else by Contact URI (RFC 3261 §10.3). */
function isSame(binding: Binding, contact: RequestedContact, who: Registrant): boolean {
  if (contact.regId !== undefined || binding.regId !== undefined) {
    return binding.instanceId === contact.instanceId && binding.regId === contact.regId
  }
  const isOther = binding.deviceId !== who.device.id
  if (binding.contact === contact.uri && !isOther) return true
  const [a, b] = [parseUri(binding.contact), parseUri(contact.uri)]
  return a !== undefined && b !== undefined && sameUri(a, b) && !(isOther && isInAnotherHome(binding, b, who))
}

/** Private addresses are the same in many homes: another device behind another router is another phone, whatever its Contact says. */
const isInAnotherHome = ({ flow }: Binding, { host }: Uri, who: Registrant): boolean =>
  isPrivateAddress(host) && host !== who.flow.remote.address && flow.remoteAddress !== who.flow.remote.address

/** The same phone before it started anew: it keeps its instance but has a new Call-ID (RFC 3261 §10.2.4). */
const isEarlierBoot = (old: Binding, fresh: Binding): boolean =>
  fresh.instanceId !== undefined &&
  old.instanceId === fresh.instanceId &&
  old.deviceId === fresh.deviceId &&
  old.regId === undefined &&
  old.callId !== fresh.callId

/** Names say nothing: many phones write theirs. */
const isTranslated = (sentBy: string, flow: Flow): boolean =>
  (sentBy.includes(':') || /^[\d.]+$/.test(sentBy)) && sentBy.toLowerCase() !== flow.remote.address.toLowerCase()

function makeBinding(
  contact: RequestedContact,
  registration: Registration,
  who: Registrant,
  nowMs: number,
  existing: Binding | undefined,
): { -readonly [K in keyof Binding]: Binding[K] } {
  const { addressOfRecord, device, user, flow, sentBy } = who
  const { local, remote } = flow
  const key = contact.regId === undefined ? contact.uri : `${contact.instanceId};${contact.regId}`
  // Set one by one: spreading them in costs more than all the rest.
  const binding: { -readonly [K in keyof Binding]: Binding[K] } = {
    id: existing?.id ?? `${addressOfRecord} ${key}`,
    companyId: user.companyId,
    userId: user.id,
    deviceId: device.id,
    addressOfRecord,
    contact: contact.uri,
    q: contact.q,
    callId: registration.callId,
    cseq: registration.cseq,
    path: registration.path,
    expiresAtMs: nowMs + 1000 * contact.expiresSeconds,
    registeredAtMs: existing?.registeredAtMs ?? nowMs,
    flow: {
      id: flow.id,
      protocol: flow.protocol,
      localAddress: local.address,
      localPort: local.port,
      remoteAddress: remote.address,
      remotePort: remote.port,
    },
  }
  if (flow.client !== undefined) binding.flow = { ...binding.flow, client: flow.client }
  if (contact.instanceId !== undefined) binding.instanceId = contact.instanceId
  if (contact.regId !== undefined) binding.regId = contact.regId
  if (registration.userAgent !== undefined) binding.userAgent = registration.userAgent
  if (isTranslated(sentBy, flow)) binding.isTranslated = true
  return binding
}

import type { Binding, LedgerEvent } from '@vaxel/core/ports'
import type { LockedOut } from './authenticator.ts'
import type { UnbindReason } from './update-bindings.ts'

const about = (binding: Binding): Record<string, unknown> => ({
  userId: binding.userId,
  deviceId: binding.deviceId,
  addressOfRecord: binding.addressOfRecord,
  contact: binding.contact,
  protocol: binding.flow.protocol,
  remoteAddress: binding.flow.remoteAddress,
  ...(binding.userAgent !== undefined && { userAgent: binding.userAgent }),
})

/** A device can be reached at a new place. A refreshed binding tells nothing. */
export const registrarBound = (binding: Binding, atMs: number): LedgerEvent => ({
  kind: 'registrar.bound',
  atMs,
  companyId: binding.companyId,
  data: { ...about(binding), expiresAtMs: binding.expiresAtMs },
})

/** A place where a device could be reached is gone, and why. */
export const registrarUnbound = (binding: Binding, reason: UnbindReason, atMs: number): LedgerEvent => ({
  kind: 'registrar.unbound',
  atMs,
  companyId: binding.companyId,
  data: { ...about(binding), reason },
})

/** Somebody guessed SIP passwords and gets no answers for a while. Told when it begins. */
export const securityLockedOut = (lockOut: LockedOut, atMs: number): LedgerEvent => ({
  kind: 'security.lockedOut',
  atMs,
  companyId: lockOut.domain.companyId,
  data: {
    reason: lockOut.reason,
    address: lockOut.source,
    domain: lockOut.domain.name,
    username: lockOut.username.slice(0, 64),
    count: lockOut.count,
    untilMs: atMs + lockOut.lockedMs,
  },
})

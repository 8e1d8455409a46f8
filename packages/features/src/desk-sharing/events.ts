import type { DeviceId } from '@vaxel/base'
import type { LedgerEvent, User } from '@vaxel/core'

/** `code`: at the phone. `command`: on a screen. `elsewhere`: logged in at another phone. `replaced`: somebody else logged in. */
export type LogOutReason = 'code' | 'command' | 'elsewhere' | 'replaced' | 'night'

/** A person took the place of a shared phone's own number. */
export const deskLoggedIn = (user: User, deviceId: DeviceId, home: User, atMs: number): LedgerEvent => ({
  kind: 'desk.loggedIn',
  atMs,
  companyId: user.companyId,
  data: { userId: user.id, name: user.displayName, deviceId, desk: home.displayName },
})

/** A shared phone is its own again. */
export const deskLoggedOut = (user: User, deviceId: DeviceId, reason: LogOutReason, atMs: number): LedgerEvent => ({
  kind: 'desk.loggedOut',
  atMs,
  companyId: user.companyId,
  data: { userId: user.id, name: user.displayName, deviceId, reason },
})

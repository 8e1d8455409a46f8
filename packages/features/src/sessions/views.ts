import type { UserId } from '@vaxel/base'
import type { OperationReply, readMySecurity, readSsoSettings } from '@vaxel/contract'
import type { Passkey, Session, SsoSettings, User } from '@vaxel/core'
import { agentInWords } from './agent-in-words.ts'
import type { SessionDependencies } from './dependencies.ts'
import type { SecondFactorService } from './second-factors.ts'
import { callbackPath } from './sso-service.ts'

const time = (ms: number): string => new Date(ms).toISOString()

/** Sessions as their owner and administrators see them. */
export const toLoginSessions = (sessions: readonly Session[], thisId: string) => ({
  items: sessions.map((session) => ({
    id: session.id,
    isThis: session.id === thisId,
    kind: session.isBrowser ? ('browser' as const) : ('program' as const),
    ...agentInWords(session.agent),
    ...(session.address === undefined ? {} : { address: session.address }),
    means: [...(session.means ?? ['password' as const])],
    since: time(session.createdAtMs),
    usedAt: time(session.usedAtMs),
    expiresAt: time(session.expiresAtMs),
  })),
})

export const toPasskeyView = (passkey: Passkey) => ({
  id: passkey.id,
  name: passkey.name,
  host: passkey.rpId,
  createdAt: time(passkey.createdAtMs),
  ...(passkey.usedAtMs === undefined ? {} : { usedAt: time(passkey.usedAtMs) }),
  isBackedUp: passkey.isBackedUp,
  isSuspect: passkey.isSuspect,
})

/** How somebody can log in. */
export async function toSecurity(
  { identity, sessions }: SessionDependencies,
  factors: SecondFactorService,
  user: User,
): Promise<OperationReply<typeof readMySecurity>> {
  const second = identity.secondFactors(user.id)
  const since = second?.codes?.sinceMs
  return {
    hasPassword: (await sessions.passwordHash(user.id as UserId)) !== undefined,
    isPasswordTemporary: await sessions.isPasswordTemporary(user.id),
    ...(since === undefined ? {} : { codesSince: time(since) }),
    recoveryCodesLeft: second?.recoveryHashes.length ?? 0,
    passkeys: identity.passkeysOf(user.id).map(toPasskeyView),
    isSecondFactorWanted: factors.isWanted(user),
    hasSso: identity.hasSsoLink(user.id),
  }
}

/** A company's provider, without its secret. */
export function toSsoView(
  settings: SsoSettings,
  warning: string | undefined,
  origin: string,
): OperationReply<typeof readSsoSettings> {
  const { companyId: _, sealedSecret, domains, roles, ...rest } = settings
  return {
    ...rest,
    domains: [...domains],
    roles: roles.map((role) => ({ ...role })),
    hasSecret: sealedSecret !== undefined,
    callbackUrl: origin + callbackPath,
    ...(warning === undefined ? {} : { warning }),
  }
}

import { type CompanyId, isRefusal, type Refusal, type UserId } from '@vaxel/base'
import { NotAuthenticated, type OperationReply, type Principal, type readMe } from '@vaxel/contract'
import type { ConfigurationReader } from '@vaxel/core'
import type { Login } from './session-service.ts'

export type MeView = OperationReply<typeof readMe>

/** Who somebody is, as the API shows it. */
export function toMe(
  current: ConfigurationReader,
  { userId, companyId, needs }: Pick<Principal, 'userId' | 'companyId' | 'needs'>,
): MeView | Refusal {
  const user = current.user(userId as UserId)
  const company = current.company(companyId as CompanyId)
  if (!user || !company) return NotAuthenticated()
  const { limits: wholeLimits, skills, ...rest } = user
  const { allowedDestinations, blockedDestinations, ...limits } = wholeLimits
  return {
    user: {
      ...rest,
      ...(skills ? { skills: [...skills] } : {}),
      login: `${user.name}@${user.domain}`,
      limits: {
        ...limits,
        ...(allowedDestinations ? { allowedDestinations: [...allowedDestinations] } : {}),
        ...(blockedDestinations ? { blockedDestinations: [...blockedDestinations] } : {}),
      },
    },
    company: { id: company.id, name: company.name },
    isOperator: current.isOperator(user.id),
    ...(needs && needs.length > 0 ? { needs: [...needs] } : {}),
  }
}

/** The answer to a login: with the token, or without it where a cookie holds it. */
export function toToken(current: ConfigurationReader, login: Login | Refusal, isCookie = false) {
  if (isRefusal(login)) return login
  const { token, session, user } = login as Login
  const me = toMe(current, {
    userId: user.id,
    companyId: user.companyId,
    ...(session.needs ? { needs: session.needs } : {}),
  })
  if (isRefusal(me)) return me
  return { ...(isCookie ? {} : { token }), expiresAt: new Date(session.expiresAtMs).toISOString(), me: me as MeView }
}

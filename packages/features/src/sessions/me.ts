import type { CompanyId, UserId } from '@vaxel/base'
import { isRefusal, type Refusal } from '@vaxel/base'
import { NotAuthenticated, type OperationReply, type Principal, type readMe } from '@vaxel/contract'
import type { ConfigurationReader } from '@vaxel/core'
import type { Login } from './session-service.ts'

export type MeView = OperationReply<typeof readMe>

/** Who somebody is, as the API shows it. */
export function toMe(
  current: ConfigurationReader,
  { userId, companyId }: Pick<Principal, 'userId' | 'companyId'>,
): MeView | Refusal {
  const user = current.user(userId as UserId)
  const company = current.company(companyId as CompanyId)
  if (!user || !company) return NotAuthenticated()
  const { allowedDestinations, blockedDestinations, ...limits } = user.limits
  return {
    user: {
      ...user,
      login: `${user.name}@${user.domain}`,
      limits: {
        ...limits,
        ...(allowedDestinations ? { allowedDestinations: [...allowedDestinations] } : {}),
        ...(blockedDestinations ? { blockedDestinations: [...blockedDestinations] } : {}),
      },
    },
    company: { id: company.id, name: company.name },
    isOperator: current.isOperator(user.id),
  }
}

/** The answer to a login. */
export function toToken(current: ConfigurationReader, login: Login | Refusal) {
  if (isRefusal(login)) return login
  const me = toMe(current, { userId: login.user.id, companyId: login.user.companyId })
  if (isRefusal(me)) return me
  return { token: login.token, expiresAt: new Date(login.session.expiresAtMs).toISOString(), me }
}

import { isRefusal, type Refusal, type UserId } from '@vaxel/base'
import {
  endUserSessions,
  listUserSessions,
  NotAllowed,
  NotFound,
  type OperationHandler,
  perform,
  type Principal,
  readIdentityPolicy,
  readSsoSettings,
  readUserSecurity,
  removeSsoSettings,
  resetPassword,
  resetSecondFactors,
  setIdentityPolicy,
  setSsoSettings,
} from '@vaxel/contract'
import { standsAbove, type User } from '@vaxel/core'
import type { SessionParts } from './parts.ts'
import { toLoginSessions, toSecurity, toSsoView } from './views.ts'

/** The page of the web app that a one-time link leads to; the token is in the fragment, which reaches no log. */
const accessPath = '/access'

/** Whoever has a way in as an operator is one. */
const operatorAlone = NotAllowed(
  'This is an operator of the installation. The ways in of an operator are reset by an operator alone.',
)

/** What administrators do about the ways in of their company. */
export function administrationHandlers(parts: SessionParts): readonly OperationHandler[] {
  const { around, sessions, factors, passwords, policies } = parts
  const userOf = (principal: Principal, userId: string): User | Refusal => {
    const user = around.configuration.current.user(userId as UserId)
    return user?.companyId === principal.companyId ? user : NotFound()
  }
  const wayInOf = (principal: Principal, userId: string): User | Refusal => {
    const user = userOf(principal, userId)
    return isRefusal(user) || !standsAbove(around.configuration.current, principal, user.id) ? user : operatorAlone
  }
  return [
    perform(readUserSecurity, ({ principal, params }) => {
      const user = userOf(principal, params.userId)
      return isRefusal(user) ? user : toSecurity(around, factors, user)
    }),
    perform(listUserSessions, ({ principal, params }) => {
      const user = userOf(principal, params.userId)
      return isRefusal(user) ? user : toLoginSessions(sessions.list(user.id), principal.sessionId)
    }),
    perform(endUserSessions, async ({ principal, params }): Promise<Refusal | undefined> => {
      const user = userOf(principal, params.userId)
      if (isRefusal(user)) return user
      await sessions.endAll(user.id, 'ended by an administrator', principal.sessionId)
      return undefined
    }),
    perform(resetSecondFactors, async ({ principal, params, address }): Promise<Refusal | undefined> => {
      const user = wayInOf(principal, params.userId)
      if (isRefusal(user)) return user
      await factors.reset(user, `user:${principal.userId}`, address)
      await sessions.endAll(user.id, 'second factors reset by an administrator', principal.sessionId)
      return undefined
    }),
    perform(resetPassword, async ({ principal, params, body, address, client }) => {
      const user = wayInOf(principal, params.userId)
      if (isRefusal(user)) return user
      const made = await passwords.reset(user, body.by, { by: `user:${principal.userId}`, address })
      if (isRefusal(made)) return made
      if ('password' in made) return { password: made.password }
      const expiresAt = new Date(made.expiresAtMs).toISOString()
      return { link: `${client.origin}${accessPath}#${made.token}`, expiresAt }
    }),
    perform(readIdentityPolicy, ({ principal }) => policies.policy(principal)),
    perform(setIdentityPolicy, ({ principal, body, address }) => policies.setPolicy(principal, body, address)),
    perform(readSsoSettings, ({ principal, client }) => {
      const settings = policies.sso(principal)
      return isRefusal(settings) ? settings : toSsoView(settings, policies.warningOf(settings), client.origin)
    }),
    perform(setSsoSettings, async ({ principal, body, address, client }) => {
      const settings = await policies.setSso(principal, body, address)
      return isRefusal(settings) ? settings : toSsoView(settings, policies.warningOf(settings), client.origin)
    }),
    perform(removeSsoSettings, ({ principal, address }) => policies.removeSso(principal, address)),
  ]
}

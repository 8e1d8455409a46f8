import { isRefusal, type Refusal, type UserId } from '@vaxel/base'
import {
  addPasskey,
  askForMyPasskey,
  confirmCodes,
  endMyOtherSessions,
  endMySession,
  listMySessions,
  makeRecoveryCodes,
  NotAuthenticated,
  type OperationHandler,
  perform,
  type Principal,
  proveMyself,
  readMySecurity,
  readSsoLogout,
  removeCodes,
  removePasskey,
  renamePasskey,
  startCodes,
  startPasskey,
} from '@vaxel/contract'
import { stepOf } from './api-logins.ts'
import type { SessionParts } from './parts.ts'
import { toLoginSessions, toPasskeyView, toSecurity } from './views.ts'

/** What people do about their own ways in. */
export function ownHandlers(parts: SessionParts): readonly OperationHandler[] {
  const { around, sessions, logins, factors, passkeys, sso } = parts
  /** Whoever sets up a second factor has what the company wanted first. */
  const withFactor = async <T>(principal: Principal, made: T | Refusal): Promise<T | Refusal> => {
    if (!isRefusal(made)) await sessions.fulfilled(principal, 'second-factor')
    return made
  }
  const codesOf = (codes: readonly string[] | Refusal) => (isRefusal(codes) ? codes : { codes: [...codes] })
  return [
    perform(readMySecurity, ({ principal }) => {
      const user = around.configuration.current.user(principal.userId as UserId)
      return user ? toSecurity(around, factors, user) : NotAuthenticated()
    }),
    perform(proveMyself, async ({ principal, body, client, address }) =>
      logins.prove(principal, body, stepOf(client, address)),
    ),
    perform(askForMyPasskey, ({ principal, client }) => logins.askForMyPasskey(principal, client.origin)),
    perform(listMySessions, ({ principal }) =>
      toLoginSessions(sessions.list(principal.userId as UserId), principal.sessionId),
    ),
    perform(endMySession, ({ principal, params }) => sessions.endOf(principal.userId as UserId, params.sessionId)),
    perform(endMyOtherSessions, async ({ principal }): Promise<undefined> => {
      await sessions.endAll(principal.userId as UserId, 'ended from elsewhere', principal.sessionId)
    }),
    perform(startCodes, ({ principal }) => factors.start(principal)),
    perform(confirmCodes, async ({ principal, body, address }) =>
      codesOf(await withFactor(principal, await factors.confirm(principal, body, address))),
    ),
    perform(removeCodes, ({ principal, address }) => factors.remove(principal, address)),
    perform(makeRecoveryCodes, async ({ principal, address }) =>
      codesOf(await factors.renewRecovery(principal, address)),
    ),
    perform(startPasskey, ({ principal, client }) => passkeys.start(principal, client.origin)),
    perform(addPasskey, async ({ principal, body, client, address }) => {
      const added = await withFactor(principal, await passkeys.add(principal, body, { origin: client.origin, address }))
      return isRefusal(added) ? added : { passkey: toPasskeyView(added.passkey), codes: [...added.codes] }
    }),
    perform(renamePasskey, async ({ principal, params, body, address }) => {
      const renamed = await passkeys.rename(principal, params.passkeyId, body.name, address)
      return isRefusal(renamed) ? renamed : toPasskeyView(renamed)
    }),
    perform(removePasskey, ({ principal, params, address }) => passkeys.remove(principal, params.passkeyId, address)),
    perform(readSsoLogout, async ({ principal, client }) => {
      const url = await sso.logoutUrl(principal, client.origin)
      return url === undefined ? {} : { url }
    }),
  ]
}

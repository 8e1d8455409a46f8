import { isRefusal } from '@vaxel/base'
import {
  changeMyPassword,
  createSession,
  CrossSite,
  endSession,
  type OperationHandler,
  perform,
  readMe,
  setUp,
} from '@vaxel/contract'
import { administrationHandlers } from './api-administration.ts'
import { loginHandlers } from './api-logins.ts'
import { ownHandlers } from './api-own.ts'
import { holdInCookie, placeOf } from './browser-login.ts'
import { toMe, toToken } from './me.ts'
import type { SessionParts } from './parts.ts'

export function sessionHandlers(parts: SessionParts): readonly OperationHandler[] {
  const { configuration } = parts.around
  return [
    perform(createSession, async ({ body, address, client }) => {
      const isBrowser = body.cookie === true
      if (isBrowser && !client.isSameOrigin) return CrossSite()
      const login = await parts.logins.logIn(body, placeOf(client, address, isBrowser))
      if (isBrowser && !isRefusal(login)) await holdInCookie(parts, client, login)
      return toToken(configuration.current, login, isBrowser)
    }),
    perform(endSession, async ({ principal, client }): Promise<undefined> => {
      if (principal.isBrowser) client.setCookie('session', undefined)
      await parts.sessions.end(principal.sessionId)
    }),
    perform(readMe, ({ principal }) => toMe(configuration.current, principal)),
    perform(changeMyPassword, ({ principal, body, address }) => parts.passwords.change(principal, body, address)),
    perform(setUp, async ({ body, address, client }) => {
      const isBrowser = body.cookie === true
      if (isBrowser && !client.isSameOrigin) return CrossSite()
      const login = await parts.setup.setUp(body, placeOf(client, address, isBrowser))
      if (isBrowser && !isRefusal(login)) await holdInCookie(parts, client, login)
      return toToken(configuration.current, login, isBrowser)
    }),
    ...loginHandlers(parts),
    ...ownHandlers(parts),
    ...administrationHandlers(parts),
  ]
}

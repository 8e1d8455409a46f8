import { isRefusal, type Refusal } from '@vaxel/base'
import {
  askForPasskey,
  finishSso,
  loginWithCode,
  loginWithPasskey,
  loginWithPassword,
  type OperationHandler,
  type OperationReply,
  perform,
  readLoginWays,
  type RequestClient,
  startSso,
  useAccessLink,
} from '@vaxel/contract'
import { holdInCookie, placeOf, refuseOtherSites } from './browser-login.ts'
import type { LoginProgress, StepClient } from './login-service.ts'
import { toToken } from './me.ts'
import type { SessionParts } from './parts.ts'
import { relyingParty } from './passkey-service.ts'

type Step = OperationReply<typeof loginWithPassword>

/** Logins of browsers, step by step. */
export function loginHandlers(parts: SessionParts): readonly OperationHandler[] {
  const { logins, sso, passwords } = parts
  const answer = async (progress: LoginProgress | Refusal, client: RequestClient): Promise<Step | Refusal> => {
    if (isRefusal(progress)) return progress
    if (progress.step === 'second-factor') return { ...progress, factors: [...progress.factors] }
    await holdInCookie(parts, client, progress.login)
    return done(parts, progress)
  }
  return [
    perform(readLoginWays, ({ query, client }) => {
      const settings = query.domain === undefined ? undefined : sso.settingsOf(query.domain)
      return {
        // Whether this very user may use it is not told: the administrator for emergencies may.
        password: true,
        passkey: relyingParty(client.origin) !== undefined,
        ...(settings ? { sso: { provider: new URL(settings.issuer).host } } : {}),
      }
    }),
    perform(
      loginWithPassword,
      async ({ body, client, address }) =>
        refuseOtherSites(client) ??
        answer(await logins.startWithPassword(body.login, body.password, stepOf(client, address)), client),
    ),
    perform(
      loginWithCode,
      async ({ body, client, address }) =>
        refuseOtherSites(client) ??
        answer(await logins.goOnWithCode(body.ticket, body.code, stepOf(client, address)), client),
    ),
    perform(
      askForPasskey,
      ({ body, client }) => refuseOtherSites(client) ?? logins.askForPasskey(body.ticket, client.origin),
    ),
    perform(
      loginWithPasskey,
      async ({ body, client, address }) =>
        refuseOtherSites(client) ??
        answer(await logins.logInWithPasskey(body.ticket, body.passkey, stepOf(client, address)), client),
    ),
    perform(
      startSso,
      ({ body, client, address }) =>
        refuseOtherSites(client) ?? sso.start(body, { ...stepOf(client, address), ...cookiesOf(client) }),
    ),
    perform(finishSso, async ({ body, client, address }) => {
      const refused = refuseOtherSites(client)
      if (refused) return refused
      const finished = await sso.finish(body.query, { ...stepOf(client, address), ...cookiesOf(client) })
      if (isRefusal(finished)) return finished
      const login = await answer({ step: 'done', login: finished.login }, client)
      return isRefusal(login) ? login : { login, returnTo: finished.returnTo }
    }),
    perform(useAccessLink, ({ body, address }) => passwords.useLink(body.token, body.password, address)),
  ]
}

export const stepOf = (client: RequestClient, address: string): StepClient => ({
  ...placeOf(client, address, true),
  origin: client.origin,
})

const cookiesOf = (client: RequestClient): Pick<RequestClient, 'cookie' | 'setCookie'> => ({
  cookie: (kind) => client.cookie(kind),
  setCookie: (kind, value, lifetimeSeconds) => client.setCookie(kind, value, lifetimeSeconds),
})

function done({ around }: SessionParts, { login }: Extract<LoginProgress, { step: 'done' }>): Step | Refusal {
  const token = toToken(around.configuration.current, login, true)
  if (isRefusal(token)) return token
  return { step: 'done', expiresAt: token.expiresAt, me: token.me }
}

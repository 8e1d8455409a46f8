import { CrossSite, type RequestClient } from '@vaxel/contract'
import type { Refusal } from '@vaxel/base'
import type { LoginPlace } from './dependencies.ts'
import type { SessionParts } from './parts.ts'
import type { Login } from './session-service.ts'

export const placeOf = (client: RequestClient, address: string, isBrowser: boolean): LoginPlace => ({
  address,
  isThisMachine: client.isThisMachine,
  agent: client.agent,
  isBrowser,
})

/** The browser's login before, if it had one, ends: nobody goes on as somebody else. */
export async function holdInCookie(
  { around, sessions }: Pick<SessionParts, 'around' | 'sessions'>,
  client: RequestClient,
  { token, session }: Login,
): Promise<void> {
  const before = client.cookie('session')
  const old = before === undefined ? undefined : around.sessions.find(around.credentials.hashToken(before))
  if (old) await sessions.end(old.id)
  client.setCookie('session', token, (session.expiresAtMs - session.createdAtMs) / 1000)
}

/** Pages of other sites have no business at a login that is held in a cookie. */
export const refuseOtherSites = (client: RequestClient): Refusal | undefined =>
  client.isSameOrigin ? undefined : CrossSite()

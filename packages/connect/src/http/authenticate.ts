import type { IncomingMessage } from 'node:http'
import { isRefusal, type Refusal } from '@vaxel/base'
import { type Access, NotAllowed, NotAuthenticated, type Principal } from '@vaxel/contract'

/**
 * Who a token stands for. `companyId` is the company that the request asks to act in;
 * a company that is not theirs is refused as if it were not there.
 */
export type Authenticate = (token: string, wanted: { companyId?: string; address: string }) => Principal | Refusal

const ranks: Readonly<Record<Principal['role'], number>> = { user: 0, attendant: 1, supervisor: 2, administrator: 3 }

/** Whether this access is open to them; each role may what those below it may. */
export function mayAccess(access: Access, principal: Principal): boolean {
  if (access === 'anyone') return true
  if (access === 'operator') return principal.isOperator
  return ranks[principal.role] >= ranks[access]
}

/** The token of `Authorization: Bearer TOKEN`; browsers' WebSockets send it as the subprotocol `bearer.TOKEN`. */
export function tokenOf(headers: IncomingMessage['headers']): string | undefined {
  const match = /^Bearer ([A-Za-z0-9._~+/=-]{1,200})$/i.exec(headers.authorization ?? '')
  if (match) return match[1]
  const protocols = headers['sec-websocket-protocol']
  return protocols && /(?:^|,\s*)bearer\.([A-Za-z0-9._~-]{1,200})(?:,|$)/.exec(protocols)?.[1]
}

/** The principal of a request for an operation with this access, or why not. */
export function admit(
  authenticate: Authenticate,
  access: Access,
  request: { token: string | undefined; companyId?: string | undefined; address: string },
): Principal | Refusal {
  if (request.token === undefined) return NotAuthenticated()
  const { companyId, address } = request
  const principal = authenticate(request.token, companyId === undefined ? { address } : { companyId, address })
  if (isRefusal(principal)) return principal
  return mayAccess(access, principal) ? principal : NotAllowed(`This needs the role ${access}.`)
}

import type { IncomingMessage } from 'node:http'
import { isRefusal, type Refusal, type Whereabouts } from '@vaxel/base'
import {
  type Access,
  CrossSite,
  NotAllowed,
  NotAuthenticated,
  NotComplete,
  type Operation,
  type Principal,
  ProofNeeded,
} from '@vaxel/contract'
import { cookieOf, isSameOrigin, isThisMachine, originOf } from './client-side.ts'

/**
 * Who a token stands for. `companyId` is the company that the request asks to act in;
 * a company that is not theirs is refused as if it were not there.
 */
export type Authenticate = (token: string, wanted: { companyId?: string } & Whereabouts) => Principal | Refusal

/** What came with a request to say who asks. */
export interface Credential {
  readonly token: string
  /** Browsers send cookies by themselves, whoever made them ask. */
  readonly isCookie: boolean
}

const ranks: Readonly<Record<Principal['role'], number>> = { user: 0, attendant: 1, supervisor: 2, administrator: 3 }

/** Whether this access is open to them; each role may what those below it may. */
function mayAccess(access: Access, principal: Principal): boolean {
  if (access === 'anyone') return true
  if (access === 'operator') return principal.isOperator
  return ranks[principal.role] >= ranks[access]
}

/** The token of `Authorization: Bearer TOKEN` (RFC 6750 §2.1). */
export const bearerOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined =>
  /^Bearer ([A-Za-z0-9._~+/=-]{1,200})$/i.exec(headers.authorization ?? '')?.[1]

/**
 * The token of `Authorization: Bearer TOKEN`; WebSockets may send it as the subprotocol `bearer.TOKEN`; else the one in
 * the browser's cookie.
 */
export function credentialOf(request: IncomingMessage): Credential | undefined {
  const { headers } = request
  const bearer = bearerOf(request)
  if (bearer !== undefined) return { token: bearer, isCookie: false }
  const protocols = headers['sec-websocket-protocol']
  const offered = protocols && /(?:^|,\s*)bearer\.([A-Za-z0-9._~-]{1,200})(?:,|$)/.exec(protocols)?.[1]
  if (offered) return { token: offered, isCookie: false }
  const token = headers.authorization === undefined ? cookieOf(request, 'session') : undefined
  return token !== undefined && /^[0-9a-z]{1,200}$/.test(token) ? { token, isCookie: true } : undefined
}

/** What is asked for, as far as it matters for who may ask. */
export type Asked = Pick<Operation, 'access' | 'isOpenToIncomplete' | 'proof'> & {
  /** It changes something, so a cookie alone does not do. */
  readonly changes: boolean
}

/** Something to read that no operation describes. */
export const reading = (access: Access): Asked => ({ access, isOpenToIncomplete: false, proof: 'none', changes: false })

/** The principal of a request, or why not. */
export function admit(
  authenticate: Authenticate,
  asked: Asked,
  request: {
    credential: Credential | undefined
    companyId?: string | undefined
    address: string
    http: IncomingMessage
  },
): Principal | Refusal {
  const { credential, companyId, address, http } = request
  if (credential === undefined) return NotAuthenticated()
  if (credential.isCookie && asked.changes && !isFromOurPage(http)) return CrossSite()
  const from: Whereabouts = { address, isThisMachine: isThisMachine(http) }
  const principal = authenticate(credential.token, companyId === undefined ? from : { companyId, ...from })
  if (isRefusal(principal)) return principal
  if (!asked.isOpenToIncomplete && (principal.needs?.length ?? 0) > 0) return NotComplete()
  if (!mayAccess(asked.access, principal)) return NotAllowed(`This needs the role ${asked.access}.`)
  const isProofDue = asked.proof === 'always' || (asked.proof === 'in browsers' && principal.isBrowser === true)
  return isProofDue && principal.isFresh === false ? ProofNeeded() : principal
}

/** A form of another site cannot send the header field, and a script of another site not without being asked first. */
export const isFromOurPage = (request: IncomingMessage): boolean =>
  isSameOrigin(request) && request.headers['x-vaxel-csrf'] !== undefined

/** A WebSocket is no fetch: its Origin alone says whose page opens it. */
export const isOurWebSocket = (request: IncomingMessage): boolean =>
  request.headers.origin !== undefined && request.headers.origin === originOf(request)

import { isUnicastAddress, type NameAddress, parseNameAddress, parseSeconds, type SipRequest } from '@vaxel/sip'
import type { RegistrarLimits } from './registrar-limits.ts'

/** A SIP answer that refuses, with the header fields it must carry. */
export interface RegistrationFault {
  readonly status: number
  readonly reason: string
  readonly headers?: ReadonlyArray<readonly [name: string, value: string]>
}

export interface RequestedContact {
  /** Contact URI as text, without header fields. */
  readonly uri: string
  /** 0 removes it. */
  readonly expiresSeconds: number
  readonly q: number
  /** `+sip.instance` without `<>` (RFC 5626 §4.1). */
  readonly instanceId: string | undefined
  /** Only where outbound applies (RFC 5626 §6). */
  readonly regId: number | undefined
}

/** What a REGISTER asks for, checked but for what is bound already. */
export type Registration = {
  readonly callId: string
  readonly cseq: number
  readonly path: readonly string[]
  readonly userAgent: string | undefined
  /** The peer speaks outbound, and so do we (RFC 5626 §6). */
  readonly isOutbound: boolean
  readonly wantsGruu: boolean
} & (
  | { readonly kind: 'query' }
  | { readonly kind: 'remove-all' }
  | { readonly kind: 'update'; readonly contacts: readonly RequestedContact[] }
)

/** Option tags that a REGISTER may require of us. */
const known = new Set(['path', 'outbound', 'gruu'])

/** Reads Require (RFC 3261 §10.3 step 2). */
export function checkRequire(request: SipRequest): RegistrationFault | undefined {
  const unknown = request.headers.getAll('Require').filter((tag) => !known.has(tag.toLowerCase()))
  return unknown.length === 0
    ? undefined
    : { status: 420, reason: 'Bad Extension', headers: [['Unsupported', unknown.join(', ')]] }
}

/** Reads Contact, Expires and Path (RFC 3261 §10.3 steps 6 and 7, RFC 5626 §6, RFC 3327 §5.3). */
export function readRegistration(request: SipRequest, limits: RegistrarLimits): Registration | RegistrationFault {
  const { headers } = request
  const path = headers.getAll('Path')
  const common = {
    callId: request.callId,
    cseq: request.cseq.number,
    path,
    userAgent: headers.get('User-Agent')?.slice(0, 200),
    isOutbound: false,
    wantsGruu: headers.lists('Supported', 'gruu') || headers.lists('Require', 'gruu'),
  }
  if (path.length > 0 && !headers.lists('Supported', 'path') && !headers.lists('Require', 'path')) {
    return { status: 421, reason: 'Extension Required', headers: [['Require', 'path']] }
  }
  const values = headers.getAll('Contact')
  if (values.length === 0) return { kind: 'query', ...common }
  if (values.includes('*')) {
    return values.length === 1 && request.expires === 0
      ? { kind: 'remove-all', ...common }
      : bad('Contact * needs Expires 0 and stands alone')
  }
  // All that a user may have taken away and as many set: each is compared with each, and one message brings thousands.
  if (values.length > 2 * limits.bindingsPerUser) return tooManyContacts
  const speaksOutbound = headers.lists('Supported', 'outbound') || headers.lists('Require', 'outbound')
  const contacts: RequestedContact[] = []
  for (const value of values) {
    const contact = parseNameAddress(value)
    if (contact === undefined) return bad('malformed Contact')
    const read = readContact(contact, request, limits, speaksOutbound)
    if ('status' in read) return read
    contacts.push(read)
  }
  const flows = contacts.filter((contact) => contact.regId !== undefined)
  if (flows.length > 1) return bad('only one Contact may have a reg-id')
  if (flows.length === 1 && !isFirstHopOutbound(request)) {
    return { status: 439, reason: 'First Hop Lacks Outbound Support' }
  }
  return { kind: 'update', contacts, ...common, isOutbound: flows.length === 1 }
}

/** More contacts than a user may have. */
export const tooManyContacts: RegistrationFault = { status: 403, reason: 'Too many registered contacts' }

const bad = (reason: string): RegistrationFault => ({ status: 400, reason })

function readContact(
  contact: NameAddress,
  request: SipRequest,
  limits: RegistrarLimits,
  speaksOutbound: boolean,
): RequestedContact | RegistrationFault {
  const { uri, parameters } = contact
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips') return bad('Contact is not a SIP URI')
  if (!isUnicastAddress(uri.host) || uri.port === 0) return bad('Contact names an address where no phone can be')
  const wanted = parseSeconds(parameters.get('expires') ?? '') ?? request.expires ?? limits.defaultExpiresSeconds
  if (wanted > 0 && wanted < limits.minExpiresSeconds) {
    return { status: 423, reason: 'Interval Too Brief', headers: [['Min-Expires', String(limits.minExpiresSeconds)]] }
  }
  const q = readQ(parameters.get('q'))
  if (q === undefined) return bad('malformed q of Contact')
  const instanceId = parameters.get('+sip.instance')?.replace(/^<|>$/g, '') || undefined
  const regId = parseSeconds(parameters.get('reg-id') ?? '')
  uri.headers.clear()
  return {
    uri: uri.toString(),
    expiresSeconds: Math.min(wanted, limits.maxExpiresSeconds),
    q,
    instanceId,
    regId: speaksOutbound && instanceId !== undefined && regId !== 0 ? regId : undefined,
  }
}

/** 0 to 1 with at most three decimals (RFC 3261 §25.1); 1 when missing. */
function readQ(text: string | undefined): number | undefined {
  if (text === undefined) return 1
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : undefined
}

/** The UA is next to us, or the proxy next to it said that it keeps the flow (`ob` in the first Path added, RFC 5626 §5.1). */
function isFirstHopOutbound(request: SipRequest): boolean {
  if (request.headers.count('Via') === 1) return true
  const nearestToUa = request.headers.getAll('Path').at(-1)
  return nearestToUa !== undefined && /;\s*ob\s*(;|>|$)/i.test(nearestToUa)
}

import type { Party, User } from '@vaxel/core'
import type { ExtraHeaders, SipRequest } from '@vaxel/sip'

/** Who the called side sees. */
export interface CallerIdentity {
  /** Value of From, without tag. */
  readonly from: string
  readonly headers: ExtraHeaders
}

/** From of a withheld caller (RFC 3323 §4.1.1.3). */
export const anonymous = '"Anonymous" <sip:anonymous@anonymous.invalid>'

/** From of a caller who withholds the number, for a member of a group: for whom the call is, and nothing else. */
export const anonymousFor = (label: string): string => `${quoted(label)} <sip:anonymous@anonymous.invalid>`

export function quoted(text: string): string {
  return `"${text.replace(/\p{Cc}/gu, ' ').replace(/["\\]/g, '\\$&')}"`
}

/** A number or name as the user part of a SIP URI (RFC 3261 §25.1: user-unreserved stays as it is). */
export function userPart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(?:2B|2C|2F|3B|3D|3F|24|26)/g, (code) =>
    decodeURIComponent(code),
  )
}

/** The caller withholds the number: Privacy: id (RFC 3323, RFC 3325), or From says anonymous. */
export function isWithheld(request: SipRequest): boolean {
  const privacy = request.headers.get('Privacy')?.toLowerCase() ?? ''
  return /\b(id|user|header)\b/.test(privacy) || (request.from.uri.host ?? '').toLowerCase() === 'anonymous.invalid'
}

/**
 * From and P-Asserted-Identity (RFC 3325) for a leg to a device of the company: the extension or number, with the name. Withheld: anonymous.
 * @param options.isProven false: From alone says it
 */
export function callerIdentity(options: {
  caller: Party
  isWithheld: boolean
  isProven: boolean
  host: string
}): CallerIdentity {
  const { caller, host } = options
  const identity = `${caller.name ? `${quoted(caller.name)} ` : ''}<sip:${userPart(caller.number)}@${host}>`
  if (!options.isWithheld)
    return { from: identity, headers: options.isProven ? [['P-Asserted-Identity', identity]] : [] }
  return { from: anonymous, headers: [['Privacy', 'id']] }
}

/** The party that a user is to others. */
export function partyOf(user: User): Party {
  return { number: user.extension ?? user.name, name: user.displayName, userId: user.id }
}

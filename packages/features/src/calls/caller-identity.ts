import type { Company, Directory, Party, User } from '@vaxel/core'
import type { ExtraHeaders, SipRequest } from '@vaxel/sip'

/** Who the called side sees. */
export interface CallerIdentity {
  /** Value of From, without tag. */
  readonly from: string
  readonly headers: ExtraHeaders
}

const anonymous = '"Anonymous" <sip:anonymous@anonymous.invalid>'

export function quoted(text: string): string {
  return `"${text.replace(/[\r\n]/g, ' ').replace(/["\\]/g, '\\$&')}"`
}

/** A number or name as the user part of a SIP URI (RFC 3261 §25.1: user-unreserved stays as it is). */
export function userPart(text: string): string {
  return encodeURIComponent(text).replace(/%(?:2B|2C|2F|3B|3D|3F|24|26)/g, (code) => decodeURIComponent(code))
}

/** The caller withholds the number: Privacy: id (RFC 3323, RFC 3325), or From says anonymous. */
export function isWithheld(request: SipRequest): boolean {
  const privacy = request.headers.get('Privacy')?.toLowerCase() ?? ''
  return /\b(id|user|header)\b/.test(privacy) || (request.from.uri.host ?? '').toLowerCase() === 'anonymous.invalid'
}

/**
 * From and P-Asserted-Identity (RFC 3325) for a leg.
 * To a device of the company: the extension or number, with the name. To a trunk: the user's direct number in
 * E.164, else the company's main number. Withheld: From says anonymous; only a trunk, which is trusted, is told who it is.
 */
export function callerIdentity(options: {
  caller: Party
  isWithheld: boolean
  host: string
  toTrunk: boolean
  directory: Directory
  company: Company
}): CallerIdentity {
  const { caller, host, toTrunk, directory, company } = options
  const number = toTrunk ? outsideNumber(caller, directory, company) : caller.number
  const identity = `${caller.name ? `${quoted(caller.name)} ` : ''}<sip:${userPart(number)}@${host}>`
  const asserted: ExtraHeaders = toTrunk || !options.isWithheld ? [['P-Asserted-Identity', identity]] : []
  if (!options.isWithheld) return { from: identity, headers: asserted }
  return { from: anonymous, headers: [...asserted, ['Privacy', 'id']] }
}

function outsideNumber(caller: Party, directory: Directory, company: Company): string {
  if (caller.number.startsWith('+')) return caller.number
  if (caller.userId) {
    const direct = directory
      .numbersOf(company.id)
      .find((n) => n.target.kind === 'user' && n.target.userId === caller.userId && n.number.startsWith('+'))
    if (direct) return direct.number
  }
  return company.mainNumber ?? caller.number
}

/** The party that a user is to others. */
export function partyOf(user: User): Party {
  return { number: user.extension ?? user.name, name: user.displayName, userId: user.id }
}

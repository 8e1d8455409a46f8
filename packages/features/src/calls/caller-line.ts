import {
  type Company,
  type Directory,
  type Party,
  type PhoneNumber,
  resolveNumber,
  type SharedLine,
  type User,
} from '@vaxel/core'
import { parseNameAddress, type SipRequest } from '@vaxel/sip'

/** A line whose number stands for who calls on it. */
export interface CallerLine {
  readonly number: string
  readonly party: Party
}

/** Who calls, and what their telephone says that they call as. */
export interface LineCaller {
  readonly directory: Directory
  readonly company: Company
  readonly domain: string
  readonly user: User
  /** None of a call that was made by command. */
  readonly request?: SipRequest
  /** The line that a command names. */
  readonly named?: string
}

/**
 * The shared line that a member calls out on: one whose calls are always its own, or, where the line leaves it to its people, the one that
 * the telephone names in P-Preferred-Identity (RFC 3325 §6) or From, as it does for a line key with an account of its own.
 */
export function callerLine(caller: LineCaller): CallerLine | undefined {
  const { directory, company, user } = caller
  const lines = directory.numbersOf(company.id).flatMap((one) => lineOf(one, user))
  if (lines.every(({ line }) => callsOutAs(line) === 'member')) return undefined
  const named = namedIn(caller)
  const chosen =
    lines.find(({ number, line }) => number === named && callsOutAs(line) !== 'member') ??
    lines.find(({ line }) => callsOutAs(line) === 'line')
  if (!chosen) return undefined
  return { number: chosen.number, party: { number: chosen.number, name: chosen.line.name, userId: user.id } }
}

const callsOutAs = ({ callsOutAs: as = 'member' }: SharedLine) => as

function lineOf({ number, target }: PhoneNumber, { id }: User): { number: string; line: SharedLine }[] {
  return target.kind === 'shared' && target.userIds.includes(id) ? [{ number, line: target }] : []
}

/** Whether the line that a caller is on is the one that was named. */
export const isLineNamed = (caller: LineCaller, line: CallerLine | undefined): boolean =>
  line !== undefined && line.number === namedIn(caller)

/** The number of a shared line that the telephone or the command names. */
function namedIn({ directory, company, domain, request, named }: LineCaller): string | undefined {
  const preferred = request?.headers.get('P-Preferred-Identity')
  for (const user of [named, preferred && parseNameAddress(preferred)?.uri.user, request?.from.uri.user]) {
    const resolved = user ? resolveNumber(directory, company, domain, decoded(user)) : undefined
    if (resolved?.kind === 'own' && resolved.number.target.kind === 'shared') return resolved.number.number
  }
  return undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

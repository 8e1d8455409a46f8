import { isIP } from 'node:net'
import { type Company, type Directory, type Party, rewriteNumber, shownNumber, type Trunk } from '@vaxel/core'
import type { ExtraHeaders, InviteOptions } from '@vaxel/sip'
import { anonymous, quoted, userPart } from './caller-identity.ts'
import type { Reach } from './reach.ts'
import type { TrunkWays } from './trunk-ways.ts'

const usualPatienceMs = 1500

/** All of an INVITE to a trunk that is so because it is this trunk: where it goes, what it calls the two numbers, how it proves us. */
export function trunkInvite(options: {
  readonly reach: Extract<Reach, { kind: 'trunk' }>
  readonly caller: Party
  readonly isWithheld: boolean
  readonly domain: string
  readonly directory: Directory
  readonly company: Company
  readonly ways: TrunkWays | undefined
}): Omit<InviteOptions, 'offer'> & { readonly headers: ExtraHeaders } {
  const { reach, ways, domain } = options
  const { trunk, target } = reach
  const { registration, login, ownHost } = trunk
  const user = userPart(rewriteNumber(trunk.rewriting?.calledOut, reach.number).number)
  const port = target.port ? `:${target.port}` : ''
  const transport = target.protocol === 'udp' ? '' : `;transport=${target.protocol}`
  const place = `${bracketed(target.host)}${port}`
  // A registrar serves a domain of its own name, wherever it is.
  const host = bracketed(registration?.domain ?? target.host)
  const identity = trunkIdentity(options, bracketed(trunk.identity?.host ?? ownHost ?? registration?.domain ?? domain))
  return {
    uri:
      reach.back?.uri ??
      (registration ? `sip:${user}@${host};user=phone` : `sip:${user}@${place};user=phone${transport}`),
    to: reach.back ? `<${reach.back.uri}>` : `<sip:${user}@${host};user=phone>`,
    from: identity.from,
    headers: reach.back?.referredBy ? [...identity.headers, ['Referred-By', reach.back.referredBy]] : identity.headers,
    patienceMs: trunk.answerWithinMs ?? usualPatienceMs,
    ...(login ? { credentials: login } : {}),
    ...(ownHost ? { contactHost: ownHost } : {}),
    ...(registration ? { contactUser: registration.user, nextHop: `sip:${place}${transport}` } : {}),
    ...ways?.wayTo(trunk, target),
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** Who the trunk is told that calls, in the header fields that it asks for (RFC 3323, RFC 3325; Remote-Party-ID as in use). */
function trunkIdentity(
  {
    reach: { trunk },
    caller,
    isWithheld,
    directory,
    company,
  }: {
    reach: Extract<Reach, { kind: 'trunk' }>
    caller: Party
    isWithheld: boolean
    directory: Directory
    company: Company
  },
  host: string,
): { from: string; headers: ExtraHeaders } {
  const { identity, registration, rewriting } = trunk
  const shown = shownNumber(identity, numbersOf(caller, directory, company), company.mainNumber)
  const { number } = rewriteNumber(rewriting?.callingOut, shown)
  const value = `${caller.name ? `${quoted(caller.name)} ` : ''}<sip:${userPart(number)}@${host}>`
  const isHidden = isWithheld && identity?.withheld === 'hidden'
  const account = identity?.from === 'account' && registration
  const headers: (readonly [string, string])[] = []
  for (const header of isHidden ? [] : (identity?.headers ?? ['asserted'])) {
    if (header === 'asserted') headers.push(['P-Asserted-Identity', value])
    if (header === 'preferred') headers.push(['P-Preferred-Identity', value])
    if (header === 'remoteParty')
      headers.push(['Remote-Party-ID', `${value};party=calling;screen=yes;privacy=${isWithheld ? 'full' : 'off'}`])
  }
  if (isWithheld) headers.push(['Privacy', 'id'])
  const from = account ? `<sip:${userPart(account.user)}@${bracketed(account.domain)}>` : isWithheld ? anonymous : value
  return { from, headers }
}

function numbersOf(caller: Party, directory: Directory, company: Company): Parameters<typeof shownNumber>[1] {
  const inside = caller.number
  // A line of several people has a number of its own, or none outside.
  if (directory.number(company.id, inside)?.target.kind === 'shared')
    return inside.startsWith('+') ? { direct: inside, inside } : { inside }
  if (inside.startsWith('+')) return { outside: inside, inside }
  const direct = caller.userId && directOf(directory, company, caller.userId)
  return direct ? { direct, inside } : { inside }
}

function directOf(directory: Directory, company: Company, userId: NonNullable<Party['userId']>): string | undefined {
  return directory
    .numbersOf(company.id)
    .find(({ number, target }) => target.kind === 'user' && target.userId === userId && number.startsWith('+'))?.number
}

/** An address of no machine, which only the usual way out leads to (RFC 5737). */
const somewhere = '192.0.2.1'

/** The address that audio with a target is expected from, or one that the same of our own addresses leads to. */
export function mediaAddressOf(
  { trunk, target }: Extract<Reach, { kind: 'trunk' }>,
  ways: TrunkWays | undefined,
): string {
  return isIP(target.host) === 0 ? (ways?.addressOf(trunk, target) ?? somewhere) : target.host
}

/** What a trunk's number is here: its rules first, then E.164 where it can be read so. */
export function fromTrunk(trunk: Trunk, which: 'calledIn' | 'callingIn', number: string): string {
  return rewriteNumber(trunk.rewriting?.[which], number).number
}

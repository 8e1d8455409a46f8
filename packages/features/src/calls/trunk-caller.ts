import type { Company, Domain, Party, Trunk } from '@vaxel/core'
import { toE164 } from '@vaxel/core'
import type { InviteUas, SipRequest } from '@vaxel/sip'
import { isWithheld } from './caller-identity.ts'
import { dialledOf } from './dialled.ts'
import { fromTrunk } from './trunk-invite.ts'

/** Characters of a number or name from outside that people are shown. */
const maxShown = 100
/** Characters that change how the text around them is written (Unicode TR 36 §2.1). */
const turning = /[\u202a-\u202e\u2066-\u2069]/g

/** A text from outside as people may be shown it: on one line, in its own direction, each character whole. */
const shownText = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(turning, '')
    .trim()
    .slice(0, maxShown)
    .toWellFormed()

/** Who calls over a trunk: the number as its rules read it, in E.164 where it can be. */
export function trunkCaller(request: SipRequest, trunk: Trunk, company: Company, domain: Domain) {
  const told = shownText(request.from.uri.user ?? '') || 'anonymous'
  const name = shownText(request.from.displayName ?? '')
  // As a code, it would be run by whoever calls it back: *21 and a number sets where all their calls go; -*21 is dialled as *21.
  const number = fromTrunk(trunk, 'callingIn', told).replace(/^[().\-\s]*[*#][*#().\-\s]*/, '') || 'anonymous'
  const party: Party = isWithheld(request)
    ? { number: 'anonymous' }
    : {
        number: toE164(number, company.country) ?? number,
        ...(name ? { name } : {}),
      }
  return {
    from: { kind: 'trunk' as const, trunk },
    company,
    domain: domain.name,
    party,
    leg: { trunkId: trunk.id },
    keying: trunk.keying,
    encryptionRequired: false,
  }
}

/**
 * What a trunk calls. Where the Request-URI only names the account that we registered, the number is in P-Called-Party-ID (RFC 7315) or
 * in To.
 */
export function trunkDialled({ uri, to, headers }: SipRequest, trunk: Trunk): string | undefined {
  const asked = dialledOf(uri)
  const isAccount = trunk.registration !== undefined && (asked === undefined || asked === trunk.registration.user)
  const calledParty = headers.get('P-Called-Party-ID')?.match(/<([^>]+)>/)?.[1]
  const meant = isAccount ? ((calledParty && dialledOf(calledParty)) ?? dialledOf(to.uri) ?? asked) : asked
  return meant === undefined ? undefined : fromTrunk(trunk, 'calledIn', meant)
}

/** A peer that knows us by a name is shown it from the first answer on. */
export function presentTo(invite: InviteUas, trunk: Trunk, trust: string | undefined): void {
  const { ownHost } = trunk
  if (ownHost === undefined && trust === undefined) return
  invite.presentAs({ ...(ownHost ? { contactHost: ownHost } : {}), ...(trust === undefined ? {} : { trust }) })
}

import type { CompanyId, TrunkId } from '@vaxel/base'
import type { CodecName } from './media-engine.ts'

export interface TrunkTarget {
  readonly host: string
  readonly port?: number
  readonly protocol: 'udp' | 'tcp' | 'tls'
  /** Lower ones are tried first (as of SRV, RFC 2782); where absent, its place in the list. */
  readonly priority?: number
  /** Share of the calls among targets of the same priority; 1 if absent. */
  readonly weight?: number
}

/** A name and password of digest (RFC 7616); kept sealed, told to nobody by the API and the ledger. */
export interface TrunkLogin {
  readonly username: string
  readonly password: string
}

/** We register there, so that the carrier finds us (RFC 3261 §10.2). */
export interface TrunkRegistration {
  /** Domain of the address of record, and where the registrar is known by. */
  readonly domain: string
  /** User part of the address of record. */
  readonly user: string
  /** Asked for; the registrar decides. 600 if absent. */
  readonly expiresSeconds?: number
  /** Preloaded into Route of what goes out, as a SIP URI. */
  readonly outboundProxy?: string
}

/** How it is found out whether a target is there. */
export interface TrunkHealth {
  /** Between two OPTIONS to a target that is up; 0: none are sent. 60 if absent. */
  readonly intervalSeconds?: number
  /** Answers to OPTIONS that count as being down; 408, 502, 503 and 504 if absent. No answer always does. */
  readonly deadStatuses?: readonly number[]
}

/** Whom a TLS target must prove to be. Without both: an authority that this machine trusts, and the target's name. */
export interface TrunkTls {
  /** Authorities that its certificate must come from instead, PEM. */
  readonly ca?: readonly string[]
  /** SHA-256 of the one certificate that it may have, lower-case hexadecimal; name and authority no longer count. */
  readonly pins?: readonly string[]
  /** What authorities have taken back, PEM: a certificate that stands there is not taken. Does not count for pins. */
  readonly revocationLists?: readonly string[]
}

/** One pattern of numbers and what becomes of them; see {@link parsePattern}. */
export interface NumberRule {
  readonly match: string
  readonly gives: string
  /** Checked each time the trunk is saved: what the whole list must make of these numbers. */
  readonly examples: readonly { readonly given: string; readonly gives: string }[]
}

/** In order; the first rule that matches is applied, a number that none matches stays as it is. */
export interface NumberRewriting {
  readonly calledOut?: readonly NumberRule[]
  readonly callingOut?: readonly NumberRule[]
  readonly calledIn?: readonly NumberRule[]
  readonly callingIn?: readonly NumberRule[]
}

export type IdentityHeader = 'asserted' | 'preferred' | 'remoteParty'

/** What the other side is told of who calls. */
export interface TrunkIdentity {
  /** P-Asserted-Identity and P-Preferred-Identity (RFC 3325), Remote-Party-ID; the first one if absent. */
  readonly headers?: readonly IdentityHeader[]
  /** `direct` (default): the user's own number, else the main one. `main`: always the main one. */
  readonly number?: 'direct' | 'main'
  /** Who stands in From: `caller` (default), or the `account` that registers, as some carriers ask. */
  readonly from?: 'caller' | 'account'
  /** Of a withheld number: `told` (default) to the carrier with Privacy: id; `hidden` from it too. */
  readonly withheld?: 'told' | 'hidden'
  /** Beginnings of numbers that may be shown; instead of any other the main number is. All if absent. */
  readonly allowed?: readonly string[]
  /** Host part of From and of the identities; the company's domain if absent. */
  readonly host?: string
}

/** What `features/trunks` offers as a beginning; it also says what REFER from there may do. */
export type TrunkProfileName = 'provider' | 'pbx' | 'mediation' | 'teams'

/** A way to the telephone network, or to another telephone system. */
export interface Trunk {
  readonly id: TrunkId
  readonly companyId: CompanyId
  readonly name: string
  readonly targets: readonly TrunkTarget[]
  /** Sources whose calls are this trunk's without authentication: an IP literal for any port, or with one port (`127.0.0.1:5080`, `[::1]:5080`). */
  readonly fromAddresses: readonly string[]
  /** Dialled prefixes that go here, e.g. `0` and `+`. */
  readonly prefixes: readonly string[]
  /** Price, millionths of the currency a minute, by longest E.164 prefix (`''` is the rest). */
  readonly pricePerMinuteMicros: Readonly<Record<string, number>>
  readonly keying: 'auto' | 'sdes' | 'dtls' | 'none'
  readonly channels?: number
  readonly profile?: TrunkProfileName
  /** What we prove ourselves with, where we are asked. */
  readonly login?: TrunkLogin
  readonly registration?: TrunkRegistration
  /** What the other side proves itself with, from wherever it calls. */
  readonly incomingLogin?: TrunkLogin
  /** Names of verified client certificates whose calls are this trunk's (RFC 5922). */
  readonly certificateNames?: readonly string[]
  readonly tls?: TrunkTls
  /** Our own name in Contact there (a domain that its certificate names); the machine's address if absent. */
  readonly ownHost?: string
  readonly health?: TrunkHealth
  /** How long a target may be silent about an INVITE before the next one is asked, milliseconds. */
  readonly answerWithinMs?: number
  readonly codecs?: readonly CodecName[]
  /** `auto`: telephone-event where agreed, else INFO. `info`: always INFO. */
  readonly dtmf?: 'auto' | 'info'
  readonly rewriting?: NumberRewriting
  readonly identity?: TrunkIdentity
  /** Of `channels`, how many only emergency calls may take. */
  readonly emergencyChannels?: number
  /** It takes the caller's place in emergency calls, as a part of the INVITE (RFC 6442). */
  readonly sendsLocation?: boolean
  /** Money that may be spent over it in one day (UTC), millionths of the company's currency; emergency calls pass. */
  readonly spendPerDayMicros?: number
}

import type { Service } from '../call/call.ts'
import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'

/** Limits that are enforced at call set-up and during the call. Absent = no limit at this level. */
export interface CallLimits {
  readonly callsAtOnce?: number
  readonly callsPerMinute?: number
  /** Only E.164 prefixes in this list may be called over trunks (`+46`); absent = all. */
  readonly allowedDestinations?: readonly string[]
  readonly blockedDestinations?: readonly string[]
  /** Money that may be spent on trunk calls in one day (UTC), millionths of the company's currency. */
  readonly spendPerDayMicros?: number
}

export interface Company {
  readonly id: CompanyId
  readonly name: string
  /** ISO 3166-1 alpha-2; how national numbers are read and which tones are heard. */
  readonly country: string
  readonly limits: CallLimits
  /** Numbers as dialled that are emergency calls here; they always pass. */
  readonly emergencyNumbers: readonly string[]
  /** Shown for calls out to a trunk where the user has no direct number. E.164. */
  readonly mainNumber?: string
  /** A user may be registered with one softphone at a time; a further one must take over. */
  readonly oneClient?: boolean
  /** Callers hear in words why a call cannot be made, before it is refused; else only the status is sent. */
  readonly spokenRefusals?: boolean
}

export interface Domain {
  readonly name: string
  readonly companyId: CompanyId
}

export type Role = 'user' | 'attendant' | 'supervisor' | 'administrator'
export type Language = 'en' | 'sv' | 'fr'

/** What the directory says of a user. */
export interface Profile {
  readonly title?: string
  readonly department?: string
  readonly location?: string
  /** As it was written. */
  readonly mobile?: string
  readonly email?: string
  readonly skills?: readonly string[]
}

export interface User extends Profile {
  readonly id: UserId
  readonly companyId: CompanyId
  readonly domain: string
  /** Part before the @ of the login and of the address of record. */
  readonly name: string
  readonly displayName: string
  readonly extension?: string
  readonly language: Language
  readonly role: Role
  readonly limits: CallLimits
  /** How long this user's devices ring before the call fails with no answer. */
  readonly ringSeconds: number
}

/** HA1 = H(username:realm:password) (RFC 8760); the password itself is never kept. */
export interface DigestSecret {
  readonly algorithm: 'SHA-256' | 'MD5'
  readonly realm: string
  /** Lower-case hexadecimal. */
  readonly ha1: string
}

export interface Device {
  readonly id: DeviceId
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly label: string
  /** Digest username, unique within the domain. */
  readonly sipUsername: string
  readonly secrets: readonly DigestSecret[]
  /** All the browsers of its user, with short-lived credentials; absent: a phone with a secret of its own. */
  readonly kind?: 'browser'
  /** `auto`: DTLS over WebSocket, SDES inside TLS, plain RTP (marked unencrypted) otherwise. */
  readonly keying: 'auto' | 'sdes' | 'dtls' | 'none'
  /** Refuse calls of this device that would be unencrypted. */
  readonly encryptionRequired: boolean
}

export type NumberTarget =
  | { readonly kind: 'user'; readonly userId: UserId }
  | { readonly kind: 'group'; readonly userIds: readonly UserId[]; readonly name: string }
  /** `id`: which flow, conference room or queue; absent where there is one for the number. */
  | { readonly kind: 'service'; readonly service: Service; readonly id?: string }

/** What an extension (`201`, `600`) or a direct number (`+46846500401`) reaches. */
export interface PhoneNumber {
  readonly number: string
  readonly companyId: CompanyId
  readonly target: NumberTarget
}

export interface TrunkTarget {
  readonly host: string
  readonly port?: number
  readonly protocol: 'udp' | 'tcp' | 'tls'
}

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
}

/**
 * The configuration that routing and registration read, in memory, always whole. Lookups are O(1).
 * The store keeps it equal to the database; `version` counts its changes.
 */
export interface Directory {
  readonly version: number
  company(id: CompanyId): Company | undefined
  companies(): Iterable<Company>
  /** By domain name, lower case. */
  domain(name: string): Domain | undefined
  domainsOf(company: CompanyId): readonly Domain[]
  user(id: UserId): User | undefined
  userByAddress(domain: string, name: string): User | undefined
  usersOf(company: CompanyId): readonly User[]
  device(id: DeviceId): Device | undefined
  deviceByUsername(domain: string, sipUsername: string): Device | undefined
  devicesOf(user: UserId): readonly Device[]
  number(company: CompanyId, number: string): PhoneNumber | undefined
  numbersOf(company: CompanyId): readonly PhoneNumber[]
  /** Direct numbers are unique on the installation. */
  directNumber(e164: string): PhoneNumber | undefined
  trunk(id: TrunkId): Trunk | undefined
  trunksOf(company: CompanyId): readonly Trunk[]
  /** The trunk that lists this source with its port, else the one that lists the address alone. */
  trunkByAddress(address: string, port: number): Trunk | undefined
}

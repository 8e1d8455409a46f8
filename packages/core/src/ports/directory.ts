import type { Service } from '../call/call.ts'
import type { GroupMode } from '../routing/group-order.ts'
import type { OwnCodes } from '../codes/feature-code.ts'
import type { Parking } from '../codes/parking-places.ts'
import type { CompanyId, DeviceId, TrunkId, UserId } from '@vaxel/base'
import type { Trunk } from './trunk.ts'

export type * from './trunk.ts'

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

/** People who may pick up each other's calls by one code. */
export interface PickupGroup {
  readonly name: string
  readonly userIds: readonly UserId[]
}

export interface Company {
  readonly id: CompanyId
  readonly name: string
  /** ISO 3166-1 alpha-2; how national numbers are read and which tones are heard. */
  readonly country: string
  /** IANA name, e.g. `Europe/Stockholm`; absent: the country's. */
  readonly timeZone?: string
  readonly limits: CallLimits
  /** Numbers as dialled that are emergency calls here; they always pass. */
  readonly emergencyNumbers: readonly string[]
  /** Shown for calls out to a trunk where the user has no direct number. E.164. */
  readonly mainNumber?: string
  /** A user may be registered with one softphone at a time; a further one must take over. */
  readonly oneClient?: boolean
  /** Callers hear in words why a call cannot be made, before it is refused; else only the status is sent. */
  readonly spokenRefusals?: boolean
  /** Agents are shown that a supervisor is with their call. Absent: yes. */
  readonly tellsMonitored?: boolean
  /** Colleagues who find somebody busy hear which key has them called when both are free. */
  readonly offersCallBack?: boolean
  /** Feature codes that are not as delivered; an empty one is switched off. */
  readonly featureCodes?: OwnCodes
  /** Where calls are parked; as delivered if absent. */
  readonly parking?: Parking
  readonly pickupGroups?: readonly PickupGroup[]
  /** The hour of the night, 0 to 23 in UTC, at which everybody is logged out of desk phones; absent: nobody is. */
  readonly deskLogoutHour?: number
  /** Addresses and networks that its people and their devices may come from; absent: from anywhere. */
  readonly allowedNetworks?: readonly string[]
  /** Networks in which telephones send their audio directly to each other; absent: all of it goes through the server. */
  readonly directAudioNetworks?: readonly string[]
  /** Days after which a call is erased from the history; absent: never. */
  readonly callRetentionDays?: number
  /** Days after which it is forgotten who the customers of queues were; absent: never. */
  readonly customerRetentionDays?: number
  /** Days after which conversations by mail that are done are erased; absent: never. */
  readonly mailRetentionDays?: number
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
  /** A place and nobody: its phones are shared, and whoever logs in at one takes its place there. */
  readonly isDesk?: boolean
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

/** People of whom one shall answer. */
export interface HuntGroup {
  readonly kind: 'group'
  /** In the group's own order. */
  readonly userIds: readonly UserId[]
  readonly name: string
  /** How they are asked; absent: all at once. */
  readonly mode?: GroupMode
  /** How long each rings, where they are asked one after another; 20 s if absent. */
  readonly memberSeconds?: number
  /** The longest that a call rings in the group; if absent 60 s when all ring, else until each was asked once. */
  readonly longestWaitSeconds?: number
  /** Members who are on the phone ring too, if they take second calls. */
  readonly ringsBusy?: boolean
  /** Members see the caller alone, without the group's name before it. */
  readonly hidesName?: boolean
  readonly overflow?: Overflow
}

/** One number on the devices of several people, that act as one. */
export interface SharedLine {
  readonly kind: 'shared'
  readonly userIds: readonly UserId[]
  readonly name: string
  /** 60 s if absent. */
  readonly ringSeconds?: number
  /** A further call rings while somebody talks on the line; else the line is busy for all. */
  readonly takesSecondCall?: boolean
  /**
   * Whose number calls of its people show: their own (`member`, if absent), the line's where the telephone names it (`choice`), or always the
   * line's (`line`). A call that shows the line's is one on the line. Emergency calls always show the caller's own.
   */
  readonly callsOutAs?: 'member' | 'choice' | 'line'
  readonly overflow?: Overflow
}

/** Where calls go that nobody of a group or a line takes; on the company's account. */
export interface Overflow {
  /** Nobody is free, or everybody declined. */
  readonly busy?: string
  /** Nobody answered in time. */
  readonly noAnswer?: string
}

export type NumberTarget =
  | { readonly kind: 'user'; readonly userId: UserId }
  | HuntGroup
  | SharedLine
  /** A short dial of the company: another number for what `to` reaches. */
  | { readonly kind: 'short'; readonly to: string; readonly name?: string }
  /** `id`: which flow, conference room or queue; absent where there is one for the number. */
  | { readonly kind: 'service'; readonly service: Service; readonly id?: string }

/** What an extension (`201`, `600`) or a direct number (`+46846500401`) reaches. */
export interface PhoneNumber {
  readonly number: string
  readonly companyId: CompanyId
  readonly target: NumberTarget
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

import type { Opening } from '../plan/opening.ts'
import type { Language } from '../words/say.ts'
import type { RuleWord } from './rule-words.ts'

/** Firewalls that a file of rules can be written for. */
export const deviceNames = [
  'nftables',
  'iptables',
  'windows',
  'cisco-ios',
  'cisco-asa',
  'fortigate',
  'palo-alto',
  'pfsense',
  'opnsense',
  'routeros',
  'aws-terraform',
  'azure-terraform',
  'csv',
] as const
export type DeviceName = (typeof deviceNames)[number]

/** A sentence about the rules, said later in the reader's language. */
export interface RuleSaid {
  readonly key: RuleWord
  readonly values: Readonly<Record<string, string | number>>
}

/** Something of an opening that the device has no words for, and what to do instead. */
export interface RuleGap {
  readonly openingId: string
  readonly requirementIds: readonly string[]
  readonly said: RuleSaid
}

export interface RuleNote {
  /** Absent: about the whole file. */
  readonly openingId?: string
  readonly said: RuleSaid
}

export interface RuleFile {
  /** A file name: `vaxel-site.nft`. */
  readonly name: string
  readonly mediaType: string
  readonly text: string
  /** What the file does not open although the site needs it. */
  readonly cannot: readonly RuleGap[]
  readonly notes: readonly RuleNote[]
}

export interface RuleOptions {
  /** Of the comments; English if absent. */
  readonly language?: Language
  /** Name of the site, for the head of the file. */
  readonly site?: string
  /** nftables, iptables: a whole firewall that drops the rest, instead of a chain to jump to. */
  readonly whole?: boolean
  /** All if absent. */
  readonly directions?: readonly Opening['direction'][]
  /** Where a device cannot hold names, open their ports to any address instead of leaving them out. */
  readonly namesAsAny?: boolean
  /** Addresses of names as they were looked up; written instead of the names where a device cannot hold names. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>
}

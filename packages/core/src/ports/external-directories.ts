import type { Brand, CompanyId, Refusal } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'
import type { Contact } from './people.ts'

export type ExternalDirectoryId = Brand<'ExternalDirectoryId'>

/** Where an LDAP server is. `tls`: from the first byte (ldaps), `starttls`: RFC 4511 §4.14, `none`: readable on the way. */
export interface LdapServer {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls' | 'none'
}

/**
 * Which attributes of an entry say what. Of texts the first attribute with a value counts; of numbers and addresses all values of all
 * attributes.
 */
export interface AttributeMapping {
  /** What identifies an entry for ever: entryUUID, objectGUID. */
  readonly id: string
  /** What grows with every change: modifyTimestamp, uSNChanged. Absent: everything is read each time. */
  readonly marker?: string
  readonly name: readonly string[]
  readonly organisation: readonly string[]
  readonly title: readonly string[]
  readonly department: readonly string[]
  readonly location: readonly string[]
  readonly email: readonly string[]
  readonly work: readonly string[]
  readonly mobile: readonly string[]
  readonly home: readonly string[]
  readonly fax: readonly string[]
  readonly photo?: string
}

/** How a directory of others is reached, and what is taken from it. */
export interface ExternalDirectorySettings {
  readonly server: LdapServer
  /** Certificates (PEM) that are trusted beside the usual ones. */
  readonly trusted?: string
  /** Absent: without a login. */
  readonly bindDn?: string
  readonly base: string
  readonly scope: 'subtree' | 'level'
  /** RFC 4515. */
  readonly filter: string
  readonly mapping: AttributeMapping
}

/** A directory of others whose people become contacts that the company shares. */
export interface ExternalDirectory extends ExternalDirectorySettings {
  readonly id: ExternalDirectoryId
  readonly companyId: CompanyId
  readonly name: string
  readonly isOn: boolean
  readonly pollMinutes: number
  /** Entries with the e-mail address of a user of the company are left out: a colleague is there already. */
  readonly skipsColleagues: boolean
  readonly createdAtMs: number
}

/** Of one reading, why entries are not contacts. */
export interface LeftOut {
  readonly colleagues: number
  readonly nameless: number
  /** Without what identifies them. */
  readonly keyless: number
  /** Telephone numbers that are none. */
  readonly numbers: number
  /** Some of these numbers, as they were written. */
  readonly examples: readonly string[]
}

/** How far reading a directory has come. */
export interface DirectoryProgress {
  /** Contacts that are from it. */
  readonly contacts: number
  readonly readAtMs?: number
  /** When everything was compared last. */
  readonly comparedAtMs?: number
  /** The highest change marker that was seen, of the server that is named. */
  readonly marker?: string
  readonly server?: string
  readonly leftOut?: LeftOut
  /** What the last reading that changed something changed. */
  readonly changed?: {
    readonly atMs: number
    readonly made: number
    readonly changed: number
    readonly removed: number
  }
  /** It cannot be read, since when and why. */
  readonly failing?: { readonly sinceMs: number; readonly trouble: LdapTrouble; readonly detail: string }
  /** So many are missing there at once that an administrator is asked whether that is so. */
  readonly held?: { readonly sinceMs: number; readonly missing: number; readonly known: number }
}

/** An entry that has become a contact. */
export interface KnownEntry {
  readonly key: string
  readonly contactId: string
  /** Of the contact as it was made of the entry. */
  readonly digest: string
  readonly marker?: string
}

/** Directories of others on disk, and which entry has become which contact. */
export interface ExternalDirectoryStore {
  all(): readonly ExternalDirectory[]
  ofCompany(companyId: CompanyId): readonly ExternalDirectory[]
  find(companyId: CompanyId, id: string): ExternalDirectory | undefined
  /** The password of its login, opened. */
  password(id: ExternalDirectoryId): string | undefined
  progress(id: ExternalDirectoryId): DirectoryProgress
  /** @param progress what is known of it from now on; kept as it is if absent */
  put(
    directory: ExternalDirectory,
    password: string | undefined,
    event: LedgerEvent,
    progress?: DirectoryProgress,
  ): Promise<Refusal | undefined>
  /** With all that is known of its entries; contacts must be gone before. */
  remove(directory: ExternalDirectory, event: LedgerEvent): Promise<Refusal | undefined>
  putProgress(
    id: ExternalDirectoryId,
    progress: DirectoryProgress,
    events?: readonly LedgerEvent[],
  ): Promise<Refusal | undefined>
  /** Of these keys those that are known. */
  known(id: ExternalDirectoryId, keys: readonly string[]): Promise<ReadonlyMap<string, KnownEntry>>
  /** By key, after one of them. */
  entries(
    id: ExternalDirectoryId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly KnownEntry[]>
  count(id: ExternalDirectoryId): Promise<number>
  /** Contacts and what is known of their entries, all of it or nothing. */
  write(
    id: ExternalDirectoryId,
    change: {
      readonly put?: readonly { readonly entry: KnownEntry; readonly contact: Contact }[]
      /** Entries whose contact stays as it is. */
      readonly seen?: readonly KnownEntry[]
      readonly remove?: readonly KnownEntry[]
    },
  ): Promise<Refusal | undefined>
}

/** An entry as it was found. */
export interface FoundEntry {
  readonly dn: string
  /** By the name of the attribute in small letters; what is no UTF-8 is bytes. */
  readonly values: ReadonlyMap<string, readonly (string | Uint8Array)[]>
}

/** What of a directory is asked for, beside its filter. */
export type EntryQuery =
  | { readonly kind: 'all' }
  /** Whose marker is this or later. */
  | { readonly kind: 'since'; readonly attribute: string; readonly marker: string }
  /** Which have one of these values. */
  | { readonly kind: 'named'; readonly attribute: string; readonly values: readonly (string | Uint8Array)[] }

/** A directory with which one speaks. Every method throws {@link LdapFault}. */
export interface OpenLdap {
  /** What tells this server from another one of the same directory; absent where it does not say. */
  readonly server?: string
  /** Pages, at most `most` entries; the next page is asked for when this one has been dealt with. */
  search(query: {
    readonly what: EntryQuery
    readonly attributes: readonly string[]
    readonly most?: number
  }): AsyncIterable<readonly FoundEntry[]>
  /** The values of an attribute of one entry. */
  read(dn: string, attribute: string): Promise<readonly (string | Uint8Array)[]>
  close(): Promise<void>
}

/** The way to LDAP servers. */
export interface LdapDoor {
  /** Connects, proves who the server is, and logs in. @param timeLimitMs for everything until it is closed */
  open(
    settings: ExternalDirectorySettings,
    password: string | undefined,
    limits: { readonly timeLimitMs: number; readonly signal?: AbortSignal },
  ): Promise<OpenLdap>
}

/**
 * What is wrong: the name of the server, its network, port, TLS, certificate; it speaks no LDAP or says nothing; it wants TLS, another
 * login, another base; the filter, its limits, another server has it, an attribute is missing; the connection was lost, or there are too many.
 */
const ldapTroubles = [
  'name',
  'network',
  'port',
  'tls',
  'certificate',
  'protocol',
  'silence',
  'needsTls',
  'login',
  'base',
  'filter',
  'rights',
  'limit',
  'referral',
  'identity',
  'full',
  'lost',
  'ours',
] as const
export type LdapTrouble = (typeof ldapTroubles)[number]

/** Why a directory cannot be read; the message is what the server or the system says. */
export class LdapFault extends Error {
  readonly trouble: LdapTrouble

  constructor(trouble: LdapTrouble, message: string) {
    super(message.slice(0, 500))
    this.trouble = trouble
  }
}

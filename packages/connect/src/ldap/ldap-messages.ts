import type { EntryQuery, ExternalDirectorySettings, FoundEntry, LdapTrouble } from '@vaxel/core'

/** What the thread that speaks LDAP is given when it begins. */
export interface LdapTask {
  readonly settings: ExternalDirectorySettings
  readonly password?: string
}

/** What it is asked, one question after another. */
export type LdapQuestion =
  | {
      readonly op: 'search'
      readonly what: EntryQuery
      readonly attributes: readonly string[]
      readonly most?: number
    }
  /** The next page of the search. */
  | { readonly op: 'next' }
  | { readonly op: 'read'; readonly dn: string; readonly attribute: string }
  | { readonly op: 'close' }

/** Exactly one for each question, and one when the connection is open. */
export type LdapAnswer =
  | { readonly kind: 'open'; readonly server?: string }
  | { readonly kind: 'page'; readonly entries: readonly FoundEntry[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'values'; readonly values: readonly (string | Uint8Array)[] }
  | { readonly kind: 'fault'; readonly trouble: LdapTrouble; readonly detail: string }

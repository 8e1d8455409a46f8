import type { TSchema } from 'typebox'

/**
 * Who may see an event: people whose call it is, or a role and those above it, within the company. `members`: those in the
 * conversation, and nobody else whatever their role.
 */
export type Audience = 'participants' | 'members' | 'supervisor' | 'administrator'

/** One kind of entry in the ledger. */
export interface EventKind {
  /** Past tense; ECMA-269's word where it has one. */
  readonly kind: string
  readonly summary: string
  readonly audience: Audience
  /** The shape of `data`; more fields may come. */
  readonly data: TSchema
  /** Which fields of `data` a brief stream tells, for kinds whose whole is fetched when somebody looks at it; absent: all. */
  readonly brief?: readonly string[]
  /** A brief stream leaves it out where more of the same call follows at once, which says as much to a screen. */
  readonly isPassing?: true
}

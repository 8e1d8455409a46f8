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
}

import type { CompanyId, UserId } from '@vaxel/base'

/**
 * Something that is true now and is not kept: somebody's presence, somebody typing. It has no number; who was away asks
 * for the state of things instead. What must not be missed is an entry of the ledger.
 */
export interface Notice {
  readonly companyId: CompanyId
  /** As contract's `noticeKinds` has it. */
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  readonly atMs: number
  /** Whom it is for; everybody of the company if absent. */
  readonly to?: readonly UserId[]
}

/** From the features to the open screens of a company. */
export interface Notices {
  publish(notice: Notice): void
  subscribe(listener: (notice: Notice) => void): () => void
}

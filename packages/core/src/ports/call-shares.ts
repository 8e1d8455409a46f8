import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'

/** A link that shows the story of one call to whoever has it. */
export interface CallShare {
  readonly id: string
  readonly companyId: CompanyId
  readonly callId: CallId
  readonly createdBy: UserId
  readonly createdAtMs: number
  readonly expiresAtMs: number
  /** Numbers are shown without their last digits, names not at all. */
  readonly hidesNumbers: boolean
}

/** Links to calls, by the hash of what makes them unguessable. */
export interface CallShares {
  create(share: CallShare, tokenHash: string, event: LedgerEvent): Promise<void>
  /** Whatever its age; the asker looks at `expiresAtMs`. */
  find(tokenHash: string): Promise<CallShare | undefined>
  /** Latest first. */
  ofCall(companyId: CompanyId, callId: CallId): Promise<CallShare[]>
  /** The link is gone; one of another company is not there. @returns whether there was one */
  remove(companyId: CompanyId, id: string, event: LedgerEvent): Promise<boolean>
  /** Takes away what ended before then. */
  removeExpired(beforeMs: number): Promise<void>
}

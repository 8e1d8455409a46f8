import type { CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'

/** A way in for a program that fetches a company's recordings over FTPS. */
export interface FtpsAccount {
  readonly id: string
  readonly companyId: CompanyId
  /** Unique within the company; the login is `name@domain`. */
  readonly name: string
  /** argon2id (PHC string). */
  readonly passwordHash: string
  readonly createdAtMs: number
  readonly createdBy: UserId
  /** Nobody comes in from then on; never if absent. */
  readonly expiresAtMs?: number
  /** Addresses and ranges that it may come from; from everywhere if empty. */
  readonly fromAddresses: readonly string[]
  /** Whether each transfer must resume the TLS session of its control connection; some older programs cannot. */
  readonly needsSessionReuse: boolean
  /** Last login, at most a minute behind. */
  readonly usedAtMs?: number
  readonly usedFrom?: string
}

/** FTPS accounts of all companies, in memory; each change is durable when it resolves. */
export interface FtpsAccountStore {
  /** By name. */
  ofCompany(companyId: CompanyId): readonly FtpsAccount[]
  find(companyId: CompanyId, id: string): FtpsAccount | undefined
  put(account: FtpsAccount, event?: LedgerEvent): Promise<void>
  remove(account: FtpsAccount, event: LedgerEvent): Promise<void>
}

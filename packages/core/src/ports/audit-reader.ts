import type { CompanyId } from '@vaxel/base'
import type { NumberedEvent } from './call-ledger.ts'

/** What happened to a company besides its calls: configuration, logins, lock-outs. */
export interface AuditReader {
  /** Latest first. @param filter `before`: only events with a lower number */
  audit(filter: {
    readonly companyId: CompanyId
    readonly kinds?: readonly string[]
    readonly before?: number
    readonly limit: number
  }): Promise<NumberedEvent[]>
  /** From this number on, in order; at most `limit`. */
  from(companyId: CompanyId, number: number, limit: number): Promise<NumberedEvent[]>
}

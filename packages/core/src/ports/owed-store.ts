import type { CompanyId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'

export type OwedKind = 'callBack' | 'webhook'

/** Something that the platform has said it will do later, and does also when it was killed meanwhile. */
export interface Owed {
  readonly id: string
  readonly companyId: CompanyId
  readonly kind: OwedKind
  /** Not done any more after this. */
  readonly untilMs: number
  /** What is to be done, as its owner reads it: plain JSON. */
  readonly value: Readonly<Record<string, unknown>>
}

/** What is owed, on disk. Each change is durable when it resolves, with the event that tells of it. */
export interface OwedStore {
  put(owed: Owed): Promise<void>
  /** It is done, or given up. Nothing happens for one that is not there. */
  settle(id: string, event?: LedgerEvent): Promise<void>
  /** All of a kind, the oldest first. */
  all(kind: OwedKind): Promise<readonly Owed[]>
}

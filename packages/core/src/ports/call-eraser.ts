import type { CallId, CompanyId } from '@vaxel/base'

/** What one step has erased. */
export interface ErasedCalls {
  readonly erased: number
  /** Where the next step goes on; absent: there is nothing older left. */
  readonly after?: CallId
}

/** Takes calls out of the ledger for good. */
export interface CallEraser {
  /**
   * Erases calls that began and ended before a time, the oldest first: their rows, what the ledger says of them, their messages on the wire and
   * links to them. Calls with a recording that is kept stay whole as long as it is. The entries of the ledger keep
   * their numbers and lose what they say. Resolves when durable.
   * @param limit most that are looked at in this step
   */
  eraseCalls(companyId: CompanyId, step: { beforeMs: number; after?: CallId; limit: number }): Promise<ErasedCalls>
}

import type { CompanyId } from '@vaxel/base'

/** What one step has erased. */
export interface ErasedSome {
  readonly erased: number
  /** Where the next step goes on; absent: there is nothing older left. */
  readonly after?: string
}

/** Takes what is older than a time out of the database for good, a little at a time. */
export interface AgeEraser {
  /** Of one company, the oldest first. Resolves when durable. @param step `limit`: most that are looked at */
  eraseBefore(companyId: CompanyId, step: { beforeMs: number; after?: string; limit: number }): Promise<ErasedSome>
}

/** What goes by its age, each with what hangs on it. */
export interface AgeErasers {
  /**
   * Calls that began and ended before: their rows, what the ledger says of them, their messages on the wire and links to them. Calls with a recording
   * that is kept stay whole as long as it is. The entries of the ledger keep their numbers and lose what they say.
   */
  readonly calls: AgeEraser
  /**
   * Who the customers of queues were whose visits were over before: names, numbers, addresses, subjects, notes and remarks. The visits themselves stay,
   * which reports are made of.
   */
  readonly customers: AgeEraser
  /** Conversations by mail that nobody works on, whose last mail is older, with their mails and files. */
  readonly mails: AgeEraser
}

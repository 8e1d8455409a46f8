import type { Mailbox, ServiceLine } from '@vaxel/core'
import type { VoicemailParts } from './parts.ts'

/** Somebody who got in, at a telephone. */
export interface Visit {
  readonly parts: VoicemailParts
  readonly line: ServiceLine
  /** As it was when they came in; what changes is asked for anew. */
  readonly box: Mailbox
  /** In the ledger. */
  readonly by: string
}

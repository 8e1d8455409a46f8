import type { Blame } from './refusal.ts'

/** Why a call, transfer or conversation ended: decided in one place, shown everywhere. */
export interface Termination {
  readonly blame: Blame
  /** Short stable slug, e.g. `hung-up`, `cancelled`, `busy`, `no-answer`, `media-timeout`, `restarted`. */
  readonly reason: string
  /** The SIP status that went with it, if any. */
  readonly sip?: number
  /** A sentence for a person. */
  readonly text?: string
}

/** What transactions may keep (docs/reference/limits.md). */
export const transactionLimits = {
  /** Answers to OPTIONS that are kept for retransmissions alone, with what keeping them costs; beyond it the oldest go. */
  keptOptionsBytes: 4_194_304,
  /** The same for all other requests but INVITE. */
  keptAnswersBytes: 33_554_432,
} as const

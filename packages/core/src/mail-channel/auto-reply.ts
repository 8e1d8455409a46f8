const dayMs = 86_400_000
const hourMs = 3_600_000
/** Of one mailbox, to whomever. A loop of two machines that hide what they are ends here. */
const mostAnHour = 60

/** Whether the autoresponder may write now: once a day to each address, and not without end to all. */
export function isAutoReplyDue(options: {
  readonly lastAtMs: number | undefined
  readonly lastHour: number
  readonly nowMs: number
}): boolean {
  const { lastAtMs, lastHour, nowMs } = options
  if (lastHour >= mostAnHour) return false
  return lastAtMs === undefined || nowMs - lastAtMs >= dayMs
}

/** Since when {@link isAutoReplyDue} wants them counted. */
export const autoReplyWindowMs = hourMs

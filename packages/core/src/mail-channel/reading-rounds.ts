const firstWaitMs = 5_000
const longestWaitMs = 15 * 60_000
const usualWaitMs = 60_000

/**
 * How long a mailbox is left alone after it has failed so many times in a row: 5 s, 10 s … 15 min, and a quarter of that by chance, so that
 * many mailboxes do not come back at once.
 * @param chance 0 to 1
 */
export function waitAfterFault(faults: number, chance: number): number {
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(faults - 1, 20))
  return Math.round(waitMs * (1 + chance / 4))
}

/** With which a settled mailbox is looked at when its account says nothing sensible. */
export const pollMs = (seconds: number): number => (seconds >= 10 ? seconds * 1000 : usualWaitMs)

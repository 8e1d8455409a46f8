import type { Format } from '../words/format.ts'
import type { Words } from '../words/words.ts'
import type { Presence } from './presence-store.ts'

/**
 * How somebody is, since when and why, in one sentence.
 * Short: without what is the usual reason of a state, and without the begin of what has an end.
 * @example explain(anna, words, format, nowMs) // 'Busy since 14:02: desk phone'
 */
export function explain(
  presence: Presence | undefined,
  { presence: words }: Words,
  format: Format,
  nowMs: number,
  length: 'whole' | 'short' = 'whole',
): string {
  if (!presence) return words.unknown
  const { state, why, since, until } = presence
  const name = words.states[state]
  const isBegunLeftOut = since === undefined || (length === 'short' && until !== undefined)
  const begun = isBegunLeftOut ? name : words.since(name, format.moment(since * 1000, nowMs))
  const ends = until === undefined ? '' : `, ${words.until(format.moment(until * 1000, nowMs))}`
  const reasons: Partial<Record<Presence['why'], string>> = words.reasons
  const reason = reasons[why]
  return reason === undefined || (length === 'short' && (why === 'noDevice' || why === 'calendar'))
    ? begun + ends
    : words.because(begun + ends, reason)
}

/** What somebody is at and where, by their calendar; empty when it is not known, or not shown. */
export const whereabouts = (presence: Presence | undefined, where: (place: string) => string): string =>
  [presence?.title, presence?.place === undefined ? undefined : where(presence.place)]
    .filter((part) => part !== undefined)
    .join(' · ')

import type { ReplyOf } from '../api/api.ts'
import type { Format } from '../words/format.ts'
import type { Words } from '../words/words.ts'

export type Calendar = NonNullable<ReplyOf<'readMyCalendar'>['calendar']>

/** How reading a calendar goes, in words: since when, why not, what to do. */
export function healthText(
  { state, since, trouble = 'unreachable', readAt }: Calendar,
  { calendar }: Words,
  format: Format,
  nowMs: number,
): { readonly tone: 'good' | 'info' | 'warn' | 'bad'; readonly text: string } {
  const moment = (time: string | undefined) => (time === undefined ? '' : format.moment(Date.parse(time), nowMs))
  switch (state) {
    case 'reading':
      return { tone: 'info', text: calendar.reading }
    case 'good':
      return { tone: 'good', text: calendar.good(moment(readAt)) }
    case 'failing':
      return { tone: 'warn', text: calendar.failing(moment(since), calendar.troubles[trouble]) }
    case 'lost':
      return { tone: 'bad', text: calendar.lost(moment(since), calendar.troubles[trouble]) }
  }
}

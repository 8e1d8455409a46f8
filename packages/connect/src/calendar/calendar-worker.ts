import { parentPort } from 'node:worker_threads'
import type { CalendarProtocol } from '@vaxel/core'
import { calendarsIn } from './multistatus.ts'
import { type CalendarReading, readCalendar, type ReadingQuestion } from './read-calendar.ts'

/** What the thread is asked. */
export interface ReadingJob {
  readonly id: number
  readonly protocol: CalendarProtocol
  readonly bytes: Uint8Array
  readonly question: ReadingQuestion
}

parentPort?.on('message', ({ id, protocol, bytes, question }: ReadingJob) => {
  parentPort?.postMessage({ id, reading: readingOf(protocol, new TextDecoder().decode(bytes), question) })
})

function readingOf(protocol: CalendarProtocol, text: string, question: ReadingQuestion): CalendarReading {
  if (protocol === 'feed') return readCalendar(text, question)
  const calendars = calendarsIn(text)
  if (calendars === undefined) return { kind: 'notCalendar' }
  return calendars.trim() === ''
    ? { kind: 'read', entries: [], unread: 0, isCut: false }
    : readCalendar(calendars, question)
}

import type { CalendarEntry, CalendarQuestion } from '@vaxel/core'
import ICAL from 'ical.js'
import { CalendarZones, KnownZone, wallMsOf } from './calendar-zones.ts'
import { isNamed, kindOf, textsOf, valueOf } from './read-event.ts'
import { type EventText, splitCalendar } from './split-calendar.ts'

const dayMs = 86_400_000
/** Zones are less than a day from UTC, and a margin. */
const marginMs = 2 * dayMs
/** Repetitions that are counted of one event: every day of 50 years, every quarter of an hour of half a year. */
const mostSteps = 20_000
const mostStepsOfAll = 2_000_000
/** Of those in the stretch of time that is asked for. */
const mostEntries = 200

export type CalendarReading =
  | {
      readonly kind: 'read'
      readonly entries: readonly CalendarEntry[]
      readonly unread: number
      readonly isCut: boolean
    }
  | { readonly kind: 'notCalendar' }

export type ReadingQuestion = Pick<CalendarQuestion, 'fromMs' | 'toMs' | 'timeZone' | 'owner'>

/**
 * What an iCalendar file says of its owner in a stretch of time: recurrence with exceptions, zones with summer time, days without a time. An
 * event that cannot be understood is counted and left out; the others stand.
 */
export function readCalendar(text: string, question: ReadingQuestion): CalendarReading {
  const parts = splitCalendar(text)
  if (!parts) return { kind: 'notCalendar' }
  const reader = new EventReader({ ...question, timeZone: parts.zone ?? question.timeZone }, question.timeZone)
  const zones = new CalendarZones(parts.zones)
  let unread = parts.broken
  const relevant = parts.events.filter((lines) => mayConcern(lines, question))
  const moved = Map.groupBy(
    relevant.filter((lines) => lines.some((line) => isNamed(line, 'RECURRENCE-ID'))),
    (lines) => valueOf(lines, 'UID') ?? '',
  )
  for (const lines of relevant) {
    try {
      for (const line of lines) for (const { 1: tzid } of line.matchAll(/;TZID="?([^":;]+)/gi)) zones.use(tzid!)
      reader.read(lines, moved.get(valueOf(lines, 'UID') ?? '') ?? [])
    } catch {
      unread++
    }
  }
  const entries = reader.entries.toSorted((a, b) => a.startMs - b.startMs)
  return { kind: 'read', entries: entries.slice(0, mostEntries), unread, isCut: entries.length > mostEntries }
}

/** Whether an event can fall into the stretch, told by its digits alone: most of an old calendar cannot. */
function mayConcern(lines: EventText, { fromMs, toMs }: ReadingQuestion): boolean {
  const dates = (name: string) => {
    const digits = /^(\d{4})(\d\d)(\d\d)/.exec(valueOf(lines, name) ?? '')
    return digits ? Date.UTC(Number(digits[1]), Number(digits[2]) - 1, Number(digits[3])) : undefined
  }
  const start = dates('DTSTART')
  if (start === undefined) return true
  const repeats = lines.some((line) => isNamed(line, 'RRULE') || isNamed(line, 'RDATE'))
  const instead = dates('RECURRENCE-ID') ?? start
  if (Math.min(start, instead) > toMs + marginMs) return false
  if (!repeats) {
    const end = dates('DTEND') ?? (valueOf(lines, 'DURATION') === undefined ? start : toMs)
    return Math.max(end, instead) > fromMs - marginMs
  }
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)/i.exec(valueOf(lines, 'RRULE') ?? '')
  if (!until || lines.some((line) => isNamed(line, 'RDATE'))) return true
  const lengthMs = Math.max(0, (dates('DTEND') ?? start) - start)
  const lastMs = Date.UTC(Number(until[1]), Number(until[2]) - 1, Number(until[3])) + lengthMs
  return valueOf(lines, 'DURATION') !== undefined || lastMs > fromMs - marginMs
}

/** Finds the occurrences of events, one event after another. */
class EventReader {
  readonly entries: CalendarEntry[] = []
  readonly #question: ReadingQuestion
  readonly #floating: KnownZone
  #steps = 0

  /** @param usualZone stands in where the calendar's own zone is none */
  constructor(question: ReadingQuestion, usualZone: string) {
    this.#question = question
    this.#floating = zoneOf(question.timeZone) ?? zoneOf(usualZone) ?? new KnownZone('UTC')
  }

  /** @param moved events that stand in for occurrences of this one. Throws when the event cannot be understood. */
  read(lines: EventText, moved: readonly EventText[]): void {
    const kind = kindOf(lines, this.#question.owner)
    const event = componentOf(lines)
    const start = timeOf(event, 'dtstart')
    if (!start || start.year < 1900 || start.year > 2300) throw new Error('an event without a start')
    if (kind === undefined) return
    const told = { kind, ...textsOf(lines) }
    const end = endOf(event, start)
    const put = (at: ICAL.Time) => {
      const startMs = this.#msOf(at)
      const endMs = end.isDays ? this.#msOf(addDays(at, end.days)) : startMs + end.ms
      if (endMs > startMs && endMs > this.#question.fromMs && startMs < this.#question.toMs)
        this.entries.push({ startMs, endMs, ...told })
    }
    if (!event.hasProperty('rrule') && !event.hasProperty('rdate')) return put(start)
    if (event.hasProperty('recurrence-id')) return put(start)
    this.#repeat(event, start, put, this.#leftOut(event, moved))
  }

  #repeat(event: ICAL.Component, start: ICAL.Time, put: (at: ICAL.Time) => void, leftOut: ReadonlySet<number>): void {
    const { fromMs, toMs } = this.#question
    const first = nearer(event, start, fromMs - marginMs - 31 * dayMs)
    const expansion = new ICAL.RecurExpansion({ component: event, dtstart: first })
    for (let step = 0; ; step++) {
      if (step > mostSteps || ++this.#steps > mostStepsOfAll) throw new Error('an event that repeats too often')
      const at = expansion.next()
      if (!at || wallMsOf(at) > toMs + marginMs) return
      if (!leftOut.has(this.#msOf(at))) put(at)
    }
  }

  /** Occurrences that there are not: taken out, or held at another time. */
  #leftOut(event: ICAL.Component, moved: readonly EventText[]): ReadonlySet<number> {
    const times = event.getAllProperties('exdate').flatMap((property) => property.getValues() as ICAL.Time[])
    for (const lines of moved) {
      const instead = timeOf(componentOf(lines), 'recurrence-id')
      if (instead) times.push(instead)
    }
    return new Set(times.map((time) => this.#msOf(time)))
  }

  /** Days, and times of no known zone, are those of the owner. */
  #msOf(time: ICAL.Time): number {
    const isFloating = time.isDate || time.zone === ICAL.Timezone.localTimezone
    if (!isFloating) return time.toUnixTime() * 1000
    const wallMs = wallMsOf(time)
    return wallMs - this.#floating.offsetAt(wallMs)
  }
}

/** The component of an event; only its lines that concern times, which is all that is asked of it. */
const componentOf = (lines: EventText): ICAL.Component =>
  new ICAL.Component(
    ICAL.parse(
      [
        'BEGIN:VEVENT',
        ...lines.filter((line) => /^(?:DT|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID)/i.test(line)),
        'END:VEVENT',
      ].join('\r\n'),
    ) as unknown[],
  )

function timeOf(event: ICAL.Component, name: string): ICAL.Time | undefined {
  const value = event.getFirstPropertyValue(name)
  return value instanceof ICAL.Time ? value : undefined
}

/** How long each occurrence lasts; whole days are days, however long those are. */
function endOf(
  event: ICAL.Component,
  start: ICAL.Time,
): { readonly isDays: true; readonly days: number } | { readonly isDays: false; readonly ms: number } {
  const end = timeOf(event, 'dtend')
  const duration = event.getFirstPropertyValue('duration')
  const seconds = duration instanceof ICAL.Duration ? duration.toSeconds() : undefined
  if (start.isDate) {
    const ms = end ? wallMsOf(end) - wallMsOf(start) : seconds === undefined ? dayMs : seconds * 1000
    return { isDays: true, days: Math.max(1, Math.round(ms / dayMs)) }
  }
  if (end) return { isDays: false, ms: (end.toUnixTime() - start.toUnixTime()) * 1000 }
  return { isDays: false, ms: (seconds ?? 0) * 1000 }
}

function addDays(time: ICAL.Time, days: number): ICAL.Time {
  const moved = time.clone()
  moved.adjust(days, 0, 0, 0)
  return moved
}

/**
 * A later occurrence to begin counting at, still before the stretch of time: for what repeats by days or weeks without an end by number, so
 * that a meeting of ten years costs as much as a new one.
 */
function nearer(event: ICAL.Component, start: ICAL.Time, beforeMs: number): ICAL.Time {
  const rule = event.getFirstPropertyValue('rrule')
  const isPlain = event.getAllProperties('rrule').length === 1 && !event.hasProperty('rdate')
  if (!(rule instanceof ICAL.Recur) || !isPlain || rule.count !== null) return start
  const days = rule.freq === 'DAILY' ? rule.interval : rule.freq === 'WEEKLY' ? 7 * rule.interval : undefined
  const periods = days === undefined ? 0 : Math.floor((beforeMs - wallMsOf(start)) / dayMs / days)
  return days === undefined || periods < 1 ? start : addDays(start, periods * days)
}

function zoneOf(name: string): KnownZone | undefined {
  try {
    return new KnownZone(name)
  } catch {
    return undefined
  }
}

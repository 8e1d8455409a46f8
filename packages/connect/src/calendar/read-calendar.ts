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
  for (const line of relevant.flat()) for (const { 1: tzid } of line.matchAll(/;TZID="?([^":;]+)/gi)) zones.use(tzid!)
  // Taken apart once for all series of that name: there may be as many of the one as of the other.
  const exceptions = new Map<string, Exceptions>()
  for (const lines of relevant) {
    try {
      const uid = valueOf(lines, 'UID') ?? ''
      reader.read(lines, () => {
        const found = exceptions.get(uid) ?? reader.exceptionsOf(moved.get(uid) ?? [])
        exceptions.set(uid, found)
        return found
      })
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
  const repeats = lines.some((line) => isNamed(line, 'RRULE') || isNamed(line, 'RDATE')) || isFromThereOn(lines)
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

/** Whether an occurrence stands for all that follow it, too (RFC 5545 §3.2.13). */
const isFromThereOn = (lines: EventText): boolean =>
  lines.some((line) => /^RECURRENCE-ID;(?:[^:]{0,200};)?RANGE="?THISANDFUTURE/i.test(line))

type Length = { readonly isDays: true; readonly days: number } | { readonly isDays: false; readonly ms: number }

/** How an occurrence is held. */
interface Manner {
  /** Undefined: it keeps its owner free. */
  readonly told: Pick<CalendarEntry, 'kind' | 'isPrivate' | 'title' | 'place'> | undefined
  readonly end: Length
}

/** How occurrences are held from a time on. */
interface Change extends Manner {
  readonly fromMs: number
  /** When one is held in place of its own time. */
  readonly move: (at: ICAL.Time) => ICAL.Time
  /** How much later that is, on the wall. */
  readonly shiftMs: number
}

/** Occurrences that there are not: taken out, or held at another time. */
interface LeftOut {
  /** When they begin. */
  readonly times: Set<number>
  /** Days on the wall on which there is none, counted from 1970. */
  readonly days: Set<number>
}

/** What other events change of a series. */
interface Exceptions extends LeftOut {
  /** The earliest first. */
  readonly changes: readonly Change[]
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

  /** @param exceptionsOf what changes it, if it is a series. Throws when the event cannot be understood. */
  read(lines: EventText, exceptionsOf: () => Exceptions): void {
    const event = componentOf(lines)
    const start = timeOf(event, 'dtstart')
    if (!start || start.year < 1900 || start.year > 2300) throw new Error('an event without a start')
    const usual = this.#mannerOf(lines, event, start)
    if (event.hasProperty('recurrence-id') || !(event.hasProperty('rrule') || event.hasProperty('rdate')))
      return this.#put(start, usual)
    const exceptions = exceptionsOf()
    const { changes } = exceptions
    if (usual.told === undefined && changes.length === 0) return
    const leftOut = [exceptions, this.#takenOut(event, start)]
    this.#endWithDay(event, start)
    const periods = takePeriods(event).filter(({ start: at }) => !isLeftOut(leftOut, at, this.#msOf(at)))
    const asPeriods: LeftOut = { times: new Set(), days: new Set() }
    for (const period of periods) {
      if (++this.#steps > mostStepsOfAll) throw new Error('an event that repeats too often')
      const startMs = this.#msOf(period.start)
      asPeriods.times.add(startMs)
      const { told } = lastUntil(changes, startMs) ?? usual
      this.#put(period.start, { told, end: { isDays: false, ms: this.#lengthOf(period) } })
    }
    this.#repeat(event, start, usual, changes, [...leftOut, asPeriods])
  }

  /** @param moved events that stand in for occurrences of a series; one that cannot be understood harms no other */
  exceptionsOf(moved: readonly EventText[]): Exceptions {
    const ids: ICAL.Time[] = []
    const changes: Change[] = []
    for (const lines of moved) {
      try {
        const change = isFromThereOn(lines) ? this.#changeOf(lines) : undefined
        if (change) changes.push(change)
        const id = timeOf(componentOf(lines), 'recurrence-id')
        if (id) ids.push(id)
      } catch {
        // Counted when it is read itself.
      }
    }
    return { ...this.#leftOut(ids), changes: changes.toSorted((a, b) => a.fromMs - b.fromMs) }
  }

  #mannerOf(lines: EventText, event: ICAL.Component, start: ICAL.Time): Manner {
    const kind = kindOf(lines, this.#question.owner)
    return { told: kind && { kind, ...textsOf(lines) }, end: endOf(event, start) }
  }

  #put(at: ICAL.Time, { told, end }: Manner): void {
    if (!told) return
    const startMs = this.#msOf(at)
    const endMs = end.isDays ? this.#msOf(addDays(at, end.days)) : startMs + end.ms
    if (endMs > startMs && endMs > this.#question.fromMs && startMs < this.#question.toMs)
      this.entries.push({ startMs, endMs, ...told })
  }

  /** @param changes how it is held from when on, other than usual; the earliest first */
  #repeat(
    event: ICAL.Component,
    start: ICAL.Time,
    usual: Manner,
    changes: readonly Change[],
    leftOut: readonly LeftOut[],
  ): void {
    let [mostMs, leastMs] = [0, 0]
    for (const { shiftMs } of changes) [mostMs, leastMs] = [Math.max(mostMs, shiftMs), Math.min(leastMs, shiftMs)]
    const first = nearer(event, start, this.#question.fromMs - marginMs - mostMs - 31 * dayMs)
    const expansion = new ICAL.RecurExpansion({ component: event, dtstart: first })
    for (let step = 0; ; step++) {
      if (step > mostSteps || ++this.#steps > mostStepsOfAll) throw new Error('an event that repeats too often')
      const at = expansion.next()
      if (!at || wallMsOf(at) > this.#question.toMs + marginMs - leastMs) return
      const atMs = this.#msOf(at)
      if (isLeftOut(leftOut, at, atMs)) continue
      const change = lastUntil(changes, atMs)
      this.#put(change ? change.move(at) : at, change ?? usual)
    }
  }

  /** What an occurrence changes of all that follow it (RFC 5545 §3.2.13). */
  #changeOf(lines: EventText): Change | undefined {
    const event = componentOf(lines)
    const [start, id] = [timeOf(event, 'dtstart'), timeOf(event, 'recurrence-id')]
    if (!start || !id) return undefined
    const shift = start.subtractDate(inZoneOf(id, start))
    const move = (at: ICAL.Time) => {
      const moved = inZoneOf(at, start).clone()
      moved.addDuration(shift)
      return moved
    }
    return { ...this.#mannerOf(lines, event, start), fromMs: this.#msOf(id), move, shiftMs: shift.toSeconds() * 1000 }
  }

  #lengthOf({ start, end, duration }: ICAL.Period): number {
    return duration ? duration.toSeconds() * 1000 : this.#msOf(end) - this.#msOf(start)
  }

  #takenOut(event: ICAL.Component, start: ICAL.Time): LeftOut {
    const times = event.getAllProperties('exdate').flatMap((property) => property.getValues() as ICAL.Time[])
    return this.#leftOut(start.isDate ? times.map((time) => this.#dayOf(time)) : times)
  }

  /** @param times a day is each occurrence of that day, against RFC 5545 §3.8.5.1, where the series has times */
  #leftOut(times: readonly ICAL.Time[]): LeftOut {
    const days = times.filter((time) => time.isDate).map(dayNumberOf)
    return { times: new Set(times.map((time) => this.#msOf(time))), days: new Set(days) }
  }

  /**
   * Ends a repetition when its writer means, against RFC 5545 §3.3.10: by a day, where the start has a time, with that whole day; by a time,
   * where the start is a day, with the day of that time.
   */
  #endWithDay(event: ICAL.Component, start: ICAL.Time): void {
    for (const property of event.getAllProperties('rrule')) {
      const rule = property.getFirstValue()
      if (!(rule instanceof ICAL.Recur) || !rule.until || start.isDate === rule.until.isDate) continue
      const { year, month, day } = this.#dayOf(rule.until)
      const end = start.isDate ? { isDate: true } : { hour: 23, minute: 59, second: 59, isDate: false }
      rule.until = new ICAL.Time({ year, month, day, ...end }, start.zone)
    }
  }

  /** The day that a time stands for: where the owner is, if it is the first or the last second of a day there; else its own. */
  #dayOf(time: ICAL.Time): ICAL.Time {
    if (time.isDate) return time
    const ms = this.#msOf(time)
    const thereMs = ms + this.#floating.offsetAtUtc(ms)
    const meantMs = thereMs % dayMs === 0 || (thereMs + 1000) % dayMs === 0 ? thereMs : wallMsOf(time)
    const day = new Date(meantMs)
    return ICAL.Time.fromData({
      year: day.getUTCFullYear(),
      month: day.getUTCMonth() + 1,
      day: day.getUTCDate(),
      isDate: true,
    })
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
function endOf(event: ICAL.Component, start: ICAL.Time): Length {
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

/** Takes single stretches of time with a length of their own out of an event: the library knows no other than single times. */
function takePeriods(event: ICAL.Component): readonly ICAL.Period[] {
  const periods: ICAL.Period[] = []
  for (const property of event.getAllProperties('rdate')) {
    if (property.type !== 'period') continue
    periods.push(...(property.getValues() as ICAL.Period[]))
    event.removeProperty(property)
  }
  return periods
}

const dayNumberOf = (time: ICAL.Time): number => Math.floor(wallMsOf(time) / dayMs)

const isLeftOut = (leftOut: readonly LeftOut[], at: ICAL.Time, atMs: number): boolean =>
  leftOut.some(({ times, days }) => times.has(atMs) || (days.size > 0 && days.has(dayNumberOf(at))))

/** The last change until a time. @param changes the earliest first */
function lastUntil(changes: readonly Change[], ms: number): Change | undefined {
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (changes[middle]!.fromMs <= ms) low = middle + 1
    else high = middle
  }
  return changes[low - 1]
}

/** The same time on the walls of the zone of another, where both have a zone. */
function inZoneOf(time: ICAL.Time, other: ICAL.Time): ICAL.Time {
  const isFloating = ({ zone, isDate }: ICAL.Time) => isDate || zone === ICAL.Timezone.localTimezone
  return isFloating(time) || isFloating(other) ? time : time.convertToZone(other.zone)
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

/** A calendar in its parts, as text: only what says when somebody is busy, where, and with what. */
export interface CalendarParts {
  readonly events: readonly EventText[]
  /** `VTIMEZONE` components, by TZID. */
  readonly zones: ReadonlyMap<string, string>
  /** The calendar's own zone, if it says one. */
  readonly zone: string | undefined
  /** Events that do not end. */
  readonly broken: number
}

/** The lines of an event that count here, unfolded; of another component within it, none. */
export type EventText = readonly string[]

const wanted = new Set([
  'UID',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'RECURRENCE-ID',
  'SUMMARY',
  'LOCATION',
  'TRANSP',
  'STATUS',
  'CLASS',
  'ATTENDEE',
  'X-MICROSOFT-CDO-BUSYSTATUS',
])
const mark = /^(BEGIN|END):(VEVENT|VTIMEZONE)[ \t]*\r?$/gim
/** What is longer is no title; the rest of it is not looked at. */
const mostLine = 20_000

/**
 * Takes an iCalendar file apart line by line (RFC 5545 §3.1), so that what is broken in one event harms no other.
 * @returns undefined when the text is no calendar
 */
export function splitCalendar(text: string): CalendarParts | undefined {
  if (!/^\s*BEGIN:VCALENDAR\b/i.test(text.slice(0, 1000).replace(/^\uFEFF/, ''))) return undefined
  const events: EventText[] = []
  const zones = new Map<string, string>()
  let broken = 0
  let open: { readonly name: string; readonly at: number } | undefined
  for (const { 1: verb = '', 2: component = '', index, 0: line } of text.matchAll(mark)) {
    const name = component.toUpperCase()
    if (verb.toUpperCase() === 'BEGIN') {
      if (open) broken++
      open = { name, at: index + line.length }
    } else if (open?.name === name) {
      const inner = text.slice(open.at, index)
      if (name === 'VEVENT') events.push(linesOf(inner))
      else keepZone(zones, inner)
      open = undefined
    }
  }
  if (open) broken++
  return { events, zones, zone: /^X-WR-TIMEZONE:([^\r\n]{1,100})/im.exec(text)?.[1]?.trim(), broken }
}

function linesOf(inner: string): EventText {
  const lines: string[] = []
  let depth = 0
  for (const line of unfolded(inner)) {
    const name = line.slice(0, 40).split(/[;:]/, 1)[0]!.toUpperCase()
    if (name === 'BEGIN') depth++
    else if (name === 'END') depth--
    else if (depth === 0 && wanted.has(name)) lines.push(line.slice(0, mostLine))
  }
  return lines
}

/** Lines that go on with a blank belong to the one before. */
const unfolded = (text: string): readonly string[] => text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)

function keepZone(zones: Map<string, string>, inner: string): void {
  const tzid = /^TZID[^:\r\n]*:([^\r\n]{1,200})/im.exec(inner)?.[1]?.trim()
  if (tzid !== undefined && inner.length < 100_000) zones.set(tzid, `BEGIN:VTIMEZONE${inner}END:VTIMEZONE`)
}

import type { Language } from '../words/say.ts'
import { warningDays } from '../passport/expiry-warnings.ts'
import type { CalendarEntry } from './calendar.ts'
import { line } from './plan-line.ts'
import { sayPlan } from './say-plan.ts'
import type { SitePlan } from './site-plan.ts'
import { addDays } from './source-day.ts'

/**
 * The dated entries of a plan's calendar as a file that calendar programs load (iCalendar, RFC 5545): a whole day each, with
 * alarms before the end of a secret. The same plan gives the same text, and a newer file of the same site takes the place of
 * the entries that it has in common with an older one.
 */
export function writeIcs(plan: SitePlan, language: Language): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Vaxel//Site readiness//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${text(plan.site)}`,
    ...plan.calendar.flatMap((entry) => eventOf(entry, plan, language)),
    'END:VCALENDAR',
  ]
  return lines.map((one) => `${fold(one)}\r\n`).join('')
}

function eventOf(entry: CalendarEntry, plan: SitePlan, language: Language): readonly string[] {
  const { day, kind, notAfter, owner, subject, requirementIds, explained, lostIfMissing } = entry
  if (day === undefined) return []
  // How many days are left changes from day to day, so it is no part of an entry that stays.
  const [first, ...more] =
    notAfter === undefined ? explained : [line('secretRenew', { subject, day: notAfter }), ...explained.slice(1)]
  if (!first) return []
  const summary = sayPlan(first, language)
  const description = [...more.map((one) => sayPlan(one, language)), lostIfMissing, requirementIds.join(', ')]
  return [
    'BEGIN:VEVENT',
    `UID:${hash([plan.site, plan.catalogue.id, kind, ...requirementIds, subject, kind === 'ends' ? '' : day].join('\n'))}@vaxel`,
    `DTSTAMP:${plan.today.replaceAll('-', '')}T000000Z`,
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${addDays(day, 1).replaceAll('-', '')}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(description.filter((one) => one !== undefined).join('\n'))}`,
    ...(owner !== undefined && isMail(owner) ? [`CONTACT:${text(owner)}`] : []),
    'TRANSP:TRANSPARENT',
    ...(kind === 'ends' ? warningDays : kind === 'open-by' ? [30, 7] : []).flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${text(summary)}`,
      `TRIGGER:-P${days}D`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
}

const isMail = (owner: string): boolean => /^[^\s@]+@[^\s@]+$/.test(owner)

/** TEXT (§3.3.11): control characters are no part of it. */
const text = (value: string): string =>
  value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** Lines of at most 75 octets, never cut within a character (§3.1). */
function fold(whole: string): string {
  const encoder = new TextEncoder()
  const parts: string[] = ['']
  let bytes = 0
  for (const character of whole) {
    const size = encoder.encode(character).length
    if (bytes + size > 75) {
      parts.push('')
      bytes = 1
    }
    parts[parts.length - 1] += character
    bytes += size
  }
  return parts.join('\r\n ')
}

/** FNV-1a over 64 bits: the same id for the same entry. */
function hash(value: string): string {
  let sum = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(value)) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n)
  return sum.toString(16).padStart(16, '0')
}

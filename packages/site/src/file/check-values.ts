import type { Window } from '../catalogue/requirement.ts'
import { readIpRange } from '../net/ip-range.ts'
import { below, type Mistakes } from './read-file.ts'

const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?'
const hostName = new RegExp(`^(\\*\\.)?${label}(\\.${label})*\\.?$`, 'i')

/** Whether a text is a host name, `*.` before it allowed (RFC 1123 §2.1; an underscore for service names, RFC 8552). */
export const isHostName = (text: string): boolean => text.length <= 253 && hostName.test(text) && !/^[\d.]+$/.test(text)

export function checkNetwork(network: string, path: string, mistakes: Mistakes): void {
  if (readIpRange(network) === undefined)
    mistakes.add(path, 'must be a network such as 192.0.2.0/24 or 2001:db8::/32, one address, or first-last, rising')
}

export function checkHostName(name: string, path: string, mistakes: Mistakes): void {
  if (!isHostName(name)) mistakes.add(path, 'must be a host name such as voice.example.com or *.example.com')
}

/** Whether the calendar has it: `2026-02-30` has the right form and does not exist. */
function isCalendarDate(text: string): boolean {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

export function checkDate(text: string, path: string, mistakes: Mistakes): void {
  if (!isCalendarDate(text)) mistakes.add(path, 'is a date that does not exist')
}

export function checkInstant(text: string, path: string, mistakes: Mistakes): void {
  if (Number.isNaN(Date.parse(text)) || !isCalendarDate(text.slice(0, 10)))
    mistakes.add(path, 'is an instant that does not exist')
}

/** Version `YYYYMMDDNN`. */
export function checkVersion(version: string, path: string, mistakes: Mistakes): void {
  const day = `${version.slice(0, 4)}-${version.slice(4, 6)}-${version.slice(6, 8)}`
  if (!isCalendarDate(day)) mistakes.add(path, 'must begin with a day that exists, YYYYMMDD, and end with a number NN')
}

/** Announced, effective, retired must not run backwards, as far as they are precise enough to say. */
export function checkWindow(window: Window | undefined, path: string, mistakes: Mistakes): void {
  if (!window) return
  const steps = (['announced', 'effective', 'retired'] as const).flatMap((name) =>
    window[name] === undefined ? [] : [{ name, date: window[name] }],
  )
  for (const { name, date } of steps) checkDate(date, below(path, name), mistakes)
  for (const [index, { name, date }] of steps.entries()) {
    const before = steps[index - 1]
    if (!before) continue
    const precise = Math.min(date.length, before.date.length)
    if (date.slice(0, precise) < before.date.slice(0, precise))
      mistakes.add(below(path, name), `comes before ${before.name}; the order is announced, effective, retired`)
  }
}

/** Each of a list has its own key. */
export function checkUnique(
  keys: readonly string[],
  pathOf: (index: number) => string,
  what: string,
  mistakes: Mistakes,
): ReadonlySet<string> {
  const seen = new Set<string>()
  for (const [index, key] of keys.entries()) {
    if (seen.has(key)) mistakes.add(pathOf(index), `is ${what} that stands there already; give it another`)
    seen.add(key)
  }
  return seen
}

import type { CallId } from '@vaxel/base'
import type { KeptRecording } from '@vaxel/core'

/** Longest part of a name that is somebody's number. */
const mostNumber = 32
const two = (value: number): string => String(value).padStart(2, '0')

/** A day as folders name it, in UTC. */
export interface Day {
  readonly year: string
  readonly month: string
  readonly day: string
}

/** @example dayOf(Date.parse('2026-11-21T23:59:00Z')) // { year: '2026', month: '11', day: '21' } */
export function dayOf(atMs: number): Day {
  const at = new Date(atMs)
  return { year: String(at.getUTCFullYear()), month: two(at.getUTCMonth() + 1), day: two(at.getUTCDate()) }
}

/** From the beginning to the end of a year, a month or a day in UTC; undefined for what is none. */
export function spanOf(path: readonly string[]): { readonly fromMs: number; readonly toMs: number } | undefined {
  const [year, month, day] = path
  if (year === undefined || !/^\d{4}$/.test(year)) return undefined
  for (const part of [month, day]) if (part !== undefined && !/^\d{2}$/.test(part)) return undefined
  const y = Number(year)
  const m = month === undefined ? 0 : Number(month) - 1
  const d = day === undefined ? 1 : Number(day)
  const fromMs = Date.UTC(y, m, d)
  const found = dayOf(fromMs)
  const isReal =
    found.year === year && (month === undefined || found.month === month) && (day === undefined || found.day === day)
  if (!isReal) return undefined
  const toMs =
    month === undefined ? Date.UTC(y + 1, 0, 1) : day === undefined ? Date.UTC(y, m + 1, 1) : Date.UTC(y, m, d + 1)
  return { fromMs, toMs }
}

/** Digits, `+` and plain letters: what every file system takes. */
const safe = (number: string): string => number.replace(/[^0-9A-Za-z+]/g, '').slice(0, mostNumber) || 'unknown'

/**
 * Who called whom, of a recording. Of a call between two people of the company the one whose connection was recorded comes first.
 */
export function sidesOf({
  direction,
  party,
  other,
}: KeptRecording): readonly [KeptRecording['party'], KeptRecording['party']] {
  const isOwn = party.userId !== undefined
  const isCaller = direction === 'internal' || (direction === 'outbound') === isOwn
  return isCaller ? [party, other] : [other, party]
}

/**
 * The name of a recording's file: time of day in UTC, call, caller and called number.
 * @param place among recordings of the same call that would be called the same, from 0
 * @example '142233Z-01k…-+46701234567-201.wav'; the second one ends in `-2.wav`
 */
export function recordingName(recording: KeptRecording, place: number): string {
  const at = new Date(recording.startedAtMs)
  const time = `${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}Z`
  const [caller, called] = sidesOf(recording)
  const again = place === 0 ? '' : `-${place + 1}`
  return `${time}-${recording.callId}-${safe(caller.number)}-${safe(called.number)}${again}.wav`
}

/** Names of the recordings of one call, none of them twice. @param recordings all of the call */
export function namesOfCall(recordings: readonly KeptRecording[]): ReadonlyMap<string, KeptRecording> {
  const names = new Map<string, KeptRecording>()
  for (const recording of recordings.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    let place = 0
    while (names.has(nameIn(recording, place))) place++
    names.set(nameIn(recording, place), recording)
  }
  return names
}

/** Names count within their day. */
const nameIn = (recording: KeptRecording, place: number): string => {
  const { year, month, day } = dayOf(recording.startedAtMs)
  return `${year}/${month}/${day}/${recordingName(recording, place)}`
}

/** Which call a file's name belongs to. */
export function callOfName(name: string): CallId | undefined {
  return /^\d{6}Z-([0-9a-z]{10,40})-[0-9A-Za-z+]+-[0-9A-Za-z+]+(?:-\d{1,3})?\.wav$/.exec(name)?.[1] as
    | CallId
    | undefined
}

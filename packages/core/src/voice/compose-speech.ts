import type { Language } from '../ports/directory.ts'
import type { Source } from '../ports/media-engine.ts'
import type { Spoken } from '../ports/service-line.ts'

/** One thing to play: a named sentence, a sound of somebody's own, or nothing for a while. */
export type SpeechPart =
  | { readonly kind: 'prompt'; readonly name: string }
  /** `forMs`: a source without an end is stopped then. */
  | { readonly kind: 'source'; readonly source: Source; readonly forMs?: number }
  | { readonly kind: 'pause'; readonly ms: number }

const beep: SpeechPart = { kind: 'source', source: { kind: 'sine', rateHz: 800, levelDbov: -18 }, forMs: 330 }

/** Takes apart what is to be said into sentences that exist (`packages/media/src/play/sentences`). Pure. */
export function composeSpeech(
  spoken: readonly Spoken[],
  language: Language,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): SpeechPart[] {
  return spoken.flatMap((each): SpeechPart[] => {
    switch (each.kind) {
      case 'prompt':
        return [{ kind: 'prompt', name: each.name }]
      case 'sound':
        return [{ kind: 'source', source: each.source }]
      case 'number':
        return numberParts(each.value).map(prompt)
      case 'digits':
        return [...each.digits].filter((digit) => /[0-9*#]/.test(digit)).map((digit) => prompt(digitName(digit)))
      case 'time':
        return timeParts(each.atMs, nowMs, timeZone, language).map(prompt)
      case 'beep':
        return [beep]
      case 'pause':
        return [{ kind: 'pause', ms: each.ms }]
    }
  })
}

const prompt = (name: string): SpeechPart => ({ kind: 'prompt', name })
const digitName = (digit: string): string => (digit === '*' ? 'star' : digit === '#' ? 'hash' : `number-${digit}`)

/** A number is said in full up to 999; beyond that, digit by digit. */
function numberParts(value: number): string[] {
  const whole = Math.max(0, Math.trunc(value))
  if (whole > 999) return [...String(whole)].map(digitName)
  const hundreds = Math.floor(whole / 100)
  const rest = whole % 100
  return [...(hundreds > 0 ? [`hundreds-${hundreds}`] : []), ...(rest > 0 || hundreds === 0 ? [`number-${rest}`] : [])]
}

interface Wall {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  /** 0 is Sunday. */
  readonly weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function wallTime(atMs: number, timeZone: string): Wall {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const of = (kind: string): number => Number(parts.find(({ type }) => type === kind)?.value)
  const parts = format.formatToParts(atMs)
  const [year, month, day] = [of('year'), of('month'), of('day')]
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, hour: of('hour'), minute: of('minute'), weekday }
}

const dayNumber = ({ year, month, day }: Wall): number => Math.round(Date.UTC(year, month - 1, day) / 86_400_000)

/** "today at half past", "Friday the 21st of November at ...": the day as people say it, then the time as their clock shows it. */
function timeParts(atMs: number, nowMs: number, timeZone: string, language: Language): string[] {
  const at = wallTime(atMs, timeZone)
  const daysAgo = dayNumber(wallTime(nowMs, timeZone)) - dayNumber(at)
  const day =
    daysAgo === 0
      ? ['today']
      : daysAgo === 1
        ? ['yesterday']
        : daysAgo > 1 && daysAgo < 7
          ? [`weekday-${at.weekday}`]
          : [`weekday-${at.weekday}`, `day-${at.day}`, `month-${at.month}`]
  return [...day, 'at', ...clockParts(at, language)]
}

function clockParts({ hour, minute }: Wall, language: Language): string[] {
  switch (language) {
    case 'en': {
      const minutes = minute === 0 ? [] : minute < 10 ? ['oh', `number-${minute}`] : [`number-${minute}`]
      return [`number-${hour % 12 === 0 ? 12 : hour % 12}`, ...minutes, hour < 12 ? 'am' : 'pm']
    }
    case 'sv':
      return [`number-${hour}`, ...(minute < 10 ? ['number-0'] : []), `number-${minute}`]
    case 'fr':
      return [`number-${hour}`, 'hours', ...(minute === 0 ? [] : [`number-${minute}`])]
  }
}

/** Dates, times, numbers and lists as one language writes them. */
export class Format {
  readonly language: string
  readonly #locale: string
  readonly #made = new Map<string, Intl.DateTimeFormat>()
  readonly #relative: Intl.RelativeTimeFormat
  readonly #numbers: Intl.NumberFormat
  readonly #collator: Intl.Collator

  /** @param locale English is written with the day first and 24 hours unless the browser wishes another English */
  constructor(language: string, locale = language === 'en' ? 'en-GB' : language) {
    this.language = language
    this.#locale = locale
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    this.#numbers = new Intl.NumberFormat(locale)
    this.#collator = new Intl.Collator(locale, { numeric: true })
  }

  /** 14:02 */
  time(atMs: number): string {
    return this.#date({ hour: '2-digit', minute: '2-digit' }).format(atMs)
  }

  /** 21 Nov 2026 */
  date(atMs: number): string {
    return this.#date({ day: 'numeric', month: 'short', year: 'numeric' }).format(atMs)
  }

  /** 21 Nov 2026, 14:02 */
  dateTime(atMs: number): string {
    return this.#date({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(
      atMs,
    )
  }

  /** today, yesterday, Monday (within a week), else the date */
  day(atMs: number, nowMs: number): string {
    const days = Math.round((startOfDay(atMs) - startOfDay(nowMs)) / 86_400_000)
    if (days === 0 || days === -1 || days === 1) return this.#relative.format(days, 'day')
    if (days < 0 && days > -7) return this.#date({ weekday: 'long' }).format(atMs)
    return this.date(atMs)
  }

  /** The time today, the day and the time before: 14:02, yesterday 14:02, 3 Nov 2026, 14:02 */
  moment(atMs: number, nowMs: number): string {
    if (startOfDay(atMs) === startOfDay(nowMs)) return this.time(atMs)
    const isNear = Math.abs(startOfDay(atMs) - startOfDay(nowMs)) < 7 * 86_400_000
    return isNear ? `${this.day(atMs, nowMs)} ${this.time(atMs)}` : this.dateTime(atMs)
  }

  /** 1:05, 12:00:07; whole seconds */
  duration(lengthMs: number): string {
    const seconds = Math.max(0, Math.floor(lengthMs / 1000))
    const two = (value: number) => String(value).padStart(2, '0')
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
  }

  number(value: number, digits?: number): string {
    if (digits === undefined) return this.#numbers.format(value)
    return new Intl.NumberFormat(this.#locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value)
  }

  /** 0.05 is 5 % */
  percent(ratio: number, digits = 0): string {
    return new Intl.NumberFormat(this.#locale, { style: 'percent', maximumFractionDigits: digits }).format(ratio)
  }

  /** 1.2 MB */
  bytes(size: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
    let [value, unit] = [size, 0]
    while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
    return new Intl.NumberFormat(this.#locale, {
      style: 'unit',
      unit: units[unit]!,
      unitDisplay: unit === 0 ? 'long' : 'short',
      maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
    }).format(value)
  }

  /** Names in the order of the language: å, ä and ö come last in Swedish. */
  compare(first: string, second: string): number {
    return this.#collator.compare(first, second)
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options)
    const made = this.#made.get(key) ?? new Intl.DateTimeFormat(this.#locale, { hourCycle: 'h23', ...options })
    this.#made.set(key, made)
    return made
  }
}

function startOfDay(atMs: number): number {
  const date = new Date(atMs)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

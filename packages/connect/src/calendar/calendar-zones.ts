import ICAL from 'ical.js'
import { windowsZones } from './windows-zones.ts'

const dayMs = 86_400_000

/** A time zone by its IANA name, as this system knows it: calendars describe theirs only for some years. */
export class KnownZone {
  readonly #format: Intl.DateTimeFormat
  /** Offset at the begin of each day of UTC, milliseconds. */
  readonly #offsets = new Map<number, number>()

  /** Throws for a name that is none. */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /**
   * How far a clock on the wall is ahead of UTC. A time that there is twice is the first; one that is leapt over counts by the offset before
   * (RFC 5545 §3.3.5).
   * @param wallMs the time on the wall as if it were UTC
   */
  offsetAt(wallMs: number): number {
    const day = Math.floor(wallMs / dayMs)
    const [before, after] = [this.#atDay(day - 1), this.#atDay(day + 2)]
    if (before === after || this.offsetAtUtc(wallMs - before) === before) return before
    return this.offsetAtUtc(wallMs - after) === after ? after : before
  }

  #atDay(day: number): number {
    let offset = this.#offsets.get(day)
    if (offset === undefined) {
      offset = this.offsetAtUtc(day * dayMs)
      this.#offsets.set(day, offset)
    }
    return offset
  }

  /** How far a clock on the wall is ahead of UTC. */
  offsetAtUtc(utcMs: number): number {
    const parts: Record<string, number> = {}
    for (const { type, value } of this.#format.formatToParts(utcMs)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000
  }
}

/** A time on the wall as if it were UTC. */
export const wallMsOf = ({ year, month, day, hour, minute, second }: ICAL.Time): number =>
  Date.UTC(year, month - 1, day, hour, minute, second)

/** The library's zone with this system's knowledge. */
class SystemZone extends ICAL.Timezone {
  readonly #zone: KnownZone

  constructor(tzid: string, zone: KnownZone) {
    super({ tzid })
    this.#zone = zone
  }

  override utcOffset(time: ICAL.Time): number {
    return this.#zone.offsetAt(wallMsOf(time)) / 1000
  }
}

/**
 * The zones of one calendar, for the library that reads its times: by name where the system knows it, else as the calendar describes it. Times
 * of a zone that nobody knows are taken as those of the owner.
 */
export class CalendarZones {
  readonly #described: ReadonlyMap<string, string>
  readonly #seen = new Set<string>()

  /** @param described `VTIMEZONE` components, by their TZID. Forgets the zones of the calendar before. */
  constructor(described: ReadonlyMap<string, string>) {
    this.#described = described
    ICAL.TimezoneService.reset()
  }

  /** Makes a zone known before times of it are read. */
  use(tzid: string): void {
    if (this.#seen.has(tzid)) return
    this.#seen.add(tzid)
    const zone = this.#known(tzid) ?? this.#asDescribed(tzid)
    if (zone) ICAL.TimezoneService.register(zone, tzid)
  }

  #known(tzid: string): ICAL.Timezone | undefined {
    // Some programs write a path of their own before the name.
    const name = windowsZones[tzid] ?? /[A-Za-z_]+\/[A-Za-z_+\-0-9]+(?:\/[A-Za-z_]+)?$/.exec(tzid)?.[0] ?? tzid
    try {
      return new SystemZone(tzid, new KnownZone(name))
    } catch {
      return undefined
    }
  }

  #asDescribed(tzid: string): ICAL.Timezone | undefined {
    const text = this.#described.get(tzid)
    if (text === undefined) return undefined
    try {
      return new ICAL.Timezone({ component: new ICAL.Component(ICAL.parse(text) as unknown[]), tzid })
    } catch {
      return undefined
    }
  }
}

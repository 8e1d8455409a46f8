import type { UserId } from '@vaxel/base'
import type { CalendarAccount } from '@vaxel/core'
import type { CalendarDependencies } from './dependencies.ts'
import { type CalendarHealth, FollowedCalendar } from './followed-calendar.ts'
import { ReadingSlots } from './reading-slots.ts'

/** After a start, calendars are read in the course of a minute. */
const startSpreadMs = 60_000

/** All calendars that are followed. */
export class Calendars {
  readonly #parts: CalendarDependencies
  readonly #slots = new ReadingSlots()
  readonly #followed = new Map<UserId, FollowedCalendar>()
  #stopHearing = () => {}

  constructor(parts: CalendarDependencies) {
    this.#parts = parts
  }

  start(): void {
    const { calendars, feed, random, directory } = this.#parts
    for (const account of calendars.all()) {
      const [high = 0, low = 0] = random(2)
      this.#begin(account).start(Math.round((startSpreadMs * (high * 256 + low)) / 65_535))
    }
    this.#stopHearing = feed.subscribe((events) => {
      if (!events.some(({ kind, data }) => kind === 'configuration.changed' && data.after === undefined)) return
      for (const userId of this.#followed.keys()) if (!directory.user(userId)) this.drop(userId)
    })
  }

  of(userId: UserId): FollowedCalendar | undefined {
    return this.#followed.get(userId)
  }

  /** Reads a calendar that is new, or at another place, from now on. */
  follow(account: CalendarAccount): FollowedCalendar {
    this.drop(account.userId)
    const followed = this.#begin(account)
    void followed.read()
    return followed
  }

  drop(userId: UserId): void {
    this.#followed.get(userId)?.stop()
    this.#followed.delete(userId)
  }

  close(): void {
    this.#stopHearing()
    for (const userId of [...this.#followed.keys()]) this.drop(userId)
  }

  #begin(account: CalendarAccount): FollowedCalendar {
    const followed = new FollowedCalendar({
      parts: this.#parts,
      account,
      slots: this.#slots,
      onHealth: (...changed) => this.#tellOwner(...changed),
    })
    this.#followed.set(account.userId, followed)
    return followed
  }

  #tellOwner({ companyId, userId }: CalendarAccount, { state, trouble }: CalendarHealth): void {
    const { notices, clock, log } = this.#parts
    if (trouble !== undefined) log.info('a calendar cannot be read', { user: userId, trouble, state })
    const data = { state, ...(trouble === undefined ? {} : { trouble }) }
    notices.publish({ companyId, kind: 'calendar.changed', data, to: [userId], atMs: clock.now() })
  }
}

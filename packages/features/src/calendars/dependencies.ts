import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type { CalendarDoor, CalendarStore, Directory, EventFeed, Notices, PresenceSources } from '@vaxel/core'

/** What following calendars needs of the rest. */
export interface CalendarDependencies {
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  readonly directory: Directory
  readonly calendars: CalendarStore
  readonly feed: EventFeed
  readonly notices: Pick<Notices, 'publish'>
  /** Where presence hears of them. */
  readonly presence: PresenceSources
  readonly door: CalendarDoor
}

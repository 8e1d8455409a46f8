import type { Clock, Logger } from '@vaxel/base'
import { NetworkCalendars } from '@vaxel/connect'
import type { Notices, PresenceSources } from '@vaxel/core'
import { type CalendarsFeature, createCalendars } from '@vaxel/features/calendars'
import type { Store } from '@vaxel/store'

/** Calendars of people, with the way to the servers where they are. */
export function buildCalendars(parts: {
  readonly store: Store
  readonly notices: Notices
  readonly presence: PresenceSources
  /** Inner networks in which calendar servers may be. */
  readonly networks: readonly string[]
  readonly dnsServers: readonly string[] | undefined
  readonly clock: Clock
  readonly log: Logger
}): Pick<CalendarsFeature, 'handlers' | 'start'> & { close(): Promise<void> } {
  const { store, clock, networks: allowedNetworks, dnsServers } = parts
  const door = new NetworkCalendars({ clock, allowedNetworks, dnsServers })
  const calendars = createCalendars({ ...store, ...parts, door })
  return {
    ...calendars,
    close: async () => {
      calendars.close()
      await door.close()
    },
  }
}

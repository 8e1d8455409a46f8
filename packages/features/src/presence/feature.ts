import type { Clock, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type {
  BindingStore,
  Directory,
  EventFeed,
  Notices,
  PresenceSources,
  PresenceState,
  UserSettings,
} from '@vaxel/core'
import { presenceHandlers } from './api.ts'
import { CompanyChanges } from './company-changes.ts'
import type { LiveLegs } from './line-book.ts'
import { PeopleService } from './people-service.ts'
import { PresenceService } from './presence-service.ts'
import { type MailboxCounts, watchedPackages, type WatchedPackage } from './sip/watched-packages.ts'

export type { LiveLegs } from './line-book.ts'

/** How people are now, for screens and telephones. */
export interface PresenceFeature {
  readonly handlers: readonly OperationHandler[]
  /** For calendars, Teams and queues. */
  readonly sources: PresenceSources
  /** For rules that depend on how somebody is. */
  stateOf(userId: UserId): PresenceState
  /** For telephones that subscribe. */
  readonly packages: readonly WatchedPackage[]
  close(): void
}

export function createPresence(dependencies: {
  readonly clock: Clock
  readonly directory: Directory
  readonly bindings: Pick<BindingStore, 'ofUser'>
  readonly settings: UserSettings
  readonly feed: EventFeed
  readonly notices: Pick<Notices, 'publish'>
  readonly live: LiveLegs
  /** Tells telephones that watch; nobody watches if absent. */
  readonly tellWatchers?: (packageName: string, resource: string) => void
  /** Absent: mailboxes are empty. */
  readonly mailbox?: MailboxCounts
}): PresenceFeature {
  const presence = new PresenceService(dependencies)
  const changes = new CompanyChanges(dependencies)
  presence.start()
  presence.onChange((user, now) => changes.add(user, now))
  const watched = watchedPackages({
    ...dependencies,
    presence,
    mailbox: dependencies.mailbox ?? (() => ({ newMessages: 0, oldMessages: 0 })),
    tell: dependencies.tellWatchers ?? (() => {}),
  })
  return {
    packages: watched.packages,
    handlers: presenceHandlers(new PeopleService({ ...dependencies, presence, changes })),
    sources: presence,
    stateOf: (userId) => presence.of(userId).state,
    close: () => {
      watched.close()
      presence.close()
      changes.close()
    },
  }
}

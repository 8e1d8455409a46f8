import type { Clock, UserId } from '@vaxel/base'
import type { Directory, LineLeg, Presence, User } from '@vaxel/core'
import {
  type Activity,
  type EventPackage,
  makeDialogEventPackage,
  makeMessageSummaryPackage,
  makePresenceEventPackage,
} from '@vaxel/sip'
import type { PresenceService } from '../presence-service.ts'
import { NotifyPace } from './notify-pace.ts'
import { SharedLines } from './shared-lines.ts'
import { entityOf, WatchedLines } from './watched-lines.ts'

/** A package to which telephones subscribe, and who may. */
export interface WatchedPackage {
  readonly package: EventPackage
  /** The resource that the watcher's subscription means; undefined: for them there is nothing. */
  resourceOf(watcher: User, watched: User): string | undefined
  /** The same for a number that is no person's. */
  resourceOfNumber?(watcher: User, number: string): string | undefined
}

/** Counts of a user's mailbox; voicemail tells them. */
export type MailboxCounts = (userId: UserId) => { readonly newMessages: number; readonly oldMessages: number }

/** Tells watchers of a resource that it has changed. */
type Tell = (packageName: string, resource: string) => void

const isColleague = (watcher: User, watched: User): boolean => watcher.companyId === watched.companyId
/** Whoever answers for others may see with whom they talk. */
const seesRemote = (watcher: User, watched: User): boolean => watcher.id === watched.id || watcher.role !== 'user'

/**
 * Lamps (`dialog`), presence and waiting messages for telephones of the same company.
 * @param tell the notifier's way to tell watchers
 */
export function watchedPackages(options: {
  readonly clock: Clock
  readonly directory: Directory
  readonly presence: PresenceService
  readonly mailbox: MailboxCounts
  readonly tell: Tell
}): { readonly packages: readonly WatchedPackage[]; close(): void } {
  const { clock, directory, presence, mailbox, tell } = options
  const lines = new WatchedLines({ clock, directory, legsOf: (userId) => presence.legsOf(userId) })
  const shared = new SharedLines({ clock, directory, legsOf: (userId) => presence.legsOf(userId) })
  const lamps = new NotifyPace({
    clock,
    burst: 5,
    everyMs: 1000,
    tell: (resource) => {
      tell('dialog', resource)
      tell('dialog', `${resource} remote`)
    },
  })
  const paced = new NotifyPace({ clock, burst: 3, everyMs: 5000, tell: (userId) => tell('presence', userId) })
  const stops = [
    presence.onLine((user: User, before: readonly LineLeg[], now: readonly LineLeg[]) => {
      lines.changed(user, before, now)
      lamps.changed(user.id)
      for (const line of shared.changed(user, before, now)) lamps.changed(line)
    }),
    presence.onChange((user) => paced.changed(user.id)),
  ]
  const dialog = makeDialogEventPackage((resource) => {
    const line = shared.of(resource)
    if (line) return line
    const [userId, remote] = resource.split(' ')
    return lines.of(userId as UserId, remote !== undefined)
  })
  const states = makePresenceEventPackage((resource) => {
    const user = directory.user(resource as UserId)
    return user && { entity: entityOf(user), ...wordsOf(presence.of(user.id)) }
  })
  const messages = makeMessageSummaryPackage((resource) => {
    const user = directory.user(resource as UserId)
    return user && { account: entityOf(user), ...mailbox(user.id) }
  })
  return {
    packages: [
      {
        package: dialog,
        resourceOfNumber: (watcher, number) => shared.resourceOf(watcher, number),
        resourceOf: (watcher, watched) =>
          isColleague(watcher, watched)
            ? seesRemote(watcher, watched)
              ? `${watched.id} remote`
              : watched.id
            : undefined,
      },
      {
        package: states,
        resourceOf: (watcher, watched) => (isColleague(watcher, watched) ? watched.id : undefined),
      },
      { package: messages, resourceOf: (watcher, watched) => (watcher.id === watched.id ? watched.id : undefined) },
    ],
    close: () => {
      for (const stop of stops) stop()
      lamps.close()
      paced.close()
    },
  }
}

/** Presence in RFC 3863's and RFC 4480's words. */
function wordsOf({ state, why, sinceMs, note }: Presence) {
  const activity = activityOf(state, why)
  return {
    isOpen: state !== 'offline',
    ...(activity === undefined ? {} : { activity }),
    ...(note === undefined ? {} : { note }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
  }
}

function activityOf(state: Presence['state'], why: Presence['why']): Activity | undefined {
  switch (state) {
    case 'ringing':
      return 'on-the-phone'
    case 'busy':
      return why.startsWith('call') ? 'on-the-phone' : 'busy'
    case 'doNotDisturb':
      return 'busy'
    case 'inMeeting':
      return 'meeting'
    case 'away':
    case 'beRightBack':
      return 'away'
    default:
      return undefined
  }
}

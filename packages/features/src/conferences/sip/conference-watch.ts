import type { Clock, CompanyId, Timer, UserId } from '@vaxel/base'
import { type Directory, isHeard, membersIn, type User } from '@vaxel/core'
import { type EventPackage, makeConferenceEventPackage, type WatchedConference } from '@vaxel/sip'
import type { LiveRoom } from '../live-room.ts'

/** What telephones are told at most so often, each. */
const everyMs = 1000

/** Where a watched conference is found. */
export interface WatchedRooms {
  live(companyId: CompanyId, number: string): LiveRoom | undefined
  isConference(companyId: CompanyId, number: string): boolean
}

/**
 * The conference event package (RFC 4575) for telephones of the company. A subscription is one person's to one room: who is neither in it nor
 * a moderator of it is told of an empty one, also when they have left it meanwhile.
 */
export class ConferenceWatch {
  readonly package: EventPackage
  readonly #clock: Clock
  readonly #directory: Directory
  readonly #rooms: WatchedRooms
  readonly #tell: (packageName: string, resource: string) => void
  /** Resources that were handed out, by room. */
  readonly #resources = new Map<string, Set<string>>()
  readonly #due = new Set<string>()
  #timer: Timer | undefined

  constructor(options: {
    clock: Clock
    directory: Directory
    rooms: WatchedRooms
    tell: (packageName: string, resource: string) => void
  }) {
    this.#clock = options.clock
    this.#directory = options.directory
    this.#rooms = options.rooms
    this.#tell = options.tell
    this.package = makeConferenceEventPackage((resource) => this.#documentFor(resource))
  }

  /** No person is a conference. */
  resourceOf(): undefined {
    return undefined
  }

  resourceOfNumber(watcher: User, number: string): string | undefined {
    if (!this.#rooms.isConference(watcher.companyId, number)) return undefined
    const room = `${watcher.companyId} ${number}`
    const resource = `${room} ${watcher.id}`
    const others = this.#resources.get(room)
    if (others) others.add(resource)
    else this.#resources.set(room, new Set([resource]))
    return resource
  }

  changed({ parts }: LiveRoom): void {
    const room = `${parts.room.companyId} ${parts.room.number}`
    if (!this.#resources.has(room)) return
    this.#due.add(room)
    this.#timer ??= this.#clock.startTimer(everyMs, () => {
      this.#timer = undefined
      const due = [...this.#due]
      this.#due.clear()
      for (const each of due) for (const resource of this.#resources.get(each) ?? []) this.#tell('conference', resource)
    })
  }

  close(): void {
    this.#timer?.stop()
  }

  #documentFor(resource: string): WatchedConference | undefined {
    const [companyId, number, userId] = resource.split(' ') as [CompanyId, string, UserId]
    const watcher = this.#directory.user(userId)
    if (!watcher || !this.#rooms.isConference(companyId, number)) return undefined
    const host = watcher.domain
    const uriOf = (part: string): string => `sip:${encodeURIComponent(part)}@${host}`
    const live = this.#rooms.live(companyId, number)
    const nobody = { entity: uriOf(number), name: '', isLocked: false, mostMembers: 0, members: [] }
    if (!live || !mayWatch(live, userId)) return nobody
    const { state } = live
    return {
      entity: uriOf(number),
      name: state.rules.name,
      isLocked: state.isLocked,
      mostMembers: state.rules.mostMembers,
      members: membersIn(state).map((member) => ({
        id: member.id,
        uri: uriOf(member.party.number),
        ...(member.party.name ? { name: member.party.name } : {}),
        isModerator: member.isModerator,
        isHeard: isHeard(state, member),
        joinedAtMs: member.enteredAtMs ?? member.arrivedAtMs,
      })),
    }
  }
}

function mayWatch({ state }: LiveRoom, userId: UserId): boolean {
  return state.rules.moderatorIds.includes(userId) || membersIn(state).some(({ party }) => party.userId === userId)
}

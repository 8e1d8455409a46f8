import type { Clock, Refusal, UserId } from '@vaxel/base'
import {
  type ChosenPresence,
  type listPresence,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type PersonPresence,
  PresenceOverAlready,
  type Principal,
  type readMyPresence,
} from '@vaxel/contract'
import type { Directory, PresenceClaim, User, UserSettings } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import type { CompanyChanges } from './company-changes.ts'
import type { PresenceService } from './presence-service.ts'
import { chosenView, personView } from './views.ts'

const longestMs = 366 * 24 * 60 * 60 * 1000
const usualLimit = 5000

type Own = OperationReply<typeof readMyPresence>

/** What people ask of presence, and what they choose for themselves. */
export class PeopleService {
  readonly #presence: PresenceService
  readonly #changes: CompanyChanges
  readonly #directory: Directory
  readonly #settings: UserSettings
  readonly #clock: Clock

  constructor(options: {
    presence: PresenceService
    changes: CompanyChanges
    directory: Directory
    settings: UserSettings
    clock: Clock
  }) {
    this.#presence = options.presence
    this.#changes = options.changes
    this.#directory = options.directory
    this.#settings = options.settings
    this.#clock = options.clock
  }

  list(
    principal: Principal,
    { changedSince, limit = usualLimit, after, withNames = false }: OperationRequest<typeof listPresence>['query'],
  ): OperationReply<typeof listPresence> {
    const companyId = principal.companyId as User['companyId']
    const isChanged = changedSince === undefined ? undefined : this.#changes.since(companyId, changedSince)
    const users = this.#directory.usersOf(companyId).filter(({ id }) => isChanged?.(id) ?? true)
    // Identifiers sort by the time at which they were made: who comes meanwhile comes last.
    const rest = after === undefined ? users : users.filter(({ id }) => id > after)
    rest.sort((a, b) => (a.id < b.id ? -1 : 1))
    const page = rest.slice(0, limit)
    return {
      version: this.#changes.versionOf(companyId),
      isWhole: isChanged === undefined,
      people: page.map((user) => ({
        ...personView(user.id, this.#presence.of(user.id)),
        ...(withNames ? { name: user.displayName } : {}),
        ...(withNames && user.extension !== undefined ? { extension: user.extension } : {}),
      })),
      ...(rest.length > limit ? { next: page.at(-1)!.id } : {}),
    }
  }

  read(principal: Principal, userId: string): PersonPresence | Refusal {
    const user = this.#directory.user(userId as UserId)
    if (!user || user.companyId !== principal.companyId) return NotFound('There is no such colleague.')
    return personView(user.id, this.#presence.of(user.id))
  }

  own(principal: Principal): Own | Refusal {
    const user = userIn(this.#directory, principal, principal.userId)
    if (!user) return NotFound()
    const chosen = this.#settings.get(user.id, 'presence')
    const isOver = chosen?.untilMs !== undefined && chosen.untilMs <= this.#clock.now()
    return {
      presence: personView(user.id, this.#presence.of(user.id)),
      ...(chosen && !isOver ? { chosen: chosenView(chosen) } : {}),
    }
  }

  async choose(principal: Principal, { state, note, until }: ChosenPresence): Promise<Own | Refusal> {
    const nowMs = this.#clock.now()
    const untilMs = until === undefined ? undefined : Date.parse(until)
    if (untilMs !== undefined && !(untilMs > nowMs && untilMs <= nowMs + longestMs)) return PresenceOverAlready()
    return this.#put(principal, {
      state,
      sinceMs: nowMs,
      ...(untilMs === undefined ? {} : { untilMs }),
      ...(note === undefined ? {} : { note }),
    })
  }

  clear(principal: Principal): Promise<Own | Refusal> {
    return this.#put(principal, undefined)
  }

  async #put(principal: Principal, value: PresenceClaim | undefined): Promise<Own | Refusal> {
    const user = userIn(this.#directory, principal, principal.userId)
    if (!user) return NotFound()
    await this.#settings.put({ userId: user.id, companyId: user.companyId, kind: 'presence', value })
    this.#presence.refresh(user.id)
    return this.own(principal)
  }
}

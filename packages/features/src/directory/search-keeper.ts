import type { CompanyId, Logger, UserId } from '@vaxel/base'
import type { Contact, DirectoryCard, NumberedEvent, User } from '@vaxel/core'
import { addNumbers, cardOfContact, cardOfUser, type NumbersByUser } from './cards.ts'
import type { DirectoryDependencies } from './scope.ts'

type KeeperDependencies = Pick<
  DirectoryDependencies,
  'configuration' | 'contacts' | 'photos' | 'search' | 'feed' | 'notices' | 'clock'
> & {
  readonly log: Logger
}

/** Users and numbers are gone through so many at a time, with room for calls between. */
const atOnce = 500
/** A notice names so many cards; of more it says only that there were many. */
const mostTold = 50

/** What a change of configuration says of the thing that was changed. */
interface Changed {
  readonly object?: unknown
  readonly id?: unknown
  readonly before?: unknown
  readonly after?: unknown
}

/** Keeps what is searched equal to the users of the configuration and the contacts of the store. */
export class SearchKeeper {
  readonly #around: KeeperDependencies
  /** Users whose card may have changed, by company; put before the next search. */
  readonly #stale = new Map<CompanyId, Set<UserId>>()
  #isScheduled = false
  #stop: () => void = () => {}
  #loaded: Promise<void> | undefined
  #wasLoaded = false
  #isLoaded = false

  constructor(dependencies: KeeperDependencies) {
    this.#around = dependencies
    this.#stop = dependencies.feed.subscribe((events) => this.#see(events))
    dependencies.search.onLost((why) => {
      dependencies.log.error('the directory is lost and will be read anew when somebody asks', { why })
      this.#loaded = undefined
      this.#isLoaded = false
    })
  }

  /** Reads everything, once; searches wait for it. Safe to call again. */
  load(): Promise<void> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      this.#loaded = undefined
      throw error
    })
    return this.#loaded
  }

  /** Searches need not wait. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** What was changed before this is found by searches after it. */
  async upToDate(): Promise<void> {
    await this.load()
    this.#refresh()
  }

  close(): void {
    this.#stop()
  }

  /** Takes over contacts of one owner that have been written. */
  put(contacts: readonly Contact[]): void {
    const { search, photos } = this.#around
    const [first] = contacts
    if (!first) return
    search.put(
      ownerOf(first),
      contacts.map((contact) => cardOfContact(contact, photos)),
    )
    this.tell(
      first.companyId,
      contacts.map(({ id }) => id),
      first.ownerId,
    )
  }

  remove({ id, ...contact }: Contact): void {
    this.#around.search.remove(ownerOf(contact), [id])
    this.#around.photos.forget([id])
    this.tell(contact.companyId, [id], contact.ownerId)
  }

  /** Takes away shared contacts that have been removed. */
  removeMany(companyId: CompanyId, ids: readonly string[]): void {
    if (ids.length === 0) return
    this.#around.search.remove({ companyId }, ids)
    this.#around.photos.forget(ids)
    this.tell(companyId, ids)
  }

  /** The card of a user is another, without a change of configuration. */
  refreshUser(user: User): void {
    this.#markStale(user.companyId, user.id)
  }

  /** Lets open screens know; of personal contacts only the owner's. */
  tell(companyId: CompanyId, cardIds: readonly string[], ownerId?: UserId): void {
    const { notices, clock } = this.#around
    notices.publish({
      companyId,
      kind: 'directory.changed',
      atMs: clock.now(),
      data: cardIds.length > mostTold ? {} : { cardIds },
      ...(ownerId === undefined ? {} : { to: [ownerId] }),
    })
  }

  async #load(): Promise<void> {
    const { configuration, contacts, photos, search } = this.#around
    // What is left of an earlier attempt would be there twice.
    if (this.#wasLoaded) search.reset()
    this.#wasLoaded = true
    for (const { id: companyId } of [...configuration.current.companies()]) await this.#loadUsers(companyId)
    await contacts.each((some) => {
      const byOwner = Map.groupBy(some, ({ companyId, ownerId }) => `${companyId}/${ownerId ?? ''}`)
      for (const own of byOwner.values())
        search.load(
          ownerOf(own[0]!),
          own.map((contact) => cardOfContact(contact, photos)),
        )
    })
    search.loaded()
    this.#isLoaded = true
  }

  async #loadUsers(companyId: CompanyId): Promise<void> {
    const { configuration, search } = this.#around
    const { current } = configuration
    const byUser: NumbersByUser = new Map()
    await inSlices(current.numbersOf(companyId), (numbers) => addNumbers(byUser, numbers))
    const cardOf = this.#cardMaker(companyId, byUser)
    await inSlices(current.usersOf(companyId), (users) => search.load({ companyId }, users.map(cardOf)))
  }

  #cardMaker(companyId: CompanyId, byUser: NumbersByUser): (user: User) => DirectoryCard {
    const { configuration, photos } = this.#around
    const company = configuration.current.company(companyId)
    return (user) => cardOfUser(user, { company, numbers: byUser.get(user.id) ?? [], photos })
  }

  #see(events: readonly NumberedEvent[]): void {
    for (const { kind, companyId, data } of events) {
      if (kind !== 'configuration.changed') continue
      const { object, id, before, after } = data as Changed
      if (object === 'company' && after === undefined) this.#around.search.forget({ companyId })
      else if (object === 'company') for (const user of this.#usersOf(companyId)) this.#markStale(companyId, user.id)
      else if (object === 'user') this.#markStale(companyId, id as UserId)
      else if (object === 'number') for (const userId of usersIn(before, after)) this.#markStale(companyId, userId)
    }
  }

  #usersOf(companyId: CompanyId): readonly User[] {
    return this.#around.configuration.current.usersOf(companyId)
  }

  #markStale(companyId: CompanyId, userId: UserId): void {
    const known = this.#stale.get(companyId)
    if (known) known.add(userId)
    else this.#stale.set(companyId, new Set([userId]))
    if (this.#isScheduled) return
    this.#isScheduled = true
    // Many changes come one after the other; a company's numbers are gone through once for all of them.
    setImmediate(() => {
      this.#isScheduled = false
      if (this.#loaded) void this.upToDate()
    })
  }

  #refresh(): void {
    const { configuration, search, photos } = this.#around
    for (const [companyId, userIds] of this.#stale) {
      const byUser: NumbersByUser = new Map()
      addNumbers(byUser, configuration.current.numbersOf(companyId), userIds)
      const cardOf = this.#cardMaker(companyId, byUser)
      const gone: UserId[] = []
      const cards: DirectoryCard[] = []
      for (const userId of userIds) {
        const user = configuration.current.user(userId)
        if (user) cards.push(cardOf(user))
        else gone.push(userId)
      }
      search.put({ companyId }, cards)
      search.remove({ companyId }, gone)
      photos.forget(gone)
      for (const ownerId of gone) search.forget({ companyId, ownerId })
      this.tell(companyId, [...userIds])
    }
    this.#stale.clear()
  }
}

async function inSlices<T>(all: readonly T[], take: (some: readonly T[]) => void): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce) {
    take(all.slice(from, from + atOnce))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const ownerOf = ({ companyId, ownerId }: Pick<Contact, 'companyId' | 'ownerId'>) =>
  ownerId === undefined ? { companyId } : { companyId, ownerId }

/** Users whom a number reached, and reaches now. */
function usersIn(...targets: unknown[]): UserId[] {
  return targets.flatMap((number) => {
    const { target } = (number ?? {}) as { target?: { userId?: UserId } }
    return target?.userId === undefined ? [] : [target.userId]
  })
}

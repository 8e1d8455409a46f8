import { type Logger, makeId, type Refusal, SerialQueue, type UserId } from '@vaxel/base'
import { NotFound, TooManyFavourites } from '@vaxel/contract'
import type { Favourites } from '@vaxel/core'
import { type EntryView, toEntry } from './views.ts'
import { type Asker, countryOf, type DirectoryDependencies } from './scope.ts'
import type { SearchKeeper } from './search-keeper.ts'

const mostCards = 200
const mostGroups = 50
const mostRemembered = 5_000

/** What each user keeps at hand. */
export class FavouriteService {
  readonly #around: DirectoryDependencies
  readonly #keeper: SearchKeeper
  readonly #turns: SerialQueue
  readonly #recent = new Map<UserId, Favourites>()

  constructor(dependencies: DirectoryDependencies & { readonly log: Logger }, keeper: SearchKeeper) {
    this.#around = dependencies
    this.#keeper = keeper
    this.#turns = new SerialQueue((error) => dependencies.log.error('favourites', { error: String(error) }))
  }

  /** From memory where it can be: every search asks. */
  async of({ userId }: Asker): Promise<Favourites> {
    const known = this.#recent.get(userId)
    if (known) return known
    const read = await this.#around.favourites.read(userId)
    this.#remember(userId, read)
    return read
  }

  async read(asker: Asker): Promise<{
    favourites: EntryView[]
    groups: { id: string; name: string; members: EntryView[] }[]
  }> {
    const [{ cardIds, groups }] = await Promise.all([this.of(asker), this.#keeper.upToDate()])
    const wanted = [...new Set([...cardIds, ...groups.flatMap((group) => group.cardIds)])]
    const cards = wanted.length === 0 ? [] : await this.#around.search.read(asker, wanted)
    const favourite = new Set(cardIds)
    const country = countryOf(this.#around, asker.companyId)
    const entries = new Map(cards.map((card) => [card.id, toEntry(card, favourite.has(card.id), country)]))
    const present = (ids: readonly string[]) => ids.map((id) => entries.get(id)).filter((entry) => entry !== undefined)
    return {
      favourites: present(cardIds),
      groups: groups.map((group) => ({ id: group.id, name: group.name, members: present(group.cardIds) })),
    }
  }

  order(asker: Asker, cardIds: readonly string[]): Promise<Refusal | undefined> {
    return this.#change(asker, (now) => ({ ...now, cardIds }), cardIds)
  }

  add(asker: Asker, cardId: string): Promise<Refusal | undefined> {
    return this.#change(
      asker,
      (now) => (now.cardIds.includes(cardId) ? now : { ...now, cardIds: [...now.cardIds, cardId] }),
      [cardId],
    )
  }

  remove(asker: Asker, cardId: string): Promise<Refusal | undefined> {
    return this.#change(asker, (now) => ({ ...now, cardIds: now.cardIds.filter((id) => id !== cardId) }))
  }

  async createGroup(asker: Asker, name: string, cardIds: readonly string[] = []): Promise<{ id: string } | Refusal> {
    const id = makeId<string>(this.#around.clock.now(), this.#around.random)
    const refusal = await this.#change(
      asker,
      (now) => ({ ...now, groups: [...now.groups, { id, name, cardIds }] }),
      cardIds,
    )
    return refusal ?? { id }
  }

  changeGroup(
    asker: Asker,
    groupId: string,
    { name, cardIds }: { name?: string; cardIds?: readonly string[] },
  ): Promise<Refusal | undefined> {
    return this.#changeGroup(
      asker,
      groupId,
      (group) => [{ ...group, name: name ?? group.name, cardIds: cardIds ?? group.cardIds }],
      cardIds,
    )
  }

  removeGroup(asker: Asker, groupId: string): Promise<Refusal | undefined> {
    return this.#changeGroup(asker, groupId, () => [])
  }

  #remember(userId: UserId, favourites: Favourites): void {
    this.#recent.delete(userId)
    this.#recent.set(userId, favourites)
    if (this.#recent.size > mostRemembered) this.#recent.delete(this.#recent.keys().next().value!)
  }

  #changeGroup(
    asker: Asker,
    groupId: string,
    change: (group: Favourites['groups'][number]) => Favourites['groups'],
    cardIds?: readonly string[],
  ): Promise<Refusal | undefined> {
    return this.#change(
      asker,
      (now) =>
        now.groups.some(({ id }) => id === groupId)
          ? { ...now, groups: now.groups.flatMap((group) => (group.id === groupId ? change(group) : [group])) }
          : undefined,
      cardIds,
    )
  }

  /** @param cardIds people whom the change brings in; all of them must be there, for this user */
  #change(
    { userId, companyId }: Asker,
    change: (now: Favourites) => Favourites | undefined,
    cardIds: readonly string[] = [],
  ): Promise<Refusal | undefined> {
    const { favourites, search } = this.#around
    return new Promise((resolve, reject) => {
      const perform = async (): Promise<Refusal | undefined> => {
        const now = await favourites.read(userId)
        const after = change(now)
        if (!after) return NotFound()
        const known = new Set([...now.cardIds, ...now.groups.flatMap((group) => group.cardIds)])
        const fresh = [...new Set(cardIds.filter((id) => !known.has(id)))]
        if (fresh.length > 0) {
          await this.#keeper.upToDate()
          if ((await search.read({ companyId, userId }, fresh)).length < fresh.length) return NotFound()
        }
        const isTooMuch =
          after.cardIds.length > mostCards ||
          after.groups.length > mostGroups ||
          after.groups.some((group) => group.cardIds.length > mostCards)
        if (isTooMuch) return TooManyFavourites()
        const user = this.#around.configuration.current.user(userId)
        if (!user) return NotFound()
        if (after === now) return undefined
        const refusal = await favourites.write({ id: userId, companyId: user.companyId }, after)
        if (!refusal) this.#remember(userId, after)
        return refusal
      }
      void this.#turns.run(() => perform().then(resolve, reject))
    })
  }
}

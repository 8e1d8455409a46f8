import type { Clock, CompanyId, Refusal, UserId } from '@vaxel/base'
import { InvalidRequest, NotFound } from '@vaxel/contract'
import {
  type CallerNames,
  type CardKind,
  type DirectoryCard,
  type Language,
  numberDigits,
  type Place,
} from '@vaxel/core'
import type { FavouriteService } from './favourite-service.ts'
import { type Asker, contactsOf, countryOf, type DirectoryDependencies } from './scope.ts'
import type { SearchKeeper } from './search-keeper.ts'
import { mayChange } from './contact-service.ts'
import { shownNumbers } from './shown-numbers.ts'
import { type EntryView, type PersonView, toEntry } from './views.ts'

const defaultLimit = 20
const preference: readonly CardKind[] = ['colleague', 'personal', 'shared']

/** Finding people, by what somebody types or by their numbers. */
export class SearchService implements CallerNames {
  readonly #around: DirectoryDependencies
  readonly #keeper: SearchKeeper
  readonly #favourites: FavouriteService

  constructor(dependencies: DirectoryDependencies, keeper: SearchKeeper, favourites: FavouriteService) {
    this.#around = dependencies
    this.#keeper = keeper
    this.#favourites = favourites
  }

  async search(
    asker: Asker,
    {
      q = '',
      kind,
      language,
      limit = defaultLimit,
      after,
    }: {
      q?: string
      kind?: CardKind
      language?: Language
      limit?: number
      after?: string
    },
  ): Promise<{ items: EntryView[]; total: number; next?: string } | Refusal> {
    const place = after === undefined ? undefined : readPlace(after)
    if (after !== undefined && !place)
      return InvalidRequest(undefined, { mistakes: [{ path: '?after', reason: 'is no `next` of an earlier page' }] })
    const [{ cardIds }] = await Promise.all([this.#favourites.of(asker), this.#keeper.upToDate()])
    const { companyId, userId } = asker
    const { cards, total, next } = await this.#around.search.search({
      companyId,
      userId,
      typed: q,
      language: language ?? this.#around.configuration.current.user(userId)?.language ?? 'en',
      limit,
      favourites: cardIds,
      ...(place ? { after: place } : {}),
      ...(kind ? { kind } : {}),
    })
    const favourites = new Set(cardIds)
    const country = countryOf(this.#around, asker.companyId)
    const items = cards.map((card) => toEntry(card, favourites.has(card.id), country))
    return { items, total, ...(next ? { next: writePlace(next) } : {}) }
  }

  async byNumbers(
    asker: Asker,
    numbers: readonly string[],
  ): Promise<{ items: { number: string; entry: EntryView }[] }> {
    const [{ cardIds }] = await Promise.all([this.#favourites.of(asker), this.#keeper.upToDate()])
    const cards = await this.#around.search.withNumbers(asker, numbers)
    const favourites = new Set(cardIds)
    const country = countryOf(this.#around, asker.companyId)
    const owners = preferredOwners(cards)
    const items = [...new Set(numbers)].flatMap((number) => {
      const card = owners.get(numberDigits(number).digits)
      return card ? [{ number, entry: toEntry(card, favourites.has(card.id), country) }] : []
    })
    return { items }
  }

  async person(asker: Asker, cardId: string): Promise<PersonView | Refusal> {
    const [{ cardIds, groups }] = await Promise.all([this.#favourites.of(asker), this.#keeper.upToDate()])
    const { companyId, userId } = asker
    const [card] = await this.#around.search.read({ companyId, userId }, [cardId])
    if (!card) return NotFound()
    const country = countryOf(this.#around, companyId)
    const user = card.kind === 'colleague' ? this.#around.configuration.current.user(cardId as UserId) : undefined
    const contact = card.kind === 'colleague' ? undefined : await this.#around.contacts.read(companyId, cardId)
    const { email: _, ...entry } = toEntry(card, cardIds.includes(cardId), country)
    return {
      ...entry,
      numbers: shownNumbers(card.numbers, country),
      ...(card.location === undefined ? {} : { location: card.location }),
      ...(card.skills ? { skills: [...card.skills] } : {}),
      ...(card.emails ? { emails: [...card.emails] } : {}),
      ...(contact?.notes === undefined ? {} : { notes: contact.notes }),
      ...(user ? { sipAddress: `${user.name}@${user.domain}` } : {}),
      groups: groups.filter((group) => group.cardIds.includes(cardId)).map(({ id }) => id),
      mayChange:
        card.kind === 'colleague'
          ? cardId === userId
          : mayChange(asker, {
              ...contactsOf(asker, card.kind === 'personal' ? 'personal' : 'shared'),
              ...(contact?.directoryId === undefined ? {} : { directoryId: contact.directoryId }),
            }) === undefined,
      ...(contact?.directoryId === undefined
        ? {}
        : { from: this.#around.externalDirectories.find(companyId, contact.directoryId)?.name ?? '' }),
    }
  }

  /**
   * The name of a caller from outside. Never keeps a call waiting: without an answer at once there is none. Whoever shows an extension from
   * there is not the colleague who has it.
   */
  async nameOf(companyId: CompanyId, userId: UserId | undefined, number: string): Promise<string | undefined> {
    if (!this.#keeper.isLoaded) return undefined
    const who = { companyId, ...(userId === undefined ? {} : { userId }) }
    const asked = this.#around.search.withNumbers(who, [number]).catch(() => [])
    const cards = await withinLimit(this.#around.clock, asked)
    const known = (cards ?? []).map((card) => (card.kind === 'colleague' ? reachedFromOutside(card) : card))
    return preferredOwners(known).get(numberDigits(number).digits)?.name
  }
}

const reachedFromOutside = (card: DirectoryCard): DirectoryCard => ({
  ...card,
  numbers: card.numbers.filter(({ number }) => number.startsWith('+')),
})

/** How long a name may take. */
const nameLimitMs = 100

function withinLimit<T>(clock: Clock, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = clock.startTimer(nameLimitMs, () => resolve(undefined))
    work.then(resolve, reject).finally(() => timer.stop())
  })
}

/** Whose a number is, by its digits: a colleague's before one's own contact's, and that before a shared one's. */
function preferredOwners(cards: readonly DirectoryCard[]): Map<string, DirectoryCard> {
  const owners = new Map<string, DirectoryCard>()
  for (const kind of preference)
    for (const card of cards)
      if (card.kind === kind)
        for (const { number } of card.numbers) {
          const { digits } = numberDigits(number)
          if (!owners.has(digits)) owners.set(digits, card)
        }
  return owners
}

const writePlace = ({ key, name, id }: Place): string =>
  Buffer.from(JSON.stringify([key, name, id])).toString('base64url')

function readPlace(text: string): Place | undefined {
  try {
    const [key, name, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof key !== 'number' || typeof name !== 'string' || typeof id !== 'string') return undefined
    return { key, name, id }
  } catch {
    return undefined
  }
}

import type { CardKind, DirectoryCard } from './card.ts'
import { DigitTable } from './digit-table.ts'
import { NameOrder } from './name-order.ts'
import { PackedTexts } from './packed-texts.ts'
import { prepareCard, unfit } from './prepared-card.ts'
import { type Found, type Searchable, type SearchPlan, type SearchResult, sortKey } from './search-plan.ts'
import { WordTable } from './word-table.ts'

const kinds: readonly CardKind[] = ['colleague', 'shared', 'personal']

/**
 * Many cards in compact tables, which never change; a card that was removed or has become another is marked.
 * Cards are numbered in the order of their identifiers.
 */
export class CardSegment implements Searchable {
  readonly size: number
  #live: number
  readonly #liveOfKind = new Uint32Array(kinds.length)
  readonly #gone: Uint8Array
  readonly #kinds: Uint8Array
  readonly #ids: PackedTexts
  readonly #names: PackedTexts
  readonly #cards: PackedTexts
  readonly #words: WordTable
  readonly #digits: DigitTable
  readonly #order: NameOrder
  // Used anew by each search: sums, one word's weights, favourites.
  readonly #sums: Uint8Array
  readonly #weights: Uint8Array
  readonly #favourites: Uint8Array

  constructor(cards: readonly DirectoryCard[]) {
    const sorted = [...cards].sort((a, b) => (a.id < b.id ? -1 : 1))
    const prepared = sorted.map(prepareCard)
    const ids = sorted.map(({ id }) => id)
    const names = sorted.map(({ name }) => name)
    this.size = sorted.length
    this.#live = sorted.length
    this.#gone = new Uint8Array(this.size)
    this.#kinds = Uint8Array.from(sorted, ({ kind }) => kinds.indexOf(kind))
    for (const kind of this.#kinds) this.#liveOfKind[kind]!++
    this.#ids = new PackedTexts(ids)
    this.#names = new PackedTexts(names)
    this.#cards = new PackedTexts(sorted.map((card) => JSON.stringify(card)))
    this.#words = new WordTable(prepared.map(({ words }) => words))
    this.#digits = new DigitTable(prepared.map(({ numbers }) => numbers))
    this.#order = new NameOrder(names, ids)
    this.#sums = new Uint8Array(this.size)
    this.#weights = new Uint8Array(this.size)
    this.#favourites = new Uint8Array(this.size)
  }

  /** Cards that are still there. */
  get live(): number {
    return this.#live
  }

  /** Of the tables; the words themselves come on top. */
  get sizeBytes(): number {
    const texts = this.#ids.sizeBytes + this.#names.sizeBytes + this.#cards.sizeBytes
    return texts + this.#words.sizeBytes + this.#digits.sizeBytes + this.#order.sizeBytes + 5 * this.size
  }

  get wordCount(): number {
    return this.#words.wordCount
  }

  get(id: string): DirectoryCard | undefined {
    const card = this.#find(id)
    return card === undefined ? undefined : this.#cardAt(card)
  }

  remove(id: string): boolean {
    const card = this.#find(id)
    if (card === undefined) return false
    this.#gone[card] = 1
    this.#live--
    this.#liveOfKind[this.#kinds[card]!]!--
    return true
  }

  *cards(): Generator<DirectoryCard> {
    for (let card = 0; card < this.size; card++) if (this.#gone[card] === 0) yield this.#cardAt(card)
  }

  withNumbers(wanted: ReadonlySet<string>): DirectoryCard[] {
    const found: DirectoryCard[] = []
    for (const card of this.#digits.cardsWith(wanted)) if (this.#gone[card] === 0) found.push(this.#cardAt(card))
    return found
  }

  search(plan: SearchPlan): SearchResult {
    return plan.query.length === 0 ? this.#list(plan) : this.#searchWords(plan)
  }

  #list(plan: SearchPlan): SearchResult {
    const kind = plan.kind === undefined ? undefined : kinds.indexOf(plan.kind)
    const order = this.#order.order(plan.language)
    const found: Found[] = []
    for (let at = this.#start(plan); at < this.size && found.length < plan.limit; at++) {
      const card = order[at]!
      if (this.#gone[card] === 0 && (kind === undefined || this.#kinds[card] === kind)) found.push(this.#found(0, card))
    }
    return { found, total: kind === undefined ? this.#live : this.#liveOfKind[kind]! }
  }

  #searchWords(plan: SearchPlan): SearchResult {
    const { after } = plan
    this.#sum(plan.query)
    const kind = plan.kind === undefined ? undefined : kinds.indexOf(plan.kind)
    const favourites = [...plan.favourites].map((id) => this.#find(id)).filter((card) => card !== undefined)
    for (const card of favourites) this.#favourites[card] = 1
    const { best, total } = this.#collect(plan, kind, after ? this.#start(plan) : 0)
    for (const card of favourites) this.#favourites[card] = 0
    return { found: best.map(({ key, card }) => this.#found(key, card)), total }
  }

  /** The best after the place where it goes on, and how many fit altogether. */
  #collect(
    { query, language, limit, after }: SearchPlan,
    kind: number | undefined,
    startRank: number,
  ): { best: readonly Ranked[]; total: number } {
    const ranks = this.#order.ranks(language)
    const sums = this.#sums
    const gone = this.#gone
    const ofKind = this.#kinds
    const keys = keyTable(query.length)
    const best: Ranked[] = []
    const leastKey = after?.key ?? -1
    let worstKey = Number.MAX_SAFE_INTEGER
    let total = 0
    for (let card = 0; card < sums.length; card++) {
      const sum = sums[card]!
      if (sum === unfit || gone[card] !== 0) continue
      const itsKind = ofKind[card]!
      if (kind !== undefined && itsKind !== kind) continue
      total++
      const key = keys[(sum * 2 + this.#favourites[card]!) * kinds.length + itsKind]!
      if (key > worstKey || key < leastKey) continue
      const rank = ranks[card]!
      if (key === leastKey && rank < startRank) continue
      insertRanked(best, { key, rank, card }, limit)
      if (best.length === limit) worstKey = best[limit - 1]!.key
    }
    return { best, total }
  }

  /** Weighs every card: the sum over all words, or {@link unfit}. */
  #sum(query: SearchPlan['query']): void {
    const sums = this.#sums.fill(0)
    const weights = this.#weights
    for (const { text, digits } of query) {
      weights.fill(unfit)
      if (text !== undefined) this.#words.weigh(text, weights)
      if (digits !== undefined) this.#digits.weigh(digits, weights)
      for (let card = 0; card < sums.length; card++)
        sums[card] = weights[card] === unfit || sums[card] === unfit ? unfit : sums[card]! + weights[card]!
    }
  }

  /** Where in the order a search goes on. */
  #start({ after, language }: SearchPlan): number {
    if (!after) return 0
    return this.#order.upTo(language, after, (card) => ({ name: this.#names.at(card), id: this.#ids.at(card) }))
  }

  #found(key: number, card: number): Found {
    return { key, name: this.#names.at(card), id: this.#ids.at(card), card: () => this.#cardAt(card) }
  }

  #cardAt(card: number): DirectoryCard {
    return JSON.parse(this.#cards.at(card)) as DirectoryCard
  }

  /** A card that is there. */
  #find(id: string): number | undefined {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ids.at(middle) < id) low = middle + 1
      else high = middle
    }
    return low < this.size && this.#gone[low] === 0 && this.#ids.at(low) === id ? low : undefined
  }
}

/** A card on its way into an answer. */
interface Ranked {
  readonly key: number
  readonly rank: number
  readonly card: number
}

/** Keeps the first ones in order. */
function insertRanked(best: Ranked[], ranked: Ranked, limit: number): void {
  const isBefore = (a: Ranked, b: Ranked): boolean => a.key < b.key || (a.key === b.key && a.rank < b.rank)
  if (best.length === limit && !isBefore(ranked, best[limit - 1]!)) return
  let at = best.length
  while (at > 0 && isBefore(ranked, best[at - 1]!)) at--
  best.splice(at, 0, ranked)
  if (best.length > limit) best.pop()
}

/** The sort key of each sum, for favourites or not, and each kind: computed once, not for each card. */
function keyTable(wordCount: number): Uint16Array {
  const keys = new Uint16Array((wordCount * 3 + 1) * 2 * kinds.length)
  for (let i = 0; i < keys.length; i++) {
    const rest = Math.floor(i / kinds.length)
    keys[i] = sortKey(Math.floor(rest / 2), kinds[i % kinds.length]!, rest % 2 === 1)
  }
  return keys
}

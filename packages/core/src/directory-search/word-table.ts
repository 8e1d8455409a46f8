import { type WordPlace, weighWord } from './prepared-card.ts'

/** All words of many cards in order, each with the cards that have it: what begins with a text is one stretch of it. */
export class WordTable {
  readonly #words: readonly string[]
  readonly #starts: Uint32Array
  /** Card and place of each entry: card × 4 + place. */
  readonly #entries: Uint32Array

  constructor(wordsOf: readonly ReadonlyMap<string, WordPlace>[]) {
    const entriesOf = new Map<string, number[]>()
    wordsOf.forEach((words, card) => {
      for (const [word, place] of words) {
        const known = entriesOf.get(word)
        if (known) known.push(card * 4 + place)
        else entriesOf.set(word, [card * 4 + place])
      }
    })
    this.#words = [...entriesOf.keys()].sort()
    this.#starts = new Uint32Array(this.#words.length + 1)
    let count = 0
    this.#words.forEach((word, i) => {
      count += entriesOf.get(word)!.length
      this.#starts[i + 1] = count
    })
    this.#entries = new Uint32Array(count)
    this.#words.forEach((word, i) => this.#entries.set(entriesOf.get(word)!, this.#starts[i]))
  }

  /** Without the words themselves, which lie on the heap. */
  get sizeBytes(): number {
    return this.#entries.byteLength + this.#starts.byteLength
  }

  get wordCount(): number {
    return this.#words.length
  }

  /** Writes the weight of each card with a word that begins so, where it is better than what stands there. */
  weigh(text: string, weights: Uint8Array): void {
    const from = this.#firstFrom(text)
    // No word holds the last unit of UTF-16, which is no character.
    const to = this.#firstFrom(`${text}\uffff`)
    if (from === to) return
    const whole = this.#words[from]!.length === text.length ? from + 1 : from
    this.#weighEntries(true, from, whole, weights)
    this.#weighEntries(false, whole, to, weights)
  }

  #weighEntries(isWhole: boolean, from: number, to: number, weights: Uint8Array): void {
    const entries = this.#entries
    const weightOf = ([0, 1, 2] as const).map((place) => weighWord(isWhole, place))
    const end = this.#starts[to]!
    for (let i = this.#starts[from]!; i < end; i++) {
      const entry = entries[i]!
      const weight = weightOf[entry & 3]!
      const card = entry >>> 2
      if (weight < weights[card]!) weights[card] = weight
    }
  }

  #firstFrom(text: string): number {
    let low = 0
    let high = this.#words.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#words[middle]! < text) low = middle + 1
      else high = middle
    }
    return low
  }
}

import type { ContactsOf } from '@vaxel/core'
import { type DirectoryCard, numberDigits } from '@vaxel/core/directory-search'

/** Numbers of the first layer; each further one has room for twice as many. */
const firstRoom = 1_024
const bitsPerNumber = 16
const probes = 4

interface Layer {
  readonly bits: Uint32Array
  readonly room: number
  count: number
}

/**
 * Which numbers may stand on a card, two bytes each (a Bloom filter that grows): most callers stand on none, and the searching thread
 * need not be woken for them. It forgets nothing that was taken away, and says "perhaps"
 * wrongly once in some hundred numbers; its "no" is always right.
 */
export class KnownNumbers {
  #layers: Layer[] = []

  add(of: ContactsOf, cards: readonly DirectoryCard[]): void {
    const key = contactsKey(of)
    for (const card of cards)
      for (const { number } of card.numbers) {
        const { digits } = numberDigits(number)
        if (digits !== '') this.#put(hashOf(digits, hashOf(key, seed)))
      }
  }

  /** Whether a number may be on a card of these contacts; false is certain. */
  mayHave(of: ContactsOf, number: string): boolean {
    if (this.#layers.length === 0) return false
    const { digits } = numberDigits(number)
    return digits !== '' && this.#has(hashOf(digits, hashOf(contactsKey(of), seed)))
  }

  clear(): void {
    this.#layers = []
  }

  #put(hash: number): void {
    if (this.#has(hash)) return
    let layer = this.#layers.at(-1)
    if (!layer || layer.count >= layer.room) {
      const room = layer ? layer.room * 2 : firstRoom
      layer = { bits: new Uint32Array((room * bitsPerNumber) / 32), room, count: 0 }
      this.#layers.push(layer)
    }
    layer.count++
    eachBit(hash, layer, (word, bit) => {
      layer.bits[word]! |= bit
      return true
    })
  }

  #has(hash: number): boolean {
    return this.#layers.some((layer) => eachBit(hash, layer, (word, bit) => (layer.bits[word]! & bit) !== 0))
  }
}

/** One text for whose contacts they are: a company's own, or those of one of its people. */
export const contactsKey = ({ companyId, ownerId }: ContactsOf): string =>
  ownerId === undefined ? companyId : `${companyId}/${ownerId}`

/** @returns whether all of the number's bits are as wanted */
function eachBit(hash: number, { bits }: Layer, isWanted: (word: number, bit: number) => boolean): boolean {
  const step = mixed(hash) | 1
  for (let probe = 0, at = hash; probe < probes; probe++, at = (at + step) >>> 0) {
    const place = at & (bits.length * 32 - 1)
    if (!isWanted(place >>> 5, 1 << (place & 31))) return false
  }
  return true
}

const seed = 0x811c9dc5

/** FNV-1a, mixed at its end. */
function hashOf(text: string, from: number): number {
  let hash = from
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

/** The finish of MurmurHash3: every bit depends on every other. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

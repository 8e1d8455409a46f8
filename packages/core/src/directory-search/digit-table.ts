import { fewestInside, type NumberDigits } from './number-digits.ts'
import { unfit } from './prepared-card.ts'

const digitBits = 0x0f
/** The number, or its national part, begins here. */
const beginBit = 0x10
const lastBit = 0x20

/** Any three digits in a row. */
const bucketCount = 1_000

/** The telephone numbers of many cards, a byte a digit, with the places of any three digits in a row. */
export class DigitTable {
  readonly #bytes: Uint8Array
  /** First byte of each card. */
  readonly #starts: Uint32Array
  /** Where numbers and national parts begin. */
  readonly #begins: Uint32Array
  readonly #bucketStarts = new Uint32Array(bucketCount + 1)
  readonly #bucketPlaces: Uint32Array

  constructor(numbersOf: readonly (readonly NumberDigits[])[]) {
    let length = 0
    for (const numbers of numbersOf) for (const { digits } of numbers) length += digits.length
    this.#bytes = new Uint8Array(length)
    this.#starts = new Uint32Array(numbersOf.length + 1)
    let at = 0
    numbersOf.forEach((numbers, card) => {
      for (const { digits, national } of numbers)
        for (let i = 0; i < digits.length; i++) {
          const marks = (i === 0 || i === national ? beginBit : 0) | (i === digits.length - 1 ? lastBit : 0)
          this.#bytes[at++] = (digits.charCodeAt(i) - 48) | marks
        }
      this.#starts[card + 1] = at
    })
    this.#begins = this.#findBegins()
    this.#eachThree((bucket) => this.#bucketStarts[bucket + 1]!++)
    for (let bucket = 0; bucket < bucketCount; bucket++) this.#bucketStarts[bucket + 1]! += this.#bucketStarts[bucket]!
    const next = this.#bucketStarts.slice()
    this.#bucketPlaces = new Uint32Array(next[bucketCount]!)
    this.#eachThree((bucket, at) => {
      this.#bucketPlaces[next[bucket]!++] = at
    })
  }

  get sizeBytes(): number {
    return this.#bytes.byteLength + this.#starts.byteLength + this.#begins.byteLength + this.#bucketPlaces.byteLength
  }

  /** Writes the weight of each card whose numbers fit better than what stands there; see weighDigits. */
  weigh(typed: string, weights: Uint8Array): void {
    const significant = typed.replace(/^0+/, '')
    this.#look(typed, typed.length >= fewestInside, weights)
    if (significant !== typed && significant !== '') this.#look(significant, false, weights)
  }

  #look(typed: string, isInside: boolean, weights: Uint8Array): void {
    const wanted = Uint8Array.from(typed, Number)
    if (wanted.length < fewestInside) return this.#lookAtBegins(wanted, weights)
    const bytes = this.#bytes
    const starts = this.#starts
    const bucket = wanted[0]! * 100 + wanted[1]! * 10 + wanted[2]!
    const end = this.#bucketStarts[bucket + 1]!
    let card = 0
    for (let i = this.#bucketStarts[bucket]!; i < end; i++) {
      const at = this.#bucketPlaces[i]!
      if (!isInside && (bytes[at]! & beginBit) === 0) continue
      const weight = this.#fit(wanted, at)
      if (weight === unfit) continue
      while (starts[card + 1]! <= at) card++
      if (weight < weights[card]!) weights[card] = weight
    }
  }

  /** One or two digits, of which every directory has many. */
  #lookAtBegins(wanted: Uint8Array, weights: Uint8Array): void {
    const bytes = this.#bytes
    const starts = this.#starts
    const begins = this.#begins
    const [first, second] = wanted
    let card = 0
    for (let i = 0; i < begins.length; i++) {
      const at = begins[i]!
      const byte = bytes[at]!
      if ((byte & digitBits) !== first) continue
      if (second !== undefined && ((byte & lastBit) !== 0 || (bytes[at + 1]! & digitBits) !== second)) continue
      while (starts[card + 1]! <= at) card++
      const isEnd = (bytes[at + wanted.length - 1]! & lastBit) !== 0
      const weight = isEnd ? 0 : 1
      if (weight < weights[card]!) weights[card] = weight
    }
  }

  /** How well a number fits from here on. */
  #fit(wanted: Uint8Array, at: number): number {
    const bytes = this.#bytes
    const last = at + wanted.length - 1
    if (last >= bytes.length) return unfit
    for (let i = at; i <= last; i++) {
      const byte = bytes[i]!
      if ((byte & digitBits) !== wanted[i - at] || (i < last && (byte & lastBit) !== 0)) return unfit
    }
    const isEnd = (bytes[last]! & lastBit) !== 0
    if ((bytes[at]! & beginBit) !== 0) return isEnd ? 0 : 1
    return isEnd ? 2 : 3
  }

  #findBegins(): Uint32Array {
    let count = 0
    for (const byte of this.#bytes) if ((byte & beginBit) !== 0) count++
    const begins = new Uint32Array(count)
    let next = 0
    this.#bytes.forEach((byte, at) => {
      if ((byte & beginBit) !== 0) begins[next++] = at
    })
    return begins
  }

  /** Every three digits in a row, and where they begin. */
  #eachThree(take: (bucket: number, at: number) => void): void {
    const bytes = this.#bytes
    let value = 0
    let length = 0
    for (let at = 0; at < bytes.length; at++) {
      value = (value * 10 + (bytes[at]! & digitBits)) % bucketCount
      length++
      if (length >= fewestInside) take(value, at + 1 - fewestInside)
      if ((bytes[at]! & lastBit) === 0) continue
      value = 0
      length = 0
    }
  }

  /** Cards that have one of these numbers: all of its digits. */
  *cardsWith(wanted: ReadonlySet<string>): Generator<number> {
    const values = new Set([...wanted].map(valueOf))
    let value = 1
    for (let card = 0; card + 1 < this.#starts.length; card++) {
      let isFound = false
      for (let at = this.#starts[card]!; at < this.#starts[card + 1]!; at++) {
        const byte = this.#bytes[at]!
        value = value * 10 + (byte & digitBits)
        if ((byte & lastBit) === 0) continue
        isFound ||= values.has(value)
        value = 1
      }
      if (isFound) yield card
    }
  }
}

/** A number of at most 15 digits with a 1 in front is exact, and keeps its zeros. */
const valueOf = (digits: string): number => Number(`1${digits}`)

/** What payload types mean, as `encoding/rate` in lower case. A few each: lists take a tenth of an object with such numbers as its keys. */
export class PayloadNames {
  #numbers: readonly number[]
  #names: readonly string[]

  constructor(from?: PayloadNames) {
    this.#numbers = from ? from.#numbers : []
    this.#names = from ? from.#names : []
  }

  nameOf(number: number): string | undefined {
    return this.#names[this.#numbers.indexOf(number)]
  }

  /** The lowest one with this meaning. */
  numberOf(name: string): number | undefined {
    let lowest: number | undefined
    for (let i = 0; i < this.#names.length; i++) {
      const number = this.#numbers[i]!
      if (this.#names[i] === name && (lowest === undefined || number < lowest)) lowest = number
    }
    return lowest
  }

  set(number: number, name: string): void {
    const at = this.#numbers.indexOf(number)
    if (at >= 0) this.#names = this.#names.with(at, name)
    else {
      // A list that grows in place keeps room for 16 more.
      this.#numbers = [...this.#numbers, number]
      this.#names = [...this.#names, name]
    }
  }
}

/**
 * The number that a format has, or gets: the one it had before, else the usual one if that is free, else the first free dynamic one.
 * @returns undefined only when all 32 dynamic numbers are taken
 */
export function payloadNumberFor(names: PayloadNames, name: string, usual: number): number | undefined {
  const known = names.numberOf(name)
  if (known !== undefined) return known
  if (names.nameOf(usual) === undefined) return usual
  for (let number = 96; number <= 127; number++) if (names.nameOf(number) === undefined) return number
  return undefined
}

/** @example payloadName('PCMA', 8000) // 'pcma/8000' */
export function payloadName(encoding: string, rateHz: number): string {
  return `${encoding.toLowerCase()}/${rateHz}`
}

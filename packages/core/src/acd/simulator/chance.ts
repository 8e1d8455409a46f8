/** Numbers by chance, the same for the same seed (Mulberry32, 32 bits of state: enough to simulate days, not to keep secrets). */
export interface Chance {
  /** 0 to 1, 1 not included. */
  next(): number
  /** Times between events that know nothing of each other. */
  exponential(mean: number): number
  /** @returns undefined of an empty list */
  oneOf<T>(list: readonly T[]): T | undefined
}

export function makeChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    exponential: (mean) => -mean * Math.log(1 - next()),
    oneOf: (list) => list[Math.floor(next() * list.length)],
  }
}

import type { Clock } from './clock.ts'

const mostKnown = 20_000

/** So many at once and so many a second for each name; names whose allowance is full again are the first to be forgotten. */
export class Pace {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  readonly #known = new Map<string, { left: number; atMs: number }>()

  constructor(clock: Clock, { burst, perSecond }: { readonly burst: number; readonly perSecond: number }) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** @returns seconds to wait; 0: it was counted, go on */
  take(name: string): number {
    const nowMs = this.#clock.monotonicMs()
    const known = this.#known.get(name) ?? { left: this.#burst, atMs: nowMs }
    const left = Math.min(this.#burst, known.left + ((nowMs - known.atMs) / 1000) * this.#perSecond)
    if (left < 1) return Math.ceil((1 - left) / this.#perSecond)
    this.#known.delete(name)
    this.#known.set(name, { left: left - 1, atMs: nowMs })
    if (this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value ?? name)
    return 0
  }

  forget(name: string): void {
    this.#known.delete(name)
  }
}

/**
 * Whose allowance an address takes: its own, of IPv6 that of its /64, since whoever has one address there has them all.
 * @example whoIs('2001:db8:0:1::5') // '2001:db8:0:1'
 */
export function whoIs(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const missing = address.includes('::') ? 8 - front.length - (tail === '' ? 0 : tail.split(':').length) : 0
  return [...front, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail.split(':')].slice(0, 4).join(':')
}

/** Whether an address is the machine's own. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

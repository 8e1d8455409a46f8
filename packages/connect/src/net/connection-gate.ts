import { sourceOfAddress } from '@vaxel/base'

/** Counts the connections that came in, over all listeners, and refuses what is above the limits. */
export class ConnectionGate {
  readonly #total: number
  readonly #perSource: number
  readonly #makeRoom: () => void
  readonly #sources = new Map<string, number>()
  #open = 0

  /** @param makeRoom called when all places are taken and a source may have one more: what lets one out then lets the other in */
  constructor(limits: { connections: number; connectionsPerSource: number }, makeRoom: () => void = () => {}) {
    this.#total = limits.connections
    this.#perSource = limits.connectionsPerSource
    this.#makeRoom = makeRoom
  }

  get open(): number {
    return this.#open
  }

  /** Lets a connection from that address in; the function returned lets it out, once. Undefined when it may not come in. */
  admit(address: string): (() => void) | undefined {
    const source = sourceOfAddress(address)
    if (this.#countOf(source) >= this.#perSource) return undefined
    if (this.#open >= this.#total) this.#makeRoom()
    if (this.#open >= this.#total) return undefined
    this.#open++
    this.#sources.set(source, this.#countOf(source) + 1)
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      this.#open--
      const left = this.#countOf(source) - 1
      if (left === 0) this.#sources.delete(source)
      else this.#sources.set(source, left)
    }
  }

  #countOf(source: string): number {
    return this.#sources.get(source) ?? 0
  }
}

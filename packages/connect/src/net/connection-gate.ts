import { sourceOfAddress } from '@vaxel/base'

/** Counts the connections that came in, over all listeners, and refuses what is above the limits. */
export class ConnectionGate {
  readonly #total: number
  readonly #perSource: number
  readonly #sources = new Map<string, number>()
  #open = 0

  constructor(limits: { connections: number; connectionsPerSource: number }) {
    this.#total = limits.connections
    this.#perSource = limits.connectionsPerSource
  }

  get open(): number {
    return this.#open
  }

  /** Lets a connection from that address in; the function returned lets it out, once. Undefined when it may not come in. */
  admit(address: string): (() => void) | undefined {
    const source = sourceOfAddress(address)
    const count = this.#sources.get(source) ?? 0
    if (this.#open >= this.#total || count >= this.#perSource) return undefined
    this.#open++
    this.#sources.set(source, count + 1)
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      this.#open--
      const left = this.#sources.get(source)! - 1
      if (left === 0) this.#sources.delete(source)
      else this.#sources.set(source, left)
    }
  }
}

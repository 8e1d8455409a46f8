import { OldestFirst } from '@vaxel/base'
import type { UdpFlow } from './udp-flow.ts'

/** How many entries are looked at to find one that was quiet, when the table is full. */
const chances = 16

/**
 * The UDP flows of one listener by remote address and port. Bounded: when it is full, the entry that was not used since it was
 * last looked at goes first (second chance), so that a flood of one-off senders drops itself before phones that keep talking.
 */
export class UdpFlowTable {
  readonly #flows = new OldestFirst<string, UdpFlow>()
  readonly #limit: number
  readonly #onForgotten: (flow: UdpFlow) => void

  constructor(limit: number, onForgotten: (flow: UdpFlow) => void) {
    this.#limit = Math.max(1, limit)
    this.#onForgotten = onForgotten
  }

  get size(): number {
    return this.#flows.size
  }

  find(address: string, port: number): UdpFlow | undefined {
    return this.#flows.get(key(address, port))
  }

  add(flow: UdpFlow): void {
    if (this.#flows.size >= this.#limit) this.#evict()
    this.#flows.set(key(flow.remote.address, flow.remote.port), flow)
    flow.isKept = true
  }

  remove(flow: UdpFlow): void {
    const name = key(flow.remote.address, flow.remote.port)
    if (this.#flows.get(name) !== flow) return
    this.#flows.delete(name)
    flow.isKept = false
    this.#onForgotten(flow)
  }

  /** Forgets what was last used before `beforeMs` (monotonic). */
  expire(beforeMs: number): void {
    for (const [, flow] of this.#flows.entries()) if (flow.lastUsedMs < beforeMs) this.remove(flow)
  }

  #evict(): void {
    for (let chance = 0; ; chance++) {
      const name = this.#flows.oldest
      const flow = name === undefined ? undefined : this.#flows.get(name)
      if (name === undefined || flow === undefined) return
      if (chance >= chances || !flow.wasUsedAgain) return this.remove(flow)
      flow.wasUsedAgain = false
      this.#flows.renew(name, flow)
    }
  }
}

const key = (address: string, port: number): string => `${address}|${port}`

import type { EchoPortState } from '@vaxel/core'
import type { PortPool } from '../engine/port-pool.ts'

/** Of all pairs, those that checks may have together; and those that must be left for calls before they get any. */
const mostShare = 1 / 4
const mostPairs = 256
const leastLeftShare = 1 / 4

/** Opens and closes ports; who holds them is counted here. */
export interface PortDoors {
  open(port: number): Promise<boolean>
  close(port: number): Promise<void>
}

interface Held {
  readonly port: number
  readonly checks: Set<string>
  state: Promise<boolean>
}

/**
 * Which ports are open for which checks. A port comes with its pair out of the pool of the calls, as if a call had it, is shared by
 * all checks that want it, and goes back when the last of them ends.
 */
export class HeldPorts {
  readonly #pool: PortPool
  readonly #range: readonly [from: number, to: number]
  readonly #doors: PortDoors
  readonly #held = new Map<number, Held>()
  /** How many ports of a pair are held, by its even one. */
  readonly #pairs = new Map<number, number>()
  readonly #open = new Set<number>()
  #closedPort: number | undefined
  readonly #closedFor = new Set<string>()

  constructor(options: { pool: PortPool; range: readonly [from: number, to: number]; doors: PortDoors }) {
    this.#pool = options.pool
    this.#range = options.range
    this.#doors = options.doors
  }

  get open(): ReadonlySet<number> {
    return this.#open
  }

  get hasPortsToSpare(): boolean {
    const { total, available } = this.#pool
    return available > total * leastLeftShare && this.#pairs.size < Math.min(mostPairs, Math.floor(total * mostShare))
  }

  isOpenFor(checkId: string, port: number): boolean {
    return this.#open.has(port) && (this.#held.get(port)?.checks.has(checkId) ?? false)
  }

  async hold(checkId: string, port: number): Promise<EchoPortState> {
    const [from, to] = this.#range
    if (port < from || port > to || port < firstOf(from) || pairOf(port) + 1 > to) return 'outside-range'
    if (port === this.#closedPort) return 'kept-closed'
    let held = this.#held.get(port)
    if (!held) {
      if (!this.#takePair(pairOf(port))) return this.hasPortsToSpare ? 'in-use' : 'too-many'
      held = { port, checks: new Set(), state: this.#doors.open(port) }
      this.#held.set(port, held)
    }
    held.checks.add(checkId)
    if (await held.state) {
      // It may have ended while the port was being opened.
      if (!held.checks.has(checkId)) return 'in-use'
      this.#open.add(port)
      return 'open'
    }
    if (this.#held.get(port) === held) {
      this.#held.delete(port)
      this.#givePair(pairOf(port))
    }
    return 'in-use'
  }

  /** One port that stays shut: whoever finds it open is wrong. */
  keepOneClosed(checkId: string): number | undefined {
    if (this.#closedPort === undefined) {
      const port = this.hasPortsToSpare ? this.#pool.take() : undefined
      if (port === undefined) return undefined
      this.#closedPort = port
    }
    this.#closedFor.add(checkId)
    return this.#closedPort
  }

  /** Lets go of everything that this check has. Resolves when what nobody has any more is closed. */
  async release(checkId: string): Promise<void> {
    if (this.#closedFor.delete(checkId) && this.#closedFor.size === 0 && this.#closedPort !== undefined) {
      this.#pool.release(this.#closedPort)
      this.#closedPort = undefined
    }
    const gone = [...this.#held.values()].filter(({ checks }) => checks.delete(checkId) && checks.size === 0)
    await Promise.all(gone.map((held) => this.#close(held)))
  }

  /** All sockets are gone with the thread that had them. */
  lost(): void {
    for (const { port } of this.#held.values()) this.#givePair(pairOf(port))
    if (this.#closedPort !== undefined) this.#pool.release(this.#closedPort)
    this.#closedPort = undefined
    this.#closedFor.clear()
    this.#held.clear()
    this.#open.clear()
  }

  async #close(held: Held): Promise<void> {
    const { port } = held
    this.#open.delete(port)
    if (!(await held.state)) return
    // Somebody else may want it while it waits.
    if (held.checks.size > 0) return void this.#open.add(port)
    if (this.#held.get(port) !== held) return
    this.#held.delete(port)
    await this.#doors.close(port)
    this.#givePair(pairOf(port))
  }

  #takePair(pair: number): boolean {
    const count = this.#pairs.get(pair)
    if (count === undefined && !(this.hasPortsToSpare && this.#pool.takeExactly(pair))) return false
    this.#pairs.set(pair, (count ?? 0) + 1)
    return true
  }

  #givePair(pair: number): void {
    const count = this.#pairs.get(pair)
    if (count === undefined) return
    if (count > 1) return void this.#pairs.set(pair, count - 1)
    this.#pairs.delete(pair)
    this.#pool.release(pair)
  }
}

const firstOf = (from: number): number => from + (from % 2)
const pairOf = (port: number): number => port - (port % 2)

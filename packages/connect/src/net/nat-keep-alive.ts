import type { Clock, Timer } from '@vaxel/base'
import type { Flow } from '@vaxel/sip'

/** The flows are divided among so many moments of one interval, so that they are not all served at once. */
const slots = 25
const doubleCrlf = Uint8Array.of(13, 10, 13, 10)

interface Kept {
  readonly flow: Flow
  readonly slot: number
  holders: number
}

/**
 * Keeps the NATs in front of UDP phones open by sending them an empty keep-alive now and then. RFC 5626 §4.4 leaves that to
 * the phone, but many do nothing, and a NAT forgets a pair after 30 s. One timer serves all flows; it runs only while there are any.
 */
export class NatKeepAlive {
  readonly #clock: Clock
  readonly #intervalMs: number
  readonly #send: (flow: Flow, bytes: Uint8Array) => void
  readonly #kept = new Map<Flow, Kept>()
  readonly #slots: ReadonlyArray<Set<Kept>> = Array.from({ length: slots }, () => new Set<Kept>())
  #nextSlot = 0
  #timer: Timer | undefined

  /** @param intervalMs 0: nothing is sent */
  constructor(clock: Clock, intervalMs: number, send: (flow: Flow, bytes: Uint8Array) => void) {
    this.#clock = clock
    this.#intervalMs = intervalMs
    this.#send = send
  }

  get size(): number {
    return this.#kept.size
  }

  /**
   * Keeps a flow open until the returned function is called; several holders of one flow count once. Streams have keep-alives
   * of their own and are left alone.
   */
  hold(flow: Flow): () => void {
    if (flow.protocol !== 'udp' || this.#intervalMs <= 0) return () => {}
    const known = this.#kept.get(flow)
    const kept = known ?? this.#add(flow)
    kept.holders++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      if (--kept.holders === 0) this.#remove(kept)
    }
  }

  close(): void {
    this.#kept.clear()
    for (const slot of this.#slots) slot.clear()
    this.#timer?.stop()
    this.#timer = undefined
  }

  /** The moment that has just gone by, so that a new flow waits a whole interval: it was heard from now. */
  #add(flow: Flow): Kept {
    const kept = { flow, slot: (this.#nextSlot + slots - 1) % slots, holders: 0 }
    this.#kept.set(flow, kept)
    this.#slots[kept.slot]!.add(kept)
    this.#timer ??= this.#clock.startTimer(this.#intervalMs / slots, this.#tick)
    return kept
  }

  #remove(kept: Kept): void {
    if (this.#kept.get(kept.flow) === kept) this.#kept.delete(kept.flow)
    this.#slots[kept.slot]!.delete(kept)
  }

  readonly #tick = (): void => {
    this.#timer = this.#kept.size === 0 ? undefined : this.#clock.startTimer(this.#intervalMs / slots, this.#tick)
    for (const { flow } of this.#slots[this.#nextSlot]!) this.#send(flow, doubleCrlf)
    this.#nextSlot = (this.#nextSlot + 1) % slots
  }
}

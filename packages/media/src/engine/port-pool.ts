import type { Clock, RandomBytes } from '@vaxel/base'

/** In need of ports a pair is used again when it has rested so long: what the network still held has come by then. */
const leastRestMs = 1_000

/**
 * UDP ports for peers without ICE, as pairs: an even one for RTP and the next for RTCP (RFC 3550 §11).
 * A pair is given out in random order at first, so that ports cannot be guessed from a call before; one that comes back rests
 * for `drainMs`, so that late packets of the old call never reach a new one. When no other is left, the one that has rested
 * longest is given out early, if it has rested at least a second (or `drainMs`, where that is shorter).
 */
export class PortPool {
  /** Pairs of the whole range. */
  readonly total: number
  readonly #clock: Clock
  readonly #drainMs: number
  readonly #leastRestMs: number
  /** Never used yet. */
  readonly #fresh: number[] = []
  /** Used before, in the order in which they came back: the head has rested longest. */
  readonly #resting: { readonly port: number; readonly sinceMs: number }[] = []
  #head = 0
  /** Of those that rest, how many from the head on have done so for `drainMs`. */
  #rested = 0
  #inUse = 0

  constructor(options: {
    range: readonly [from: number, to: number]
    clock: Clock
    drainMs: number
    random: RandomBytes
  }) {
    this.#clock = options.clock
    this.#drainMs = options.drainMs
    this.#leastRestMs = Math.min(leastRestMs, options.drainMs)
    const [from, to] = options.range
    for (let port = from + (from % 2); port < to; port += 2) this.#fresh.push(port)
    this.total = this.#fresh.length
    shuffle(this.#fresh, options.random)
  }

  get inUse(): number {
    return this.#inUse
  }

  get draining(): number {
    this.#countRested()
    return this.#resting.length - this.#head - this.#rested
  }

  /** Pairs that can be had now without cutting a rest short. */
  get available(): number {
    this.#countRested()
    return this.#fresh.length + this.#rested
  }

  /** The even port of a pair; undefined when none is left. */
  take(): number | undefined {
    const port = this.#fresh.pop() ?? this.#takeRested()
    if (port !== undefined) this.#inUse++
    return port
  }

  /** Takes the pair of that even port, rested or not: for who is not harmed by late packets. @returns whether it could be had */
  takeExactly(port: number): boolean {
    const fresh = this.#fresh.indexOf(port)
    if (fresh >= 0) this.#fresh.splice(fresh, 1)
    else {
      this.#countRested()
      const resting = this.#resting.findIndex((pair, index) => index >= this.#head && pair.port === port)
      if (resting < 0) return false
      if (resting < this.#head + this.#rested) this.#rested--
      this.#resting.splice(resting, 1)
    }
    this.#inUse++
    return true
  }

  /** Gives a pair back; it can be had again after the drain. */
  release(port: number): void {
    this.#inUse--
    this.#resting.push({ port, sinceMs: this.#clock.monotonicMs() })
  }

  #takeRested(): number | undefined {
    this.#countRested()
    const oldest = this.#resting[this.#head]
    if (!oldest || this.#clock.monotonicMs() - oldest.sinceMs < this.#leastRestMs) return undefined
    this.#head++
    if (this.#rested > 0) this.#rested--
    if (this.#head > 1024 && this.#head * 2 > this.#resting.length) {
      this.#resting.splice(0, this.#head)
      this.#head = 0
    }
    return oldest.port
  }

  #countRested(): void {
    const until = this.#clock.monotonicMs() - this.#drainMs
    for (;;) {
      const next = this.#resting[this.#head + this.#rested]
      if (!next || next.sinceMs > until) return
      this.#rested++
    }
  }
}

function shuffle(ports: number[], random: RandomBytes): void {
  const bytes = random(ports.length * 2)
  for (let i = ports.length - 1; i > 0; i--) {
    const j = ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!) % (i + 1)
    const held = ports[i]!
    ports[i] = ports[j]!
    ports[j] = held
  }
}

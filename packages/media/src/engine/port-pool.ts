import type { Clock, RandomBytes } from '@vaxel/base'

/**
 * UDP ports for peers without ICE, as pairs: an even one for RTP and the next for RTCP (RFC 3550 §11).
 * A pair is given out in random order, so that ports cannot be guessed from a call before; one that comes back rests
 * for `drainMs`, so that late packets of the old call never reach a new one.
 */
export class PortPool {
  readonly #free: number[] = []
  readonly #clock: Clock
  readonly #drainMs: number
  #head = 0
  #inUse = 0
  #draining = 0

  constructor(options: {
    range: readonly [from: number, to: number]
    clock: Clock
    drainMs: number
    random: RandomBytes
  }) {
    this.#clock = options.clock
    this.#drainMs = options.drainMs
    const [from, to] = options.range
    for (let port = from + (from % 2); port < to; port += 2) this.#free.push(port)
    shuffle(this.#free, options.random)
  }

  get inUse(): number {
    return this.#inUse
  }

  get draining(): number {
    return this.#draining
  }

  /** Pairs that can be had now. */
  get available(): number {
    return this.#free.length - this.#head
  }

  /** The even port of a pair; undefined when none is left. */
  take(): number | undefined {
    if (this.available === 0) return undefined
    const port = this.#free[this.#head++]!
    if (this.#head > 1024 && this.#head * 2 > this.#free.length) {
      this.#free.splice(0, this.#head)
      this.#head = 0
    }
    this.#inUse++
    return port
  }

  /** Gives a pair back; it can be had again after the drain. */
  release(port: number): void {
    this.#inUse--
    this.#draining++
    this.#clock.startTimer(this.#drainMs, () => {
      this.#draining--
      this.#free.push(port)
    })
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

import type { ClockJump, Logger, SteadyClock } from '@vaxel/base'

/** How long a jump is told. */
const toldMs = 86_400_000
/** More say nothing new: the clock is wrong again and again. */
const mostTold = 5

/** Remembers that the system's clock was set while the server ran, and says so for a day. */
export class ClockWatch {
  readonly #clock: SteadyClock
  readonly #jumps: ClockJump[] = []
  readonly #stop: () => void

  constructor(clock: SteadyClock, log: Logger) {
    this.#clock = clock
    this.#stop = clock.onJump((jump) => {
      log.warn('the system clock was set', { byMs: jump.byMs })
      this.#jumps.push(jump)
      if (this.#jumps.length > mostTold) this.#jumps.shift()
    })
  }

  /** A sentence for each jump, the oldest first. */
  warnings(): string[] {
    const sinceMs = this.#clock.monotonicMs() - toldMs
    return this.#jumps.filter(({ monotonicMs }) => monotonicMs > sinceMs).map(sentence)
  }

  close(): void {
    this.#stop()
  }
}

function sentence({ byMs, atMs }: ClockJump): string {
  const seconds = Math.round(Math.abs(byMs) / 1000)
  const how = byMs > 0 ? 'forward' : 'back'
  return `The system clock jumped ${how} by ${seconds} s at ${new Date(atMs).toISOString()}. Calls that were up keep the time they began with, registrations last as long as they were granted. Check the time service (NTP) of this machine.`
}

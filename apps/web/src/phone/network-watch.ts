import type { PageClock } from '../app/app.ts'

/** What a watch looks at and does, of one telephone. */
export interface WatchedNetwork {
  /** Packets that came so far in the calls that should get some; undefined while there is no such call. */
  packetsReceived(): Promise<number | undefined>
  /** Whether the server answers over the connection that there is. */
  isAnswering(): Promise<boolean>
  /** Everything finds its way anew. */
  moveOver(): Promise<void>
}

const lookMs = 250
const stallMs = 1000

/**
 * Sees that the network is another one sooner than the browser says it: Chromium calls ICE disconnected after six seconds, and closes no
 * WebSocket. When nothing came for a second and the server does not answer, the calls move over (docs/decisions/0052, 8).
 */
export class NetworkWatch {
  readonly #network: WatchedNetwork
  readonly #clock: PageClock
  #packets: number | undefined
  #sinceMs = 0
  #isMoving = false
  #hasEnded = true
  #stop = () => {}

  constructor(network: WatchedNetwork, clock: PageClock) {
    this.#network = network
    this.#clock = clock
  }

  begin(): void {
    this.#hasEnded = false
    this.#again()
  }

  end(): void {
    this.#hasEnded = true
    this.#stop()
  }

  /** The browser says that something has changed: asks the server at once, and moves over when it does not answer. */
  async check(): Promise<void> {
    if (this.#isMoving || this.#hasEnded) return
    this.#isMoving = true
    try {
      if (!(await this.#network.isAnswering())) await this.#network.moveOver()
    } finally {
      this.#isMoving = false
      this.#sinceMs = this.#clock.nowMs()
    }
  }

  #again(): void {
    this.#stop = this.#clock.startTimer(lookMs, () => {
      void this.#look().finally(() => {
        if (!this.#hasEnded) this.#again()
      })
    })
  }

  async #look(): Promise<void> {
    const packets = await this.#network.packetsReceived()
    const nowMs = this.#clock.nowMs()
    if (packets === undefined || packets !== this.#packets) this.#sinceMs = nowMs
    this.#packets = packets
    if (nowMs - this.#sinceMs >= stallMs) await this.check()
  }
}

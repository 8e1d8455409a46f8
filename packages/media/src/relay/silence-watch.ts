/** For so long a peer may pause that said so by comfort noise: some send it again only when the noise around them changes (RFC 3389 §4). */
const longestPauseMs = 600_000

/** How long a peer that owes audio has sent nothing, and when that is to be told: again and again, each time after so long. */
export class SilenceWatch {
  readonly #afterMs: number
  #isDue = false
  #heardMs = 0
  #toldMs = 0
  #isPausing = false

  /** @param afterMs between two tellings */
  constructor(afterMs: number) {
    this.#afterMs = afterMs
  }

  /** Whether the peer owes audio. */
  get isDue(): boolean {
    return this.#isDue
  }

  /** What was agreed changes whether it owes any. */
  begin(isDue: boolean, nowMs: number): void {
    this.#isDue = isDue
    this.#heardMs = nowMs
    this.#toldMs = nowMs
    this.#isPausing = false
  }

  /** Sound came, or comfort noise. */
  sound(isNoise: boolean, nowMs: number): void {
    this.#heardMs = nowMs
    this.#isPausing = isNoise
  }

  /** Something else came that shows that the peer is there. */
  sign(nowMs: number): void {
    this.#heardMs = nowMs
  }

  /** @returns milliseconds of silence, when that is to be told now; 0 otherwise */
  pass(nowMs: number): number {
    const silentMs = nowMs - this.#heardMs
    if (!this.#isDue || (this.#isPausing && silentMs < longestPauseMs)) return 0
    if (nowMs - Math.max(this.#heardMs, this.#toldMs) < this.#afterMs) return 0
    this.#toldMs = nowMs
    return Math.round(silentMs)
  }
}

const mostWrong = 20
const forgottenAfterMs = 60 * 60_000

/**
 * Wrong PINs over all callers of a room: three tries a call alone would let a patient machine find any PIN. After twenty in an hour
 * the room takes no PIN until the oldest of them is an hour ago; people who need none still come in.
 */
export class WrongPins {
  readonly #atMs = new Map<string, number[]>()

  note(room: string, nowMs: number): void {
    const recent = this.#recent(room, nowMs)
    recent.push(nowMs)
    this.#atMs.set(room, recent.slice(-mostWrong))
  }

  isBlocked(room: string, nowMs: number): boolean {
    return this.#recent(room, nowMs).length >= mostWrong
  }

  #recent(room: string, nowMs: number): number[] {
    const recent = (this.#atMs.get(room) ?? []).filter((atMs) => nowMs - atMs < forgottenAfterMs)
    if (recent.length === 0) this.#atMs.delete(room)
    return recent
  }
}

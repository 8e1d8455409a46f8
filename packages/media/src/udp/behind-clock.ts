/** Beyond that, what waits is late. */
const lateMs = 60
/**
 * Who has been late for that long, over so many turns, and is that late by now without becoming less so, gets more than can be done. Who is
 * merely given little of a busy processor is late now and then, but keeps up: nothing is to be dropped for that.
 */
const sustainedMs = 500
const fewestTurns = 4
const muchLateMs = 400
/** With less done in a millisecond, some twenty calls, it is the machine that is slow, and not too much that comes. */
const fewestAMs = 2
/** For so long after something had to be dropped, late is behind. */
const warnedMs = 10_000

/**
 * Since when all that has come is done, for a loop that in each turn does what is ready, or a part of it. A turn that leaves nothing has done
 * what had come before the turn before it began; so nothing that waits is older than {@link caughtUpMs}. One long pause of the machine makes
 * late, but not behind: what has piled up becomes less with each turn.
 */
export class BehindClock {
  #caughtUpMs: number
  #onTimeMs: number
  #turnsLate = 0
  #doneLate = 0
  /** How late the turn before was, and the one before that. */
  #lateMs = 0
  #formerLateMs = 0
  #droppedMs = Number.NEGATIVE_INFINITY
  #beginMs: number
  #formerBeginMs: number
  #isWhole = true
  #wasWhole = true

  constructor(nowMs: number) {
    this.#caughtUpMs = this.#onTimeMs = this.#beginMs = this.#formerBeginMs = nowMs
  }

  get caughtUpMs(): number {
    return this.#caughtUpMs
  }

  /**
   * A turn begins.
   * @param nowMs    when it was asked what is ready
   * @param wasEmpty nothing was
   * @returns whether more has come for a while than can be done
   */
  begin(nowMs: number, wasEmpty: boolean): boolean {
    if (wasEmpty) this.#caughtUpMs = nowMs
    else if (this.#isWhole && this.#wasWhole) this.#caughtUpMs = this.#formerBeginMs
    this.#wasWhole = this.#isWhole
    this.#isWhole = true
    this.#formerBeginMs = this.#beginMs
    this.#beginMs = nowMs
    const isShrinking = nowMs - this.#caughtUpMs < this.#formerLateMs
    this.#formerLateMs = this.#lateMs
    this.#lateMs = nowMs - this.#caughtUpMs
    if (this.#lateMs <= lateMs) {
      this.#onTimeMs = nowMs
      this.#turnsLate = this.#doneLate = 0
      return false
    }
    this.#turnsLate++
    if (nowMs - this.#droppedMs < warnedMs) return true
    const forMs = nowMs - this.#onTimeMs
    const isLasting = this.#turnsLate >= fewestTurns && forMs >= sustainedMs
    const isMuch = this.#doneLate >= forMs * fewestAMs
    return isLasting && isMuch && !isShrinking && this.#lateMs >= muchLateMs
  }

  /** Something was dropped, because it could not be done in time. */
  dropped(nowMs: number): void {
    this.#droppedMs = nowMs
  }

  /** So many were done in this turn. */
  did(count: number): void {
    this.#doneLate += count
  }

  /** This turn does not do all that was ready. */
  leftSome(): void {
    this.#isWhole = false
  }
}

/** A thread that has waited for less than that share of its time had nothing to spare. */
const leastWaited = 0.03
/** It has room again from that share on. */
const waitedWithRoom = 0.1
/** With fewer datagrams a second it is the machine that is busy, not the audio. */
const fewestDatagrams = 2_000
const spanMs = 1_000
const spansUntilFull = 2
const spansUntilRoom = 3

/** What a thread has done since its beginning. */
export interface ThreadWork {
  /** Time in which it had nothing to do. */
  readonly waitedMs: number
  readonly datagrams: number
  /** Datagrams that were dropped because there were too many. */
  readonly shed: number
}

/**
 * Whether a media thread is full: one more call would harm those that it has. It is, after two seconds with nothing to spare, or once
 * packets had to be dropped; it has room again after three seconds with some.
 */
export class ThreadLoad {
  #isFull = false
  #sinceMs: number
  #spans = 0
  #before: ThreadWork = { waitedMs: 0, datagrams: 0, shed: 0 }

  constructor(nowMs: number) {
    this.#sinceMs = nowMs
  }

  get isFull(): boolean {
    return this.#isFull
  }

  /** To be called now and then. @returns whether {@link isFull} has changed */
  note(nowMs: number, { waitedMs, datagrams, shed }: ThreadWork): boolean {
    const passedMs = nowMs - this.#sinceMs
    if (passedMs < spanMs) return false
    const waited = (waitedMs - this.#before.waitedMs) / passedMs
    const isMuch = ((datagrams - this.#before.datagrams) * 1000) / passedMs >= fewestDatagrams
    const hasShed = shed > this.#before.shed
    this.#sinceMs = nowMs
    this.#before = { waitedMs, datagrams, shed }
    const pointsElsewhere = this.#isFull
      ? !hasShed && (waited >= waitedWithRoom || !isMuch)
      : isMuch && waited < leastWaited
    this.#spans = pointsElsewhere ? this.#spans + 1 : 0
    const isFull = this.#isFull ? this.#spans < spansUntilRoom : hasShed || this.#spans >= spansUntilFull
    if (isFull === this.#isFull) return false
    this.#isFull = isFull
    this.#spans = 0
    return true
  }
}

/** A source that has sent nothing for so long is followed by another one at once, milliseconds. */
const endedAfterMs = 100

/**
 * Which of a peer's sources is heard: a new one with its second packet in a row (RFC 3550 §6.2.1, A.1). A switchboard that sends two at once, such as
 * music and a voice, is heard with one of them; with both, each packet would begin a new stream, and nothing be heard.
 */
export class HeardSource {
  #ssrc = -1
  #heardMs = 0
  /** Another one, of which one packet has come. */
  #candidate = -1

  /** Whether a packet of sound of that source is heard. */
  takes(ssrc: number, nowMs: number): boolean {
    const isOther = ssrc !== this.#ssrc && this.#ssrc >= 0
    if (isOther && ssrc !== this.#candidate && nowMs - this.#heardMs < endedAfterMs) {
      this.#candidate = ssrc
      return false
    }
    this.#ssrc = ssrc
    this.#heardMs = nowMs
    this.#candidate = -1
    return true
  }
}

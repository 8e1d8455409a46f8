/** A leap of the sequence that large is not believed at once (RFC 3550 A.1). */
const largestDropout = 3000
const largestMisorder = 100

/**
 * What arrived of one peer's stream: extended sequence numbers, loss and jitter as in RFC 3550 §6.4.1, A.1, A.3 and A.8.
 * A change of SSRC or a confirmed leap of the sequence begins a new source; totals run on, so that a call has one sum.
 */
export class StreamStatistics {
  /** Packets received, all sources. */
  packets = 0
  /** Of the current source; −1 before the first packet. */
  ssrc = -1
  #expectedBefore = 0
  #base = 0
  #highest = -1
  #badSequence = -1
  #jitter16 = 0
  #transit = 0
  #hasTransit = false
  #clockRate = 8000
  #receivedOfSource = 0
  #expectedPrior = 0
  #receivedPrior = 0

  /** Extended highest sequence number received, for reports. */
  get highestSequence(): number {
    return Math.max(0, this.#highest) >>> 0
  }

  /** Packets that should have come, all sources. */
  get expected(): number {
    return this.#expectedBefore + this.#expectedOfSource
  }

  /** Lost / expected, 0 to 1; duplicates may hide losses, as in the RFC. */
  get lossRatio(): number {
    const expected = this.expected
    return expected === 0 ? 0 : Math.max(0, expected - this.packets) / expected
  }

  /** Interarrival jitter now, milliseconds. */
  get jitterMs(): number {
    return (this.#jitter16 * 1000) / 16 / this.#clockRate
  }

  /** Interarrival jitter in ticks of the RTP clock, for reports. */
  get jitterTicks(): number {
    return this.#jitter16 >> 4
  }

  /** Packets of the current source that never came, at least −0x800000 and at most 0x7fffff, for reports. */
  get cumulativeLost(): number {
    return Math.max(-0x80_0000, Math.min(0x7f_ffff, this.#expectedOfSource - this.#receivedOfSource))
  }

  /** Share lost since the last call, in 256ths (RFC 3550 A.3). */
  takeFractionLost(): number {
    const expected = this.#expectedOfSource - this.#expectedPrior
    const received = this.#receivedOfSource - this.#receivedPrior
    this.#expectedPrior = this.#expectedOfSource
    this.#receivedPrior = this.#receivedOfSource
    if (expected <= 0 || received >= expected) return 0
    return Math.min(255, Math.floor(((expected - received) * 256) / expected))
  }

  get #expectedOfSource(): number {
    return this.#highest < 0 ? 0 : this.#highest - this.#base + 1
  }

  /**
   * Counts a packet.
   * @param clockRate of its payload type, ticks per second; 0 for one whose timestamp says nothing of when it was sent
   * @returns false for a packet far off the sequence, which is not counted until the next one confirms it
   */
  count(sequence: number, timestamp: number, ssrc: number, clockRate: number, arrivalMs: number): boolean {
    if (ssrc !== this.ssrc) this.#begin(sequence, ssrc)
    else {
      const step = (sequence - this.#highest) & 0xffff
      if (step < largestDropout) this.#highest += step
      else if (step <= 0x1_0000 - largestMisorder) {
        if (sequence !== this.#badSequence) {
          this.#badSequence = (sequence + 1) & 0xffff
          return false
        }
        this.#begin(sequence, ssrc)
      }
    }
    this.packets++
    this.#receivedOfSource++
    if (clockRate > 0) this.#measureJitter(timestamp, clockRate, arrivalMs)
    return true
  }

  /** The peer speaks somewhere else for a while: what it sends meanwhile is not missed. */
  pause(): void {
    this.ssrc = -1
  }

  #begin(sequence: number, ssrc: number): void {
    this.#expectedBefore += this.#expectedOfSource
    this.ssrc = ssrc
    this.#base = sequence
    this.#highest = sequence
    this.#badSequence = -1
    this.#receivedOfSource = 0
    this.#expectedPrior = 0
    this.#receivedPrior = 0
    this.#hasTransit = false
  }

  #measureJitter(timestamp: number, clockRate: number, arrivalMs: number): void {
    if (clockRate !== this.#clockRate) {
      this.#clockRate = clockRate
      this.#hasTransit = false
      this.#jitter16 = 0
    }
    const arrivalTicks = Math.round((arrivalMs * clockRate) / 1000) % 0x1_0000_0000
    const transit = (arrivalTicks - timestamp) | 0
    if (this.#hasTransit) {
      const difference = Math.abs((transit - this.#transit) | 0)
      // Over two seconds: the sender's clock was set anew (a pause, hold), the network did not do that.
      if (difference < 2 * clockRate) this.#jitter16 += difference - ((this.#jitter16 + 8) >> 4)
    }
    this.#transit = transit
    this.#hasTransit = true
  }
}

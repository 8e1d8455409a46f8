/** A leap of the source's sequence beyond this, either way, is not passed on to the peer. */
const largestGap = 100
/** A leap of the source's timestamp against our clock beyond this is not passed on, milliseconds. */
const largestDriftMs = 2000
/** What we make ourselves is never so late, unless there was none meanwhile. */
const largestLatenessMs = 200

/**
 * The stream that a peer gets from us: one SSRC with sequence numbers and timestamps that run on, whatever the packets are
 * made from (another leg, a tone, another leg after a transfer). Losses and pauses of a relayed source stay as they are.
 */
export class OutgoingStream {
  readonly ssrc: number
  /** Of the last packet, 16 and 32 bits. */
  sequence: number
  timestamp: number
  packets = 0
  /** Payload bytes, modulo 2^32, for sender reports. */
  octets = 0
  #clockRate: number
  /** When the last packet was made; negative before the first. */
  #lastMs = -1
  /** Who is relayed now; undefined while packets are of our own making. */
  #source: object | undefined
  #sourceSsrc = -1
  #sequenceOffset = 0
  #timestampOffset = 0
  #sourceHighest = 0
  #isFresh = true
  /** An event was sent since the last packet of sound of our own making. */
  #hadEvent = false
  /** Of the newest packet; −1 before the first. */
  #highestSequence = -1
  #highestTimestamp = 0

  /** @param start random starts, as RFC 3550 §5.1 wants them; the sequence is best below 2^15, for SRTP's first roll-over */
  constructor(start: { ssrc: number; sequence: number; timestamp: number; clockRate: number }) {
    this.ssrc = start.ssrc >>> 0
    this.sequence = start.sequence & 0x7fff
    this.timestamp = start.timestamp >>> 0
    this.#clockRate = start.clockRate
  }

  get clockRate(): number {
    return this.#clockRate
  }

  /** Wall of time for reports: the timestamp that a packet made now would have. */
  timestampAt(nowMs: number): number {
    if (this.#lastMs < 0) return this.timestamp
    return (this.timestamp + Math.round(((nowMs - this.#lastMs) * this.#clockRate) / 1000)) >>> 0
  }

  /** The codec's clock, ticks per second; timestamps count on from where they are. */
  setClockRate(clockRate: number, nowMs: number): void {
    if (clockRate === this.#clockRate) return
    this.#settle()
    this.timestamp = this.timestampAt(nowMs)
    this.#highestTimestamp = this.timestamp
    if (this.#lastMs >= 0) this.#lastMs = nowMs
    this.#clockRate = clockRate
    this.#source = undefined
  }

  /** Whether the next packet should carry the marker bit: the sound before it came from elsewhere, or there was none. */
  takeFreshness(): boolean {
    const isFresh = this.#isFresh
    this.#isFresh = false
    return isFresh
  }

  /**
   * Places a packet of another leg in this stream: {@link sequence} and {@link timestamp} are then those to write.
   * @param source who sends; a change of it, or of its SSRC, is joined without a seam
   * @param sequence in the order that `StreamStatistics.count` lets through: one that is much older has begun anew
   */
  relay(source: object, sourceSsrc: number, sequence: number, timestamp: number, nowMs: number): void {
    if (source !== this.#source || sourceSsrc !== this.#sourceSsrc || this.#hasLeapt(sequence, timestamp, nowMs)) {
      this.#join(source, sourceSsrc, sequence, timestamp, nowMs)
    }
    const step = ((sequence - this.#sourceHighest) << 16) >> 16
    this.sequence = (sequence + this.#sequenceOffset) & 0xffff
    this.timestamp = (timestamp + this.#timestampOffset) >>> 0
    if (step >= 0) {
      this.#sourceHighest = sequence
      this.#highestSequence = this.sequence
      this.#highestTimestamp = this.timestamp
      this.#lastMs = nowMs
    }
  }

  /**
   * Places a packet of our own making, `durationTicks` after the one before it; after a pause the time that passed counts.
   * @param pauseTicks silence before it that the source knows of; it is left out where our clock says otherwise
   * @param isPassedOn made from another leg's packet: a line that stalled brings such ones late, and then all at once
   */
  next(durationTicks: number, nowMs: number, pauseTicks = 0, isPassedOn = false): void {
    this.#settle()
    if (this.#source !== undefined || this.#lastMs < 0) {
      this.timestamp = this.timestampAt(nowMs)
      this.#source = undefined
      this.#isFresh = true
    } else {
      const passedTicks = ((nowMs - this.#lastMs) * this.#clockRate) / 1000
      const dueTicks = durationTicks + pauseTicks
      // What was held back while an event was sent has gone by.
      const ahead = this.#hadEvent ? durationTicks : (largestLatenessMs * this.#clockRate) / 1000
      const behind = isPassedOn && !this.#hadEvent ? (largestDriftMs * this.#clockRate) / 1000 : ahead
      const isOff = dueTicks - passedTicks > ahead || passedTicks - dueTicks > behind
      this.timestamp = (this.timestamp + (isOff ? Math.max(durationTicks, Math.round(passedTicks)) : dueTicks)) >>> 0
      if (isOff || pauseTicks > 0) this.#isFresh = true
    }
    this.#advance(nowMs)
  }

  /** Places a packet of an event, which keeps the timestamp that it is given (RFC 4733 §2.2). */
  nextEvent(nowMs: number): void {
    this.#settle()
    this.sequence = (this.sequence + 1) & 0xffff
    this.#highestSequence = this.sequence
    this.#hadEvent = true
    // A relayed source goes on behind the event with a new offset.
    this.#source = undefined
    if (this.#lastMs < 0) this.#lastMs = nowMs
  }

  /** Goes back to the newest packet, in case that a late one was relayed last. */
  #settle(): void {
    if (this.#highestSequence < 0) return
    this.sequence = this.#highestSequence
    this.timestamp = this.#highestTimestamp
  }

  #advance(nowMs: number): void {
    this.#hadEvent = false
    this.sequence = (this.sequence + 1) & 0xffff
    this.#highestSequence = this.sequence
    this.#highestTimestamp = this.timestamp
    this.#lastMs = nowMs
  }

  #join(source: object, sourceSsrc: number, sequence: number, timestamp: number, nowMs: number): void {
    this.#settle()
    const isFirst = this.#lastMs < 0
    this.#isFresh = true
    this.#source = source
    this.#sourceSsrc = sourceSsrc
    this.#sourceHighest = sequence
    this.#sequenceOffset = (this.sequence + 1 - sequence) & 0xffff
    const ahead = isFirst ? 0 : Math.max(1, (this.timestampAt(nowMs) - this.timestamp) | 0)
    this.#timestampOffset = (this.timestamp + ahead - timestamp) >>> 0
  }

  /** The source of before leapt in sequence or time: it began anew under the same SSRC. */
  #hasLeapt(sequence: number, timestamp: number, nowMs: number): boolean {
    const step = ((sequence - this.#sourceHighest) << 16) >> 16
    if (Math.abs(step) > largestGap) return true
    if (step <= 0) return false
    const due = this.timestampAt(nowMs)
    const drift = ((((timestamp + this.#timestampOffset) >>> 0) - due) | 0) / this.#clockRate
    return Math.abs(drift) * 1000 > largestDriftMs
  }
}

import { Allowance } from '../echo/allowance.ts'

/** Digits by their event code (RFC 4733 §3.2), and a flash of the hook, `!`. */
const digitEvents = '0123456789*#ABCD!'

/** Size of an event's payload. */
export const eventPayloadBytes = 4

/** A segment of a long event is as long as the field for its length can say, or nearly (§2.5.1.3). */
export const shortestSegmentTicks = 0xf000
/** An event without a packet for so long has ended, though its end was lost. */
const lostEndMs = 250
/** Told in a second at most, and at once after a stalled line: more than twice what the fastest dialler makes, 40 ms on and 40 off (ITU-T Q.24). */
const mostDigitsASecond = 32
const tickMs = 20
const pauseMs = 60
const endPackets = 3
/** Volume of −10 dBm0. */
const volume = 10

/**
 * Receives digits as telephone events (RFC 4733). Each digit is told once, at its end: at the first of its end packets, or
 * when the next event begins, or when nothing more comes. Long events in segments (§2.5.1.3) are one digit. What no keypad can send, 33 digits
 * in a second and more, is passed over.
 */
export class TelephoneEventReceiver {
  readonly #onDigit: (digit: string, durationMs: number) => void
  #event = -1
  #ssrc = 0
  #timestamp = 0
  /** Of the event before this one, of which packets may still be on their way. */
  #eventBefore = -1
  #timestampBefore = 0
  #durationTicks = 0
  /** Of the segments before this one. */
  #earlierTicks = 0
  #isTold = false
  /** On most legs no digit ever comes. */
  #pace: Allowance | undefined
  #clockRate = 8000
  #lastMs = 0

  constructor(onDigit: (digit: string, durationMs: number) => void) {
    this.#onDigit = onDigit
  }

  /** Takes a packet; what is no digit, or malformed, is ignored. `at` is where the payload begins, `end` where it ends. */
  receive(
    packet: Uint8Array,
    at: number,
    end: number,
    header: { timestamp: number; ssrc: number },
    clockRate: number,
    nowMs: number,
  ): void {
    if (end - at < eventPayloadBytes) return
    const event = packet[at]!
    if (event >= digitEvents.length) return
    if (this.#isOvertaken(event, header)) return
    const isEnd = packet[at + 1]! >= 128
    const durationTicks = (packet[at + 2]! << 8) | packet[at + 3]!
    if (!this.#isSame(event, header)) this.#begin(event, header, clockRate)
    this.#lastMs = nowMs
    this.#durationTicks = Math.max(this.#durationTicks, durationTicks)
    if (isEnd) this.#tell()
  }

  /** To be called now and then: notices lost ends. */
  pass(nowMs: number): void {
    if (this.#event >= 0 && !this.#isTold && nowMs - this.#lastMs > lostEndMs) this.#tell()
  }

  /** A packet of the event before, which came after the first of the next one. */
  #isOvertaken(event: number, { timestamp, ssrc }: { timestamp: number; ssrc: number }): boolean {
    if (event !== this.#eventBefore || ssrc !== this.#ssrc) return false
    return timestamp === this.#timestampBefore && timestamp !== this.#timestamp
  }

  #isSame(event: number, header: { timestamp: number; ssrc: number }): boolean {
    if (this.#event !== event || this.#ssrc !== header.ssrc) return false
    const step = (header.timestamp - this.#timestamp) | 0
    if (step === 0) return true
    // A late packet of what was told already.
    if (step < 0 && step > -10 * this.#clockRate) return true
    // The next segment; the last packet of the one before may be lost.
    const isNext = this.#durationTicks >= shortestSegmentTicks && step >= this.#durationTicks && step <= 0xffff
    if (this.#isTold || !isNext) return false
    this.#earlierTicks += step
    this.#timestamp = header.timestamp
    this.#durationTicks = 0
    return true
  }

  #begin(event: number, header: { timestamp: number; ssrc: number }, clockRate: number): void {
    if (this.#event >= 0 && !this.#isTold) this.#tell()
    this.#eventBefore = header.ssrc === this.#ssrc ? this.#event : -1
    this.#timestampBefore = this.#timestamp
    this.#event = event
    this.#ssrc = header.ssrc
    this.#timestamp = header.timestamp
    this.#durationTicks = 0
    this.#earlierTicks = 0
    this.#isTold = false
    this.#clockRate = clockRate
  }

  #tell(): void {
    if (this.#isTold) return
    this.#isTold = true
    this.#pace ??= new Allowance(mostDigitsASecond)
    if (!this.#pace.takes(1, this.#lastMs)) return
    const ticks = this.#earlierTicks + this.#durationTicks
    this.#onDigit(digitEvents[this.#event]!, Math.round((ticks * 1000) / this.#clockRate))
  }
}

/** A digit that was not begun, `durationMs` long. */
export interface WaitingDigit {
  readonly digit: string
  readonly durationMs: number
}

interface SendingDigit {
  readonly event: number
  readonly durationMs: number
}

/**
 * Makes the packets of digits, one each 20 ms while a digit lasts, its end three times, then a pause (RFC 4733 §2.5.1).
 * Digits queue up, at most 64.
 */
export class TelephoneEventSender {
  /** Of the packet that {@link tick} asked for. */
  readonly payload = new Uint8Array(eventPayloadBytes)
  /** Its marker bit: the first packet of a digit. */
  marker = false
  readonly #waiting: SendingDigit[] = []
  #current: SendingDigit | undefined
  #passedMs = 0
  #endsSent = 0
  #pauseLeftMs = 0

  /** Digits are on their way: no audio goes out meanwhile. */
  get isBusy(): boolean {
    return this.#current !== undefined
  }

  get isIdle(): boolean {
    return this.#current === undefined && this.#waiting.length === 0
  }

  /** Queues a digit of 40 to 1300 ms (so that no clock rate's duration field overflows); others are shortened or lengthened. */
  add(digit: string, durationMs: number): boolean {
    const event = digitEvents.indexOf(digit.toUpperCase())
    if (event < 0 || digit.length !== 1 || this.#waiting.length >= 64) return false
    const bounded = Math.min(1300, Math.max(2 * tickMs, Number.isFinite(durationMs) ? durationMs : 0))
    this.#waiting.push({ event, durationMs: Math.round(bounded / tickMs) * tickMs })
    return true
  }

  /** Sends nothing more. @returns what was queued; the digit that was on its way has been heard already */
  clear(): readonly WaitingDigit[] {
    const left = this.#waiting.splice(0).map(({ event, durationMs }) => ({ digit: digitEvents[event]!, durationMs }))
    this.#current = undefined
    this.#pauseLeftMs = 0
    return left
  }

  /**
   * Lets 20 ms pass.
   * @returns whether {@link payload} is to be sent now; with {@link marker} its timestamp is taken anew, else it is kept
   */
  tick(clockRate: number): boolean {
    if (this.#pauseLeftMs > 0) {
      this.#pauseLeftMs -= tickMs
      return false
    }
    this.marker = this.#current === undefined
    this.#current ??= this.#waiting.shift()
    const current = this.#current
    if (!current) return false
    if (this.marker) {
      this.#passedMs = 0
      this.#endsSent = 0
    }
    this.#passedMs = Math.min(current.durationMs, this.#passedMs + tickMs)
    const isEnd = this.#passedMs === current.durationMs
    this.#write(current.event, isEnd, Math.round((this.#passedMs * clockRate) / 1000))
    if (isEnd && ++this.#endsSent === endPackets) {
      this.#current = undefined
      this.#pauseLeftMs = pauseMs
    }
    return true
  }

  #write(event: number, isEnd: boolean, durationTicks: number): void {
    this.payload[0] = event
    this.payload[1] = (isEnd ? 0x80 : 0) | volume
    this.payload[2] = durationTicks >> 8
    this.payload[3] = durationTicks
  }
}

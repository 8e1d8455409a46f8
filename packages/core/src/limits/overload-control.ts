/**
 * What comes may wait so long before it is read: nobody sends anything again before 500 ms (RFC 3261's T1). What waits longer at every look for so
 * long waits in a queue that does not empty; a pause of the garbage collector, or a burst, is over before.
 */
const usual = { mostWaitingMs: 200, forMs: 700 }
/** The same while calls are limited: what was done about it is seen soon. */
const whileLimiting = { mostWaitingMs: 50, forMs: 300 }
/** The first time so much is kept of what was let in: much more may have come than can be taken. */
const firstDecrease = 0.5
/** And at each further sign. */
const decrease = 0.75
/** How much more is let in a second, while there is room: a part of what is let in, and at least so many calls a second. */
const increase = 0.5
const leastIncrease = 10
/** So many are always let in: a machine that fewer calls bring to its limit is at it for another reason. */
const leastRate = 20
/** What may come at one moment, with the first call after a while too. */
const burst = 10
/** One long step of the program is seen by a single look. */
const fewestLooks = 5
/** After so long without a sign of it and without a call refused nothing is limited any more. */
const overAfterMs = 10_000
/** The rates, of what was let in and of what each source offers, are averages of about so long. */
const averageMs = 1_000
/** Whoever offers less, calls a second, is forgotten. */
const leastOffered = 0.05
/** Beyond so many sources further ones have no share of their own, and take what the others leave. */
const mostSources = 4_096

/** Whoever sends calls. It is known before they are limited: who sends many must not pass for one who sends few when that begins. */
interface Source {
  /** Calls a second, on average, when the last one came. */
  offeredRate: number
  offeredAtMs: number
  /** What may be let in of them now, while they are limited. */
  tokens: number
}

/** Calls a second that a source offers by now. */
const offeredBy = ({ offeredRate, offeredAtMs }: Source, nowMs: number): number =>
  offeredRate * Math.exp((offeredAtMs - nowMs) / averageMs)

/**
 * How many new calls a second are let in while there is more to do than can be done. Without it all of them are begun, none is answered in time, each
 * is sent again, and the server works for nobody; with it as many go through as it can carry, and the others learn at once to go elsewhere (503 with
 * Retry-After). A rate that goes down by a part and up by steps, as RFC 7415 has it between two servers, decided here by the one that is asked; the
 * sign is a queue that does not empty, as RFC 8289 has it for packets. What is let in is shared out fairly (max-min): who sends few calls gets all of
 * them through, and those who send many get the same each. Pure: time is what it is told, in milliseconds of a monotonic clock.
 */
export class OverloadControl {
  /** Calls a second; undefined: no limit. */
  #rate: number | undefined
  /** What may be let in now. */
  #tokens = 0
  #atMs = Number.NaN
  #waitingSinceMs: number | undefined
  #looksWaiting = 0
  #admitted = 0
  #admittedRate = 0
  /** When it was last lowered, or a call refused. */
  #neededAtMs = 0
  #refused = 0
  readonly #sources = new Map<string, Source>()
  #forgottenAtMs = 0
  /** Calls a second that each source may have at most. */
  #share = Number.POSITIVE_INFINITY

  /** Whether new calls are limited now. */
  get isLimiting(): boolean {
    return this.#rate !== undefined
  }

  /** How many were refused, from the beginning. */
  get refused(): number {
    return this.#refused
  }

  /** @param waitingMs how long what comes waits until it is read; told some ten times a second */
  note(waitingMs: number, nowMs: number): void {
    const passedMs = nowMs - this.#atMs
    this.#atMs = nowMs
    if (!(passedMs > 0)) return
    const seconds = passedMs / 1000
    this.#admittedRate += (this.#admitted / seconds - this.#admittedRate) * Math.min(1, passedMs / averageMs)
    this.#admitted = 0
    const { mostWaitingMs, forMs } = this.#rate === undefined ? usual : whileLimiting
    this.#looksWaiting = waitingMs > mostWaitingMs ? this.#looksWaiting + 1 : 0
    if (this.#looksWaiting === 0) this.#waitingSinceMs = undefined
    else this.#waitingSinceMs ??= nowMs - passedMs
    const sinceMs = this.#waitingSinceMs ?? nowMs
    if (this.#looksWaiting >= fewestLooks && nowMs - sinceMs >= forMs) this.#lower(nowMs)
    else if (this.#rate !== undefined && nowMs - this.#neededAtMs >= overAfterMs) this.#rate = undefined
    else if (this.#rate !== undefined && waitingMs <= mostWaitingMs / 2)
      this.#rate += Math.max(leastIncrease, this.#rate * increase) * seconds
    if (nowMs - this.#forgottenAtMs >= averageMs) this.#forgetSources(nowMs)
    if (this.#rate === undefined) return
    this.#tokens = refilled(this.#tokens, this.#rate * seconds)
    this.#shareOut(this.#rate, seconds, nowMs)
  }

  /**
   * Whether one more call is let in; it counts then. Calls that must go through are not asked about.
   * @param from whose share it is of: an address, or a trunk
   */
  admits(from: string, nowMs: number): boolean {
    const source = this.#source(from, nowMs)
    if (this.#rate !== undefined) {
      if (!this.#hasRoomFor(source)) {
        this.#neededAtMs = nowMs
        this.#refused++
        return false
      }
      if (source) source.tokens--
      this.#tokens--
    }
    this.#admitted++
    return true
  }

  /** One more call comes from there. @returns undefined for one source too many */
  #source(from: string, nowMs: number): Source | undefined {
    let source = this.#sources.get(from)
    if (!source) {
      if (this.#sources.size >= mostSources) return undefined
      source = { offeredRate: 0, offeredAtMs: nowMs, tokens: burst }
      this.#sources.set(from, source)
    }
    source.offeredRate = offeredBy(source, nowMs) + 1000 / averageMs
    source.offeredAtMs = nowMs
    return source
  }

  #hasRoomFor(source: Source | undefined): boolean {
    if (!source) return this.#tokens >= 1
    // Who sends few calls does not wait for those who send many.
    const least = source.offeredRate <= this.#share ? 1 - burst : 1
    return source.tokens >= 1 && this.#tokens >= least
  }

  #forgetSources(nowMs: number): void {
    this.#forgottenAtMs = nowMs
    for (const [name, source] of this.#sources) if (offeredBy(source, nowMs) < leastOffered) this.#sources.delete(name)
  }

  #shareOut(rate: number, seconds: number, nowMs: number): void {
    const offered = Array.from(this.#sources.values(), (source) => offeredBy(source, nowMs))
    this.#share = fairShare(offered, rate)
    const each = Math.min(this.#share, rate) * seconds
    for (const source of this.#sources.values()) source.tokens = refilled(source.tokens, each)
  }

  #lower(nowMs: number): void {
    this.#neededAtMs = nowMs
    this.#waitingSinceMs = nowMs
    this.#looksWaiting = 0
    if (this.#rate === undefined) {
      this.#tokens = burst
      for (const source of this.#sources.values()) source.tokens = burst
    }
    const kept =
      this.#rate === undefined
        ? this.#admittedRate * firstDecrease
        : Math.min(this.#rate, this.#admittedRate) * decrease
    this.#rate = Math.max(leastRate, kept)
  }
}

/** A bucket of tokens, some of them new. */
const refilled = (tokens: number, more: number): number => Math.min(tokens + more, Math.max(burst, more))

/**
 * What each may have at most, so that all together have what there is; infinite when it is enough for all.
 * @example fairShare([10, 50, 400], 160) // 100
 */
export function fairShare(wanted: readonly number[], all: number): number {
  let left = all
  let others = wanted.length
  for (const one of [...wanted].sort((a, b) => a - b)) {
    if (one > left / others) return left / others
    left -= one
    others--
  }
  return Number.POSITIVE_INFINITY
}

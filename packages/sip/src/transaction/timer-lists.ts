import type { Clock, Timer } from '@vaxel/base'

/** Who is called when a timer ends; `name` says which of its timers. */
export interface TimerTarget {
  timerFired(name: string): void
}

/** A running timer of {@link TimerLists}. */
export class ListedTimer implements Timer {
  readonly target: TimerTarget
  readonly name: string
  readonly dueMs: number
  list: DueList | undefined
  previous: ListedTimer | undefined
  next: ListedTimer | undefined

  constructor(target: TimerTarget, name: string, dueMs: number) {
    this.target = target
    this.name = name
    this.dueMs = dueMs
  }

  get isRunning(): boolean {
    return this.list !== undefined
  }

  stop(): void {
    this.list?.remove(this)
  }
}

/** Timers of one duration: what started first ends first, so the list stays sorted by itself. */
class DueList {
  first: ListedTimer | undefined
  #last: ListedTimer | undefined
  readonly #counter: { count: number }

  constructor(counter: { count: number }) {
    this.#counter = counter
  }

  append(timer: ListedTimer): void {
    timer.list = this
    timer.previous = this.#last
    if (this.#last) this.#last.next = timer
    else this.first = timer
    this.#last = timer
    this.#counter.count++
  }

  remove(timer: ListedTimer): void {
    if (timer.previous) timer.previous.next = timer.next
    else this.first = timer.next
    if (timer.next) timer.next.previous = timer.previous
    else this.#last = timer.previous
    timer.list = timer.previous = timer.next = undefined
    this.#counter.count--
  }
}

/**
 * All timers of a stack over one timer of the clock. SIP uses a dozen durations, so one list for each makes starting
 * and stopping O(1) without an allocation beyond the timer itself, and most timers are stopped before they end.
 */
export class TimerLists {
  readonly #clock: Clock
  readonly #run: (fire: () => void) => void
  readonly #lists = new Map<number, DueList>()
  readonly #counter = { count: 0 }
  #armed: Timer | undefined
  #armedDueMs = Number.POSITIVE_INFINITY
  #isFiring = false
  #isClosed = false

  /** @param run calls a target; what the target throws is its business, the other timers go on */
  constructor(clock: Clock, run: (fire: () => void) => void) {
    this.#clock = clock
    this.#run = run
  }

  /** Running timers. */
  get count(): number {
    return this.#counter.count
  }

  /** Calls `target.timerFired(name)` once after at least `delayMs` (rounded up to whole milliseconds). */
  start(delayMs: number, target: TimerTarget, name: string): ListedTimer {
    const duration = Math.max(0, Math.ceil(delayMs))
    const timer = new ListedTimer(target, name, this.#clock.monotonicMs() + duration)
    if (this.#isClosed) return timer
    let list = this.#lists.get(duration)
    if (!list) {
      list = new DueList(this.#counter)
      this.#lists.set(duration, list)
    }
    list.append(timer)
    if (timer.dueMs < this.#armedDueMs && !this.#isFiring) this.#arm(timer.dueMs)
    return timer
  }

  /** Stops everything; nothing fires any more. */
  close(): void {
    this.#isClosed = true
    this.#armed?.stop()
    for (const list of this.#lists.values()) while (list.first) list.first.stop()
    this.#lists.clear()
  }

  #arm(dueMs: number): void {
    this.#armed?.stop()
    this.#armedDueMs = dueMs
    this.#armed = this.#clock.startTimer(Math.max(0, dueMs - this.#clock.monotonicMs()), () => this.#fire())
  }

  #fire(): void {
    this.#isFiring = true
    this.#armedDueMs = Number.POSITIVE_INFINITY
    // Half a millisecond of grace: a clock's timer may come a hair before its own reading says so.
    const nowMs = this.#clock.monotonicMs() + 0.5
    for (let due = this.#soonest(); due && due.dueMs <= nowMs; due = this.#soonest()) {
      const { target, name } = due
      due.stop()
      this.#run(() => target.timerFired(name))
    }
    this.#isFiring = false
    const next = this.#isClosed ? undefined : this.#soonest()
    if (next) this.#arm(next.dueMs)
  }

  #soonest(): ListedTimer | undefined {
    let soonest: ListedTimer | undefined
    for (const [duration, list] of this.#lists) {
      const first = list.first
      if (!first) {
        // Odd durations (random back-off, session intervals) leave their lists behind.
        if (this.#lists.size > 32) this.#lists.delete(duration)
      } else if (!soonest || first.dueMs < soonest.dueMs) soonest = first
    }
    return soonest
  }
}

import type { Logger } from '@vaxel/base'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { Flow, ResolvedTarget } from '../ua/transport.ts'
import type { ListedTimer, TimerLists } from './timer-lists.ts'
import type { Timing, TimerLetter } from './timing.ts'

/** What transactions need of the stack around them. */
export interface TransactionEnvironment {
  readonly timers: TimerLists
  readonly log: Logger
  readonly reliableTiming: Timing
  readonly unreliableTiming: Timing
  /** Runs it as a turn of the stack. */
  run(task: () => void): void
  /** Puts a message on the wire; `onError` is called later, outside any turn. */
  send(flow: Flow, message: SipRequest | SipResponse, bytes: Uint8Array, onError?: (reason: string) => void): void
  /** A flow to that address, told within a turn of the stack; undefined when there is no way. */
  connect(target: ResolvedTarget, then: (flow: Flow | undefined) => void): void
}

/** The few timers that one transaction has running. */
export class LetteredTimers {
  #running: ListedTimer[] = []

  add(timer: ListedTimer): void {
    this.#running.push(timer)
  }

  stop(letter: TimerLetter | 'unanswered'): void {
    const at = this.#running.findIndex((timer) => timer.name === letter)
    if (at >= 0) this.#running.splice(at, 1)[0]!.stop()
  }

  /** Forgets a timer that has ended by itself. */
  ended(letter: string): void {
    const at = this.#running.findIndex((timer) => timer.name === letter)
    if (at >= 0) this.#running.splice(at, 1)
  }

  stopAll(): void {
    for (const timer of this.#running) timer.stop()
    this.#running = []
  }
}

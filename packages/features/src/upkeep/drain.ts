import type { Clock, Logger, Timer } from '@vaxel/base'

/** Calls that go on, as far as a drain has to do with them. */
export interface DrainableCalls {
  readonly count: number
  /** While true, new calls get 503; emergency calls pass, and what is done within a call goes on. */
  refuseNewCalls(isRefusing: boolean): void
  /** @returns a function that ends the subscription */
  onCallFinished(listener: () => void): () => void
}

export interface DrainOptions {
  readonly calls: DrainableCalls
  readonly clock: Clock
  readonly log: Logger
  /** The last call has ended, or the limit has come: the server may end now. */
  readonly onOver: (why: 'no call is left' | 'the limit has come') => void
}

/** A drain that goes on. */
export interface DrainState {
  readonly sinceMs: number
  /** When the calls that are left are ended. */
  readonly endsAtMs: number
}

const tellMs = 10_000

/** No new calls, until the last one has ended or a limit has come; then the server ends. It can be taken back before that. */
export class Drain {
  readonly #options: DrainOptions
  #state: DrainState | undefined
  #limit: Timer | undefined
  #telling: Timer | undefined
  #unsubscribe: (() => void) | undefined

  constructor(options: DrainOptions) {
    this.#options = options
  }

  get state(): DrainState | undefined {
    return this.#state
  }

  /** Begins, or gives a drain that goes on another limit. */
  start(limitMs: number): DrainState {
    const { calls, clock, log } = this.#options
    const sinceMs = this.#state?.sinceMs ?? clock.now()
    this.#state = { sinceMs, endsAtMs: clock.now() + limitMs }
    this.#limit?.stop()
    this.#limit = clock.startTimer(limitMs, () => this.#over('the limit has come'))
    calls.refuseNewCalls(true)
    log.info('draining: no new calls; the server ends when the last one has ended', {
      calls: calls.count,
      limitSeconds: limitMs / 1000,
    })
    this.#unsubscribe ??= calls.onCallFinished(() => this.#endIfEmpty())
    this.#telling ??= clock.startTimer(tellMs, () => this.#tell())
    // Whoever asked gets an answer first.
    clock.startTimer(0, () => this.#endIfEmpty())
    return this.#state
  }

  /** New calls are taken again. */
  cancel(): boolean {
    if (!this.#state) return false
    this.close()
    this.#options.calls.refuseNewCalls(false)
    this.#options.log.info('the drain is taken back')
    return true
  }

  /** Nothing is waited for any more. */
  close(): void {
    this.#limit?.stop()
    this.#telling?.stop()
    this.#unsubscribe?.()
    this.#limit = this.#telling = this.#unsubscribe = this.#state = undefined
  }

  #tell(): void {
    const { calls, clock, log } = this.#options
    log.info('draining', { calls: calls.count })
    this.#telling = clock.startTimer(tellMs, () => this.#tell())
  }

  #endIfEmpty(): void {
    if (this.#state && this.#options.calls.count === 0) this.#over('no call is left')
  }

  #over(why: 'no call is left' | 'the limit has come'): void {
    const { calls, log, onOver } = this.#options
    log.info('the drain is over', { why, calls: calls.count })
    this.close()
    onOver(why)
  }
}

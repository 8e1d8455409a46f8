import { type CallId, type Clock, DeletionClock, type Logger, type Timer } from '@vaxel/base'
import type { CallEraser, CallLedger, Company, Directory } from '@vaxel/core'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Few at once, and then a breath: what calls write must not wait for it. */
const callsAtOnce = 50
const breathMs = 20

export interface RetentionDependencies {
  readonly eraser: CallEraser
  readonly ledger: Pick<CallLedger, 'append'>
  readonly directory: Pick<Directory, 'companies'>
  /** When the last entry was written before this start. */
  readonly lastEntryMs: number | undefined
  readonly clock: Clock
  readonly log: Logger
}

/** Erases once an hour the calls of companies that keep them for some days only. */
export class CallRetention {
  readonly #around: RetentionDependencies
  readonly #deletionClock: DeletionClock
  #timer: Timer | undefined
  #working: Promise<void> = Promise.resolve()
  #isClosed = false
  #wake: (() => void) | undefined

  constructor(dependencies: RetentionDependencies) {
    this.#around = dependencies
    const { clock, lastEntryMs, log } = dependencies
    this.#deletionClock = new DeletionClock(clock, lastEntryMs, (byMs) =>
      log.warn('the clock may be wrong: for a day no call is erased by its age', {
        aheadDays: Math.round(byMs / dayMs),
      }),
    )
  }

  start(): void {
    if (this.#isClosed) return
    this.#working = this.work().catch((error: unknown) =>
      this.#around.log.error('calls were not erased; it is tried again in an hour', { error: String(error) }),
    )
    this.#timer = this.#around.clock.startTimer(hourMs, () => {
      void this.#working.then(() => this.start())
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.stop()
    this.#wake?.()
    await this.#working
  }

  /** One round. */
  async work(): Promise<void> {
    if (!this.#deletionClock.mayDelete()) return
    for (const company of this.#around.directory.companies()) {
      if (this.#isClosed) return
      if (company.callRetentionDays !== undefined) await this.#erase(company, company.callRetentionDays)
    }
  }

  async #erase({ id: companyId }: Company, days: number): Promise<void> {
    const { eraser, ledger, clock, log } = this.#around
    const beforeMs = clock.now() - days * dayMs
    let count = 0
    let after: CallId | undefined
    do {
      const step = await eraser.eraseCalls(companyId, { beforeMs, limit: callsAtOnce, ...(after ? { after } : {}) })
      count += step.erased
      after = step.after
      if (after !== undefined) await this.#breathe()
    } while (after !== undefined && !this.#isClosed)
    if (count === 0) return
    log.info('calls were erased', { companyId, calls: count, days })
    const data = { calls: count, beforeMs, days }
    await ledger.append({ events: [{ kind: 'calls.erased', atMs: clock.now(), companyId, data }] })
  }

  #breathe(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#around.clock.startTimer(breathMs, resolve)
      this.#wake = () => {
        timer.stop()
        resolve()
      }
    })
  }
}

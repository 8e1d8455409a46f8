import { type Clock, DeletionClock, type Logger, type Timer } from '@vaxel/base'
import type { AgeEraser, AgeErasers, CallLedger, Company, Directory } from '@vaxel/core'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Few at once, and then a breath: what calls write must not wait for it. */
const atOnce = 50
const breathMs = 20

/** What goes by its age, and after how many days a company wants it gone. */
const kinds: readonly { readonly what: keyof AgeErasers; readonly days: (company: Company) => number | undefined }[] = [
  { what: 'calls', days: ({ callRetentionDays }) => callRetentionDays },
  { what: 'customers', days: ({ customerRetentionDays }) => customerRetentionDays },
  { what: 'mails', days: ({ mailRetentionDays }) => mailRetentionDays },
]

export interface RetentionDependencies {
  readonly erasers: AgeErasers
  readonly ledger: Pick<CallLedger, 'append'>
  readonly directory: Pick<Directory, 'companies'>
  /** When the last entry was written before this start. */
  readonly lastEntryMs: number | undefined
  readonly clock: Clock
  readonly log: Logger
}

/** Erases once an hour what companies keep for some days only: calls, customers of queues, mails. */
export class Retention {
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
      log.warn('the clock may be wrong: for a day nothing is erased by its age', {
        aheadDays: Math.round(byMs / dayMs),
      }),
    )
  }

  start(): void {
    if (this.#isClosed) return
    this.#working = this.work()
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
      for (const { what, days } of kinds) {
        const kept = days(company)
        if (kept === undefined || this.#isClosed) continue
        await this.#erase(company, what, kept).catch((error: unknown) =>
          this.#around.log.error('what is too old was not erased; it is tried again in an hour', {
            companyId: company.id,
            what,
            error: String(error),
          }),
        )
      }
    }
  }

  async #erase({ id: companyId }: Company, what: keyof AgeErasers, days: number): Promise<void> {
    const { erasers, ledger, clock, log } = this.#around
    const eraser: AgeEraser = erasers[what]
    const beforeMs = clock.now() - days * dayMs
    let count = 0
    let after: string | undefined
    do {
      const step = await eraser.eraseBefore(companyId, { beforeMs, limit: atOnce, ...(after ? { after } : {}) })
      count += step.erased
      after = step.after
      if (after !== undefined) await this.#breathe()
    } while (after !== undefined && !this.#isClosed)
    if (count === 0) return
    log.info('what was too old is erased', { companyId, what, count, days })
    const data = { [what]: count, beforeMs, days }
    await ledger.append({ events: [{ kind: `${what}.erased`, atMs: clock.now(), companyId, data }] })
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

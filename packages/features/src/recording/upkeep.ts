import { type Clock, type CompanyId, DeletionClock, type Logger, type Timer } from '@vaxel/base'
import type { Directory, LedgerEvent, RecordingReport, RecordingStore } from '@vaxel/core'
import type { LibraryService } from './library-service.ts'
import { dayOf, reconcile } from './reconciliation.ts'
import { isAlways } from './rules.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const deletedAtOnce = 200
/** Calls that went over midnight have ended by then. */
const reconcileAfterMs = 2 * hourMs

/** What is done of itself once an hour: deletes what is past its time, and holds yesterday's talk against its recordings. */
export class RecordingUpkeep {
  readonly #store: RecordingStore
  readonly #library: LibraryService
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #log: Logger
  readonly #deletionClock: DeletionClock
  #timer: Timer | undefined
  #working: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: {
    store: RecordingStore
    library: LibraryService
    directory: Directory
    clock: Clock
    log: Logger
    /** When the last entry of the ledger was written before this start. */
    lastEntryMs?: number | undefined
  }) {
    this.#store = options.store
    this.#library = options.library
    this.#directory = options.directory
    this.#clock = options.clock
    this.#log = options.log
    this.#deletionClock = new DeletionClock(options.clock, options.lastEntryMs, (byMs) =>
      options.log.warn('the clock may be wrong: for a day no recording is deleted by its age', {
        aheadDays: Math.round(byMs / dayMs),
      }),
    )
  }

  start(): void {
    if (this.#isClosed) return
    this.#working = this.work().catch((error: unknown) =>
      this.#log.error('the upkeep of recordings failed; it is tried again in an hour', { error: String(error) }),
    )
    this.#timer = this.#clock.startTimer(hourMs, () => {
      void this.#working.then(() => this.start())
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.stop()
    await this.#working
  }

  /** One round. */
  async work(): Promise<void> {
    if (this.#deletionClock.mayDelete()) await this.#expire()
    const yesterday = dayOf(this.#clock.now() - dayMs)
    if (this.#clock.now() % dayMs < reconcileAfterMs) return
    for (const { id } of this.#directory.companies()) {
      if (this.#isClosed) return
      const [latest] = await this.#store.reports(id, 1)
      if (latest?.day !== undefined && latest.day >= yesterday) continue
      if (this.#wants(id)) await this.reconcile(id, yesterday)
    }
  }

  async #expire(): Promise<void> {
    for (;;) {
      const expired = await this.#store.expired(this.#clock.now(), deletedAtOnce)
      for (const recording of expired) if (!this.#isClosed) await this.#library.expire(recording)
      if (expired.length < deletedAtOnce || this.#isClosed) break
    }
  }

  async reconcile(companyId: CompanyId, day: string): Promise<RecordingReport> {
    const report = await reconcile(this.#store, this.#clock, companyId, day)
    const { calls, talkMs, missingMs } = report
    const data = { day, calls, talkMs, missingMs, gaps: report.gaps.length }
    const event: LedgerEvent = { kind: 'recording.reconciled', atMs: this.#clock.now(), companyId, data }
    await this.#store.putReport(report, event)
    if (missingMs > 0) this.#log.warn('talk without a recording', { companyId, ...data })
    return report
  }

  #wants(companyId: CompanyId): boolean {
    const { mode, exceptions } = this.#store.policyAt(companyId, this.#clock.now() - dayMs)
    const now = this.#store.policy(companyId)
    return [mode, now.mode, ...exceptions.map((one) => one.mode), ...now.exceptions.map((one) => one.mode)].some(
      isAlways,
    )
  }
}

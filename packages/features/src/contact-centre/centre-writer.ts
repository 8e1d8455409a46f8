import type { Clock, CompanyId, Logger, Timer } from '@vaxel/base'
import type { CentreFact, OfferId, WorkEntry, WorkItem, WorkItemId, WorkStore } from '@vaxel/core'

type Claim = Parameters<WorkStore['claim']>[1]

/** Entries that are kept for a database that takes nothing; beyond it the newest are lost, and the log says so. */
const mostOwed = 50_000
const firstAgainMs = 200
const lastAgainMs = 5000

/**
 * Writes what one owner decides. What the database does not take now is owed: it is written in its order, before anything newer, as soon as it is
 * taken again. A claim is asked for until there is an answer, by the same identifier, so that one whose answer was lost is not in anybody's way.
 */
export class CentreWriter {
  readonly #companyId: CompanyId
  readonly #clock: Clock
  readonly #log: Logger
  readonly #work: Pick<WorkStore, 'record' | 'claim'>
  readonly #owed: WorkEntry[] = []
  readonly #timers = new Set<Timer>()
  #isPaying = false
  #isClosed = false

  constructor(
    companyId: CompanyId,
    parts: { readonly clock: Clock; readonly log: Logger; readonly work: Pick<WorkStore, 'record' | 'claim'> },
  ) {
    this.#companyId = companyId
    this.#clock = parts.clock
    this.#log = parts.log
    this.#work = parts.work
  }

  /** Something that has happened is not in the database yet. */
  get owes(): boolean {
    return this.#owed.length > 0
  }

  /** @returns whether it is durable; if not, it is written later, but for what breaks a rule of the schema */
  async record(entry: WorkEntry): Promise<boolean> {
    if (this.owes) {
      this.#owe(entry)
      return false
    }
    try {
      await this.#work.record(this.#companyId, entry)
      return true
    } catch (error) {
      this.#tellLost(entry, error)
      if (!isRefused(error)) this.#owe(entry)
      // Whatever was wrong with its entries, nobody holds the item any more.
      else if (entry.released && entry.released.length > 0 && entry.facts.length > 0)
        await this.record({ facts: [], released: entry.released })
      return false
    }
  }

  /** @param answered called once, when the database has said who has it; never when this is closed before */
  claim(claim: Claim, fact: CentreFact, answered: (isWon: boolean) => void): void {
    const attempt = (times: number): void => {
      if (this.#isClosed) return
      const again = (): void => this.#later(pauseMs(times), () => attempt(times + 1))
      // What it would find in its way may be among what is owed.
      if (this.owes) return again()
      this.#work.claim(this.#companyId, claim, fact).then(
        (isWon) => {
          if (!this.#isClosed) answered(isWon)
        },
        (error: unknown) => {
          if (times === 0)
            this.#log.error('nobody can be asked while the database takes nothing', { error: String(error) })
          again()
        },
      )
    }
    attempt(0)
  }

  close(): void {
    this.#isClosed = true
    for (const timer of this.#timers) timer.stop()
    this.#timers.clear()
  }

  #owe(entry: WorkEntry): void {
    if (this.#owed.length >= mostOwed) {
      this.#log.error('too much waits for the database: what happened in the contact centre is lost', {
        companyId: this.#companyId,
      })
      return
    }
    this.#owed.push(entry)
    if (!this.#isPaying) {
      this.#isPaying = true
      this.#later(firstAgainMs, () => void this.#pay(1))
    }
  }

  async #pay(times: number): Promise<void> {
    for (let next = this.#owed[0]; next && !this.#isClosed; next = this.#owed[0]) {
      try {
        await this.#work.record(this.#companyId, next)
      } catch (error) {
        if (!isRefused(error)) {
          this.#later(pauseMs(times), () => void this.#pay(times + 1))
          return
        }
        this.#tellLost(next, error)
        if (next.released && next.released.length > 0 && next.facts.length > 0) {
          this.#owed[0] = { facts: [], released: next.released }
          continue
        }
      }
      this.#owed.shift()
    }
    this.#isPaying = false
  }

  #later(delayMs: number, does: () => void): void {
    const timer = this.#clock.startTimer(delayMs, () => {
      this.#timers.delete(timer)
      if (!this.#isClosed) does()
    })
    this.#timers.add(timer)
  }

  #tellLost({ facts }: WorkEntry, error: unknown): void {
    this.#log.error('what happened in the contact centre could not be kept', {
      companyId: this.#companyId,
      kinds: facts.map(({ kind }) => kind).join(' '),
      error: String(error),
    })
  }
}

/** It breaks a rule of the schema: it would do so again. */
const isRefused = (error: unknown): boolean => error instanceof Error && /constraint/i.test(error.message)

const pauseMs = (times: number): number => Math.min(lastAgainMs, firstAgainMs * 2 ** Math.min(times, 10))

/** An entry of a step. @param itemOf whole, of what arrived in it */
export function entryOf(
  facts: readonly CentreFact[],
  released: readonly { readonly offerId: OfferId; readonly itemId: WorkItemId }[],
  itemOf: (itemId: WorkItemId) => WorkItem | undefined,
): WorkEntry {
  const items = facts.flatMap((fact) => (fact.kind === 'work.arrived' ? (itemOf(fact.itemId) ?? []) : []))
  return { facts, items, released }
}

import type { Clock, CompanyId, Timer, UserId } from '@vaxel/base'
import { costOf, type Directory, type UsageMeters } from '@vaxel/core'

/** A running call that costs money. */
export interface PricedCall {
  readonly companyId: CompanyId
  readonly userId: UserId | undefined
  readonly answeredAtMs: number
  readonly pricePerMinuteMicros: number
  readonly isEmergency: boolean
  stop(): void
}

const checkEveryMs = 1000

/**
 * Enforces limits of money while calls go on: each second the running costs are added to what the day has cost
 * already, and calls of a company or user over its limit are cleared. Emergency calls are never.
 */
export class SpendWatch {
  readonly #calls = new Set<PricedCall>()
  readonly #clock: Clock
  readonly #directory: Directory
  readonly #meters: UsageMeters
  #timer: Timer | undefined

  constructor(options: { clock: Clock; directory: Directory; meters: UsageMeters }) {
    this.#clock = options.clock
    this.#directory = options.directory
    this.#meters = options.meters
  }

  /** Money in running calls of a company, or of one of its users. */
  runningMicros(companyId: CompanyId, userId?: UserId): number {
    let sum = 0
    for (const call of this.#calls)
      if (call.companyId === companyId && (userId === undefined || call.userId === userId)) sum += this.#cost(call)
    return sum
  }

  started(call: PricedCall): void {
    this.#calls.add(call)
    this.#timer ??= this.#clock.startTimer(checkEveryMs, () => this.#check())
  }

  ended(call: PricedCall): void {
    if (!this.#calls.delete(call)) return
    const now = this.#clock.now()
    this.#meters.spent(call.companyId, this.#cost(call), now)
    if (call.userId) this.#meters.spent(call.userId, this.#cost(call), now)
    if (this.#calls.size === 0) this.close()
  }

  close(): void {
    this.#timer?.stop()
    this.#timer = undefined
  }

  #check(): void {
    const now = this.#clock.now()
    const over = [...this.#calls].filter((call) => !call.isEmergency && this.#isOver(call, now))
    for (const call of over) call.stop()
    this.#timer = this.#calls.size > 0 ? this.#clock.startTimer(checkEveryMs, () => this.#check()) : undefined
  }

  #isOver(call: PricedCall, now: number): boolean {
    const company = this.#directory.company(call.companyId)?.limits.spendPerDayMicros
    if (
      company !== undefined &&
      this.#meters.usage(call.companyId, now, this.runningMicros(call.companyId)).spentTodayMicros >= company
    )
      return true
    if (!call.userId) return false
    const user = this.#directory.user(call.userId)?.limits.spendPerDayMicros
    return (
      user !== undefined &&
      this.#meters.usage(call.userId, now, this.runningMicros(call.companyId, call.userId)).spentTodayMicros >= user
    )
  }

  #cost(call: PricedCall): number {
    return costOf(call.pricePerMinuteMicros, this.#clock.now() - call.answeredAtMs)
  }
}

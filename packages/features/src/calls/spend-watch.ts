import type { Clock, CompanyId, Timer, TrunkId, UserId } from '@vaxel/base'
import { costOf, type Directory, type UsageMeters } from '@vaxel/core'

/** A leg of a running call that costs money. */
export interface PricedLeg {
  readonly companyId: CompanyId
  /** Who sent the call out, if it was a person. */
  readonly userId: UserId | undefined
  /** Over which it goes. */
  readonly trunkId?: TrunkId | undefined
  readonly chargedFromMs: number
  readonly pricePerMinuteMicros: number
  readonly isEmergency: boolean
  /** Time as its call keeps it, of which `chargedFromMs` is. */
  nowMs(): number
  /** Ends its call. */
  stop(): void
}

/** Who or what has a limit of money. */
type Payer = CompanyId | UserId | TrunkId

function payersOf({ companyId, userId, trunkId }: PricedLeg): Payer[] {
  return [companyId, ...(userId ? [userId] : []), ...(trunkId ? [trunkId] : [])]
}

const checkEveryMs = 1000

/**
 * Enforces limits of money while calls go on: each second the running costs are added to what the day has cost
 * already, and calls of a company or user over its limit are cleared. Emergency calls are never.
 */
export class SpendWatch {
  readonly #legs = new Set<PricedLeg>()
  readonly #clock: Clock
  readonly #directory: Directory
  readonly #meters: UsageMeters
  #timer: Timer | undefined

  constructor(options: { clock: Clock; directory: Directory; meters: UsageMeters }) {
    this.#clock = options.clock
    this.#directory = options.directory
    this.#meters = options.meters
  }

  /** Money in running calls of a company, of a user, or over a trunk. */
  runningMicros(id: Payer): number {
    let sum = 0
    for (const leg of this.#legs) if (payersOf(leg).includes(id)) sum += this.#cost(leg)
    return sum
  }

  started(leg: PricedLeg): void {
    this.#legs.add(leg)
    this.#timer ??= this.#clock.startTimer(checkEveryMs, () => this.#check())
  }

  ended(leg: PricedLeg): void {
    if (!this.#legs.delete(leg)) return
    const now = this.#clock.now()
    for (const id of payersOf(leg)) this.#meters.spent(id, this.#cost(leg), now)
    if (this.#legs.size === 0) this.close()
  }

  close(): void {
    this.#timer?.stop()
    this.#timer = undefined
  }

  #check(): void {
    this.#timer = undefined
    const running = new Map<Payer, number>()
    for (const leg of this.#legs)
      for (const id of payersOf(leg)) running.set(id, (running.get(id) ?? 0) + this.#cost(leg))
    const over = new Set([...running].filter(([id, micros]) => this.#isOver(id, micros)).map(([id]) => id))
    for (const leg of [...this.#legs]) if (!leg.isEmergency && payersOf(leg).some((id) => over.has(id))) leg.stop()
    if (this.#legs.size > 0) this.#timer ??= this.#clock.startTimer(checkEveryMs, () => this.#check())
  }

  #isOver(id: Payer, runningMicros: number): boolean {
    const of = this.#directory.company(id as CompanyId) ?? this.#directory.user(id as UserId)
    const limit = of ? of.limits.spendPerDayMicros : this.#directory.trunk(id as TrunkId)?.spendPerDayMicros
    return limit !== undefined && this.#meters.usage(id, this.#clock.now(), runningMicros).spentTodayMicros >= limit
  }

  #cost(leg: PricedLeg): number {
    return costOf(leg.pricePerMinuteMicros, leg.nowMs() - leg.chargedFromMs)
  }
}

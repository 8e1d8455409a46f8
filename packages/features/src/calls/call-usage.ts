import type { Clock, CompanyId, LegId, TrunkId, UserId } from '@vaxel/base'
import type { CallLeg, CallSource, CallState, Company, UsageMeters } from '@vaxel/core'
import type { Reach } from './reach.ts'
import type { PricedLeg, SpendWatch } from './spend-watch.ts'

/**
 * What one call has in use, counted against the limits of its company, of people and of trunks, as the call is now:
 * the company while it goes on; whoever made it while they are in it; whoever sent it out over a trunk while that leg is up,
 * also after they left; a trunk for each of its legs. At the call's end nothing is counted any more.
 */
export class CallUsage {
  readonly #clock: Clock
  readonly #meters: UsageMeters
  readonly #spend: SpendWatch
  readonly #company: Company
  readonly #from: CallSource
  readonly #reaches: ReadonlyMap<LegId, Reach>
  readonly #nowMs: () => number
  readonly #stop: () => void
  /** Each once; a few, as are the next two. */
  #people: readonly (CompanyId | UserId)[] = []
  #lines: Map<LegId, TrunkId> | undefined
  #priced: Map<LegId, PricedLeg> | undefined

  /** @param options `nowMs`: the call's own time; `stop` ends the call when the money is used up */
  constructor(options: {
    clock: Clock
    meters: UsageMeters
    spend: SpendWatch
    company: Company
    from: CallSource
    reaches: ReadonlyMap<LegId, Reach>
    nowMs: () => number
    stop: () => void
  }) {
    this.#clock = options.clock
    this.#meters = options.meters
    this.#spend = options.spend
    this.#company = options.company
    this.#from = options.from
    this.#reaches = options.reaches
    this.#nowMs = options.nowMs
    this.#stop = options.stop
  }

  /** Counts the call as it is now. */
  update(state: CallState): void {
    const people: (CompanyId | UserId)[] = state.name === 'ended' ? [] : [this.#company.id]
    const add = (id: UserId): void => {
      if (!people.includes(id)) people.push(id)
    }
    for (const leg of state.call.legs.values()) {
      const isUp = leg.endedAtMs === undefined && state.name !== 'ended'
      const payer = this.#payerOf(leg.id)
      if (isUp && payer) add(payer)
      if (isUp && this.#from.kind === 'user' && leg.party.userId === this.#from.user.id) add(this.#from.user.id)
      this.#countLine(leg, isUp)
      this.#countMoney(leg, isUp, state.call.isEmergency, payer)
    }
    for (const id of people) if (!this.#people.includes(id)) this.#meters.callStarted(id, this.#clock.monotonicMs())
    for (const id of this.#people) if (!people.includes(id)) this.#meters.callEnded(id)
    this.#people = people
  }

  #payerOf(leg: LegId): UserId | undefined {
    const reach = this.#reaches.get(leg)
    return reach?.kind === 'trunk' ? reach.payer : undefined
  }

  #countLine(leg: CallLeg, isUp: boolean): void {
    const counted = this.#lines?.get(leg.id)
    if (isUp && leg.trunkId && !counted) {
      this.#lines ??= new Map()
      this.#lines.set(leg.id, leg.trunkId)
      this.#meters.callStarted(leg.trunkId, this.#clock.monotonicMs())
    }
    if (!isUp && counted) {
      this.#lines?.delete(leg.id)
      this.#meters.callEnded(counted)
    }
  }

  #countMoney(leg: CallLeg, isUp: boolean, isEmergency: boolean, payer: UserId | undefined): void {
    const { pricePerMinuteMicros, chargedFromMs } = leg
    const running = this.#priced?.get(leg.id)
    if (running && !isUp) {
      this.#priced?.delete(leg.id)
      this.#spend.ended(running)
    }
    if (running || !isUp || !pricePerMinuteMicros || chargedFromMs === undefined) return
    const priced: PricedLeg = {
      companyId: this.#company.id,
      userId: payer,
      trunkId: leg.trunkId,
      chargedFromMs,
      pricePerMinuteMicros,
      isEmergency,
      nowMs: this.#nowMs,
      stop: this.#stop,
    }
    this.#priced ??= new Map()
    this.#priced.set(leg.id, priced)
    this.#spend.started(priced)
  }
}

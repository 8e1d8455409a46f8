import type { Clock, CompanyId, LegId, Refusal, Termination, TrunkId, UserId } from '@vaxel/base'
import {
  admitCall,
  type CallSource,
  type Company,
  type Directory,
  type Usage,
  UsageMeters,
  type User,
} from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'
import { CallUsage } from './call-usage.ts'
import type { Reach } from './reach.ts'
import { SpendWatch } from './spend-watch.ts'

const moneyUsedUp: Termination = {
  blame: 'caller',
  reason: 'spend-limit',
  sip: 403,
  text: "Today's limit of money for calls is used up.",
}

/** What the calls that go on have in use, and whether one more may begin. Whoever asks lets emergency calls pass. */
export class CallAdmission {
  readonly meters = new UsageMeters()
  readonly #clock: Clock
  readonly #spend: SpendWatch

  constructor(options: { clock: Clock; directory: Directory }) {
    this.#clock = options.clock
    this.#spend = new SpendWatch({ ...options, meters: this.meters })
  }

  /** Calls and money of a company, a user or a trunk now. */
  usageOf(id: CompanyId | UserId | TrunkId): Usage {
    return this.meters.usage(id, this.#clock.now(), this.#spend.runningMicros(id))
  }

  /** Why a company, or one of its people, may begin no further call now; undefined when they may. */
  refusal(company: Company, user: User | undefined): Refusal | undefined {
    const why = (of: Company | User) => admitCall(of.limits, this.usageOf(of.id), this.#clock.monotonicMs(), false)
    return why(company) ?? (user && why(user))
  }

  /** Why they may begin none that costs money. */
  costRefusal(company: Company, user: User | undefined): Refusal | undefined {
    const why = ({ id, limits: { spendPerDayMicros } }: Company | User) => {
      const spendOnly = spendPerDayMicros === undefined ? {} : { spendPerDayMicros }
      return admitCall(spendOnly, this.usageOf(id), this.#clock.now(), true)
    }
    return why(company) ?? (user && why(user))
  }

  /** Counts what one call has in use from now on; it ends when its money is used up. */
  follow(
    owner: CallOwner,
    call: { company: Company; from: CallSource; reaches: ReadonlyMap<LegId, Reach> },
  ): CallUsage {
    return new CallUsage({
      ...call,
      clock: this.#clock,
      meters: this.meters,
      spend: this.#spend,
      nowMs: () => owner.nowMs(),
      stop: () => owner.clear(moneyUsedUp),
    })
  }

  close(): void {
    this.#spend.close()
  }
}

import type { CallId, Refusal, UserId } from '@vaxel/base'
import { NotFound, type Principal } from '@vaxel/contract'
import type { CallRecord, HistoryReader, LegRecord, NumberedEvent, TracedMessage } from '@vaxel/core'
import { findTroubles, type Trouble } from './find-troubles.ts'
import { EventSight, type IsInConversation, sightOf } from './sight.ts'

export interface CallFilter {
  readonly limit?: number
  readonly before?: string
  readonly from?: string
  readonly to?: string
  readonly userId?: string
  readonly number?: string
  readonly text?: string
  readonly direction?: CallRecord['direction']
  readonly outcome?: 'answered' | 'unanswered' | 'missed'
  readonly own?: '1'
}

const usualLimit = 50
const usualEvents = 200
const exportPage = 999
const mostExported = 10_000

/** What people read back: their own calls, or the company's. */
export class HistoryService {
  readonly #history: HistoryReader
  readonly #isInConversation: IsInConversation

  constructor(history: HistoryReader, isInConversation: IsInConversation = () => false) {
    this.#history = history
    this.#isInConversation = isInConversation
  }

  async calls(principal: Principal, filter: CallFilter): Promise<{ calls: CallRecord[]; next?: string }> {
    const { companyId, userId: own, seesCompany } = sightOf(principal)
    const { limit = usualLimit, before, from, to, number, text, direction, outcome } = filter
    const seesAll = seesCompany && filter.own === undefined
    if (!seesAll && filter.userId !== undefined && filter.userId !== own) return { calls: [] }
    const userId = seesAll ? (filter.userId as UserId | undefined) : own
    const calls = await this.#history.calls({
      companyId,
      limit: limit + 1,
      ...(userId === undefined ? {} : { userId }),
      ...(before === undefined ? {} : { before: before as CallId }),
      ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
      ...(to === undefined ? {} : { toMs: Date.parse(to) }),
      ...(number === undefined ? {} : { number }),
      ...(text === undefined ? {} : { text }),
      ...(direction === undefined ? {} : { direction }),
      ...(outcome === 'missed' ? { missedBy: userId ?? own } : {}),
      ...(outcome === 'answered' ? { answered: true } : {}),
      ...(outcome === 'unanswered' ? { answered: false } : {}),
    })
    const page = calls.slice(0, limit)
    const last = page.at(-1)
    return last && calls.length > limit ? { calls: page, next: last.id } : { calls: page }
  }

  /** As many calls as one export holds. */
  async export(principal: Principal, filter: CallFilter): Promise<{ calls: CallRecord[]; isCut: boolean }> {
    const all: CallRecord[] = []
    let before: string | undefined
    do {
      const more = before === undefined ? {} : { before }
      const page: { calls: CallRecord[]; next?: string } = await this.calls(principal, {
        ...filter,
        ...more,
        limit: exportPage,
      })
      all.push(...page.calls)
      before = page.next
    } while (before !== undefined && all.length < mostExported)
    return { calls: all.slice(0, mostExported), isCut: before !== undefined || all.length > mostExported }
  }

  async call(
    principal: Principal,
    id: string,
  ): Promise<
    | {
        call: CallRecord
        legs: LegRecord[]
        events: NumberedEvent[]
        messages: TracedMessage[]
        troubles: Trouble[]
      }
    | Refusal
  > {
    const { companyId, userId, seesCompany } = sightOf(principal)
    const found = await this.#history.call(id as CallId, companyId)
    if (!found) return NotFound()
    if (seesCompany) return { ...found, troubles: findTroubles(found) }
    const { call, legs } = found
    const isOwn = [call.caller, call.called, ...legs.map(({ party }) => party)].some((party) => party.userId === userId)
    // Messages tell the other side's addresses and devices.
    return isOwn ? { ...found, messages: [], troubles: [] } : NotFound()
  }

  async events(
    principal: Principal,
    { after = 0, limit = usualEvents }: { after?: number; limit?: number },
  ): Promise<{ events: NumberedEvent[]; last: number }> {
    const sight = sightOf(principal)
    const found = await this.#history.events({ companyId: sight.companyId, after, limit })
    const view = new EventSight(sight, this.#isInConversation)
    return { events: found.filter((event) => view.sees(event)), last: found.at(-1)?.number ?? after }
  }
}

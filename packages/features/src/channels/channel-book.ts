import type { CallId, Clock, CompanyId } from '@vaxel/base'
import type { CallState, Service } from '@vaxel/core'

/** What a call uses its channel for. */
export type ChannelUse = 'conversation' | 'setup' | Service

export interface ChannelCount {
  readonly now: number
  readonly mostToday: number
  readonly mostTodayAtMs?: number
  readonly refusedToday: number
}

interface Tally {
  now: number
  /** Days since 1970 (UTC) of the figures of the day. */
  day: number
  most: number
  mostAtMs: number | undefined
  refused: number
  readonly uses: Map<ChannelUse, number>
  services: number
  mostServices: number
}

const dayMs = 86_400_000

/**
 * Counts channels as calls go: of each company and of all. A step of a call costs the same however many calls there are; a company of
 * which nothing happened today is forgotten with its last call.
 */
export class ChannelBook {
  readonly #clock: Clock
  readonly #all = tally()
  readonly #companies = new Map<CompanyId, Tally>()
  readonly #uses = new Map<CallId, ChannelUse>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A call is now as it is. */
  follow(state: CallState): void {
    const { id, companyId } = state.call
    const before = this.#uses.get(id)
    const use = useOf(state)
    if (use === before) return
    if (use === undefined) this.#uses.delete(id)
    else this.#uses.set(id, use)
    for (const each of [this.#of(companyId), this.#all]) this.#change(each, before, use)
  }

  /** A call was refused because no channel was left. */
  refused(companyId: CompanyId): void {
    for (const each of [this.#of(companyId), this.#all]) this.#today(each).refused++
  }

  get all(): ChannelCount {
    return counted(this.#today(this.#all))
  }

  company(id: CompanyId): ChannelCount & {
    readonly uses: readonly { readonly use: ChannelUse; readonly now: number }[]
    readonly mostServices: number
  } {
    const each = this.#today(this.#companies.get(id) ?? tally())
    const uses = [...each.uses].map(([use, now]) => ({ use, now })).toSorted((a, b) => b.now - a.now)
    return { ...counted(each), uses, mostServices: each.mostServices }
  }

  #of(id: CompanyId): Tally {
    const found = this.#companies.get(id) ?? tally()
    this.#companies.set(id, found)
    return found
  }

  #change(each: Tally, before: ChannelUse | undefined, use: ChannelUse | undefined): void {
    this.#today(each)
    if (before !== undefined) {
      const left = (each.uses.get(before) ?? 1) - 1
      if (left === 0) each.uses.delete(before)
      else each.uses.set(before, left)
      if (isService(before)) each.services--
    }
    if (use !== undefined) {
      each.uses.set(use, (each.uses.get(use) ?? 0) + 1)
      if (isService(use)) each.services++
    }
    each.now += (use === undefined ? 0 : 1) - (before === undefined ? 0 : 1)
    each.mostServices = Math.max(each.mostServices, each.services)
    if (each.now <= each.most) return
    each.most = each.now
    each.mostAtMs = this.#clock.now()
  }

  /** The figures of the day begin anew with each day, at what there is then. */
  #today(each: Tally): Tally {
    const now = this.#clock.now()
    const day = Math.floor(now / dayMs)
    if (each.day === day) return each
    each.day = day
    each.most = each.now
    each.mostAtMs = each.now > 0 ? day * dayMs : undefined
    each.mostServices = each.services
    each.refused = 0
    return each
  }
}

const tally = (): Tally => ({
  now: 0,
  day: -1,
  most: 0,
  mostAtMs: undefined,
  refused: 0,
  uses: new Map(),
  services: 0,
  mostServices: 0,
})

const isService = (use: ChannelUse): boolean => use !== 'conversation' && use !== 'setup'

function useOf(state: CallState): ChannelUse | undefined {
  if (state.name === 'ended') return undefined
  if (state.name === 'inService') return state.service
  return state.name === 'connected' ? 'conversation' : 'setup'
}

const counted = ({ now, most, mostAtMs, refused }: Tally): ChannelCount => ({
  now,
  mostToday: most,
  ...(mostAtMs === undefined ? {} : { mostTodayAtMs: mostAtMs }),
  refusedToday: refused,
})

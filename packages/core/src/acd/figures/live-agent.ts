import type { CallId, UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { AgentLine, QueueId } from '../centre.ts'
import type { Channel } from '../channel.ts'
import type { WorkItemId } from '../work-item.ts'
import { noCounts, type WorkCounts } from './counts.ts'

/** What an agent has in hand. */
export interface ItemInHand {
  readonly itemId: WorkItemId
  readonly queueId: QueueId
  readonly channel: Channel
  readonly callId?: CallId
  readonly sinceMs: number
  /** Put aside until something happens. */
  readonly isKept: boolean
}

/** Time of today in one state. */
export interface StateTime {
  readonly state: AgentState
  readonly reason?: string
  readonly ms: number
}

const key = (state: AgentState, reason: string | undefined): string => `${state}\n${reason ?? ''}`

/** One agent as they are, and what today has brought them. */
export class LiveAgent {
  readonly id: UserId
  state: AgentState = 'loggedOff'
  reason: string | undefined
  sinceMs: number
  /** Somebody else put them there. */
  by: UserId | undefined
  line: AgentLine['kind'] | undefined
  /** Offers that they are asked about. */
  asked = 0
  readonly items = new Map<WorkItemId, ItemInHand>()
  today: WorkCounts = noCounts()
  readonly #times = new Map<string, StateTime>()

  constructor(id: UserId, sinceMs: number) {
    this.id = id
    this.sinceMs = sinceMs
  }

  /** Ends the spell that goes on. @param dayFromMs what was before is another day's */
  enter(
    to: { readonly state: AgentState; readonly reason?: string; readonly by?: UserId },
    atMs: number,
    dayFromMs: number,
  ): void {
    this.#add(this.state, this.reason, atMs - Math.max(this.sinceMs, dayFromMs))
    this.state = to.state
    this.reason = to.reason
    this.by = to.by
    this.sinceMs = atMs
  }

  /** Spells that are over, and the one that goes on up to then. */
  times(nowMs: number, dayFromMs: number): readonly StateTime[] {
    const times = new Map(this.#times)
    const ms = nowMs - Math.max(this.sinceMs, dayFromMs)
    const current = times.get(key(this.state, this.reason))
    if (ms > 0)
      times.set(key(this.state, this.reason), { ...spell(this.state, this.reason), ms: (current?.ms ?? 0) + ms })
    return [...times.values()]
  }

  /** The wall clock was set: what goes on has lasted as long as before. */
  clockSet(byMs: number): void {
    this.sinceMs += byMs
    for (const [itemId, item] of this.items) this.items.set(itemId, { ...item, sinceMs: item.sinceMs + byMs })
  }

  newDay(): void {
    this.today = noCounts()
    this.#times.clear()
  }

  #add(state: AgentState, reason: string | undefined, ms: number): void {
    if (ms <= 0) return
    const before = this.#times.get(key(state, reason))?.ms ?? 0
    this.#times.set(key(state, reason), { ...spell(state, reason), ms: before + ms })
  }
}

const spell = (state: AgentState, reason: string | undefined) => ({
  state,
  ...(reason === undefined ? {} : { reason }),
})

import type { UserId } from '@vaxel/base'
import type { Centre } from '../centre.ts'
import type { WorkItem } from '../work-item.ts'

/** A customer who comes, with what nobody knows before: how long they wait at most, and how long they take. */
export interface PlannedArrival {
  readonly atMs: number
  readonly item: WorkItem
  /** Infinity: waits as long as it takes. */
  readonly patienceMs: number
  readonly handlingMs: number
  readonly wrapMs: number
}

/** An agent comes, goes, or takes a break. */
export interface PlannedShift {
  readonly atMs: number
  readonly agentId: UserId
  readonly to: 'ready' | 'notReady' | 'loggedOff'
  readonly reason?: string
}

/** A day of a contact centre, to be run through the real dispatcher. Times are since 1970, arrivals and shifts in the order of time. */
export interface DayPlan {
  readonly centre: Centre
  readonly timeZone: string
  readonly fromMs: number
  /** Nobody comes any more; whoever is there is still served. */
  readonly toMs: number
  readonly arrivals: readonly PlannedArrival[]
  readonly shifts: readonly PlannedShift[]
  /** How long an agent takes to accept what they are asked. */
  readonly answerMs: number
}

import type { UserId } from '@vaxel/base'
import type { Centre, QueueId } from '../centre.ts'
import type { Channel } from '../channel.ts'
import type { WorkItemId } from '../work-item.ts'
import { makeChance } from './chance.ts'
import type { DayPlan, PlannedArrival } from './day-plan.ts'

/** How customers of a queue are, on average; times are exponential, arrivals Poisson. */
export interface QueueTraffic {
  readonly queueId: QueueId
  readonly perHour: number
  readonly handlingSeconds: number
  /** Notes after it; none if absent. */
  readonly wrapSeconds?: number
  /** Nobody leaves if absent. */
  readonly patienceSeconds?: number
  readonly channel?: Channel
}

/** A day by chance, the same for the same seed: all agents of the centre are there from its begin to its end. */
export function makeDay({
  seed,
  centre,
  traffic,
  fromMs,
  hours,
  answerMs = 0,
}: {
  readonly seed: number
  readonly centre: Centre
  readonly traffic: readonly QueueTraffic[]
  readonly fromMs: number
  readonly hours: number
  readonly answerMs?: number
}): DayPlan {
  const chance = makeChance(seed)
  const toMs = fromMs + hours * 3_600_000
  const arrivals: PlannedArrival[] = []
  for (const { queueId, perHour, handlingSeconds, wrapSeconds = 0, patienceSeconds, channel = 'call' } of traffic) {
    const priority = centre.queues.find(({ id }) => id === queueId)?.priority ?? 5
    const gapMs = 3_600_000 / perHour
    for (let atMs = fromMs + chance.exponential(gapMs); atMs < toMs; atMs += chance.exponential(gapMs)) {
      const sinceMs = Math.round(atMs)
      const id = `${queueId}-${arrivals.length}` as WorkItemId
      arrivals.push({
        atMs: sinceMs,
        item: { id, queueId, channel, customer: {}, sinceMs, priority, needs: [] },
        patienceMs: patienceSeconds === undefined ? Infinity : Math.round(chance.exponential(patienceSeconds * 1000)),
        handlingMs: Math.round(chance.exponential(handlingSeconds * 1000)),
        wrapMs: wrapSeconds === 0 ? 0 : Math.round(chance.exponential(wrapSeconds * 1000)),
      })
    }
  }
  arrivals.sort((a, b) => a.atMs - b.atMs)
  const shifts = centre.agents.map(({ userId }) => ({
    atMs: fromMs,
    agentId: userId satisfies UserId,
    to: 'ready' as const,
  }))
  return { centre, timeZone: 'UTC', fromMs, toMs, arrivals, shifts, answerMs }
}

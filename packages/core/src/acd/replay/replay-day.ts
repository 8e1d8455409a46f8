import type { UserId } from '@vaxel/base'
import { type Agent, type Centre, defaultCapacity, type QueueId } from '../centre.ts'
import { agentsNeeded, erlangFigures, type ErlangFigures } from '../erlang.ts'
import { addCounts, noCounts, type WorkCounts } from '../figures/counts.ts'
import { DayFigures, type IntervalFigures } from '../simulator/day-figures.ts'
import type { PlannedShift } from '../simulator/day-plan.ts'
import { simulateDay } from '../simulator/simulate-day.ts'
import type { PastDay } from './past-day.ts'

/** What would have been otherwise. */
export interface ReplayChanges {
  /** So many more agents, or fewer (below 0), in the queue or in all. */
  readonly agents?: number
  readonly queueId?: QueueId
  /** Instead of what each queue promises. */
  readonly level?: { readonly seconds: number; readonly percent: number }
  /** Another centre: a draft. */
  readonly centre?: Centre
}

/** What Erlang C says of an interval, with the agents of the simulation. */
export interface ErlangInterval extends ErlangFigures {
  /** Whole ones, for the percentage that is promised; undefined: no number is enough. */
  readonly needed?: number
}

export interface ReplayedInterval {
  readonly fromMs: number
  /** By the ledger. */
  readonly was: IntervalFigures
  readonly simulated: IntervalFigures
  /** Undefined: nobody came, or nobody was answered all day. */
  readonly erlang?: ErlangInterval
}

export interface ReplayedQueue {
  readonly queueId: QueueId
  readonly level: { readonly seconds: number; readonly percent: number }
  readonly intervals: readonly ReplayedInterval[]
  readonly was: WorkCounts
  /** Simulated with nothing changed: how far the simulation is from what really was. */
  readonly unchanged: WorkCounts
  readonly simulated: WorkCounts
}

export interface Replay {
  readonly queues: readonly ReplayedQueue[]
  readonly arrivals: number
  readonly agentsThen: number
  readonly agentsNow: number
}

/** How long an agent takes to accept, when the day does not tell. */
const usualAnswerMs = 4000

/**
 * Runs a day that was through the real dispatcher, once as it was and once with changes, beside the ledger and beside Erlang C.
 * @param was figures of the same facts, by queue and interval
 * @param centre as it is published
 * @yields often: some milliseconds of work lie between
 */
export function* replayDay({
  day,
  was,
  centre,
  timeZone,
  intervalMs,
  changes,
}: {
  readonly day: PastDay
  readonly was: DayFigures
  readonly centre: Centre
  readonly timeZone: string
  readonly intervalMs: number
  readonly changes: ReplayChanges
}): Generator<void, Replay> {
  const levelOf = (queueId: QueueId, of: Centre = centre) =>
    changes.level ?? of.queues.find(({ id }) => id === queueId)?.serviceLevel ?? { seconds: 20, percent: 80 }
  const then = peopleThen(day, centre)
  const now = withChanges(day, changes.centre ?? centre, changes)
  const run = function* (people: People): Generator<void, DayFigures> {
    const { fromMs, toMs } = day
    const levelSeconds = (queueId: QueueId): number => levelOf(queueId, people.centre).seconds
    const figures = new DayFigures({ fromMs, toMs, intervalMs, levelSeconds })
    const arrivals = yield* day.plan(people.centre)
    const plan = { ...people, timeZone, fromMs, toMs, arrivals, answerMs: usualAnswerMs }
    yield* simulateDay(plan, { fact: (fact) => figures.see(fact) })
    return figures
  }
  const unchanged = yield* run(then)
  const isChanged = changes.centre !== undefined || (changes.agents ?? 0) !== 0
  const simulated = isChanged ? yield* run(now) : unchanged
  const wanted = new Set([...was.queueIds, ...simulated.queueIds])
  const queues: ReplayedQueue[] = []
  for (const queueId of wanted) {
    if (changes.queueId !== undefined && changes.queueId !== queueId) continue
    queues.push(yield* compare(queueId, levelOf(queueId, now.centre), { was, unchanged, simulated, intervalMs }))
    yield
  }
  return {
    queues,
    arrivals: day.arrivals,
    agentsThen: headCount(then),
    agentsNow: headCount(now),
  }
}

const headCount = ({ shifts }: People): number => new Set(shifts.map(({ agentId }) => agentId)).size

interface People {
  readonly centre: Centre
  readonly shifts: readonly PlannedShift[]
}

/** Who was there and still is in the centre. */
function peopleThen(day: PastDay, centre: Centre): People {
  const known = new Set(centre.agents.map(({ userId }) => userId))
  return { centre, shifts: day.shifts.filter(({ agentId }) => known.has(agentId)) }
}

function withChanges(day: PastDay, centre: Centre, { agents = 0, queueId }: ReplayChanges): People {
  const people = peopleThen(day, centre)
  if (agents === 0) return people
  const queueIds = queueId === undefined ? centre.queues.map(({ id }) => id) : [queueId]
  const isConcerned = (agent: Agent): boolean => agent.queues.some((place) => queueIds.includes(place.queueId))
  if (agents < 0) return without(day, people, -agents, isConcerned)
  const extra: Agent[] = Array.from({ length: agents }, (_, n) => ({
    userId: `extra-${n + 1}` as UserId,
    skills: centre.skills.map(({ id }) => ({ skillId: id, level: 10 })),
    queues: queueIds.map((id) => ({ queueId: id })),
    capacity: defaultCapacity,
    line: { kind: 'devices' },
  }))
  const concerned = new Set(centre.agents.filter(isConcerned).map(({ userId }) => userId))
  const own = people.shifts.filter(({ agentId }) => concerned.has(agentId))
  const fromMs = own.find(({ to }) => to === 'ready')?.atMs ?? day.fromMs
  const last = own.findLast(({ to }) => to === 'loggedOff')?.atMs
  const shifts: PlannedShift[] = extra.flatMap(({ userId: agentId }) => [
    { atMs: fromMs, agentId, to: 'ready' as const },
    ...(last === undefined || last <= fromMs ? [] : [{ atMs: last, agentId, to: 'loggedOff' as const }]),
  ])
  return {
    centre: { ...centre, agents: [...centre.agents, ...extra] },
    shifts: [...people.shifts, ...shifts].sort((a, b) => a.atMs - b.atMs),
  }
}

/** Fewer: spread over those who worked long and those who worked little, so that neither the best nor the worst day is taken. */
function without(day: PastDay, people: People, count: number, isConcerned: (agent: Agent) => boolean): People {
  const worked = day.workedMs()
  const able = people.centre.agents
    .filter((agent) => isConcerned(agent) && worked.has(agent.userId))
    .sort((a, b) => (worked.get(b.userId) ?? 0) - (worked.get(a.userId) ?? 0))
  const most = Math.min(count, able.length)
  const gone = new Set(
    Array.from({ length: most }, (_, n) => able[Math.floor(((n + 0.5) * able.length) / most)]!.userId),
  )
  return { ...people, shifts: people.shifts.filter(({ agentId }) => !gone.has(agentId)) }
}

function* compare(
  queueId: QueueId,
  level: ReplayedQueue['level'],
  days: {
    readonly was: DayFigures
    readonly unchanged: DayFigures
    readonly simulated: DayFigures
    readonly intervalMs: number
  },
): Generator<void, ReplayedQueue> {
  const was = days.was.queue(queueId)
  yield
  const simulated = days.simulated.queue(queueId)
  yield
  const unchanged = days.unchanged.queue(queueId)
  yield
  const total = sum(was)
  const handlingSeconds = total.handled === 0 ? 0 : (total.handledMs + total.wrapMs) / total.handled / 1000
  const intervals = was.map((figures, at): ReplayedInterval => {
    const then = simulated[at]!
    const perHour = (figures.counts.arrived * 3_600_000) / days.intervalMs
    const traffic = { perHour, handlingSeconds }
    const needed = agentsNeeded(traffic, level)
    const isKnown = perHour > 0 && handlingSeconds > 0
    return {
      fromMs: figures.fromMs,
      was: figures,
      simulated: then,
      ...(isKnown
        ? {
            erlang: {
              ...erlangFigures(traffic, Math.round(then.agents), level.seconds),
              ...(needed === undefined ? {} : { needed }),
            },
          }
        : {}),
    }
  })
  return {
    queueId,
    level,
    intervals,
    was: total,
    unchanged: sum(unchanged),
    simulated: sum(simulated),
  }
}

const sum = (intervals: readonly IntervalFigures[]): WorkCounts =>
  intervals.reduce((all, { counts }) => addCounts(all, counts), noCounts())

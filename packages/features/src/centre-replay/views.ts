import type { OperationReply, replayCentreDay } from '@vaxel/contract'
import { type Centre, figuresOf, type IntervalFigures, type Replay, type WorkCounts } from '@vaxel/core'

type View = OperationReply<typeof replayCentreDay>
type Outcome = View['queues'][number]['was']

/** A replay as supervisors read it. @param centres in which names of queues are looked up, the first that has it */
export function toReplayView(
  { queues, arrivals, agentsThen, agentsNow }: Replay,
  around: { readonly day: string; readonly timeZone: string; readonly centres: readonly Centre[] },
): View {
  const { day, timeZone, centres } = around
  const nameOf = (queueId: string): string =>
    centres.flatMap((centre) => centre.queues).find(({ id }) => id === queueId)?.name ?? queueId
  return {
    day,
    timeZone,
    arrivals,
    agentsThen,
    agentsNow,
    queues: queues.map(({ queueId, level, intervals, was, unchanged, simulated }) => ({
      queueId,
      name: nameOf(queueId),
      level,
      was: toOutcome(was),
      unchanged: toOutcome(unchanged),
      simulated: toOutcome(simulated),
      intervals: intervals.map((interval) => ({
        from: new Date(interval.fromMs).toISOString(),
        was: toInterval(interval.was),
        simulated: toInterval(interval.simulated),
        ...(interval.erlang === undefined ? {} : { erlang: interval.erlang }),
      })),
    })),
  }
}

const toInterval = ({ counts, agents }: IntervalFigures) => ({
  ...toOutcome(counts),
  agents: Math.round(agents * 100) / 100,
})

function toOutcome(counts: WorkCounts): Outcome {
  const figures: Record<string, number> = {}
  for (const [name, value] of Object.entries(figuresOf(counts))) if (value !== undefined) figures[name] = value
  return { counts, figures }
}

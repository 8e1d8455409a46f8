import Type from 'typebox'
import { CountsAndFigures } from '../objects/figures.ts'
import { Closed, Id, OneOf, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'
import { ReplayBusy, ReplayDayUnsound, ReplayNoDraft, ReplayTooLarge } from '../replay-errors.ts'
import { QueueNotThere } from '../work-errors.ts'

const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

const Level = Closed({
  seconds: Type.Integer({ minimum: 0, maximum: 3600, description: 'An answer within so long is in time.' }),
  percent: Type.Integer({ minimum: 1, maximum: 99, description: 'Of so many.' }),
})

const Outcome = Closed(CountsAndFigures, { title: 'ReplayedOutcome' })

const IntervalOutcome = Closed({
  ...CountsAndFigures,
  agents: Type.Number({
    minimum: 0,
    description: 'At work, on average; one of several queues counts in each by the time that they gave it.',
  }),
})

const Erlang = Closed(
  {
    load: Type.Number({ minimum: 0, description: 'Erlangs: calls that would be talked at once.' }),
    isStable: Type.Boolean({ description: 'False: more comes than the agents can do; the line grows without end.' }),
    waitShare: share('Of callers, those who wait at all.'),
    serviceLevel: share('Of callers, those who are answered in time.'),
    averageWaitSeconds: Type.Optional(Type.Number({ minimum: 0, description: 'Of all callers. Absent: without end.' })),
    occupancy: share('Of an agent’s time, that with customers.'),
    needed: Type.Optional(Type.Integer({ minimum: 0, description: 'Agents for the level that is promised.' })),
  },
  { title: 'ErlangFigures' },
)

export const CentreReplay = Closed(
  {
    day: Type.String({ description: 'In the company’s time zone.' }),
    timeZone: Type.String(),
    arrivals: Type.Integer({ minimum: 0, description: 'Customers of the day, in all queues.' }),
    agentsThen: Type.Integer({ minimum: 0, description: 'Who were there.' }),
    agentsNow: Type.Integer({ minimum: 0, description: 'Who are there with the changes.' }),
    queues: Type.Array(
      Closed({
        queueId: Id('The queue.'),
        name: Type.String(),
        level: Level,
        was: Outcome,
        unchanged: Outcome,
        simulated: Outcome,
        intervals: Type.Array(
          Closed({
            from: Time('Begin of the interval.'),
            was: IntervalOutcome,
            simulated: IntervalOutcome,
            erlang: Type.Optional(Erlang),
          }),
        ),
      }),
    ),
  },
  { title: 'CentreReplay' },
)

export const replayCentreDay = operation({
  id: 'replayCentreDay',
  method: 'POST',
  path: '/api/v1/centre/replays',
  tag: 'centre-figures',
  summary: 'A day of the past once more, with other agents, another promise or the draft',
  description:
    'Runs the day’s customers through the dispatcher again. `was` is what the ledger says; `unchanged` is the same day simulated with nothing changed, which shows how far the simulation can be believed; `simulated` is with the changes. How long somebody who was answered would have waited is estimated from those who hung up that day. Beside each interval stands what Erlang C says of it.',
  access: 'supervisor',
  body: Closed({
    day: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10, description: '`2026-11-21`.' }),
    interval: Type.Optional(OneOf(['quarter', 'half', 'hour'], 'Half hours if absent.')),
    agents: Type.Optional(
      Type.Integer({
        minimum: -1000,
        maximum: 1000,
        description: 'So many more, who can do everything, from the first to the last hour of the day; or fewer.',
      }),
    ),
    queueId: Type.Optional(Id('Of this queue alone; agents come or go there.')),
    level: Type.Optional(Level),
    draft: Type.Optional(Type.Boolean({ description: 'With the draft instead of what is published.' })),
  }),
  reply: CentreReplay,
  errors: [ReplayDayUnsound, ReplayTooLarge, ReplayBusy, ReplayNoDraft, QueueNotThere],
})

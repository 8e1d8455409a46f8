import Type from 'typebox'
import { AgentNowView, QueueNow } from '../objects/figures.ts'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const alarm = {
  alarmId: Type.String(),
  name: Type.String(),
  figure: Type.String(),
  is: Type.String({ description: '`over` or `under`.' }),
  limit: Type.Number(),
  value: Type.Number(),
  queueId: Type.Optional(Type.String()),
}
const by = Type.String({ description: 'Who.' })
const audience = 'supervisor'

/** What is watched in a contact centre, what is mailed of it, and how its conversations are found. */
export const figureEvents: readonly EventKind[] = [
  {
    kind: 'alarm.raised',
    summary: 'A figure was over or under its limit for long enough.',
    audience,
    data: Type.Object(alarm),
  },
  {
    kind: 'alarm.cleared',
    summary: 'It is within its limit again, or is watched no more.',
    audience,
    data: Type.Object({ ...alarm, lastedMs: Type.Number() }),
  },
  {
    kind: 'report.scheduled',
    summary: 'A report goes out by mail, or goes out otherwise than before.',
    audience,
    data: Type.Object({ by, reportId: Type.String(), name: Type.String(), to: Type.Array(Type.String()) }),
  },
  {
    kind: 'report.unscheduled',
    summary: 'A report goes out no more.',
    audience,
    data: Type.Object({ by, reportId: Type.String(), name: Type.String() }),
  },
  {
    kind: 'report.queued',
    summary: 'A report was given to the outbox.',
    audience,
    data: Type.Object({ reportId: Type.String(), name: Type.String(), from: Type.String(), to: Type.String() }),
  },
  {
    kind: 'quality.formChanged',
    summary: 'A form for scoring conversations was made or changed.',
    audience,
    data: Type.Object({ by, formId: Type.String(), name: Type.String() }),
  },
  {
    kind: 'quality.formRemoved',
    summary: 'A form was removed; scores keep what was asked.',
    audience,
    data: Type.Object({ by, formId: Type.String(), name: Type.String() }),
  },
  {
    kind: 'quality.scored',
    summary: 'A conversation was scored.',
    audience,
    data: Type.Object({
      by,
      scoreId: Type.String(),
      itemId: Type.String(),
      agentId: Type.String(),
      percent: Type.Number(),
    }),
  },
  {
    kind: 'quality.scoreRemoved',
    summary: 'A score was taken back.',
    audience,
    data: Type.Object({ by, scoreId: Type.String(), itemId: Type.String(), agentId: Type.String() }),
  },
]

export const figureNotices: readonly NoticeKind[] = [
  {
    kind: 'centre.figuresChanged',
    summary:
      'Some queues and agents of the contact centre are now as told, whole, after the entry of the ledger with the number `asOf`; for supervisors, at most ten times a second. Those before the `asOf` of the answer of `readCentreNow` are in it already. `day`: the day that is counted.',
    data: Type.Object({
      asOf: Type.Integer(),
      day: Type.String(),
      queues: Type.Array(QueueNow),
      agents: Type.Array(AgentNowView),
    }),
  },
]

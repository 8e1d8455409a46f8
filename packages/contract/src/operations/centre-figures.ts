import Type from 'typebox'
import { NothingToMonitor, ReportDaysUnsound, ReportTooLarge, SkillsUnsound } from '../figure-errors.ts'
import { Closed, Id, OneOf, Page, Text, Time } from '../objects/common.ts'
import {
  AgentNowView,
  AgentTimeRow,
  CentreItem,
  CountsAndFigures,
  OpenAlarmView,
  QueueNow,
  reportDate,
  reportQuery,
  ReportRow,
} from '../objects/figures.ts'
import { AgentReasonView, channelWords, ChannelWord, WorkItemView } from '../objects/work.ts'
import { operation } from '../operation.ts'
import { AgentLoggedOff, CentreAway, NotAnAgent, QueueNotThere, ReasonNotThere } from '../work-errors.ts'

const tag = 'centre-figures'
const access = 'supervisor'
const agent = '/api/v1/centre/agents/{agentId}'
const queue = '/api/v1/centre/queues/{queueId}'
const agentParams = { agentId: Id('The person.') }
const queueParams = { queueId: Id('The queue.') }

const SkillLevel = Closed({
  skillId: Id('Of the contact centre.'),
  level: Type.Integer({ minimum: 1, maximum: 10, description: '10 is best.' }),
})

export const readCentreNow = operation({
  id: 'readCentreNow',
  method: 'GET',
  path: '/api/v1/centre/now',
  tag,
  summary: 'The contact centre as it is now: queues, agents, figures of today, alarms',
  description:
    'Changes afterwards come as the notice `centre.figuresChanged`; after a new connection ask again. What runs with time is told as the moment since when.',
  access,
  reply: Closed(
    {
      asOf: Type.Integer({ description: 'The last entry of the ledger that is in it.' }),
      at: Time('When this was true, by the server’s clock.'),
      day: Type.String({ description: 'The day that is counted, in the company’s time zone.' }),
      timeZone: Type.String(),
      queues: Type.Array(
        Closed({
          id: Id('The queue.'),
          name: Type.String(),
          channels: Type.Array(OneOf([...channelWords], 'What it takes.')),
          levelSeconds: Type.Number({ description: 'Within so long an answer is in time.' }),
          levelPercent: Type.Number({ description: 'What the queue promises.' }),
          now: QueueNow,
        }),
      ),
      agents: Type.Array(
        Closed({
          id: Id('The person.'),
          name: Type.String(),
          queueIds: Type.Array(Type.String()),
          skills: Type.Array(SkillLevel),
          now: AgentNowView,
        }),
      ),
      skills: Type.Array(Closed({ id: Type.String(), name: Type.String() })),
      reasons: Type.Array(AgentReasonView),
      alarms: Type.Array(OpenAlarmView),
    },
    { title: 'CentreNow' },
  ),
  errors: [CentreAway],
})

export const commandAgent = operation({
  id: 'commandAgent',
  method: 'POST',
  path: `${agent}/commands/{verb}`,
  tag,
  summary: 'Log an agent in or off, make them ready or not; they see by whom and why',
  description: 'What they have goes on; not ready and logged off hold from its end.',
  access,
  params: { ...agentParams, verb: OneOf(['logIn', 'logOff', 'ready', 'notReady'], 'What they shall be.') },
  body: Closed({
    reason: Type.Optional(
      Text(200, 'For notReady: a reason of the centre, or `supervisor`. For logOff: why, in words.'),
    ),
  }),
  status: 204,
  errors: [NotAnAgent, AgentLoggedOff, ReasonNotThere, CentreAway],
})

export const putAgentSkills = operation({
  id: 'putAgentSkills',
  method: 'PUT',
  path: `${agent}/skills`,
  tag,
  summary: 'Change what an agent can do, from now on',
  description: 'Published at once as a version of the contact centre of its own, with who did it.',
  access,
  params: agentParams,
  body: Closed({ skills: Type.Array(SkillLevel, { maxItems: 500 }) }),
  status: 204,
  errors: [NotAnAgent, SkillsUnsound],
})

export const setQueueState = operation({
  id: 'setQueueState',
  method: 'PUT',
  path: `${queue}/state`,
  tag,
  summary: 'Open or close a queue now, or let it go by its hours again',
  access,
  params: queueParams,
  body: Closed({ to: OneOf(['open', 'closed', 'schedule'], '`schedule`: by its hours.') }),
  status: 204,
  errors: [QueueNotThere, CentreAway],
})

export const listQueueWork = operation({
  id: 'listQueueWork',
  method: 'GET',
  path: `${queue}/waiting`,
  tag,
  summary: 'What waits in a queue, the next one first',
  description: 'Move, close or raise an item with `commandWork`.',
  access,
  params: queueParams,
  query: { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 if absent.' })) },
  reply: Closed({ items: Type.Array(WorkItemView, { maxItems: 500 }) }, { title: 'QueueWork' }),
  errors: [QueueNotThere],
})

const days = { from: reportDate('First day.'), to: reportDate('Last day.') }
const errors = [ReportDaysUnsound, ReportTooLarge]
const whole = {
  from: Type.String(),
  to: Type.String(),
  timeZone: Type.String(),
  at: Time('When it was made; what is open then may be answered later.'),
}
const Csv = Closed(
  {
    name: Type.String({ description: 'For the file.' }),
    csv: Type.String({
      description:
        'RFC 4180, UTF-8, with a header line. Cells that a spreadsheet would take for a formula begin with an apostrophe.',
    }),
    rows: Type.Integer(),
  },
  { title: 'ReportExport' },
)

export const readReport = operation({
  id: 'readReport',
  method: 'GET',
  path: '/api/v1/centre/reports/work',
  tag,
  summary: 'What became of what arrived, by interval, queue, agent, channel and wrap-up code',
  description: 'Every item counts in the interval in which it arrived. Rows add up to the total.',
  access,
  query: { ...days, ...reportQuery },
  reply: Closed(
    { ...whole, rows: Type.Array(ReportRow, { maxItems: 20_000 }), total: Closed(CountsAndFigures) },
    { title: 'WorkReport' },
  ),
  errors,
})

export const exportReport = operation({
  id: 'exportReport',
  method: 'GET',
  path: '/api/v1/centre/reports/work-export',
  tag,
  summary: 'The same as comma-separated values for a spreadsheet',
  access,
  query: { ...days, ...reportQuery },
  reply: Csv,
  errors,
})

const agentQuery = { ...days, interval: reportQuery.interval, agentId: reportQuery.agentId }

export const readAgentReport = operation({
  id: 'readAgentReport',
  method: 'GET',
  path: '/api/v1/centre/reports/agents',
  tag,
  summary: 'How agents spent their time, why they were not ready, and how their conversations were found',
  description: 'A spell that lies in two intervals counts in each with the part that lies there.',
  access,
  query: agentQuery,
  reply: Closed({ ...whole, rows: Type.Array(AgentTimeRow, { maxItems: 20_000 }) }, { title: 'AgentReport' }),
  errors,
})

export const exportAgentReport = operation({
  id: 'exportAgentReport',
  method: 'GET',
  path: '/api/v1/centre/reports/agents-export',
  tag,
  summary: 'The same as comma-separated values for a spreadsheet',
  access,
  query: agentQuery,
  reply: Csv,
  errors,
})

export const listCentreItems = operation({
  id: 'listCentreItems',
  method: 'GET',
  path: '/api/v1/centre/items',
  tag,
  summary: 'The items behind a figure, latest first',
  access,
  query: {
    from: Time('Those that arrived from then.'),
    to: Time('Up to then, not included.'),
    queueId: reportQuery.queueId,
    agentId: reportQuery.agentId,
    channel: Type.Optional(ChannelWord),
    codeId: Type.Optional(Id('The wrap-up code.')),
    outcome: Type.Optional(
      OneOf(['answered', 'abandoned', 'overflowed', 'messageLeft', 'moved', 'closed', 'open'], 'Only these.'),
    ),
    text: Type.Optional(Text(100, 'Part of the customer’s name, number or address, or of the subject.')),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 if absent.' })),
    before: Type.Optional(Type.String({ maxLength: 100, description: 'Where the page before ended: its `next`.' })),
  },
  reply: Page(CentreItem),
  errors: [ReportDaysUnsound],
})

export const monitorCall = operation({
  id: 'monitorCall',
  method: 'POST',
  path: '/api/v1/centre/calls/{callId}/monitor',
  tag,
  summary: 'Be with a call of an agent: your own telephone rings',
  description:
    'listen: nobody hears you. whisper: the agent alone does. barge: everybody does. Asked again with the call that came of it, the mode is changed.',
  access,
  params: { callId: Id('The call of the agent; or your own call, once you are with one.') },
  body: Closed({
    mode: OneOf(['listen', 'whisper', 'barge'], 'Who hears you.'),
    deviceId: Type.Optional(Id('Which of your devices rings; all if absent.')),
  }),
  reply: Closed({ callId: Id('Your own call.') }, { title: 'Monitoring' }),
  errors: [NothingToMonitor],
})

import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'
import { AgentReasonView, AgentStateWord, ChannelWord } from './work.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })
const ms = (description: string) => Type.Number({ minimum: 0, description })
const share = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))

/** Counts add up: arrived = answered + abandoned + overflowed + messageLeft + moved + closed + open. */
export const WorkCounts = Closed(
  {
    arrived: count('Came into the queue.'),
    answered: count('An agent took it.'),
    inLevel: count('Of the answered, within the time that the queue promises.'),
    abandoned: count('The customer left first.'),
    short: count('Of the abandoned, sooner than the queue counts.'),
    overflowed: count('Sent elsewhere: closed, full, nobody there, too long, or by key.'),
    messageLeft: count('The customer left a message instead.'),
    moved: count('Somebody put it into another queue.'),
    closed: count('Taken out without an answer.'),
    open: count('Still waits.'),
    waitedMs: ms('Waits of the answered, together.'),
    abandonedMs: ms('Waits of the abandoned, together.'),
    longestMs: ms('The longest wait that came to an end.'),
    handled: count('Conversations that are over.'),
    handledMs: ms('How long those were, together.'),
    wrapped: count('Of which somebody has noted what came of it.'),
    wrapMs: ms('How long that took, together.'),
    missed: count('Offers that an agent did not take in time, or could not be reached for.'),
  },
  { title: 'WorkCounts' },
)

/** Absent: nothing happened of which it could be said. */
export const WorkFigures = Closed(
  {
    serviceLevel: share('inLevel ÷ (answered + abandoned − short).'),
    answeredShare: share('answered ÷ (answered + abandoned − short).'),
    averageWaitMs: Type.Optional(ms('waitedMs ÷ answered.')),
    averageHandlingMs: Type.Optional(ms('handledMs ÷ handled.')),
    averageWrapMs: Type.Optional(ms('wrapMs ÷ wrapped.')),
  },
  { title: 'WorkFigures' },
)

export const CountsAndFigures = { counts: WorkCounts, figures: WorkFigures }

/** A queue as it is now, and what arrived today (in the company’s time zone). */
export const QueueNow = Closed(
  {
    queueId: Id('The queue.'),
    isOpen: Type.Boolean(),
    isByHand: Type.Boolean({ description: 'Opened or closed by somebody, against its hours.' }),
    waiting: Type.Array(
      Closed({
        channel: ChannelWord,
        count: count('How many wait.'),
        oldestSince: Time('Since when the one that waits longest; later than now where a time was agreed.'),
        oldestItemId: Id('Which that is.'),
      }),
      { description: 'By channel; those where nothing waits are left out.' },
    ),
    recent: Closed(
      {
        inLevel: count('Answered in time.'),
        counted: count('Answered, or left after really waiting.'),
      },
      { description: 'Of waits that ended in the last quarter of an hour: the service level now.' },
    ),
    ...CountsAndFigures,
  },
  { title: 'QueueNow' },
)

/** An agent as they are now, and what today has brought them. */
export const AgentNowView = Closed(
  {
    agentId: Id('The person.'),
    state: AgentStateWord,
    reason: Type.Optional(AgentReasonView),
    since: Time('Since when.'),
    by: Type.Optional(Type.String({ description: 'Name of whoever else put them there.' })),
    asked: count('Offers that they are asked about now.'),
    items: Type.Array(
      Closed({
        itemId: Id('What they have.'),
        queueId: Id('From which queue.'),
        channel: ChannelWord,
        callId: Type.Optional(Id('Its call.')),
        since: Time('Since when they have it.'),
        isKept: Type.Boolean({ description: 'Put aside.' }),
      }),
    ),
    counts: WorkCounts,
    figures: WorkFigures,
  },
  { title: 'AgentNow' },
)

/** An alarm that goes on. */
export const OpenAlarmView = Closed(
  {
    alarmId: Type.String(),
    name: Type.String(),
    queueId: Type.Optional(Id('Of this queue; absent: of all together.')),
    figure: Type.String({ description: 'As the alarm of the centre says.' }),
    is: OneOf(['over', 'under'], 'Which way.'),
    limit: Type.Number(),
    value: Type.Number({ description: 'What it was when it began.' }),
    since: Time('Since when.'),
  },
  { title: 'OpenAlarm' },
)

export const reportIntervals = ['none', 'quarter', 'hour', 'day'] as const
export const reportDimensions = ['queue', 'agent', 'channel', 'code'] as const
export const reportDate = (description: string) =>
  Type.String({ pattern: '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$', maxLength: 10, description })

/** What a report is of. Dates are days of the company’s time zone, both included. */
export const reportQuery = {
  interval: Type.Optional(OneOf([...reportIntervals], 'Rows for each; none if absent.')),
  by: Type.Optional(
    Type.String({
      pattern: '^(queue|agent|channel|code)(,(queue|agent|channel|code)){0,3}$',
      maxLength: 40,
      description: 'What rows are told apart by: `queue`, `agent`, `channel`, `code` (of wrap-up), with commas.',
    }),
  ),
  queueId: Type.Optional(Id('Of this queue alone.')),
  agentId: Type.Optional(Id('Of this agent alone.')),
  channel: Type.Optional(ChannelWord),
}

export const ReportRow = Closed(
  {
    at: Type.Optional(Time('Begin of its interval.')),
    queueId: Type.Optional(Type.String()),
    queueName: Type.Optional(Type.String()),
    agentId: Type.Optional(Type.String({ description: 'Absent in a report by agent: nobody took them.' })),
    agentName: Type.Optional(Type.String()),
    channel: Type.Optional(ChannelWord),
    codeId: Type.Optional(Type.String()),
    codeName: Type.Optional(Type.String()),
    ...CountsAndFigures,
  },
  { title: 'ReportRow' },
)

export const AgentTimeRow = Closed(
  {
    at: Type.Optional(Time('Begin of its interval.')),
    agentId: Type.String(),
    agentName: Type.String(),
    readyMs: ms('Ready for work.'),
    busyMs: ms('With customers.'),
    wrapUpMs: ms('Noting what came of it.'),
    notReadyMs: ms('Logged in and not ready.'),
    loggedInMs: ms('All of these.'),
    reasons: Type.Array(
      Closed({
        reason: Type.String(),
        name: Type.Optional(Type.String()),
        isWork: Type.Boolean({ description: 'Counts as work: a meeting, training.' }),
        ms: ms('How long.'),
      }),
      { description: 'Why not ready.' },
    ),
    occupancy: share('(busy + wrap-up) ÷ (busy + wrap-up + ready).'),
    answered: count('Arrived in the interval and answered by them.'),
    missed: count('Offers that they missed in it.'),
    scorePercent: Type.Optional(
      Type.Number({ description: 'Mean of their quality scores; in reports without interval.' }),
    ),
    scores: count('How many scores that is of.'),
  },
  { title: 'AgentTimeRow' },
)

/** One item behind a figure. */
export const CentreItem = Closed(
  {
    id: Id('The item.'),
    at: Time('When it arrived.'),
    queueId: Type.String(),
    queueName: Type.String(),
    channel: ChannelWord,
    customer: Type.Optional(Type.String({ description: 'Name, number or address.' })),
    subject: Type.Optional(Type.String()),
    agentId: Type.Optional(Type.String()),
    agentName: Type.Optional(Type.String()),
    outcome: Type.Optional(
      OneOf(['answered', 'abandoned', 'overflowed', 'messageLeft', 'moved', 'closed'], 'Absent: it waits.'),
    ),
    waitedMs: Type.Optional(Type.Number()),
    isInLevel: Type.Optional(Type.Boolean()),
    isShort: Type.Optional(Type.Boolean()),
    handledMs: Type.Optional(Type.Number()),
    wrapMs: Type.Optional(Type.Number()),
    codeName: Type.Optional(Type.String()),
    note: Type.Optional(Type.String()),
    callId: Type.Optional(Id('Its call: the story and the recording are there.')),
    fromCallId: Type.Optional(Id('Of a call-back: the call in which it was asked for.')),
    missed: count('Offers that were missed.'),
  },
  { title: 'CentreItem' },
)

const mailAddress = Type.String({ maxLength: 254, pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$' })

export const mailedReportFields = {
  name: Text(80, 'What it is called in the subject.'),
  kind: OneOf(['work', 'agents'], '`work`: counts and figures. `agents`: how agents spent their time.'),
  interval: OneOf([...reportIntervals], 'Rows for each.'),
  by: Type.Array(OneOf([...reportDimensions], 'What rows are told apart by.'), { maxItems: 4, uniqueItems: true }),
  queueId: Type.Optional(Id('Of this queue alone.')),
  every: OneOf(['day', 'week', 'month'], 'The day, week (from Monday) or month before goes out when it is over.'),
  atHour: Type.Integer({ minimum: 0, maximum: 23, description: 'When, in the company’s time zone.' }),
  to: Type.Array(mailAddress, { minItems: 1, maxItems: 20 }),
  language: OneOf(['en', 'sv', 'fr'], 'Of the mail.'),
}

export const MailedReportView = Closed(
  { id: Id('It.'), ...mailedReportFields, next: Time('When it goes out next.') },
  { title: 'MailedReport' },
)

const question = {
  id: Id('Yours; scores keep it.'),
  text: Text(300, 'What is asked.'),
  weight: Type.Integer({ minimum: 1, maximum: 100, description: 'What it counts beside the others.' }),
  most: Type.Integer({ minimum: 1, maximum: 10, description: 'Points from 0 to so many; 1 is no or yes.' }),
}

export const qualityFormFields = {
  name: Text(80, 'What it is called.'),
  questions: Type.Array(Closed(question), { minItems: 1, maxItems: 50 }),
  isActive: Type.Boolean({ description: 'Offered for new scores.' }),
}

export const QualityFormView = Closed({ id: Id('The form.'), ...qualityFormFields }, { title: 'QualityForm' })

export const QualityScoreView = Closed(
  {
    id: Id('The score.'),
    formId: Type.String(),
    formName: Type.String(),
    agentId: Type.String(),
    agentName: Type.String(),
    byName: Type.String({ description: 'Who scored.' }),
    at: Time('When.'),
    itemId: Type.String(),
    queueName: Type.String(),
    callId: Type.Optional(Type.String()),
    percent: Type.Number({ minimum: 0, maximum: 100, description: 'Of all points that could be had, by weight.' }),
    answers: Type.Array(
      Closed({
        ...question,
        points: Type.Optional(Type.Integer({ minimum: 0, description: 'Absent: it did not apply.' })),
      }),
    ),
    comment: Type.Optional(Type.String()),
  },
  { title: 'QualityScore' },
)

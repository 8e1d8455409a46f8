import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text } from './common.ts'
import { holidayKinds, OwnDay, WeeklyPeriod } from './flow.ts'
import { accountFields } from './mail-channel.ts'
import { siteFields } from './web-chat.ts'
import { channelWords } from './work.ts'

/** As a person names it: at least one character that is seen. */
const Name = (description: string) =>
  Type.String({ minLength: 1, maxLength: 80, pattern: '\\S', description: `${description} 1 to 80 characters.` })
const ThingId = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z_-]+$', description })
const Seconds = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description: `${description} Seconds.` })
const Language = OneOf(['en', 'sv', 'fr'], 'A language.')
const level = Type.Integer({ minimum: 1, maximum: 10, description: 'How well, 1 to 10.' })

export const CentreSkill = Closed({ id: ThingId('The skill.'), name: Name('What people call it.') }, { title: 'Skill' })

/** What an agent must be able to do. */
const SkillNeed = Closed(
  {
    skillId: ThingId('A skill.'),
    level,
    relax: Type.Optional(
      Type.Array(
        Closed({
          afterSeconds: Seconds(1, 86_400, 'Since when it waits.'),
          level: Type.Integer({ minimum: 0, maximum: 10, description: 'What is then enough; 0: not needed any more.' }),
        }),
        { maxItems: 10, description: 'By time, falling.' },
      ),
    ),
  },
  { title: 'SkillNeed' },
)

/** Where work goes that is not to wait in its queue. */
export const CentreOverflow = Type.Union(
  [
    Closed({ kind: Type.Literal('queue'), queueId: ThingId('Another queue.') }),
    Closed({ kind: Type.Literal('number'), number: NumberText('Of the company, or outside on its account.') }),
    Closed({ kind: Type.Literal('message') }, { description: 'The queue’s mailbox.' }),
    Closed({ kind: Type.Literal('goodbye') }, { description: 'A sentence, then the end.' }),
  ],
  { title: 'OverflowTarget' },
)

const soundId = Type.Optional(Id('An uploaded sound (`listFlowSounds`); a sentence of the platform if absent.'))

const QueueVoice = Closed(
  {
    language: Type.Optional(Language),
    greetingSoundId: soundId,
    musicSoundId: soundId,
    commentSoundId: soundId,
    saysPosition: Type.Boolean({ description: 'Callers hear their place.' }),
    saysWait: Type.Boolean({ description: 'Callers hear the expected wait, where it is known.' }),
    everySeconds: Seconds(15, 600, 'Between announcements.'),
    callBackAfterSeconds: Type.Optional(Seconds(0, 3600, 'Since when calling back is offered, by key 1.')),
    messageAfterSeconds: Type.Optional(Seconds(0, 3600, 'Since when a message may be left, by key 2.')),
    keys: Type.Optional(
      Type.Record(Type.String({ pattern: '^[0-9*#]$' }), CentreOverflow, {
        additionalProperties: false,
        maxProperties: 12,
        description: 'Where a key leads.',
      }),
    ),
  },
  { title: 'QueueVoice' },
)

export const CentreQueue = Closed(
  {
    id: ThingId('The queue.'),
    name: Name('What people call it.'),
    channels: Type.Array(OneOf([...channelWords], 'What it takes.'), { maxItems: 6, uniqueItems: true }),
    selection: OneOf(
      ['longestIdle', 'leastOccupied', 'bestSkilled', 'inOrder'],
      'Which of the agents who can take it is asked.',
    ),
    needs: Type.Array(SkillNeed, { maxItems: 20 }),
    priority: Type.Integer({ minimum: 0, maximum: 9, description: '9 is first.' }),
    agesEverySeconds: Type.Optional(Seconds(5, 86_400, 'The priority rises by one for each.')),
    stickySeconds: Type.Optional(Seconds(1, 3600, 'How long the agent of last time is waited for.')),
    offerSeconds: Seconds(5, 300, 'How long an agent is asked.'),
    missedMakesNotReady: Type.Boolean({ description: 'Who missed an offer takes no more work until they say so.' }),
    wrapUp: Closed({
      seconds: Seconds(0, 3600, 'Time to note what came of it; 0: none.'),
      needsCode: Type.Boolean({ description: 'A code is required.' }),
      codeIds: Type.Optional(Type.Array(ThingId('A code.'), { maxItems: 200, description: 'All if absent.' })),
    }),
    serviceLevel: Closed({
      seconds: Seconds(1, 86_400, 'Answered within.'),
      percent: Type.Integer({ minimum: 1, maximum: 100, description: 'How many of a hundred.' }),
    }),
    shortAbandonSeconds: Seconds(0, 600, 'Who leaves sooner did not really wait.'),
    scheduleId: Type.Optional(ThingId('Opening hours; always open if absent.')),
    mostWaiting: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000, description: 'More do not wait.' })),
    overflow: Closed({
      closed: CentreOverflow,
      full: CentreOverflow,
      noAgents: Type.Optional(CentreOverflow),
      tooLong: Type.Optional(
        Closed({
          afterSeconds: Type.Optional(Seconds(5, 86_400, 'After so long.')),
          estimateSeconds: Type.Optional(Seconds(5, 86_400, 'At once, when more is expected.')),
          to: CentreOverflow,
        }),
      ),
    }),
    voice: QueueVoice,
    recording: Type.Optional(OneOf(['always', 'onDemand', 'never'], 'As the company has it if absent.')),
    mailboxNumber: Type.Optional(NumberText('Of the shared mailbox that takes messages.')),
    mailboxId: Type.Optional(Id('The mail account from which answers are sent.')),
  },
  { title: 'Queue' },
)

const room = (description: string) => Type.Integer({ minimum: 0, maximum: 50, description })

const AgentCapacity = Closed(
  {
    mail: room('Mails at once.'),
    chat: room('Chats at once.'),
    voicemail: room('Voice messages at once.'),
    sms: room('Text messages at once.'),
    speaksBeside: Type.Boolean({ description: 'Speaks while mails or chats are open.' }),
  },
  { title: 'AgentCapacity' },
)

const AgentLine = Type.Union(
  [
    Closed({ kind: Type.Literal('devices') }, { description: 'Browser and phones of the person.' }),
    Closed({
      kind: Type.Literal('number'),
      number: NumberText('A telephone anywhere; each answer is confirmed by key.'),
      isKept: Type.Boolean({ description: 'Stays connected between calls.' }),
    }),
  ],
  { title: 'CentreAgentLine' },
)

const AgentSkills = Type.Array(Closed({ skillId: ThingId('A skill.'), level }), { maxItems: 100 })

export const CentreAgent = Closed(
  {
    userId: Id('A user of the company.'),
    skills: AgentSkills,
    queues: Type.Array(
      Closed({
        queueId: ThingId('A queue.'),
        place: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 10_000, description: 'Where the queue asks in order; 1 is first.' }),
        ),
      }),
      { maxItems: 500 },
    ),
    capacity: AgentCapacity,
    line: AgentLine,
    scheduleId: Type.Optional(ThingId('Working hours.')),
  },
  { title: 'CentreAgent' },
)

export const CentreSchedule = Closed(
  {
    id: ThingId('The hours.'),
    name: Name('What people call them.'),
    open: Type.Array(WeeklyPeriod, { maxItems: 50, description: 'In the company’s time zone.' }),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'Whose holidays; none if absent.' })),
    region: Type.Optional(Text(10, 'As `listHolidays` names it.')),
    holidayKinds: Type.Optional(Type.Array(OneOf(holidayKinds, 'Which days count.'), { maxItems: 5 })),
    ownDays: Type.Array(OwnDay, { maxItems: 200, description: 'Closed then.' }),
  },
  { title: 'CentreSchedule' },
)

export const CentreReason = Closed(
  {
    id: ThingId('The reason.'),
    name: Name('What people call it.'),
    mostMinutes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1440, description: 'The supervisor is told when it lasts longer.' }),
    ),
    isWork: Type.Boolean({ description: 'Counts as work, not as a break.' }),
  },
  { title: 'NotReadyReason' },
)

export const CentreWrapUpCode = Closed(
  { id: ThingId('The code.'), name: Name('What people call it.') },
  { title: 'WrapUpCode' },
)

export const CentreTemplate = Closed(
  {
    id: ThingId('The text.'),
    name: Name('What people call it.'),
    kind: OneOf(['mail', 'chat', 'knowledge'], 'What it is for.'),
    language: Type.Optional(Language),
    subject: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\r\\n]*$', description: 'Of mails.' })),
    text: Text(10_000, '`{customer}`, `{agent}`, `{company}` and `{subject}` are put in.'),
    queueIds: Type.Optional(Type.Array(ThingId('A queue.'), { maxItems: 500, description: 'Of all if absent.' })),
  },
  { title: 'CentreTemplate' },
)

export const CentreAlarm = Closed(
  {
    id: ThingId('The alarm.'),
    name: Name('What people call it.'),
    queueId: Type.Optional(ThingId('All queues together if absent.')),
    figure: OneOf(
      ['waiting', 'longestWaitSeconds', 'serviceLevelToday', 'agentsReady', 'agentsLoggedIn', 'missedOffers'],
      'What is watched.',
    ),
    is: OneOf(['over', 'under'], 'On which side of the value.'),
    value: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    forSeconds: Seconds(0, 86_400, 'It must have been so long.'),
    byMail: Type.Array(Type.String({ maxLength: 254, pattern: '^[^\\s@<>,;]+@[^\\s@<>,;]+$' }), { maxItems: 20 }),
    byPush: Type.Boolean({ description: 'The supervisors’ browsers and phones are told.' }),
  },
  { title: 'Alarm' },
)

export const CentreScreenPop = Closed(
  {
    url: Text(2000, '`{number}`, `{name}`, `{queue}`, `{callId}` and `{itemId}` are put in.'),
    at: OneOf(['alerting', 'answered'], 'When it is opened.'),
  },
  { title: 'ScreenPop' },
)

/** A mailbox whose mails agents answer; secrets are given apart, and never read again. */
export const CentreMailbox = Closed({ id: ThingId('The mailbox.'), ...accountFields }, { title: 'CentreMailbox' })

/** A website that shows a chat. */
export const CentreWebsite = Closed(
  {
    id: Type.String({
      minLength: 16,
      maxLength: 64,
      pattern: '^[0-9A-Za-z_-]+$',
      description: 'Stands in the script on the website; at least 16 characters that nobody guesses.',
    }),
    ...siteFields,
  },
  { title: 'CentreWebsite' },
)

/** How many things a list of a centre may have. */
export const mostOfCentre = {
  queues: 500,
  agents: 10_000,
  skills: 500,
  schedules: 500,
  reasons: 100,
  wrapUpCodes: 500,
  templates: 1000,
  alarms: 500,
  mailboxes: 100,
  websites: 100,
} as const

const lists = {
  skills: Type.Array(CentreSkill, { maxItems: mostOfCentre.skills }),
  queues: Type.Array(CentreQueue, { maxItems: mostOfCentre.queues }),
  agents: Type.Array(CentreAgent, { maxItems: mostOfCentre.agents }),
  schedules: Type.Array(CentreSchedule, { maxItems: mostOfCentre.schedules }),
  reasons: Type.Array(CentreReason, { maxItems: mostOfCentre.reasons }),
  wrapUpCodes: Type.Array(CentreWrapUpCode, { maxItems: mostOfCentre.wrapUpCodes }),
  templates: Type.Array(CentreTemplate, { maxItems: mostOfCentre.templates }),
  alarms: Type.Array(CentreAlarm, { maxItems: mostOfCentre.alarms }),
  screenPop: Type.Optional(CentreScreenPop),
}
const mailboxes = Type.Array(CentreMailbox, { maxItems: mostOfCentre.mailboxes })
const websites = Type.Array(CentreWebsite, { maxItems: mostOfCentre.websites })

/** A contact centre, whole. */
export const CentreDocument = Closed({ ...lists, mailboxes, websites }, { title: 'Centre' })

/** A contact centre as it is sent; without channels, as programs of before send it, those stay as they are. */
export const SentCentre = Closed(
  { ...lists, mailboxes: Type.Optional(mailboxes), websites: Type.Optional(websites) },
  { title: 'SentCentre' },
)

/** What many agents get at once; what is absent stays as each has it. */
export const AgentChange = Closed(
  {
    addQueueIds: Type.Optional(Type.Array(ThingId('A queue.'), { maxItems: 500 })),
    removeQueueIds: Type.Optional(Type.Array(ThingId('A queue.'), { maxItems: 500 })),
    setSkills: Type.Optional(AgentSkills),
    removeSkillIds: Type.Optional(Type.Array(ThingId('A skill.'), { maxItems: 100 })),
    capacity: Type.Optional(AgentCapacity),
    line: Type.Optional(AgentLine),
    scheduleId: Type.Optional(Type.Union([ThingId('Working hours.'), Type.Null()], { description: '`null`: none.' })),
  },
  { title: 'AgentChange' },
)

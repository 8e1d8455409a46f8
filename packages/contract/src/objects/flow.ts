import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text } from './common.ts'

const nodeId = { minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z_-]+$' }
const NodeId = (description: string) => Type.String({ ...nodeId, description })

const Variable = (description: string) => Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,31}$', description })
/** Text in which `{variable}` stands for its value. */
const Template = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description: `${description} \`{variable}\` stands for its value.` })

const userId = Id('A user of the company.')
const seconds = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description })
const tries = seconds(1, 5, 'How often it is asked in all.')
const waitSeconds = seconds(1, 30, 'How long a key is waited for, once all is said.')
const ringSeconds = seconds(5, 180, 'How long it rings there at most.')
const credential = Type.Optional(
  Type.String({ ...nodeId, description: 'Name of a kept credential, sent as `Authorization`.' }),
)

/** Something that a node says. */
export const FlowSound = Type.Union(
  [
    Closed({ kind: Type.Literal('prompt'), name: Text(60, 'Name of a sentence of the platform (`listFlowPrompts`).') }),
    Closed({ kind: Type.Literal('sound'), soundId: Id('An uploaded sound.') }),
    Closed({ kind: Type.Literal('digits'), variable: Variable('Said digit by digit.') }),
    Closed({ kind: Type.Literal('number'), variable: Variable('Said as a number from 0 to 999.') }),
    Closed({ kind: Type.Literal('time') }, { description: 'Day and time of now.' }),
    Closed({ kind: Type.Literal('pause'), ms: Type.Integer({ minimum: 100, maximum: 10_000 }) }),
  ],
  { title: 'FlowSound' },
)
const Say = (description: string) => Type.Array(FlowSound, { maxItems: 10, description })

/** Part of a week. */
export const WeeklyPeriod = Closed(
  {
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, description: '1 is Monday.' }),
    from: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: '`HH:MM`.' }),
    to: Type.String({
      pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
      description: '`HH:MM`, not included. Not later than `from`: on the next day.',
    }),
  },
  { title: 'WeeklyPeriod' },
)

export const CallerMatch = Type.Union(
  [
    Closed({ kind: Type.Literal('withheld') }),
    Closed({ kind: Type.Literal('internal') }, { description: 'Somebody of the company.' }),
    Closed({ kind: Type.Literal('contact') }, { description: "Among the company's shared contacts." }),
    Closed({
      kind: Type.Literal('prefix'),
      prefix: NumberText('What the number begins with; E.164 for callers from outside. A whole number is one too.'),
    }),
  ],
  { title: 'CallerMatch' },
)

const day = '([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
export const OwnDay = Closed(
  {
    day: Type.String({ pattern: `^${day}$`, description: '`2026-12-24`, or `12-24` for every year.' }),
    until: Type.Optional(Type.String({ pattern: `^${day}$`, description: 'The last day, of the same form.' })),
    name: Text(60, 'What the day is.'),
  },
  { title: 'OwnDay' },
)

export const holidayKinds = ['public', 'bank', 'school', 'optional', 'observance'] as const
const at = Type.Number({ minimum: -100_000, maximum: 100_000 })

const frame = {
  id: NodeId('Unique in the flow.'),
  name: Type.Optional(Text(60, 'What people call it.')),
  at: Type.Optional(Closed({ x: at, y: at }, { description: 'Where it is drawn.' })),
  exits: Type.Record(Type.String({ pattern: '^[0-9A-Za-z*#]{1,20}$' }), NodeId('The node it leads to.'), {
    additionalProperties: false,
    maxProperties: 20,
    description: 'Where each exit leads. Which exits a kind of node has: docs/flows.md.',
  }),
}

/** One step of a flow. */
export const FlowNode = Type.Union(
  [
    Closed({ ...frame, kind: Type.Literal('time'), open: Type.Array(WeeklyPeriod, { maxItems: 30 }) }),
    Closed({
      ...frame,
      kind: Type.Literal('holiday'),
      country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' })),
      region: Type.Optional(Text(10, 'As `listHolidays` names it.')),
      kinds: Type.Array(OneOf(holidayKinds, '`public`: by law a day off. `bank`: banks and offices are closed.'), {
        maxItems: 5,
      }),
      ownDays: Type.Array(OwnDay, { maxItems: 100 }),
    }),
    Closed({ ...frame, kind: Type.Literal('presence'), userId }),
    Closed({
      ...frame,
      kind: Type.Literal('caller'),
      matches: Type.Array(CallerMatch, { maxItems: 200, description: 'Any of them.' }),
    }),
    Closed({ ...frame, kind: Type.Literal('language') }),
    Closed({
      ...frame,
      kind: Type.Literal('spend'),
      overMicros: Type.Integer({
        minimum: 0,
        maximum: 1e15,
        description: "Spent today (UTC) on calls over trunks, millionths of the company's currency.",
      }),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('variable'),
      variable: Variable('What is looked at.'),
      test: OneOf(['is', 'isNot', 'beginsWith', 'contains', 'isOver', 'isUnder', 'isSet'], 'How it is compared.'),
      value: Type.String({ maxLength: 200, description: 'With what. `{variable}` stands for its value.' }),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('lookup'),
      url: Template(1000, 'Asked over HTTP or HTTPS.'),
      method: OneOf(['GET', 'POST'], 'POST sends all variables as a JSON object.'),
      timeLimitMs: Type.Integer({ minimum: 100, maximum: 10_000 }),
      credential,
      take: Type.Array(
        Closed({
          variable: Variable('Where it is kept.'),
          pointer: Type.String({ maxLength: 200, pattern: '^(/.*)?$', description: 'JSON pointer (RFC 6901).' }),
        }),
        { maxItems: 20 },
      ),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('announce'),
      say: Say('What is said.'),
      isUninterruptible: Type.Optional(Type.Boolean({ description: 'A key does not end it.' })),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('menu'),
      say: Say('What is on offer.'),
      keys: Type.String({ maxLength: 12, pattern: '^[0-9*#]*$', description: 'Each is an exit.' }),
      tries,
      waitSeconds,
      sayAgain: Type.Optional(Say('Said before it is asked again.')),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('collect'),
      say: Say('What is asked.'),
      variable: Variable('Where the digits are kept.'),
      least: seconds(1, 40, 'Digits.'),
      most: seconds(1, 40, 'Digits. # ends the input before.'),
      tries,
      waitSeconds,
      isSecret: Type.Optional(Type.Boolean({ description: 'Never shown in the timeline of the call.' })),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('ring'),
      target: Type.Union([
        Closed({ kind: Type.Literal('user'), userId }),
        Closed({ kind: Type.Literal('number'), number: NumberText('Extension or group of the company.') }),
      ]),
      ringSeconds,
      hasMusic: Type.Optional(Type.Boolean({ description: 'Music instead of the ringing tone.' })),
    }),
    Closed({ ...frame, kind: Type.Literal('queue'), number: NumberText('Number of a queue.') }),
    Closed({
      ...frame,
      kind: Type.Literal('voicemail'),
      box: Type.Union([
        Closed({ kind: Type.Literal('user'), userId }),
        Closed({ kind: Type.Literal('number'), number: NumberText('Number of a mailbox.') }),
      ]),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('forward'),
      to: Template(64, 'Any number, as one would dial it.'),
      asUserId: Type.Optional(
        Id('In whose name and within whose limits a number outside is called, when the caller is not of the company.'),
      ),
      ringSeconds,
    }),
    Closed({
      ...frame,
      kind: Type.Literal('set'),
      variable: Variable('What is set.'),
      value: Type.String({ maxLength: 200, description: 'To what. `{variable}` stands for its value.' }),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('setLanguage'),
      language: OneOf(['en', 'sv', 'fr'], 'Spoken from here on.'),
    }),
    Closed({ ...frame, kind: Type.Literal('callerName'), name: Template(100, 'Shown to whom the call rings.') }),
    Closed({ ...frame, kind: Type.Literal('record'), isOn: Type.Boolean({ description: 'Recorded from here on.' }) }),
    Closed({
      ...frame,
      kind: Type.Literal('mail'),
      to: Type.String({ maxLength: 254, pattern: '^[^\\s@<>]+@[^\\s@<>]+$', description: 'One address.' }),
      subject: Template(200, 'Subject.'),
      text: Template(4000, 'What the mail says.'),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('webhook'),
      url: Template(1000, 'Where it is sent by POST; the call does not wait for it.'),
      credential,
      text: Type.String({ maxLength: 2000, description: 'Goes along as `text`. `{variable}` stands for its value.' }),
    }),
    Closed({
      ...frame,
      kind: Type.Literal('hangUp'),
      isBusy: Type.Optional(Type.Boolean({ description: 'As busy.' })),
    }),
  ],
  { title: 'FlowNode' },
)

/** What is done with a call, drawn. */
export const FlowGraph = Closed(
  {
    start: NodeId('Where calls begin.'),
    nodes: Type.Array(FlowNode, { maxItems: 200 }),
    timeZone: Text(64, 'IANA name (`Europe/Stockholm`), in which schedules and days are read.'),
    language: Type.Optional(OneOf(['en', 'sv', 'fr'], "What callers hear first; by default the company's.")),
    mostStaySeconds: seconds(10, 3600, 'After so long the call is ended with a sentence, whatever it waits for.'),
  },
  { title: 'FlowGraph' },
)

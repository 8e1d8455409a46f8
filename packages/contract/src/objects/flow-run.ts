import Type, { type TSchema } from 'typebox'
import { Closed, Id, NumberText, OneOf, Text, Time } from './common.ts'

export const FlowLanguage = Type.Optional(OneOf(['en', 'sv', 'fr'], 'Of the sentences; by default your own language.'))

const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
  description: 'What the word is about.',
})

/** Something that is the matter with a flow. */
export const FlowFinding = Closed(
  {
    severity: OneOf(['error', 'warning'], 'A flow with an error is not published.'),
    code: Type.String({ description: 'Stable word: `exit-missing`, `unreachable`, `endless` …' }),
    nodeId: Type.Optional(Type.String({ description: 'Where; absent: the whole flow.' })),
    exit: Type.Optional(Type.String()),
    params: Params,
    text: Type.String({ description: 'What is the matter and what to do, in the language asked for.' }),
  },
  { title: 'FlowFinding' },
)

export const FlowPresence = OneOf(
  ['available', 'busy', 'away', 'doNotDisturb', 'offline'],
  'How somebody is. On the phone and in a meeting is `busy`.',
)

/** Of these keys, so many at most. */
const Keyed = <T extends TSchema>(pattern: string, value: T, description: string) =>
  Type.Record(Type.String({ pattern }), value, { description, additionalProperties: false, maxProperties: 200 })
const id = '^[0-9A-Za-z_.:-]{1,64}$'

const LookupAnswer = Type.Union([
  Closed({
    kind: Type.Literal('answered'),
    values: Keyed(
      '^[a-zA-Z][a-zA-Z0-9_]{0,31}$',
      Type.String({ maxLength: 500 }),
      'Variable to value, as they would be taken from the answer.',
    ),
  }),
  Closed({ kind: Type.Literal('failed') }),
  Closed({ kind: Type.Literal('timeOut') }),
])

/** A call that never was: who, when, and how the world is. */
export const FlowGiven = Closed(
  {
    caller: Type.Optional(NumberText('Who calls; absent: withheld.')),
    callerName: Type.Optional(Text(100, 'The name that comes along.')),
    called: Type.Optional(NumberText('The number that is called.')),
    at: Time('When.'),
    language: Type.Optional(OneOf(['en', 'sv', 'fr'], 'Spoken at the start, where the flow says nothing else.')),
    isInternal: Type.Optional(Type.Boolean({ description: 'Somebody of the company calls.' })),
    isContact: Type.Optional(
      Type.Boolean({ description: "Among the company's shared contacts; absent: looked up by the number." }),
    ),
    presence: Type.Optional(Keyed(id, FlowPresence, 'User to state; `available` where nothing is said.')),
    spentMicros: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e15, description: 'Spent so far that day.' })),
    keys: Type.Optional(
      Type.Array(Type.String({ maxLength: 40, pattern: '^[0-9*#]*$' }), {
        maxItems: 50,
        description: 'What is pressed each time something is asked, in order; empty, or none left: nothing.',
      }),
    ),
    lookups: Type.Optional(Keyed(id, LookupAnswer, 'By node; `failed` where nothing is said.')),
    outcomes: Type.Optional(
      Keyed(
        id,
        OneOf(['answered', 'busy', 'noAnswer', 'unreachable', 'refused'], 'How it fared.'),
        'By node: whether somebody takes the call there; `answered` where nothing is said.',
      ),
    ),
  },
  { title: 'FlowGiven' },
)

/** One node that a call passed, and why it left where it did. */
export const FlowStep = Closed(
  {
    nodeId: Type.String(),
    exit: Type.Optional(Type.String({ description: 'By which it was left; absent: the call ends or stays here.' })),
    code: Type.String({ description: 'What was decided, as a stable word.' }),
    params: Params,
    text: Type.String({ description: 'The same as a sentence, in the language asked for.' }),
    afterMs: Type.Integer({ description: 'Since the beginning; what is said counts as nothing.' }),
  },
  { title: 'FlowStep' },
)

/** Where a call comes to. */
export const FlowLanding = Closed(
  {
    kind: OneOf(['ring', 'queue', 'voicemail', 'forward', 'hangUp', 'stopped'], '`stopped`: cut, as it would not end.'),
    nodeId: Type.Optional(Type.String()),
    /** What makes two landings the same. */
    target: Type.String({ description: 'Who or what number; empty for an end.' }),
    text: Type.String({ description: 'In the language asked for.' }),
  },
  { title: 'FlowLanding' },
)

export const FlowPath = Closed(
  { steps: Type.Array(FlowStep), landing: FlowLanding },
  { title: 'FlowPath', description: 'The way of a call through a flow.' },
)

/** What a kept case expects. */
const FlowExpected = Closed({
  landing: Closed({
    kind: OneOf(['ring', 'queue', 'voicemail', 'forward', 'hangUp'], 'How it ends.'),
    target: Type.String({ maxLength: 100, description: 'As `FlowLanding.target`.' }),
  }),
  passes: Type.Optional(
    Type.Array(Type.String({ maxLength: 40 }), { maxItems: 50, description: 'Nodes that it must pass, in any order.' }),
  ),
})

export const flowCase = {
  name: Text(100, 'What it shows.'),
  given: FlowGiven,
  expected: FlowExpected,
}

/** A call that is kept as a test. */
export const FlowCase = Closed({ id: Id('Made by the server.'), ...flowCase }, { title: 'FlowCase' })

export const FlowCaseResult = Closed(
  {
    caseId: Id('Which.'),
    name: Type.String(),
    passed: Type.Boolean(),
    path: FlowPath,
    text: Type.Optional(Type.String({ description: 'What is otherwise than expected.' })),
  },
  { title: 'FlowCaseResult' },
)

/** A call that was, and where it would land now. */
export const FlowReplayed = Closed(
  {
    callId: Id('The call.'),
    at: Time('When it was.'),
    caller: Type.String(),
    was: FlowLanding,
    now: FlowLanding,
  },
  { title: 'FlowReplayed' },
)

/** One difference between two flows. */
export const FlowDifference = Closed(
  {
    kind: OneOf(['nodeAdded', 'nodeRemoved', 'nodeChanged', 'exitMoved', 'startMoved', 'settingChanged'], 'What kind.'),
    nodeId: Type.Optional(Type.String()),
    field: Type.Optional(Type.String()),
    text: Type.String({ description: 'In the language asked for.' }),
  },
  { title: 'FlowDifference' },
)

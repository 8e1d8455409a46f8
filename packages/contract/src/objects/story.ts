import Type from 'typebox'
import { LegQuality, Party } from './call.ts'
import { Closed, Id, OneOf, Time } from './common.ts'

const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
  description: 'What the word is about: names, numbers, seconds. A client makes a sentence of both in its language.',
})

/** One thing that happened in a call, as a stable word with what it is about. */
export const StoryStep = Closed(
  {
    at: Time('When.'),
    code: Type.String({
      description:
        '`called`, `route.…` (a decision of routing), `rings`, `forwarded`, `answered`, `held`, `transferred`, `left.…`, `ended.…`, `note` (an English sentence in `text`) …',
    }),
    params: Params,
    legId: Type.Optional(Id('Whose connection it is about.')),
  },
  { title: 'StoryStep' },
)

/** Who is at fault, how sure that is, and what to do. */
export const StoryVerdict = Closed(
  {
    fault: OneOf(
      ['nobody', 'caller', 'callee', 'caller-network', 'callee-network', 'callee-phone', 'trunk', 'us', 'unknown'],
      'Where the cause lies. `nobody`: the call went as it should, or people chose so.',
    ),
    certainty: OneOf(['certain', 'likely', 'guess'], 'How sure it is.'),
    code: Type.String({ description: 'What was the matter, as a stable word.' }),
    advice: Type.Optional(Type.String({ description: 'What to do about it, as a stable word.' })),
    params: Params,
  },
  { title: 'StoryVerdict' },
)

/** A party's part of a call, drawn over time. */
export const StoryLane = Closed(
  {
    legId: Id('The leg.'),
    role: OneOf(['caller', 'callee'], 'Which side.'),
    party: Party,
    device: Type.Optional(Type.String({ description: 'What its owner calls the device, or the name of the trunk.' })),
    startedAt: Time('When it began.'),
    answeredAt: Type.Optional(Time('When it was answered.')),
    endedAt: Type.Optional(Time('When it ended.')),
    spans: Type.Array(
      Closed({
        kind: OneOf(['trying', 'ringing', 'talking', 'hold', 'away'], 'What it did.'),
        from: Time('Since when.'),
        to: Type.Optional(Time('Until when; absent while it lasts.')),
      }),
    ),
    quality: Type.Optional(LegQuality),
    keying: Type.Optional(OneOf(['rtp', 'sdes', 'dtls'], '`rtp` is not encrypted.')),
    codec: Type.Optional(Type.String()),
  },
  { title: 'StoryLane' },
)

/** What happened to a call, for people. */
export const CallStory = Closed(
  {
    callId: Id('The call.'),
    direction: OneOf(['internal', 'inbound', 'outbound'], 'Seen from the company.'),
    caller: Party,
    called: Party,
    dialled: Type.String(),
    startedAt: Time('When it began.'),
    answeredAt: Type.Optional(Time('When somebody answered.')),
    endedAt: Type.Optional(Time('When it ended; absent while it goes on.')),
    steps: Type.Array(StoryStep),
    verdict: StoryVerdict,
    lanes: Type.Array(StoryLane),
  },
  { title: 'CallStory' },
)

/** A link to the story of a call. What makes it unguessable is shown when it is made, and never again. */
export const CallShare = Closed(
  {
    id: Id('Made by the server.'),
    callId: Id('The call that it shows.'),
    createdBy: Id('Who made it.'),
    createdAt: Time('When it was made.'),
    expiresAt: Time('When it ends.'),
    hidesNumbers: Type.Boolean({ description: 'Numbers without their last digits, no names.' }),
  },
  { title: 'CallShare' },
)

/** A recording of one connection of a call. */
export const Recording = Closed(
  {
    id: Id('Made by the server.'),
    callId: Id('The call.'),
    legId: Id('Whose connection: left is what they say, right what they hear.'),
    party: Type.Optional(Party),
    startedAt: Time('When it began.'),
    durationMs: Type.Optional(Type.Integer({ description: 'Absent while it goes on.' })),
  },
  { title: 'Recording' },
)

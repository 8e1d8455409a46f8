import Type from 'typebox'
import { Party } from './call.ts'
import { Closed, Id, NumberText, OneOf, Text, Time } from './common.ts'

export const recordingModes = ['off', 'onDemand', 'always', 'pausable'] as const
const Mode = OneOf(
  [...recordingModes],
  '`off`: nothing is recorded. `onDemand`: when somebody in the call asks. `always`: every call, whole. `pausable`: every call, and may be paused while a card number is said.',
)

/** What a company wants of recording. */
export const RecordingPolicy = Closed(
  {
    mode: Mode,
    exceptions: Type.Array(
      Closed({
        subject: Type.Union([
          Closed({ kind: Type.Literal('user'), userId: Id('Calls of this person.') }),
          Closed({ kind: Type.Literal('number'), number: NumberText('Calls to this number, whoever answers.') }),
        ]),
        mode: Mode,
      }),
      { maxItems: 2000, description: 'Other rules than the company’s. A number comes before a person.' },
    ),
    tells: OneOf(
      ['byCountry', 'everybody', 'outside', 'nobody'],
      'Who is told that the call is recorded. `byCountry`: as is usual in the company’s country.',
    ),
    tellsBy: OneOf(['byCountry', 'sentence', 'beep', 'both'], 'A sentence at the start, a beep every 15 s, or both.'),
    ifImpossible: OneOf(
      ['goOn', 'refuse'],
      'When nothing can be written (disk full): calls go on unrecorded, or do not take place. Emergency calls always do.',
    ),
    keepDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 36_500, description: 'Days until a recording is deleted; absent: never.' }),
    ),
    keepDaysOnDemand: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 36_500, description: 'The same for those that somebody asked for.' }),
    ),
    ownMayListen: Type.Boolean({
      description:
        'People may listen to recordings of their own connection. Supervisors and administrators always may.',
    }),
    mail: OneOf(['none', 'link', 'attachment'], 'What is mailed when a recording has ended.'),
    mailTo: Type.Array(Type.String({ format: 'email', maxLength: 254 }), {
      maxItems: 20,
      description: 'Where it is mailed; to the recorded person if empty.',
    }),
  },
  { title: 'RecordingPolicy' },
)

/** A policy with what it comes to. */
export const RecordingPolicyView = Closed(
  {
    policy: RecordingPolicy,
    told: Closed(
      {
        tells: OneOf(['everybody', 'outside', 'nobody'], 'Who is told.'),
        tellsBy: OneOf(['sentence', 'beep', 'both'], 'How.'),
      },
      { description: 'Who is told now, with the country’s usage filled in.' },
    ),
    country: Type.String({ description: 'Of the company, ISO 3166-1.' }),
    keyMadeAt: Type.Optional(Time('When the company’s key was made; absent before the first recording.')),
    freeBytes: Type.Optional(Type.Number({ description: 'Room on the disk.' })),
    isDiskFull: Type.Boolean({ description: 'Nothing is recorded at the moment for want of room.' }),
  },
  { title: 'RecordingPolicyView' },
)

/** A recording as lists show it. */
export const KeptRecording = Closed(
  {
    id: Id('Made by the server.'),
    callId: Id('The call.'),
    legId: Id('Whose connection.'),
    party: Party,
    other: Party,
    direction: OneOf(['internal', 'inbound', 'outbound'], 'Seen from the company.'),
    trigger: OneOf(['rule', 'demand'], 'Began by a rule, or because somebody asked.'),
    state: OneOf(['running', 'ended', 'deleted'], 'Where it stands.'),
    startedAt: Time('When it began.'),
    durationMs: Type.Optional(Type.Integer({ description: 'Absent while it runs.' })),
    end: Type.Optional(
      OneOf(
        ['stopped', 'silence', 'limit', 'gone', 'failed', 'cut', 'lost'],
        '`gone`: with its connection. `failed`: the disk. `cut`: the server stopped in the middle. `lost`: its file is not there.',
      ),
    ),
    lostMs: Type.Optional(Type.Integer({ description: 'What the disk did not take; it is silence.' })),
    pauses: Type.Array(
      Closed({
        fromMs: Type.Integer({ description: 'From the start of the recording.' }),
        toMs: Type.Optional(Type.Integer({ description: 'Absent: until its end.' })),
      }),
    ),
    sha256: Type.Optional(Type.String({ description: 'Of the sealed file.' })),
    chain: Type.Optional(
      Closed({
        index: Type.Integer({ description: 'Place in the company’s chain, from 1.' }),
        hash: Type.String(),
        previous: Type.String(),
      }),
    ),
    hold: Type.Optional(
      Closed({ at: Time('Since when.'), by: Type.String({ description: 'Who.' }), reason: Type.String() }),
    ),
    expiresAt: Type.Optional(Time('When it is deleted, unless it is held.')),
    deletion: Type.Optional(
      Closed({
        at: Time('When.'),
        by: Type.Optional(Type.String({ description: 'Who; absent: retention.' })),
        reason: Type.String(),
      }),
    ),
  },
  { title: 'KeptRecording' },
)

export const RecordingPeaks = Closed(
  {
    durationMs: Type.Integer(),
    left: Type.String({
      description: 'Base 64, a byte for each step of equal length: the loudest of it, 0 to 255. What the person said.',
    }),
    right: Type.String({ description: 'The same of what the person heard.' }),
  },
  { title: 'RecordingPeaks' },
)

export const RecordingVerification = Closed(
  {
    checked: Type.Integer({ description: 'Links of the chain that were looked at.' }),
    intact: Type.Integer({ description: 'Of them with a file that is as it was.' }),
    deleted: Type.Integer({ description: 'Deleted as the ledger tells.' }),
    faults: Type.Array(
      Closed({
        recordingId: Id('Which.'),
        index: Type.Integer({ description: 'Its place in the chain.' }),
        kind: OneOf(
          ['missing', 'changed', 'cut', 'chain', 'undeleted'],
          '`missing`: no file. `changed`: not the one that was written. `cut`: shorter than it was. `chain`: its link does not follow from the one before. `undeleted`: deleted, but the file is there.',
        ),
      }),
      { description: 'At most 1000.' },
    ),
    next: Type.Optional(Type.Integer({ description: 'There is more: send it as `after`.' })),
  },
  { title: 'RecordingVerification' },
)

export const RecordingReport = Closed(
  {
    day: Type.String({ description: 'In UTC, `2026-11-21`.' }),
    madeAt: Time('When it was made.'),
    calls: Type.Integer({ description: 'Calls with talk that had to be recorded.' }),
    talkMs: Type.Integer({ description: 'Talk that had to be recorded.' }),
    missingMs: Type.Integer({ description: 'Of it without a recording.' }),
    gaps: Type.Array(
      Closed({
        callId: Id('The call.'),
        legId: Id('Whose connection.'),
        party: Party,
        other: Type.Optional(Party),
        from: Time('Since when.'),
        to: Time('Until when.'),
        kind: OneOf(
          ['none', 'short', 'lost'],
          '`none`: no recording. `short`: not of this time. `lost`: the disk did not take it.',
        ),
      }),
    ),
  },
  { title: 'RecordingReport' },
)

export const Reason = Text(500, 'Why; it is kept in the ledger.')

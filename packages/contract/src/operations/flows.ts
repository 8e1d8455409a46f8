import Type from 'typebox'
import { StillInUse } from '../errors.ts'
import { FlowChangedSince, FlowNotReady, FlowSoundUnreadable, FlowTooMany } from '../flow-errors.ts'
import { Closed, Id, OneOf, Page, pageQuery, Text, Time } from '../objects/common.ts'
import { FlowGraph, holidayKinds } from '../objects/flow.ts'
import {
  FlowCase,
  FlowCaseResult,
  flowCase,
  FlowDifference,
  FlowFinding,
  FlowGiven,
  FlowLanguage,
  FlowPath,
  FlowReplayed,
} from '../objects/flow-run.ts'
import { FlowEntry, FlowSoundFile, FlowVersion, FlowView, mostFlowSoundBytes, Revision } from '../objects/flow-view.ts'
import { operation } from '../operation.ts'
import { ReplyFile, SentBytes } from '../sent-bytes.ts'

const tag = 'flows'
const path = '/api/v1/flows/{flowId}'
const params = { flowId: Id('The flow.') }
const access = 'administrator' as const
const language = { language: FlowLanguage }
const version = {
  ...params,
  version: Type.String({ pattern: '^[1-9][0-9]{0,8}$', maxLength: 9, description: 'Number of the version.' }),
}

const graph = Type.Optional(FlowGraph)

export const listFlows = operation({
  id: 'listFlows',
  method: 'GET',
  path: '/api/v1/flows',
  tag,
  summary: "The company's flows",
  access,
  query: pageQuery,
  reply: Page(FlowEntry),
})

export const createFlow = operation({
  id: 'createFlow',
  method: 'POST',
  path: '/api/v1/flows',
  tag,
  summary: 'Make a flow; nothing of it is live until it is published',
  access,
  body: Closed({ name: Text(100, 'What people call it.'), draft: graph }),
  status: 201,
  reply: FlowView,
  errors: [FlowTooMany],
})

export const readFlow = operation({
  id: 'readFlow',
  method: 'GET',
  path,
  tag,
  summary: 'One flow: its draft and what is live',
  access,
  params,
  reply: FlowView,
})

export const renameFlow = operation({
  id: 'renameFlow',
  method: 'PATCH',
  path,
  tag,
  summary: 'Rename a flow',
  access,
  params,
  body: Closed({ name: Text(100, 'What people call it.') }),
  reply: FlowView,
})

export const removeFlow = operation({
  id: 'removeFlow',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove a flow that no number reaches, with its versions and cases',
  access,
  params,
  errors: [StillInUse],
})

export const putFlowDraft = operation({
  id: 'putFlowDraft',
  method: 'PUT',
  path: `${path}/draft`,
  tag,
  summary: 'Keep a draft, finished or not; calls do not notice',
  access,
  params,
  body: Closed({ revision: Revision, draft: FlowGraph }),
  reply: FlowView,
  errors: [FlowChangedSince],
})

export const dropFlowDraft = operation({
  id: 'dropFlowDraft',
  method: 'DELETE',
  path: `${path}/draft`,
  tag,
  summary: 'Throw a draft away: it is as what is live again',
  description: 'With `revision` only the draft that you have seen, and none that somebody has changed since.',
  access,
  params,
  query: { revision: Type.Optional(Revision) },
  status: 200,
  reply: FlowView,
  errors: [FlowChangedSince],
})

export const checkFlow = operation({
  id: 'checkFlow',
  method: 'POST',
  path: `${path}/checks`,
  tag,
  summary: 'What is the matter with a draft',
  description: 'Of the graph that is sent, else of the draft that is kept.',
  access,
  params,
  query: language,
  body: Closed({ graph }),
  reply: Closed({ findings: Type.Array(FlowFinding), isReady: Type.Boolean({ description: 'No error.' }) }),
})

export const simulateFlow = operation({
  id: 'simulateFlow',
  method: 'POST',
  path: `${path}/simulations`,
  tag,
  summary: 'The way of a call that never was, at any time, from any number',
  description: 'Nobody is rung, nothing is sent and nothing looked up. Of the graph that is sent, else of the draft.',
  access,
  params,
  query: language,
  body: Closed({ graph, given: FlowGiven }),
  reply: FlowPath,
})

export const listFlowCases = operation({
  id: 'listFlowCases',
  method: 'GET',
  path: `${path}/cases`,
  tag,
  summary: 'Calls that are kept as tests; a flow is published only when all pass',
  access,
  params,
  reply: Closed({ items: Type.Array(FlowCase) }),
})

export const createFlowCase = operation({
  id: 'createFlowCase',
  method: 'POST',
  path: `${path}/cases`,
  tag,
  summary: 'Keep a call as a test',
  access,
  params,
  body: Closed(flowCase),
  status: 201,
  reply: FlowCase,
  errors: [FlowTooMany],
})

export const changeFlowCase = operation({
  id: 'changeFlowCase',
  method: 'PUT',
  path: `${path}/cases/{caseId}`,
  tag,
  summary: 'Change a kept test',
  access,
  params: { ...params, caseId: Id('The case.') },
  body: Closed(flowCase),
  reply: FlowCase,
})

export const removeFlowCase = operation({
  id: 'removeFlowCase',
  method: 'DELETE',
  path: `${path}/cases/{caseId}`,
  tag,
  summary: 'Remove a kept test',
  access,
  params: { ...params, caseId: Id('The case.') },
})

export const runFlowCases = operation({
  id: 'runFlowCases',
  method: 'POST',
  path: `${path}/case-runs`,
  tag,
  summary: 'Run all kept tests against a draft',
  access,
  params,
  query: language,
  body: Closed({ graph }),
  reply: Closed({ results: Type.Array(FlowCaseResult), passed: Type.Integer(), failed: Type.Integer() }),
})

export const replayFlow = operation({
  id: 'replayFlow',
  method: 'POST',
  path: `${path}/replays`,
  tag,
  summary: 'Where the calls of last month would land with a draft',
  description:
    "Calls to the numbers of this flow, latest first, 2,000 at most. What callers pressed and how others were at the time is taken from each call's timeline, as far as it was a flow's then.",
  access,
  params,
  query: language,
  body: Closed({
    graph,
    from: Type.Optional(Time('Thirty days ago by default.')),
    to: Type.Optional(Time('Now by default.')),
    numbers: Type.Optional(
      Type.Array(Type.String({ maxLength: 32 }), {
        maxItems: 20,
        description: 'By default those that reach the flow.',
      }),
    ),
  }),
  reply: Closed({
    calls: Type.Integer({ description: 'How many were looked at.' }),
    elsewhere: Type.Integer({ description: 'How many would land elsewhere.' }),
    isCut: Type.Boolean({ description: 'There were more than are looked at.' }),
    text: Type.String({ description: 'The same as a sentence.' }),
    items: Type.Array(FlowReplayed, { description: 'Those that would land elsewhere, 500 at most.' }),
  }),
})

export const publishFlow = operation({
  id: 'publishFlow',
  method: 'POST',
  path: `${path}/versions`,
  tag,
  summary: 'Let a draft be live: for calls that come from now on',
  description: 'Refused while it has an error or a kept test fails; each is listed.',
  access,
  params,
  query: language,
  body: Closed({ revision: Revision, note: Type.Optional(Text(300, 'What is new.')) }),
  status: 201,
  reply: FlowView,
  errors: [FlowChangedSince, FlowNotReady],
})

export const listFlowVersions = operation({
  id: 'listFlowVersions',
  method: 'GET',
  path: `${path}/versions`,
  tag,
  summary: 'What was published, latest first',
  access,
  params,
  reply: Closed({ items: Type.Array(FlowVersion, { description: 'The last 200.' }) }),
})

export const readFlowVersion = operation({
  id: 'readFlowVersion',
  method: 'GET',
  path: `${path}/versions/{version}`,
  tag,
  summary: 'A version with its graph',
  access,
  params: version,
  reply: Closed({ version: FlowVersion, graph: FlowGraph }),
})

export const restoreFlowVersion = operation({
  id: 'restoreFlowVersion',
  method: 'POST',
  path: `${path}/versions/{version}/restorations`,
  tag,
  summary: 'Let an earlier version be live again, as a new one',
  description: 'The undo of a publication. The draft is left as it is. Checked as any other; kept tests are not asked.',
  access,
  params: version,
  query: language,
  status: 201,
  reply: FlowView,
  errors: [FlowNotReady],
})

export const compareFlow = operation({
  id: 'compareFlow',
  method: 'POST',
  path: `${path}/differences`,
  tag,
  summary: 'What is different between two versions, or a version and the draft',
  access,
  params,
  query: language,
  body: Closed({
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'A version; by default what is live.' })),
    after: Type.Optional(Type.Integer({ minimum: 1, description: 'A version; by default the draft.' })),
    graph,
  }),
  reply: Closed({ items: Type.Array(FlowDifference) }),
})

export const listFlowSounds = operation({
  id: 'listFlowSounds',
  method: 'GET',
  path: '/api/v1/flow-sounds',
  tag,
  summary: 'Sounds that flows may say',
  access,
  reply: Closed({ items: Type.Array(FlowSoundFile) }),
})

export const uploadFlowSound = operation({
  id: 'uploadFlowSound',
  method: 'POST',
  path: '/api/v1/flow-sounds',
  tag,
  summary: 'Upload a sound',
  description: 'WAV: PCM of 16 or 8 bits, A-law or μ-law, mono or stereo. At most ten minutes and 16 MiB.',
  access,
  query: { name: Text(100, 'What people call it.') },
  body: SentBytes(mostFlowSoundBytes, 'The file.'),
  bodyLimitBytes: mostFlowSoundBytes,
  status: 201,
  reply: FlowSoundFile,
  errors: [FlowSoundUnreadable, FlowTooMany],
})

const sound = { soundId: Id('The sound.') }

export const readFlowSound = operation({
  id: 'readFlowSound',
  method: 'GET',
  path: '/api/v1/flow-sounds/{soundId}',
  tag,
  summary: 'A sound, whole or a range of it',
  access,
  params: sound,
  reply: ReplyFile(),
})

export const removeFlowSound = operation({
  id: 'removeFlowSound',
  method: 'DELETE',
  path: '/api/v1/flow-sounds/{soundId}',
  tag,
  summary: 'Remove a sound that no flow says',
  access,
  params: sound,
  errors: [StillInUse],
})

export const listFlowCredentials = operation({
  id: 'listFlowCredentials',
  method: 'GET',
  path: '/api/v1/flow-credentials',
  tag,
  summary: 'Credentials that look-ups and webhooks may send, by name',
  access,
  reply: Closed({ items: Type.Array(Closed({ name: Type.String(), host: Type.String(), changedAt: Time('When.') })) }),
})

const name = {
  name: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z_-]+$', description: 'Its name.' }),
}

export const putFlowCredential = operation({
  id: 'putFlowCredential',
  method: 'PUT',
  path: '/api/v1/flow-credentials/{name}',
  tag,
  summary: 'Keep a credential; it is sealed, and shown to nobody again',
  access,
  params: name,
  body: Closed({
    host: Type.String({
      minLength: 1,
      maxLength: 253,
      pattern: '^[a-z0-9.:\\[\\]-]+$',
      description: 'The only host that it is sent to, with the port unless it is the usual one.',
    }),
    value: Text(2000, 'The value of `Authorization`: `Bearer …`.'),
  }),
  status: 204,
  errors: [FlowTooMany],
  proof: 'in browsers',
})

export const removeFlowCredential = operation({
  id: 'removeFlowCredential',
  method: 'DELETE',
  path: '/api/v1/flow-credentials/{name}',
  tag,
  summary: 'Remove a credential',
  access,
  params: name,
})

export const listFlowPrompts = operation({
  id: 'listFlowPrompts',
  method: 'GET',
  path: '/api/v1/flow-prompts',
  tag,
  summary: 'Sentences of the platform that flows may say',
  access,
  reply: Closed({
    items: Type.Array(
      Closed({ name: Type.String(), en: Type.String(), sv: Type.String(), fr: Type.String() }, { title: 'FlowPrompt' }),
    ),
  }),
})

export const listHolidays = operation({
  id: 'listHolidays',
  method: 'GET',
  path: '/api/v1/holidays',
  tag,
  summary: 'The calendar of a country, and the regions that have days of their own',
  access,
  query: {
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: "By default the company's." })),
    region: Type.Optional(Type.String({ minLength: 1, maxLength: 10 })),
    year: Type.Optional(Type.Integer({ minimum: 1970, maximum: 2100, description: 'This one by default.' })),
    language: FlowLanguage,
  },
  reply: Closed({
    country: Type.String(),
    countries: Type.Array(Closed({ code: Type.String(), name: Type.String() })),
    regions: Type.Array(Closed({ code: Type.String(), name: Type.String() })),
    days: Type.Array(
      Closed({ date: Type.String(), name: Type.String(), kind: OneOf(holidayKinds, 'What kind of day.') }),
    ),
  }),
})

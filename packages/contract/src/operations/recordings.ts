import Type from 'typebox'
import { Closed, Id, OneOf, Page, Text, Time } from '../objects/common.ts'
import {
  KeptRecording,
  Reason,
  RecordingPeaks,
  RecordingPolicy,
  RecordingPolicyView,
  RecordingReport,
  RecordingVerification,
} from '../objects/recording.ts'
import { operation } from '../operation.ts'
import { RecordingHeld, RecordingPolicyWrong, RecordingRuns } from '../recording-errors.ts'
import { ReplyFile } from '../sent-bytes.ts'

const tag = 'recordings'
const params = { recordingId: Id('The recording.') }

export const findRecordings = operation({
  id: 'findRecordings',
  method: 'GET',
  path: '/api/v1/recordings',
  tag,
  summary: 'Recordings, latest first: of the own connections, or all of the company for supervisors and above',
  access: 'user',
  query: {
    from: Type.Optional(Time('Began then or later.')),
    to: Type.Optional(Time('Began before.')),
    text: Type.Optional(Text(100, 'Part of a number or a name of either side.')),
    callId: Type.Optional(Id('Only of this call.')),
    userId: Type.Optional(Id('Only of connections of this person.')),
    trigger: Type.Optional(OneOf(['rule', 'demand'], 'Began by a rule, or because somebody asked.')),
    held: Type.Optional(OneOf(['yes', 'no'], 'On hold or not.')),
    deleted: Type.Optional(OneOf(['yes'], 'Also what is known of deleted ones.')),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Of one page; 50 by default.' })),
    before: Type.Optional(Id('`next` of the page before.')),
  },
  reply: Page(KeptRecording),
})

export const readRecording = operation({
  id: 'readRecording',
  method: 'GET',
  path: '/api/v1/recordings/{recordingId}',
  tag,
  summary: 'One recording',
  access: 'user',
  params,
  reply: KeptRecording,
})

export const listenToRecording = operation({
  id: 'listenToRecording',
  method: 'GET',
  path: '/api/v1/recordings/{recordingId}/audio',
  tag,
  summary:
    'The sound (WAV, left what the person says, right what is heard), whole or in ranges; every listening and download is written to the ledger',
  access: 'user',
  params,
  query: {
    download: Type.Optional(OneOf(['yes'], 'To be saved, not played.')),
    listening: Type.Optional(
      Type.String({ maxLength: 32, pattern: '^[0-9a-z]+$', description: 'Any word; a browser asks anew for another.' }),
    ),
  },
  reply: ReplyFile(),
})

export const readRecordingPeaks = operation({
  id: 'readRecordingPeaks',
  method: 'GET',
  path: '/api/v1/recordings/{recordingId}/peaks',
  tag,
  summary: 'How loud a recording is over its time, to draw it',
  access: 'user',
  params,
  reply: RecordingPeaks,
})

export const holdRecording = operation({
  id: 'holdRecording',
  method: 'PUT',
  path: '/api/v1/recordings/{recordingId}/hold',
  tag,
  summary: 'Keep a recording from being deleted, by anybody and by retention, until the hold is ended',
  access: 'administrator',
  params,
  body: Closed({ reason: Reason }),
  reply: KeptRecording,
  errors: [RecordingRuns],
})

export const releaseRecording = operation({
  id: 'releaseRecording',
  method: 'DELETE',
  path: '/api/v1/recordings/{recordingId}/hold',
  tag,
  summary: 'End the hold on a recording',
  access: 'administrator',
  params,
})

export const deleteRecording = operation({
  id: 'deleteRecording',
  method: 'POST',
  path: '/api/v1/recordings/{recordingId}/deletion',
  tag,
  summary: 'Delete a recording for ever: its key and its file',
  description:
    'The key goes first, so that no copy of the file can be opened any more, in backups neither once their keys are renewed. The ledger keeps who, when, why and the hash of what was deleted.',
  access: 'administrator',
  params,
  body: Closed({ reason: Reason }),
  reply: KeptRecording,
  errors: [RecordingHeld, RecordingRuns],
  proof: 'in browsers',
})

export const readRecordingPolicy = operation({
  id: 'readRecordingPolicy',
  method: 'GET',
  path: '/api/v1/recording-policy',
  tag,
  summary: 'What the company wants of recording',
  access: 'supervisor',
  reply: RecordingPolicyView,
})

export const putRecordingPolicy = operation({
  id: 'putRecordingPolicy',
  method: 'PUT',
  path: '/api/v1/recording-policy',
  tag,
  summary: 'Set what the company wants of recording; it counts for calls answered from now on',
  access: 'administrator',
  body: RecordingPolicy,
  reply: RecordingPolicyView,
  errors: [RecordingPolicyWrong],
})

export const renewRecordingKey = operation({
  id: 'renewRecordingKey',
  method: 'POST',
  path: '/api/v1/recording-policy/key',
  tag,
  summary: 'Seal the keys of all recordings with a new key of the company and forget the old one',
  description: 'No file is touched. Do it after somebody left who could have copied the database and its key.',
  access: 'administrator',
  reply: Closed(
    { resealed: Type.Integer({ description: 'Recordings whose keys were sealed anew.' }) },
    { title: 'RenewedKey' },
  ),
  proof: 'in browsers',
})

export const verifyRecordings = operation({
  id: 'verifyRecordings',
  method: 'POST',
  path: '/api/v1/recordings-verification',
  tag,
  summary: 'Walk the company’s chain and read the files: says what is missing, cut or changed',
  description: 'At most 200 recordings at a time; go on with `after`.',
  access: 'administrator',
  body: Closed({
    after: Type.Optional(Type.Integer({ minimum: 0, description: '`next` of the part before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'How many; 50 by default.' })),
  }),
  reply: RecordingVerification,
})

export const listRecordingReports = operation({
  id: 'listRecordingReports',
  method: 'GET',
  path: '/api/v1/recording-reports',
  tag,
  summary:
    'Of each day: what was talked that had to be recorded, and what of it was not; latest first, made each night',
  access: 'supervisor',
  query: { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, description: '31 by default.' })) },
  reply: Closed({ items: Type.Array(RecordingReport) }),
})

export const makeRecordingReport = operation({
  id: 'makeRecordingReport',
  method: 'POST',
  path: '/api/v1/recording-reports',
  tag,
  summary: 'Reconcile one day now: every talked minute against the recordings',
  access: 'supervisor',
  body: Closed({
    day: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10, description: 'In UTC.' }),
  }),
  reply: RecordingReport,
})

import Type from 'typebox'
import { TooManyRequests } from '../errors.ts'
import { callFilter } from '../objects/call-filter.ts'
import { Message } from '../objects/call.ts'
import { Closed, Id, Page, Time } from '../objects/common.ts'
import { CallShare, CallStory, Recording } from '../objects/story.ts'
import { operation } from '../operation.ts'
import { ReplyFile } from '../sent-bytes.ts'
import { ShareGone } from '../portal-errors.ts'

const tag = 'history'
const params = { callId: Id('The call.') }

export const readCallStory = operation({
  id: 'readCallStory',
  method: 'GET',
  path: '/api/v1/calls/{callId}/story',
  tag,
  summary: 'What happened to a call, step by step, and who is at fault',
  access: 'user',
  params,
  reply: CallStory,
})

export const exportCalls = operation({
  id: 'exportCalls',
  method: 'GET',
  path: '/api/v1/calls-export',
  tag,
  summary: 'Calls as comma-separated values for a spreadsheet, latest first, at most 10,000',
  description: 'Cells that a spreadsheet would take for a formula begin with an apostrophe.',
  access: 'user',
  query: callFilter,
  reply: Closed(
    {
      name: Type.String({ description: 'For the file.' }),
      csv: Type.String({ description: 'RFC 4180, UTF-8, with a header line.' }),
      calls: Type.Integer({ description: 'How many are in it.' }),
      isCut: Type.Boolean({ description: 'There are more; narrow the time.' }),
    },
    { title: 'CallsExport' },
  ),
})

export const listRecordings = operation({
  id: 'listRecordings',
  method: 'GET',
  path: '/api/v1/calls/{callId}/recordings',
  tag,
  summary: 'Recordings of a call that you may listen to: of your own connection, or all of them for supervisors',
  access: 'user',
  params,
  reply: Page(Recording),
})

export const readRecordingAudio = operation({
  id: 'readRecordingAudio',
  method: 'GET',
  path: '/api/v1/calls/{callId}/recordings/{recordingId}/audio',
  tag,
  summary: 'The sound of a recording (WAV), whole or in ranges; every listening is written to the ledger',
  access: 'user',
  params: { ...params, recordingId: Id('The recording.') },
  query: {
    listening: Type.Optional(
      Type.String({ maxLength: 32, pattern: '^[0-9a-z]+$', description: 'Any word; a browser asks anew for another.' }),
    ),
  },
  reply: ReplyFile(),
})

const shareQuery = { shareId: Id('The link.') }

export const createCallShare = operation({
  id: 'createCallShare',
  method: 'POST',
  path: '/api/v1/calls/{callId}/shares',
  tag,
  summary: 'Make a link that shows the story of a call to whoever has it, without login, never its recordings',
  description:
    'Whoever may see SIP messages shares them too, without their secrets. The link is shown this once, ends by itself, and can be taken back.',
  access: 'user',
  params,
  body: Closed({
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: 'How long it lives; 7 by default.' })),
    hidesNumbers: Type.Optional(
      Type.Boolean({ description: 'Numbers without their last digits, no names; so by default.' }),
    ),
  }),
  status: 201,
  reply: Closed(
    { share: CallShare, path: Type.String({ description: 'Of the page; put the address of the server before it.' }) },
    { title: 'CreatedCallShare' },
  ),
  errors: [TooManyRequests],
})

export const listCallShares = operation({
  id: 'listCallShares',
  method: 'GET',
  path: '/api/v1/calls/{callId}/shares',
  tag,
  summary: 'Links to a call that have not ended: the own ones, or all for supervisors',
  access: 'user',
  params,
  reply: Page(CallShare),
})

export const removeCallShare = operation({
  id: 'removeCallShare',
  method: 'DELETE',
  path: '/api/v1/calls/{callId}/shares/{shareId}',
  tag,
  summary: 'Take a link back',
  access: 'user',
  params: { ...params, ...shareQuery },
})

export const readSharedCall = operation({
  id: 'readSharedCall',
  method: 'GET',
  path: '/api/v1/shared-calls/{token}',
  tag,
  summary: 'The story of a call that somebody has shared',
  access: 'anyone',
  params: { token: Type.String({ minLength: 20, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }) },
  reply: Closed(
    {
      story: CallStory,
      company: Type.String({ description: 'Whose call it is.' }),
      expiresAt: Time('When the link ends.'),
      messages: Type.Array(Message, { description: 'Secrets are masked; empty if they are not shared.' }),
    },
    { title: 'SharedCall' },
  ),
  errors: [ShareGone, TooManyRequests],
})

import Type from 'typebox'
import { Closed, Id, OneOf } from '../objects/common.ts'
import { LiveCall } from '../objects/call.ts'
import { operation } from '../operation.ts'

const tag = 'live calls'
const To = Type.String({
  minLength: 1,
  maxLength: 320,
  pattern: '^[^\\s<>]+$',
  description: 'Extension, E.164 number or SIP address.',
})

export const makeCall = operation({
  id: 'makeCall',
  method: 'POST',
  path: '/api/v1/calls',
  tag,
  summary: 'Make a call: rings the own devices, then calls the other side',
  access: 'user',
  body: Closed({
    to: To,
    fromUserId: Type.Optional(
      Id('Whose call it is; by default the own. Others only for supervisors and administrators.'),
    ),
    fromDeviceId: Type.Optional(Id('Ring only this device first.')),
    answersItself: Type.Optional(
      Type.Boolean({ description: 'Ask the own device to answer by itself; ignored in calls for others.' }),
    ),
    line: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        pattern: '^[^\\s<>]+$',
        description:
          "Number of a shared line that the call is made on and shows: one of the person's, that lets its people choose (`callsOutAs`).",
      }),
    ),
  }),
  status: 202,
  reply: Closed({ callId: Id('The call.') }, { title: 'CallStarted' }),
})

export const listLiveCalls = operation({
  id: 'listLiveCalls',
  method: 'GET',
  path: '/api/v1/live-calls',
  tag,
  summary: "Calls that go on now: the own ones, or the company's for attendants and above",
  access: 'user',
  reply: Closed({ items: Type.Array(LiveCall) }),
})

export const readLiveCall = operation({
  id: 'readLiveCall',
  method: 'GET',
  path: '/api/v1/live-calls/{callId}',
  tag,
  summary: 'One call that goes on now',
  access: 'user',
  params: { callId: Id('The call.') },
  reply: LiveCall,
})

export const callVerbs = [
  'answer',
  'hold',
  'retrieve',
  'deflect',
  'consult',
  'transfer',
  'conference',
  'clear',
  'sendDigits',
  'startRecording',
  'stopRecording',
  'pauseRecording',
  'resumeRecording',
] as const

export const commandCall = operation({
  id: 'commandCall',
  method: 'POST',
  path: '/api/v1/live-calls/{callId}/commands/{verb}',
  tag,
  summary: "Command a live call with one of ECMA-269's verbs",
  description:
    'answer · hold · retrieve · deflect (to) · consult (to) · transfer (to, or otherCallId of the consultation) · conference (otherCallId) · clear · sendDigits (digits) · startRecording, stopRecording, pauseRecording, resumeRecording (stereo: left what the person at the connection says, right what is heard; what is said in a pause is in no file). Users command only their own connections.',
  access: 'user',
  params: { callId: Id('The call.'), verb: OneOf([...callVerbs], 'What to do.') },
  body: Closed({
    legId: Type.Optional(Id('Which connection; by default the only one that fits.')),
    to: Type.Optional(To),
    otherCallId: Type.Optional(Id('The other call.')),
    digits: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9*#A-D]+$' })),
  }),
  status: 202,
  reply: Closed({ callId: Id('The call that it concerns afterwards.') }, { title: 'Commanded' }),
})

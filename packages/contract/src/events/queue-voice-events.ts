import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const mode = Type.Union([Type.Literal('listen'), Type.Literal('whisper'), Type.Literal('barge')])

/** Supervisors who are with a call of an agent. */
export const queueVoiceEvents: readonly EventKind[] = [
  {
    kind: 'agent.monitored',
    summary: 'A supervisor began to listen to an agent’s call, to speak to the agent alone, or to both.',
    audience: 'supervisor',
    data: Type.Object({ by: Type.String(), agentId: Type.String(), callId: Type.String(), mode }),
  },
]

export const queueVoiceNotices: readonly NoticeKind[] = [
  {
    kind: 'call.monitored',
    summary:
      'Somebody is with a call of yours as a supervisor, and how, or has left it; told to its agent where the company wants it so.',
    data: Type.Object({
      callId: Type.String(),
      name: Type.String(),
      mode: Type.Union([mode, Type.Literal('left')]),
    }),
  },
]

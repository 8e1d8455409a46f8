import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const flow = { flow: Type.String(), name: Type.String(), by: Type.String({ description: '`user:<id>`' }) }
const audience = 'administrator' as const

/** What becomes of flows and what they use. */
export const flowEvents: readonly EventKind[] = [
  { kind: 'flow.made', summary: 'Somebody began a flow.', audience, data: Type.Object(flow) },
  {
    kind: 'flow.published',
    summary: 'A version of a flow is live; `restored`: it is an earlier one again.',
    audience,
    data: Type.Object({
      ...flow,
      version: Type.Number(),
      note: Type.Optional(Type.String()),
      restored: Type.Optional(Type.Number()),
    }),
  },
  { kind: 'flow.removed', summary: 'Somebody removed a flow with its versions.', audience, data: Type.Object(flow) },
  {
    kind: 'flow.soundUploaded',
    summary: 'A sound for flows was uploaded.',
    audience,
    data: Type.Object({ sound: Type.String(), name: Type.String(), by: flow.by }),
  },
  {
    kind: 'flow.soundRemoved',
    summary: 'A sound for flows was removed.',
    audience,
    data: Type.Object({ sound: Type.String(), name: Type.String(), by: flow.by }),
  },
  {
    kind: 'flow.credentialKept',
    summary: 'A credential for look-ups was set, for one host.',
    audience,
    data: Type.Object({ name: Type.String(), host: Type.String(), by: flow.by }),
  },
  {
    kind: 'webhook.dropped',
    summary: 'A webhook of a flow could not be delivered, and is given up. Its address and content are not told.',
    audience,
    data: Type.Object({ host: Type.String(), tries: Type.Number(), why: Type.String() }),
  },
  {
    kind: 'flow.credentialRemoved',
    summary: 'A credential for look-ups was removed.',
    audience,
    data: Type.Object({ name: Type.String(), host: Type.String(), by: flow.by }),
  },
]

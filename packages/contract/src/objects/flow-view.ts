import Type from 'typebox'
import { Closed, Id, Text, Time } from './common.ts'
import { FlowGraph } from './flow.ts'

export const Revision = Type.Integer({
  minimum: 0,
  description: 'Of the draft that you read: a later change is not overwritten.',
})
export const VersionNumber = Type.Integer({ minimum: 1, description: 'Counts up with each publication.' })

/** The largest sound that is taken. */
export const mostFlowSoundBytes = 16 * 1024 * 1024

const head = {
  id: Id('Made by the server. A number reaches it by `{ kind: "service", service: "flow", id }`.'),
  name: Text(100, 'What people call it.'),
  numbers: Type.Array(Type.String(), { description: 'That reach it.' }),
  liveVersion: Type.Optional(VersionNumber),
  publishedAt: Type.Optional(Time('When that was published.')),
  liveErrors: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'How many errors a check of what is live finds now: somebody was removed since, a number, a queue.',
    }),
  ),
  hasDraft: Type.Boolean({ description: 'Something is changed and not published.' }),
  changedAt: Time('When the draft was changed last.'),
}

/** A flow in a list. */
export const FlowEntry = Closed(head, { title: 'FlowEntry' })

/** A flow, whole. */
export const FlowView = Closed(
  {
    ...head,
    revision: Revision,
    draft: FlowGraph,
    live: Type.Optional(FlowGraph),
  },
  { title: 'Flow', description: 'Without changes, the draft is as what is live.' },
)

/** A publication. */
export const FlowVersion = Closed(
  {
    version: VersionNumber,
    publishedAt: Time('When.'),
    publishedBy: Type.Optional(Type.String({ description: 'Who, by name.' })),
    note: Type.Optional(Type.String({ description: 'What they wrote to it.' })),
    nodes: Type.Integer({ description: 'How many.' }),
    isLive: Type.Boolean(),
  },
  { title: 'FlowVersion' },
)

/** A sound that flows may say. */
export const FlowSoundFile = Closed(
  {
    id: Id('Made by the server.'),
    name: Text(100, 'What people call it.'),
    sizeBytes: Type.Integer(),
    durationMs: Type.Integer(),
    uploadedAt: Time('When.'),
    isUsed: Type.Boolean({ description: 'A draft or what is live says it.' }),
  },
  { title: 'FlowSoundFile' },
)

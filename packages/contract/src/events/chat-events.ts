import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const where = { conversationId: Type.String(), revision: Type.Number({ description: 'Of the conversation.' }) }
const message = Type.Number({ description: 'Number of the message.' })

/** What happens in conversations, by number: never a text, which may have to be deleted. */
export const chatEvents: readonly EventKind[] = [
  {
    kind: 'chat.posted',
    summary: 'Somebody said something, or a group changed, which is a numbered line too.',
    audience: 'members',
    data: Type.Object({ ...where, message, userId: Type.String({ description: 'Who.' }) }),
  },
  {
    kind: 'chat.changed',
    summary: 'A message was changed or deleted.',
    audience: 'members',
    data: Type.Object({ ...where, message }),
  },
  {
    kind: 'chat.membersChanged',
    summary: 'A conversation began, or somebody came or left. Who left is told too.',
    audience: 'members',
    data: Type.Object({
      ...where,
      by: Type.String({ description: 'The user who did it.' }),
      joined: Type.Optional(Type.Array(Type.Object({ userId: Type.String() }))),
      left: Type.Optional(Type.Array(Type.Object({ userId: Type.String() }))),
    }),
  },
  {
    kind: 'chat.erased',
    summary: 'Texts and files were deleted for good: too old, or by an administrator.',
    audience: 'administrator',
    data: Type.Object({
      by: Type.String({ description: '`retention`, or `user:<id>`' }),
      userId: Type.Optional(Type.String({ description: 'Whose.' })),
      messages: Type.Number(),
      files: Type.Number(),
    }),
  },
  {
    kind: 'chat.policyChanged',
    summary: 'How long chat is kept, and how much of it, was changed.',
    audience: 'administrator',
    data: Type.Object({ by: Type.String(), before: Type.Unknown(), after: Type.Unknown() }),
  },
]

export const chatNotices: readonly NoticeKind[] = [
  {
    kind: 'chat.typing',
    summary: 'Somebody is writing. Over after six seconds, or with their message.',
    data: Type.Object({ conversationId: Type.String(), userId: Type.String(), name: Type.String() }),
  },
  {
    kind: 'chat.read',
    summary: 'Somebody in the conversation, perhaps you elsewhere, has read up to a message.',
    data: Type.Object({
      conversationId: Type.String(),
      userId: Type.String(),
      number: Type.Number({ description: 'Of the message.' }),
    }),
  },
]

import Type from 'typebox'
import { WebChatMessage } from '../objects/web-chat.ts'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const site = Type.Object({ siteId: Type.String(), name: Type.String(), by: Type.String() })
const audience = 'administrator'

/** What becomes of chats on websites; never what is written. */
export const webChatEvents: readonly EventKind[] = [
  {
    kind: 'webChat.started',
    summary: 'A visitor of a website began a conversation, and had agreed that it is kept.',
    audience: 'supervisor',
    data: Type.Object({ chatId: Type.String(), siteId: Type.String() }),
  },
  {
    kind: 'webChat.ended',
    summary: 'A conversation with a visitor was over.',
    audience: 'supervisor',
    data: Type.Object({ chatId: Type.String(), why: Type.String(), messages: Type.Number() }),
  },
  { kind: 'webChat.siteCreated', summary: 'A website was given a chat.', audience, data: site },
  { kind: 'webChat.siteChanged', summary: 'The chat of a website was set anew.', audience, data: site },
  { kind: 'webChat.siteRemoved', summary: 'The chat of a website was taken away.', audience, data: site },
  {
    kind: 'webChat.erased',
    summary: 'Conversations were erased, as they were older than they are kept.',
    audience,
    data: Type.Object({ count: Type.Number() }),
  },
]

export const webChatNotices: readonly NoticeKind[] = [
  {
    kind: 'webChat.changed',
    summary: 'Something is new in a conversation that you have with a visitor.',
    data: Type.Object({
      chatId: Type.String(),
      state: Type.String(),
      isVisitorThere: Type.Boolean(),
      isVisitorTyping: Type.Boolean(),
      isVoiceOffered: Type.Boolean(),
      messages: Type.Array(WebChatMessage, { description: 'New since the last notice.' }),
    }),
  },
]

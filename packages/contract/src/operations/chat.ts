import Type from 'typebox'
import {
  GroupFull,
  MessageGone,
  NothingSaid,
  NotYourGroup,
  PairStays,
  TooFast,
  TooLateToChange,
  TooManyConversations,
} from '../chat-errors.ts'
import { ChatMessage, Conversation } from '../objects/chat.ts'
import { Closed, Id, Page, Text } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'chat'
const path = '/api/v1/conversations'
const one = { conversationId: Id('The conversation.') }
const number = (description: string) => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description })
const message = {
  ...one,
  number: Type.String({ maxLength: 15, pattern: '^[1-9][0-9]*$', description: 'Number of the message.' }),
}
const mentions = Type.Array(Id('A user.'), { maxItems: 50, uniqueItems: true, description: 'Who is called in it.' })
const groupName = Text(100, 'What the group is called.')
const listSize = (most: number, usual: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, description: `Of one page; ${usual} by default.` }))

export const listConversations = operation({
  id: 'listConversations',
  method: 'GET',
  path,
  tag,
  summary: 'Your conversations, the newest first',
  description: 'Those of two in which nothing was said yet are left out.',
  access: 'user',
  query: {
    limit: listSize(200, 100),
    after: Type.Optional(Type.String({ maxLength: 300, description: 'Where the page before ended: its `next`.' })),
  },
  reply: Page(Conversation),
})

export const openConversation = operation({
  id: 'openConversation',
  method: 'PUT',
  path: `${path}/with/{userId}`,
  tag,
  summary: 'The conversation with a colleague',
  description: 'There is one for any two people; it is made when it is opened for the first time.',
  access: 'user',
  params: { userId: Id('The colleague.') },
  reply: Conversation,
  errors: [TooManyConversations, TooFast],
})

export const createConversation = operation({
  id: 'createConversation',
  method: 'POST',
  path,
  tag,
  summary: 'Make a group',
  access: 'user',
  body: Closed({
    name: groupName,
    userIds: Type.Array(Id('A colleague.'), {
      maxItems: 199,
      uniqueItems: true,
      description: 'Who is in it with you.',
    }),
  }),
  status: 201,
  reply: Conversation,
  errors: [TooManyConversations, TooFast],
})

export const readConversation = operation({
  id: 'readConversation',
  method: 'GET',
  path: `${path}/{conversationId}`,
  tag,
  summary: 'A conversation with everybody in it',
  access: 'user',
  params: one,
  reply: Conversation,
})

export const renameConversation = operation({
  id: 'renameConversation',
  method: 'PATCH',
  path: `${path}/{conversationId}`,
  tag,
  summary: 'Give a group another name',
  access: 'user',
  params: one,
  body: Closed({ name: groupName }),
  reply: Conversation,
  errors: [NotYourGroup, PairStays],
})

export const putConversationMember = operation({
  id: 'putConversationMember',
  method: 'PUT',
  path: `${path}/{conversationId}/members/{userId}`,
  tag,
  summary: 'Bring somebody into a group, or say whether they look after it',
  description: 'Who comes later sees what is said from then on.',
  access: 'user',
  params: { ...one, userId: Id('The colleague.') },
  body: Closed({ isAdmin: Type.Optional(Type.Boolean({ description: 'May name the group and say who is in it.' })) }),
  reply: Conversation,
  errors: [NotYourGroup, PairStays, GroupFull, TooManyConversations],
})

export const removeConversationMember = operation({
  id: 'removeConversationMember',
  method: 'DELETE',
  path: `${path}/{conversationId}/members/{userId}`,
  tag,
  summary: 'Leave a group, or take somebody out of one that you look after',
  description: 'When the last one leaves who looks after it, the one who is there longest does.',
  access: 'user',
  params: { ...one, userId: Id('You, or somebody else.') },
  errors: [NotYourGroup, PairStays],
})

export const listChatMessages = operation({
  id: 'listChatMessages',
  method: 'GET',
  path: `${path}/{conversationId}/messages`,
  tag,
  summary: 'What was said, oldest first',
  description:
    'The newest ones; or those before or after a number; or what was written or changed after a revision, in the order of changes. Numbers and revisions have no gaps: who has all up to one goes on from there.',
  access: 'user',
  params: one,
  query: {
    before: Type.Optional(number('Older than this message.')),
    after: Type.Optional(number('Newer than this message.')),
    changedAfter: Type.Optional(number('Written or changed after this revision.')),
    limit: listSize(200, 50),
  },
  reply: Closed({
    items: Type.Array(ChatMessage),
    hasMore: Type.Boolean({ description: 'There is more in the direction asked for.' }),
    revision: number('Of the conversation.'),
  }),
})

export const postChatMessage = operation({
  id: 'postChatMessage',
  method: 'POST',
  path: `${path}/{conversationId}/messages`,
  tag,
  summary: 'Say something',
  description: 'Sent again with the same `clientId`, it is there once, and the answer is the same.',
  access: 'user',
  params: one,
  body: Closed({
    clientId: Type.String({
      minLength: 8,
      maxLength: 64,
      pattern: '^[0-9A-Za-z_-]+$',
      description: 'Made by you, unique.',
    }),
    text: Type.Optional(Type.String({ maxLength: 10_000, description: 'What you say.' })),
    fileIds: Type.Optional(
      Type.Array(Id('A file that you have sent.'), {
        maxItems: 10,
        uniqueItems: true,
        description: 'What goes with it.',
      }),
    ),
    mentions: Type.Optional(mentions),
  }),
  status: 201,
  reply: ChatMessage,
  errors: [NothingSaid, TooFast],
})

export const editChatMessage = operation({
  id: 'editChatMessage',
  method: 'PATCH',
  path: `${path}/{conversationId}/messages/{number}`,
  tag,
  summary: 'Change the text of a message of yours',
  access: 'user',
  params: message,
  body: Closed({ text: Text(10_000, 'What it should say.'), mentions: Type.Optional(mentions) }),
  reply: ChatMessage,
  errors: [TooLateToChange, MessageGone],
})

export const deleteChatMessage = operation({
  id: 'deleteChatMessage',
  method: 'DELETE',
  path: `${path}/{conversationId}/messages/{number}`,
  tag,
  summary: 'Delete a message of yours, its text and its files',
  description: 'Its number stays, and says that it was deleted.',
  access: 'user',
  params: message,
  reply: ChatMessage,
  errors: [TooLateToChange],
})

export const markConversationRead = operation({
  id: 'markConversationRead',
  method: 'PUT',
  path: `${path}/{conversationId}/read`,
  tag,
  summary: 'Say how far you have read',
  description: 'It never goes back. Your other screens and those you talk with are told (`chat.read`).',
  access: 'user',
  params: one,
  body: Closed({ number: number('You have seen all up to this message.') }),
})

export const tellTyping = operation({
  id: 'tellTyping',
  method: 'POST',
  path: `${path}/{conversationId}/typing`,
  tag,
  summary: 'Say that you are writing',
  description:
    'Told to those you talk with (`chat.typing`) at most every two seconds; over six seconds later, or with the message.',
  access: 'user',
  params: one,
})

export const searchChat = operation({
  id: 'searchChat',
  method: 'GET',
  path: '/api/v1/chat-search',
  tag,
  summary: 'Find what was said in your conversations, the newest first',
  description: 'Every word must be in it, also as part of a longer one; accents and capital letters do not matter.',
  access: 'user',
  query: {
    text: Text(200, 'What you look for.'),
    conversationId: Type.Optional(Id('Only in this one.')),
    limit: listSize(100, 30),
    after: Type.Optional(Type.String({ maxLength: 300, description: 'Where the page before ended: its `next`.' })),
  },
  reply: Page(ChatMessage),
  errors: [TooFast],
})

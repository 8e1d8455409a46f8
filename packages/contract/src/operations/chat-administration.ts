import Type from 'typebox'
import { ChatPolicy } from '../objects/chat.ts'
import { Closed, Id, OneOf } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'chat'

export const readChatPolicy = operation({
  id: 'readChatPolicy',
  method: 'GET',
  path: '/api/v1/chat-policy',
  tag,
  summary: 'How long chat is kept, and how much of it',
  access: 'user',
  reply: Closed({
    policy: ChatPolicy,
    usedBytes: Type.Integer({ minimum: 0, description: 'What files take.' }),
    scanner: Type.Union([Type.String(), Type.Null()], {
      description: 'The virus scanner that looks at files; null: there is none, and files are kept unseen.',
    }),
  }),
})

export const setChatPolicy = operation({
  id: 'setChatPolicy',
  method: 'PUT',
  path: '/api/v1/chat-policy',
  tag,
  summary: 'Set how long chat is kept, and how much of it',
  description: 'A shorter time deletes texts and files that are older, within the hour, for good.',
  access: 'administrator',
  body: ChatPolicy,
  reply: ChatPolicy,
})

export const eraseUserChat = operation({
  id: 'eraseUserChat',
  method: 'POST',
  path: '/api/v1/users/{userId}/chat-erasure',
  tag,
  summary: 'Delete all texts and files that a user has sent',
  description: 'For good. Their places in the conversations stay and say so. Also for users who were removed.',
  access: 'administrator',
  params: { userId: Id('Who sent them.') },
  body: Closed({ confirm: OneOf(['erase'], 'Say so.') }),
  reply: Closed({
    messages: Type.Integer({ minimum: 0 }),
    files: Type.Integer({ minimum: 0 }),
  }),
})

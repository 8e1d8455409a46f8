import Type from 'typebox'
import { NotAllowed, TooManyRequests } from '../errors.ts'
import { Closed, Id, OneOf, Text } from '../objects/common.ts'
import { ChatAddress, ChatSite, ChatSiteWish, VisitorChat, WebChat, WebChatMessage } from '../objects/web-chat.ts'
import { operation } from '../operation.ts'
import { WebChatClosed, WebChatConsent, WebChatFull, WebChatNoVoice, WebChatOver } from '../web-chat-errors.ts'
import { QueueNotThere } from '../work-errors.ts'

const visitors = 'visitor chat'
const agents = 'web chat'
const Key = Type.String({
  minLength: 20,
  maxLength: 64,
  pattern: '^[0-9a-z]+$',
  description: 'Of the conversation; whoever has it is the visitor.',
})
const Once = Type.String({
  minLength: 8,
  maxLength: 40,
  pattern: '^[0-9A-Za-z-]+$',
  description: 'Made by the sender: the same one is kept once.',
})
const Begun = Type.String({
  minLength: 32,
  maxLength: 40,
  pattern: '^[0-9A-Za-z-]+$',
  description:
    'Made by the page of randomness, as a UUID: with the same one the same conversation is begun. The key follows from it.',
})
const Written = Text(4000, 'What was written.')
const siteParams = { siteId: Id('As it stands in the script.') }
const chatParams = { key: Key }
const visitorChat = '/api/v1/visitor/chats/{key}'

export const readVisitorSite = operation({
  id: 'readVisitorSite',
  method: 'GET',
  path: '/api/v1/visitor/sites/{siteId}',
  tag: visitors,
  summary: 'What a website’s chat says before it begins',
  access: 'anyone',
  params: siteParams,
  query: { language: Type.Optional(OneOf(['en', 'sv', 'fr'], 'Of the page; English if absent.')) },
  reply: Closed(
    {
      companyName: Type.String(),
      isOpen: Type.Boolean(),
      asks: OneOf(['nothing', 'name', 'nameAndAddress'], 'What a visitor says of themselves.'),
      consent: Type.String(),
      privacyUrl: Type.Optional(Type.String()),
      greeting: Type.String(),
      takesMessages: Type.Boolean({ description: 'While nobody is here.' }),
      expectedSeconds: Type.Optional(Type.Integer()),
    },
    { title: 'VisitorSite' },
  ),
  errors: [TooManyRequests],
})

export const startVisitorChat = operation({
  id: 'startVisitorChat',
  method: 'POST',
  path: '/api/v1/visitor/sites/{siteId}/chats',
  tag: visitors,
  summary: 'Begin a conversation, once the visitor has agreed that it is kept',
  access: 'anyone',
  params: siteParams,
  body: Closed({
    hasAgreed: Type.Boolean(),
    once: Type.Optional(Begun),
    text: Written,
    name: Type.Optional(Type.String({ maxLength: 100 })),
    address: Type.Optional(ChatAddress),
    language: OneOf(['en', 'sv', 'fr'], 'Of the page.'),
    page: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  status: 201,
  reply: Closed({ key: Type.String(), chat: VisitorChat }, { title: 'StartedVisitorChat' }),
  errors: [TooManyRequests, WebChatClosed, WebChatConsent],
})

export const readVisitorChat = operation({
  id: 'readVisitorChat',
  method: 'GET',
  path: visitorChat,
  tag: visitors,
  summary: 'The conversation; with `seen`, waits up to 25 seconds until something is new',
  access: 'anyone',
  params: chatParams,
  query: {
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Later messages only.' })),
    seen: Type.Optional(Type.Integer({ minimum: 0, description: 'The version that the page has.' })),
  },
  reply: VisitorChat,
  errors: [TooManyRequests],
})

export const sendVisitorMessage = operation({
  id: 'sendVisitorMessage',
  method: 'POST',
  path: `${visitorChat}/messages`,
  tag: visitors,
  summary: 'Write something',
  access: 'anyone',
  params: chatParams,
  body: Closed({ once: Once, text: Written }),
  status: 201,
  reply: WebChatMessage,
  errors: [TooManyRequests, WebChatOver, WebChatFull],
})

export const tellVisitorTyping = operation({
  id: 'tellVisitorTyping',
  method: 'POST',
  path: `${visitorChat}/typing`,
  tag: visitors,
  summary: 'Say that something is being written; holds for some seconds',
  access: 'anyone',
  params: chatParams,
  errors: [TooManyRequests],
})

export const endVisitorChat = operation({
  id: 'endVisitorChat',
  method: 'POST',
  path: `${visitorChat}/end`,
  tag: visitors,
  summary: 'End the conversation',
  access: 'anyone',
  params: chatParams,
  errors: [TooManyRequests],
})

export const mailVisitorTranscript = operation({
  id: 'mailVisitorTranscript',
  method: 'POST',
  path: `${visitorChat}/transcript`,
  tag: visitors,
  summary: 'Have what was written sent by mail, three times at most',
  access: 'anyone',
  params: chatParams,
  body: Closed({ address: ChatAddress }),
  errors: [TooManyRequests],
})

export const openVisitorPhone = operation({
  id: 'openVisitorPhone',
  method: 'POST',
  path: `${visitorChat}/phone`,
  tag: visitors,
  summary: 'A telephone that reaches the agent of this conversation and nobody else, while speaking is on offer',
  access: 'anyone',
  params: chatParams,
  status: 201,
  reply: Closed(
    {
      address: Type.String(),
      username: Type.String(),
      password: Type.String(),
      /** What it calls. */
      to: Type.String(),
      webSockets: Type.Array(Type.String()),
      iceServers: Type.Array(
        Closed({ urls: Type.Array(Type.String()), username: Type.String(), credential: Type.String() }),
      ),
    },
    { title: 'VisitorPhone' },
  ),
  errors: [TooManyRequests, WebChatNoVoice],
})

export const leaveVisitorMessage = operation({
  id: 'leaveVisitorMessage',
  method: 'POST',
  path: '/api/v1/visitor/sites/{siteId}/messages',
  tag: visitors,
  summary: 'Leave a message while nobody is here; it is answered by mail',
  access: 'anyone',
  params: siteParams,
  body: Closed({ name: Type.Optional(Type.String({ maxLength: 100 })), address: ChatAddress, text: Written }),
  errors: [TooManyRequests, WebChatClosed],
})

const params = { chatId: Id('The conversation.') }
const chat = '/api/v1/web-chats/{chatId}'

export const readWebChat = operation({
  id: 'readWebChat',
  method: 'GET',
  path: chat,
  tag: agents,
  summary: 'A conversation with a visitor of a website, for agents of its queue and supervisors',
  description: 'Changes afterwards come to its agent as the notice `webChat.changed`.',
  access: 'user',
  params,
  reply: WebChat,
})

export const sendWebChatMessage = operation({
  id: 'sendWebChatMessage',
  method: 'POST',
  path: `${chat}/messages`,
  tag: agents,
  summary: 'Write to the visitor',
  access: 'user',
  params,
  body: Closed({ once: Once, text: Written }),
  status: 201,
  reply: WebChatMessage,
  errors: [NotAllowed, WebChatOver, WebChatFull],
})

export const commandWebChat = operation({
  id: 'commandWebChat',
  method: 'POST',
  path: `${chat}/commands/{verb}`,
  tag: agents,
  summary: 'typing (holds for some seconds) · offerVoice · withdrawVoice · end · mailTranscript (address)',
  access: 'user',
  params: {
    ...params,
    verb: OneOf(['typing', 'offerVoice', 'withdrawVoice', 'end', 'mailTranscript'], 'What to do.'),
  },
  body: Closed({ address: Type.Optional(ChatAddress) }),
  errors: [NotAllowed, WebChatOver, WebChatNoVoice, TooManyRequests],
})

export const listChatSites = operation({
  id: 'listChatSites',
  method: 'GET',
  path: '/api/v1/chat-sites',
  tag: agents,
  summary: 'Websites with a chat',
  access: 'supervisor',
  reply: Closed({ items: Type.Array(ChatSite, { maxItems: 100 }) }, { title: 'ChatSites' }),
})

export const createChatSite = operation({
  id: 'createChatSite',
  method: 'POST',
  path: '/api/v1/chat-sites',
  tag: agents,
  summary: 'Give a website a chat',
  access: 'administrator',
  body: ChatSiteWish,
  status: 201,
  reply: ChatSite,
  errors: [QueueNotThere, TooManyRequests],
})

export const changeChatSite = operation({
  id: 'changeChatSite',
  method: 'PUT',
  path: '/api/v1/chat-sites/{siteId}',
  tag: agents,
  summary: 'Set the chat of a website',
  access: 'administrator',
  params: siteParams,
  body: ChatSiteWish,
  reply: ChatSite,
  errors: [QueueNotThere],
})

export const removeChatSite = operation({
  id: 'removeChatSite',
  method: 'DELETE',
  path: '/api/v1/chat-sites/{siteId}',
  tag: agents,
  summary:
    'Take the chat of a website away; conversations that go on end, what was written stays as long as it is kept',
  access: 'administrator',
  params: siteParams,
})

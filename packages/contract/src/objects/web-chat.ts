import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

const Origin = Type.String({
  minLength: 8,
  maxLength: 300,
  pattern: '^https?://[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?$',
  description: 'Of pages that may show the chat: `https://www.example.com`.',
})

export const ChatAddress = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@<>,;"]{1,64}@[^\\s@<>,;"]{1,189}$',
  description: 'A mail address.',
})

/** What is set of a website with a chat. */
export const siteFields = {
  name: Text(80, 'What administrators call it.'),
  queueId: Id('Where its chats wait.'),
  origins: Type.Array(Origin, { minItems: 1, maxItems: 20, uniqueItems: true }),
  asks: OneOf(['nothing', 'name', 'nameAndAddress'], 'What a visitor says of themselves before they begin.'),
  consent: Type.String({
    maxLength: 600,
    description: 'Read before anything is kept; a sentence of the platform if empty.',
  }),
  privacyUrl: Type.Optional(
    Type.String({ maxLength: 500, pattern: '^https?://[!-~]{1,490}$', description: 'Where the company says more.' }),
  ),
  greeting: Type.String({ maxLength: 600, description: 'Said first; a sentence of the platform if empty.' }),
  offersVoice: Type.Boolean({ description: 'Agents may offer to speak, in the visitor’s browser.' }),
  offlineMail: Type.Optional(ChatAddress),
  keepDays: Type.Integer({ minimum: 1, maximum: 3650, description: 'What was written is erased after so long.' }),
} as const

export const ChatSiteWish = Closed(siteFields, { title: 'ChatSiteWish' })

export const ChatSite = Closed({ id: Id('Stands in the script on the website.'), ...siteFields }, { title: 'ChatSite' })

/** One thing that was written, or that happened; numbers count up without gaps. */
export const WebChatMessage = Closed(
  {
    number: Type.Integer({ minimum: 1 }),
    at: Time('When.'),
    from: OneOf(['visitor', 'agent', 'system'], 'Who.'),
    name: Type.Optional(Type.String({ description: 'Of the agent.' })),
    text: Type.Optional(Type.String({ maxLength: 4000 })),
    code: Type.Optional(
      OneOf(
        [
          'joined',
          'left',
          'returned',
          'ended',
          'visitorEnded',
          'visitorGone',
          'closed',
          'full',
          'voiceOffered',
          'voiceBegan',
          'voiceEnded',
        ],
        'What happened, of the system.',
      ),
    ),
  },
  { title: 'WebChatMessage' },
)

export const WebChatState = OneOf(['waiting', 'talking', 'ended'], 'Whether somebody has it.')

/** A conversation as the visitor sees it. */
export const VisitorChat = Closed(
  {
    state: WebChatState,
    agentName: Type.Optional(Type.String()),
    isAgentTyping: Type.Boolean(),
    position: Type.Optional(Type.Integer({ description: '1 is next.' })),
    expectedSeconds: Type.Optional(Type.Integer({ description: 'Absent: nobody can know.' })),
    messages: Type.Array(WebChatMessage, { maxItems: 500 }),
    last: Type.Integer({ description: 'Number of the last message; send it as `after`.' }),
    version: Type.Integer({ description: 'Changes with anything of the above; send it as `seen`.' }),
    canSpeak: Type.Boolean({ description: 'The agent has offered to speak.' }),
  },
  { title: 'VisitorChat' },
)

/** A conversation as agents see it. */
export const WebChat = Closed(
  {
    id: Id('The conversation.'),
    siteName: Type.String(),
    state: WebChatState,
    startedAt: Time('When it began.'),
    endedAt: Type.Optional(Time('When it was over.')),
    visitor: Closed({
      name: Type.Optional(Type.String()),
      address: Type.Optional(Type.String()),
      language: Type.String(),
      page: Type.Optional(Type.String({ description: 'On which page it was begun.' })),
    }),
    isVisitorThere: Type.Boolean({ description: 'Their page has asked within the last minute.' }),
    isVisitorTyping: Type.Boolean(),
    messages: Type.Array(WebChatMessage, { maxItems: 500 }),
    mayOfferVoice: Type.Boolean({ description: 'Of its website, while it goes on.' }),
    isVoiceOffered: Type.Boolean(),
  },
  { title: 'WebChat' },
)

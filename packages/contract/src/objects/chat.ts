import Type, { type Static } from 'typebox'
import { Closed, Id, OneOf, Time } from './common.ts'

const number = (description: string) => Type.Integer({ minimum: 0, description })

export const ChatFile = Closed(
  {
    id: Id('The file.'),
    name: Type.String({ description: 'As its sender called it, without any path.' }),
    mediaType: Type.String({ description: 'What its bytes are, whatever its name says.' }),
    sizeBytes: number('Of the whole file.'),
    widthPixels: Type.Optional(number('Of a picture, as it is shown.')),
    heightPixels: Type.Optional(number('Of a picture, as it is shown.')),
    isInline: Type.Boolean({ description: 'A browser may show or play it; everything else is only saved.' }),
    scan: OneOf(['none', 'clean'], 'Whether a virus scanner has looked at it; `none`: there is none.'),
  },
  { title: 'ChatFile' },
)

export const ChatMessage = Closed(
  {
    conversationId: Id('Where it was said.'),
    number: number('Counts up by one in its conversation.'),
    revision: number('Of the conversation, when this message was written or last changed.'),
    senderId: Id('Who said it, or did what it tells.'),
    senderName: Type.String({ description: 'Empty when the user is no longer there.' }),
    clientId: Type.String({ description: 'As the sender made it.' }),
    kind: OneOf(['text', 'joined', 'left', 'named'], 'A message, or what became of the group.'),
    at: Time('When it was taken.'),
    text: Type.Optional(Type.String({ description: 'Absent when it is gone. For `named`: the name.' })),
    mentions: Type.Optional(Type.Array(Type.String(), { description: 'Users who are called in it.' })),
    files: Type.Optional(Type.Array(ChatFile)),
    about: Type.Optional(
      Closed({ userId: Type.String(), name: Type.String() }, { description: 'Who joined or left.' }),
    ),
    isFromPhone: Type.Optional(Type.Boolean({ description: 'It came as a SIP MESSAGE.' })),
    editedAt: Type.Optional(Time('When its text was last changed.')),
    goneAt: Type.Optional(Time('When text and files were deleted.')),
    goneBy: Type.Optional(OneOf(['sender', 'retention', 'administrator'], 'Why they were.')),
  },
  { title: 'ChatMessage' },
)

const member = Closed(
  {
    userId: Id('The user.'),
    name: Type.String(),
    isAdmin: Type.Boolean({ description: 'May name the group and say who is in it.' }),
    readNumber: number('Has seen all up to this message.'),
  },
  { title: 'ChatMember' },
)

export const Conversation = Closed(
  {
    id: Id('The conversation.'),
    kind: OneOf(['pair', 'group'], 'Of two people, or of a group.'),
    name: Type.Optional(Type.String({ description: 'Of a group.' })),
    members: Type.Array(member, { description: 'In lists at most 20 of them.' }),
    memberCount: number('How many there are.'),
    isAdmin: Type.Boolean({ description: 'You look after this group.' }),
    lastNumber: number('Of the newest message; 0: nothing was said yet.'),
    revision: number('Counts up with each message and each change of one.'),
    fromNumber: number('You see what came after this message.'),
    readNumber: number('You have seen all up to this message.'),
    unread: number('Messages that you have not seen.'),
    createdAt: Time('When it began.'),
    lastAt: Time('When the newest message came.'),
    lastMessage: Type.Optional(ChatMessage),
  },
  { title: 'Conversation' },
)

export const ChatPolicy = Closed(
  {
    retentionDays: Type.Union([Type.Integer({ minimum: 1, maximum: 36_500 }), Type.Null()], {
      description: 'Texts and files are deleted after so many days; null: they are kept.',
    }),
    mostFileBytes: Type.Integer({ minimum: 1024, maximum: 2 ** 31, description: 'Of one file.' }),
    quotaBytes: Type.Integer({ minimum: 0, maximum: 2 ** 50, description: 'Of all files of the company.' }),
    editMinutes: Type.Integer({
      minimum: 0,
      maximum: 525_600,
      description: 'For so long a sender may change or delete a message; 0: never.',
    }),
  },
  { title: 'ChatPolicy' },
)

export type ChatFile = Static<typeof ChatFile>
export type ChatMessage = Static<typeof ChatMessage>
export type Conversation = Static<typeof Conversation>
export type ChatPolicy = Static<typeof ChatPolicy>

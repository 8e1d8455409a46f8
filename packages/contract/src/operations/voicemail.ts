import Type from 'typebox'
import { Clearable, Closed, Id, NumberText, OneOf, Page, Text, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'
import { ReplyFile, SentBytes } from '../sent-bytes.ts'
import { GreetingUnsound, MailboxFull, MailboxNumberTaken, MailboxPinWeak } from '../voicemail-errors.ts'

const tag = 'voicemail'
const access = 'user'
const path = '/api/v1/voicemail/{boxId}'
const params = { boxId: Id('The mailbox; a person’s own has the identifier of the person.') }
const one = { ...params, messageId: Id('The message.') }

/** The largest greeting that is taken: 90 s of 16 bits at 48 kHz, stereo. */
export const mostGreetingBytes = 18 * 1024 * 1024

const Pin = Type.String({ pattern: '^[0-9]{4,10}$', maxLength: 10, description: 'Four to ten digits.' })

const settingsFields = {
  isOn: Type.Boolean({ description: 'Takes messages.' }),
  mostMessageSeconds: Type.Integer({ minimum: 10, maximum: 600, description: 'Length of one message.' }),
  mostMessages: Type.Integer({ minimum: 1, maximum: 1000, description: 'How many fit.' }),
  mostMinutes: Type.Integer({ minimum: 1, maximum: 1000, description: 'How many minutes fit in all.' }),
  keepDays: Clearable(
    Type.Integer({ minimum: 1, maximum: 3650, description: 'What was heard is deleted after so long; null: kept.' }),
  ),
  saysDetails: Type.Boolean({ description: 'Date, time and caller are said before each message at the telephone.' }),
  skipsPin: Type.Boolean({ description: 'Your own registered devices need no PIN.' }),
  mail: OneOf(['none', 'link', 'attachment'], 'Whether each new message is mailed, and how.'),
  mailTo: Clearable(
    Type.String({
      maxLength: 254,
      pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$',
      description: 'Where to; null: your own address.',
    }),
  ),
  assistant: Clearable(NumberText('Whom callers reach by 0; null: nobody.')),
  awayUntil: Clearable(Time('Callers hear that you are away until then; null: you are not.')),
}

const MailboxSettings = Closed(
  {
    isOn: settingsFields.isOn,
    mostMessageSeconds: settingsFields.mostMessageSeconds,
    mostMessages: settingsFields.mostMessages,
    mostMinutes: settingsFields.mostMinutes,
    keepDays: Type.Optional(Type.Integer()),
    saysDetails: settingsFields.saysDetails,
    skipsPin: settingsFields.skipsPin,
    mail: settingsFields.mail,
    mailTo: Type.Optional(Type.String()),
    assistant: Type.Optional(Type.String()),
    awayUntil: Type.Optional(Time('Callers hear that you are away until then.')),
  },
  { title: 'MailboxSettings' },
)

const greetingKinds = ['standard', 'busy', 'noAnswer', 'away', 'holiday', 'name'] as const
const GreetingKind = OneOf(
  [...greetingKinds],
  'When it is heard. `standard` stands for those that are not there; `name` is said in greetings that the platform speaks.',
)

const Greeting = Closed(
  {
    kind: GreetingKind,
    durationMs: Type.Integer(),
    at: Time('When it was made.'),
    by: OneOf(['phone', 'upload'], 'How it was made.'),
  },
  { title: 'Greeting' },
)

export const Mailbox = Closed(
  {
    id: Id('The mailbox.'),
    name: Type.String({ description: 'Whose it is, or its own name.' }),
    number: Type.String({ description: 'By which it is entered at the telephone.' }),
    isOwn: Type.Boolean({ description: 'Your own; else you share it.' }),
    newMessages: Type.Integer(),
    savedMessages: Type.Integer(),
    usedSeconds: Type.Integer(),
    hasPin: Type.Boolean({ description: 'Without one, it is heard at your own devices only.' }),
    settings: MailboxSettings,
    greetings: Type.Array(Greeting),
  },
  { title: 'Mailbox' },
)

const Someone = Closed({
  number: Type.String(),
  name: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
})

export const VoiceMessage = Closed(
  {
    id: Id('The message.'),
    boxId: Id('Its mailbox.'),
    state: OneOf(['new', 'saved', 'deleted'], '`deleted`: it can be taken back for a day.'),
    at: Time('When it was left.'),
    durationMs: Type.Integer(),
    from: Someone,
    callId: Type.Optional(Id('The call in which it was left.')),
    peaks: Type.String({ description: 'How loud it is over its length: hexadecimal digits, 3 dB a step.' }),
    forwardedBy: Type.Optional(Someone),
    comment: Type.Optional(Type.String({ description: 'What they wrote with it.' })),
    spokenCommentMs: Type.Optional(Type.Integer({ description: 'How long they spoke with it.' })),
  },
  { title: 'VoiceMessage' },
)

export const listMyMailboxes = operation({
  id: 'listMyMailboxes',
  method: 'GET',
  path: '/api/v1/me/voicemail',
  tag,
  summary: 'Your mailbox, then those that you share, with what is in them',
  access,
  reply: Closed(
    {
      items: Type.Array(Mailbox),
      number: Type.Optional(
        Type.String({ description: 'What is dialled for voicemail; absent: nothing leads there.' }),
      ),
    },
    { title: 'MyMailboxes' },
  ),
})

export const changeMailboxSettings = operation({
  id: 'changeMailboxSettings',
  method: 'PATCH',
  path: `${path}/settings`,
  tag,
  summary: 'Change what is named of the settings of a mailbox of yours',
  access,
  params,
  body: Closed({
    isOn: Type.Optional(settingsFields.isOn),
    mostMessageSeconds: Type.Optional(settingsFields.mostMessageSeconds),
    keepDays: settingsFields.keepDays,
    saysDetails: Type.Optional(settingsFields.saysDetails),
    skipsPin: Type.Optional(settingsFields.skipsPin),
    mail: Type.Optional(settingsFields.mail),
    mailTo: settingsFields.mailTo,
    assistant: settingsFields.assistant,
    awayUntil: settingsFields.awayUntil,
  }),
  reply: Mailbox,
})

export const setMailboxPin = operation({
  id: 'setMailboxPin',
  method: 'PUT',
  path: `${path}/pin`,
  tag,
  summary: 'Set the PIN with which a mailbox of yours is entered from other telephones',
  access,
  params,
  body: Closed({ pin: Pin }),
  errors: [MailboxPinWeak],
  proof: 'in browsers',
})

export const resetMailboxPin = operation({
  id: 'resetMailboxPin',
  method: 'DELETE',
  path: `${path}/pin`,
  tag,
  summary: 'Take the PIN of a mailbox away: its people set a new one at a device of their own. Nobody listens by this',
  access: 'administrator',
  params,
})

export const listVoiceMessages = operation({
  id: 'listVoiceMessages',
  method: 'GET',
  path: `${path}/messages`,
  tag,
  summary: 'Messages of a mailbox of yours, latest first',
  access,
  params,
  query: {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'Messages of one page; 50 by default.' }),
    ),
    before: Type.Optional(Id('Only messages before this one: `next` of the page before.')),
    state: Type.Optional(OneOf(['new', 'saved', 'deleted'], 'New and saved ones if absent.')),
  },
  reply: Page(VoiceMessage),
})

export const readVoiceMessage = operation({
  id: 'readVoiceMessage',
  method: 'GET',
  path: `${path}/messages/{messageId}`,
  tag,
  summary: 'One message',
  access,
  params: one,
  reply: VoiceMessage,
})

export const readVoiceMessageAudio = operation({
  id: 'readVoiceMessageAudio',
  method: 'GET',
  path: `${path}/messages/{messageId}/audio`,
  tag,
  summary: 'The sound of a message (WAV), whole or in ranges',
  access,
  params: one,
  query: {
    part: Type.Optional(OneOf(['message', 'comment'], 'The message if absent, or what was said with it.')),
  },
  reply: ReplyFile(),
})

export const markVoiceMessage = operation({
  id: 'markVoiceMessage',
  method: 'PATCH',
  path: `${path}/messages/{messageId}`,
  tag,
  summary: 'Mark a message as heard or as new, everywhere',
  access,
  params: one,
  body: Closed({ isHeard: Type.Boolean() }),
  reply: VoiceMessage,
})

export const deleteVoiceMessage = operation({
  id: 'deleteVoiceMessage',
  method: 'DELETE',
  path: `${path}/messages/{messageId}`,
  tag,
  summary: 'Delete a message; it can be taken back for a day. One that is deleted already is gone at once',
  access,
  params: one,
})

export const restoreVoiceMessage = operation({
  id: 'restoreVoiceMessage',
  method: 'POST',
  path: `${path}/messages/{messageId}/restore`,
  tag,
  summary: 'Take back that a message was deleted',
  access,
  params: one,
  reply: VoiceMessage,
})

export const forwardVoiceMessage = operation({
  id: 'forwardVoiceMessage',
  method: 'POST',
  path: `${path}/messages/{messageId}/forward`,
  tag,
  summary: 'Put a message into mailboxes of colleagues too',
  access,
  params: one,
  body: Closed({
    userIds: Type.Array(Id('Somebody of your company.'), { minItems: 1, maxItems: 50 }),
    comment: Type.Optional(Text(1000, 'What you want to say with it.')),
  }),
  errors: [MailboxFull],
})

export const putGreeting = operation({
  id: 'putGreeting',
  method: 'PUT',
  path: `${path}/greetings/{kind}`,
  tag,
  summary: 'Use a sound as a greeting of a mailbox of yours',
  access,
  params: { ...params, kind: GreetingKind },
  body: SentBytes(mostGreetingBytes, 'A WAV file: PCM of 16 bits or A-law, at most 90 seconds (a name: 8).'),
  bodyLimitBytes: mostGreetingBytes,
  reply: Mailbox,
  errors: [GreetingUnsound],
})

export const removeGreeting = operation({
  id: 'removeGreeting',
  method: 'DELETE',
  path: `${path}/greetings/{kind}`,
  tag,
  summary: 'Let the platform speak this greeting again',
  access,
  params: { ...params, kind: GreetingKind },
})

export const readGreetingAudio = operation({
  id: 'readGreetingAudio',
  method: 'GET',
  path: `${path}/greetings/{kind}/audio`,
  tag,
  summary: 'The sound of a greeting (WAV)',
  access,
  params: { ...params, kind: GreetingKind },
  query: {
    at: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 2 ** 53, description: 'Any number; a browser asks anew for another.' }),
    ),
  },
  reply: ReplyFile(),
})

const quotaFields = {
  mostMessages: Type.Optional(settingsFields.mostMessages),
  mostMinutes: Type.Optional(settingsFields.mostMinutes),
}

export const SharedMailbox = Closed(
  {
    id: Id('The mailbox.'),
    name: Type.String(),
    number: Type.Optional(Type.String({ description: 'Calls to this number that come to voicemail are left here.' })),
    members: Type.Array(Type.String(), { description: 'Who listens.' }),
    newMessages: Type.Integer(),
    savedMessages: Type.Integer(),
    mostMessages: Type.Integer(),
    mostMinutes: Type.Integer(),
    hasPin: Type.Boolean(),
  },
  { title: 'SharedMailbox' },
)

const sharedFields = {
  name: Text(80, 'Its name.'),
  number: NumberText('A group’s, a queue’s or one of its own that leads to voicemail.'),
  members: Type.Array(Id('Somebody of the company.'), { maxItems: 200, description: 'Who listens.' }),
}

export const listSharedMailboxes = operation({
  id: 'listSharedMailboxes',
  method: 'GET',
  path: '/api/v1/shared-mailboxes',
  tag,
  summary: 'Mailboxes of groups and queues; 500 at most',
  access: 'administrator',
  reply: Closed({ items: Type.Array(SharedMailbox) }, { title: 'SharedMailboxes' }),
})

export const createSharedMailbox = operation({
  id: 'createSharedMailbox',
  method: 'POST',
  path: '/api/v1/shared-mailboxes',
  tag,
  summary: 'Make a mailbox that several people share',
  access: 'administrator',
  body: Closed({
    name: sharedFields.name,
    number: Type.Optional(sharedFields.number),
    members: sharedFields.members,
    ...quotaFields,
  }),
  status: 201,
  reply: SharedMailbox,
  errors: [MailboxNumberTaken],
})

export const changeSharedMailbox = operation({
  id: 'changeSharedMailbox',
  method: 'PATCH',
  path: '/api/v1/shared-mailboxes/{boxId}',
  tag,
  summary: 'Change what is named of a shared mailbox',
  access: 'administrator',
  params,
  body: Closed({
    name: Type.Optional(sharedFields.name),
    number: Clearable(sharedFields.number),
    members: Type.Optional(sharedFields.members),
    ...quotaFields,
  }),
  reply: SharedMailbox,
  errors: [MailboxNumberTaken],
})

export const removeSharedMailbox = operation({
  id: 'removeSharedMailbox',
  method: 'DELETE',
  path: '/api/v1/shared-mailboxes/{boxId}',
  tag,
  summary: 'Remove a shared mailbox with all its messages',
  access: 'administrator',
  params,
})

export const readMailboxQuota = operation({
  id: 'readMailboxQuota',
  method: 'GET',
  path: `${path}/quota`,
  tag,
  summary: 'What fits into a mailbox and how full it is, for administrators; nothing of what is in it',
  access: 'administrator',
  params,
  reply: Closed(
    {
      mostMessages: settingsFields.mostMessages,
      mostMinutes: settingsFields.mostMinutes,
      messages: Type.Integer(),
      usedSeconds: Type.Integer(),
      hasPin: Type.Boolean(),
    },
    { title: 'MailboxQuota' },
  ),
})

export const changeMailboxQuota = operation({
  id: 'changeMailboxQuota',
  method: 'PATCH',
  path: `${path}/quota`,
  tag,
  summary: 'Change how much fits into a mailbox',
  access: 'administrator',
  params,
  body: Closed(quotaFields),
})

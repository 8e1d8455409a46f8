import Type from 'typebox'
import {
  AnsweredMeanwhile,
  ConversationChanged,
  MailFileGone,
  MailTooLarge,
  NoReceiver,
  NotHeld,
  SendsNothing,
} from '../mail-channel-errors.ts'
import { Closed, Id, OneOf, Page, Text } from '../objects/common.ts'
import {
  ChannelMail,
  conversationStates,
  MailAddress,
  MailAddressText,
  MailConversation,
  MailDraft,
  MailWatcher,
} from '../objects/mail-channel.ts'
import { operation } from '../operation.ts'
import { ReplyBytes } from '../reply-bytes.ts'
import { ReplyFile, SentBytes } from '../sent-bytes.ts'

const tag = 'mail channel'
/** Who may is asked of the mailbox: agents of its queue, its members, supervisors and administrators. */
const access = 'user'
const path = '/api/v1/mail-conversations/{conversationId}'
const params = { conversationId: Id('The conversation.') }
const mailPath = '/api/v1/channel-mails/{mailId}'
const mailParams = { mailId: Id('The mail.') }
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Of one page; 50 by default.' }))

/** The largest file that goes with a mail. */
export const mostMailFileBytes = 20 * 1024 * 1024
/** Of one mail that goes out. */
export const mostMailFiles = 20

export const listMyMailChannels = operation({
  id: 'listMyMailChannels',
  method: 'GET',
  path: '/api/v1/me/mail-accounts',
  tag,
  summary: 'Mailboxes whose mails you may read and answer',
  access,
  reply: Closed(
    {
      items: Type.Array(
        Closed({
          id: Id('The mailbox.'),
          name: Type.String(),
          address: Type.String(),
          canSend: Type.Boolean(),
          queueId: Type.Optional(Type.String()),
        }),
      ),
    },
    { title: 'MyMailChannels' },
  ),
})

export const listMailConversations = operation({
  id: 'listMailConversations',
  method: 'GET',
  path: '/api/v1/mail-conversations',
  tag,
  summary: 'Conversations of mailboxes that you may read, latest first',
  access,
  query: {
    limit,
    before: Type.Optional(Type.String({ maxLength: 100, description: '`next` of the page before.' })),
    mailboxId: Type.Optional(Id('Of this mailbox alone.')),
    state: Type.Optional(OneOf([...conversationStates], 'All but spam if absent.')),
    customer: Type.Optional(MailAddressText('With this customer alone.')),
  },
  reply: Page(MailConversation),
})

export const readMailConversation = operation({
  id: 'readMailConversation',
  method: 'GET',
  path,
  tag,
  summary: 'One conversation, who else looks at it, and what you were writing',
  access,
  params,
  reply: Closed(
    {
      conversation: MailConversation,
      watchers: Type.Array(MailWatcher),
      draft: Type.Optional(MailDraft),
      answer: Closed({
        to: Type.Array(MailAddress, { description: 'Whom an answer goes to.' }),
        cc: Type.Array(MailAddress, { description: 'Whom an answer to all goes to beside.' }),
        subject: Type.String(),
        signature: Type.Optional(Type.String()),
        canSend: Type.Boolean(),
      }),
    },
    { title: 'OpenedMailConversation' },
  ),
})

export const listConversationMails = operation({
  id: 'listConversationMails',
  method: 'GET',
  path: `${path}/mails`,
  tag,
  summary: 'Mails and notes of a conversation, oldest first',
  access,
  params,
  query: { limit, after: Type.Optional(Id('`next` of the page before.')) },
  reply: Page(ChannelMail),
})

export const readChannelMail = operation({
  id: 'readChannelMail',
  method: 'GET',
  path: mailPath,
  tag,
  summary: 'One mail with its text',
  access,
  params: mailParams,
  reply: Closed({ mail: ChannelMail, text: Type.String() }, { title: 'ReadChannelMail' }),
})

export const readMailPage = operation({
  id: 'readMailPage',
  method: 'GET',
  path: `${mailPath}/page`,
  tag,
  summary: 'A mail as a page for a frame: made safe, in a sandbox, with its own images',
  description:
    'No script runs and nothing is loaded from elsewhere; with `images=true` images of others are, and they learn that the mail is read.',
  access,
  params: mailParams,
  query: { images: Type.Optional(Type.Boolean({ description: 'Load images of others.' })) },
  reply: ReplyBytes(['text/html']),
})

export const readMailSource = operation({
  id: 'readMailSource',
  method: 'GET',
  path: `${mailPath}/source`,
  tag,
  summary: 'A mail as it came, to the last byte, to be saved',
  access,
  params: mailParams,
  reply: ReplyFile(),
})

export const readMailPart = operation({
  id: 'readMailPart',
  method: 'GET',
  path: `${mailPath}/parts/{index}`,
  tag,
  summary: 'A file of a mail, to be saved',
  access,
  params: { ...mailParams, index: Type.String({ pattern: '^[0-9]{1,4}$', description: 'Its place.' }) },
  reply: ReplyFile(),
})

const written = {
  text: Text(200_000, 'What it says.'),
  files: Type.Optional(Type.Array(Text(200, 'A file of your draft.'), { maxItems: mostMailFiles })),
}
const Once = Type.Optional(
  Type.String({
    minLength: 8,
    maxLength: 40,
    pattern: '^[0-9A-Za-z-]+$',
    description: 'Made by the sender: the same one is kept once.',
  }),
)
const receivers = (description: string) => Type.Array(MailAddress, { maxItems: 50, description })

export const answerMail = operation({
  id: 'answerMail',
  method: 'POST',
  path: `${path}/answer`,
  tag,
  summary: 'Answer a conversation: the answer is sent as soon as it can be, once',
  access,
  params,
  body: Closed({
    ...written,
    to: Type.Optional(receivers('The customer if absent.')),
    cc: Type.Optional(receivers('Nobody if absent.')),
    subject: Type.Optional(Text(500, 'Re: and the subject if absent.')),
    quotes: Type.Optional(Type.Boolean({ description: 'The mail that is answered stands below; yes if absent.' })),
    seen: Type.Optional(Id('The last mail that you have seen. A newer one is told before anything is sent.')),
    isConfirmed: Type.Optional(Type.Boolean({ description: 'Send it, whatever has come since.' })),
  }),
  status: 202,
  reply: ChannelMail,
  errors: [AnsweredMeanwhile, NoReceiver, SendsNothing, MailTooLarge, MailFileGone, ConversationChanged],
})

export const forwardMail = operation({
  id: 'forwardMail',
  method: 'POST',
  path: `${path}/forward`,
  tag,
  summary: 'Send a mail of the conversation on to somebody, with its files; the conversation stays as it is',
  access,
  params,
  body: Closed({
    mailId: Id('Which one.'),
    to: Type.Array(MailAddress, { minItems: 1, maxItems: 50 }),
    text: Type.String({ maxLength: 200_000 }),
    withFiles: Type.Optional(Type.Boolean({ description: 'Yes if absent.' })),
    once: Once,
  }),
  status: 202,
  reply: ChannelMail,
  errors: [SendsNothing, MailTooLarge, ConversationChanged],
})

export const noteMail = operation({
  id: 'noteMail',
  method: 'POST',
  path: `${path}/notes`,
  tag,
  summary: 'Write something into the conversation that the customer does not get',
  access,
  params,
  body: Closed({ text: Text(20_000, 'For colleagues.'), once: Once }),
  status: 201,
  reply: ChannelMail,
  errors: [ConversationChanged],
})

export const changeMailState = operation({
  id: 'changeMailState',
  method: 'POST',
  path: `${path}/state`,
  tag,
  summary: 'Close a conversation without an answer, open it again, put it into the spam folder or take it out',
  access,
  params,
  body: Closed({ to: OneOf(['closed', 'open', 'spam', 'notSpam'], 'What it becomes.') }),
  reply: MailConversation,
  errors: [ConversationChanged],
})

export const moveMailConversation = operation({
  id: 'moveMailConversation',
  method: 'POST',
  path: `${path}/queue`,
  tag,
  summary: 'Let a conversation wait in another queue',
  access,
  params,
  body: Closed({ queueId: Id('A queue for mails.') }),
  reply: MailConversation,
  errors: [ConversationChanged],
})

export const putMailDraft = operation({
  id: 'putMailDraft',
  method: 'PUT',
  path: `${path}/draft`,
  tag,
  summary: 'Keep what you are writing; it is yours alone',
  access,
  params,
  body: Closed({
    text: Type.String({ maxLength: 200_000 }),
    to: Type.Optional(receivers('Whom it is for.')),
    cc: Type.Optional(receivers('Who gets a copy.')),
    subject: Type.Optional(Type.String({ maxLength: 500 })),
    files: Type.Optional(Type.Array(Text(200, 'Files of the draft that stay.'), { maxItems: mostMailFiles })),
  }),
  reply: MailDraft,
})

export const removeMailDraft = operation({
  id: 'removeMailDraft',
  method: 'DELETE',
  path: `${path}/draft`,
  tag,
  summary: 'Throw away what you were writing',
  access,
  params,
})

export const addMailFile = operation({
  id: 'addMailFile',
  method: 'POST',
  path: `${path}/draft/files`,
  tag,
  summary: 'Put a file to what you are writing',
  access,
  params,
  query: { name: Type.String({ minLength: 1, maxLength: 255, description: 'Its name.' }) },
  body: SentBytes(mostMailFileBytes, 'The file.'),
  bodyLimitBytes: mostMailFileBytes,
  status: 201,
  reply: MailDraft,
  errors: [MailTooLarge],
})

export const watchMailConversation = operation({
  id: 'watchMailConversation',
  method: 'PUT',
  path: `${path}/watch`,
  tag,
  summary: 'Say that you read or write here; ask again within a minute, or you count as gone',
  access,
  params,
  body: Closed({ doing: OneOf(['reading', 'writing', 'gone'], 'What you do.') }),
  reply: Closed({ watchers: Type.Array(MailWatcher) }, { title: 'MailWatchers' }),
})

export const decideMailDelivery = operation({
  id: 'decideMailDelivery',
  method: 'POST',
  path: `${mailPath}/delivery`,
  tag,
  summary: 'Decide about a mail of which nobody knows whether it was delivered, or that was refused',
  access,
  params: mailParams,
  body: Closed({
    decision: OneOf(
      ['sendAgain', 'wasDelivered', 'drop'],
      '`sendAgain`: with the same Message-ID, by which many servers tell a repetition. `wasDelivered`: the customer has it.',
    ),
  }),
  reply: ChannelMail,
  errors: [NotHeld],
})

export const listMailTemplates = operation({
  id: 'listMailTemplates',
  method: 'GET',
  path: `${path}/templates`,
  tag,
  summary: 'Texts for an answer, their fields filled for this conversation',
  access,
  params,
  reply: Closed(
    {
      items: Type.Array(
        Closed({
          id: Type.String(),
          name: Type.String(),
          text: Type.String(),
          subject: Type.Optional(Type.String()),
          language: Type.Optional(Type.String()),
        }),
      ),
    },
    { title: 'MailTemplates' },
  ),
})

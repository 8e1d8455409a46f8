import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

const address = '^[^\\s@<>,;"\\r\\n]{1,64}@[^\\s@<>,;"\\r\\n]{1,255}$'

export const MailAddressText = (description: string) => Type.String({ maxLength: 320, pattern: address, description })

export const MailAddress = Closed(
  {
    address: MailAddressText('Of a mailbox.'),
    name: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\r\\n]*$' })),
  },
  { title: 'MailAddress' },
)

/** As it came: a stranger's field may hold anything. */
const FoundAddress = Closed(
  { address: Type.String(), name: Type.Optional(Type.String()) },
  { title: 'FoundMailAddress' },
)

const Host = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern: '^[0-9A-Za-z_.:-]+$',
  description: 'Name or IP address of the server.',
})

export const MailServer = Closed(
  {
    host: Host,
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    security: OneOf(
      ['tls', 'starttls', 'none'],
      '`tls`: from the first byte (993, 995, 465); `starttls`: by command, never without (143, 110, 587); `none`: on this machine alone.',
    ),
  },
  { title: 'MailServer' },
)

export const MailReading = Closed(
  {
    protocol: OneOf(['imap', 'pop3'], 'How it is read.'),
    server: MailServer,
    login: Text(320, 'As the server knows it.'),
    folder: Text(200, 'Of IMAP: `INBOX`, or another one.'),
    after: OneOf(
      ['keep', 'read', 'move', 'delete'],
      'What becomes of a mail at the server once it is kept here. POP3 knows only `keep` and `delete`.',
    ),
    moveTo: Type.Optional(Text(200, 'With `move`: the folder.')),
    first: OneOf(
      ['unread', 'all', 'new'],
      'What is taken of what lies there already: what nobody has read, everything, or nothing. POP3 does not know what was read.',
    ),
    pollSeconds: Type.Integer({
      minimum: 10,
      maximum: 3600,
      description: 'Between two looks, where the server does not tell.',
    }),
    mostBytes: Type.Integer({
      minimum: 65_536,
      maximum: 104_857_600,
      description: 'Of a larger mail the beginning is taken, and it stays at the server.',
    }),
  },
  { title: 'MailReading' },
)

export const MailSending = Closed(
  { server: MailServer, login: Type.String({ maxLength: 320, description: 'Empty: without a login.' }) },
  { title: 'MailSending' },
)

export const MailLogin = Type.Union(
  [
    Closed({ kind: OneOf(['password'], 'A password for both servers.') }),
    Closed({
      kind: OneOf(['oauth'], 'A token (RFC 7628, XOAUTH2).'),
      tokenUrl: Type.Optional(Type.String({ maxLength: 500, pattern: '^https?://[^\\s]+$' })),
      clientId: Type.Optional(Text(300, 'As it is registered there.')),
      scope: Type.Optional(Text(1000, 'What is asked for.')),
    }),
  ],
  { description: 'How we prove who we are.' },
)

export const MailSecrets = Closed(
  {
    password: Type.Optional(Text(1000, 'For both servers.')),
    clientSecret: Type.Optional(Text(1000, 'Of the registration.')),
    refreshToken: Type.Optional(Text(5000, 'By which tokens are got.')),
    accessToken: Type.Optional(Text(10_000, 'Used as it is until it expires.')),
  },
  { title: 'MailSecrets', description: 'Written, never read again.' },
)

export const MailSecretName = OneOf(['password', 'clientSecret', 'refreshToken', 'accessToken'], 'Which secret.')

export const accountFields = {
  name: Text(100, 'By which people know it.'),
  address: MailAddressText('From which answers come.'),
  sender: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\r\\n]*$', description: 'The name beside it.' })),
  aliases: Type.Array(MailAddressText('Another address whose mails arrive here.'), { maxItems: 50 }),
  isOn: Type.Boolean({ description: 'It is read.' }),
  reading: MailReading,
  sending: Type.Optional(MailSending),
  login: MailLogin,
  trusted: Type.Optional(
    Type.String({ maxLength: 50_000, description: 'Certificates (PEM) that are trusted beside the usual ones.' }),
  ),
  queueId: Type.Optional(Id('The queue in which its mails wait.')),
  members: Type.Array(Id('Who may read and answer, beside agents of the queue.'), { maxItems: 200 }),
  signature: Type.Optional(Type.String({ maxLength: 5000 })),
  autoReply: Type.Optional(
    Closed({ subject: Text(200, 'Of the automatic answer.'), text: Text(10_000, 'What it says.') }),
  ),
}

export const MailboxTrouble = OneOf(
  ['name', 'inner', 'port', 'tls', 'certificate', 'login', 'token', 'folder', 'protocol', 'silence', 'lost'],
  'What is wrong: the name of the server, its network, port, TLS, certificate, login, token, folder; it speaks another protocol, says nothing, or was lost.',
)

export const MailAccountHealth = Closed(
  {
    state: OneOf(['off', 'connecting', 'reading', 'failing'], 'How reading goes.'),
    since: Time('Since when.'),
    trouble: Type.Optional(MailboxTrouble),
    detail: Type.Optional(Type.String({ description: 'In the words of the server.' })),
    triedAgainAt: Type.Optional(Time('When it is tried next.')),
    lastReadAt: Type.Optional(Time('When it was looked at last.')),
  },
  { title: 'MailAccountHealth' },
)

export const MailAccount = Closed(
  {
    id: Id('The mailbox.'),
    ...accountFields,
    secretsSet: Type.Array(MailSecretName, { description: 'Which secrets it has.' }),
    removedAt: Type.Optional(Time('Since when it is not published: it is not read, its conversations stay.')),
    health: MailAccountHealth,
  },
  { title: 'MailAccount' },
)

export const conversationStates = ['open', 'answered', 'closed', 'spam'] as const

export const MailConversation = Closed(
  {
    id: Id('The conversation.'),
    mailboxId: Id('Its mailbox.'),
    state: OneOf([...conversationStates], '`open`: the customer waits.'),
    subject: Type.String(),
    customer: FoundAddress,
    startedAt: Time('When the first mail came.'),
    lastAt: Time('When something came or went last.'),
    waitingSince: Type.Optional(Time('Since when the customer waits.')),
    queueId: Type.Optional(Type.String()),
    workId: Type.Optional(Type.String({ description: 'The work that stands for it.' })),
    agentId: Type.Optional(Type.String({ description: 'Who has it now.' })),
    mails: Type.Integer(),
    hasBounced: Type.Boolean({ description: 'An answer did not arrive.' }),
  },
  { title: 'MailConversation' },
)

const Report = Closed({
  receiver: Type.String(),
  action: OneOf(['failed', 'delayed', 'delivered', 'relayed', 'expanded'], 'What became of it.'),
  status: Type.Optional(Type.String({ description: 'RFC 3463.' })),
  diagnostic: Type.Optional(Type.String()),
})

export const MailPart = Closed(
  {
    index: Type.Integer({ description: 'Its place, for its address.' }),
    name: Type.String(),
    mediaType: Type.String({ description: 'As the sender says.' }),
    sizeBytes: Type.Integer(),
    isInline: Type.Boolean({ description: 'It belongs into the text.' }),
  },
  { title: 'MailPart' },
)

export const ChannelMail = Closed(
  {
    id: Id('The mail.'),
    conversationId: Id('Its conversation.'),
    kind: OneOf(['in', 'out', 'note'], 'From the customer, to the customer, or among colleagues.'),
    at: Time('When it came or was written.'),
    from: Type.Optional(FoundAddress),
    replyTo: Type.Array(FoundAddress),
    to: Type.Array(FoundAddress),
    cc: Type.Array(FoundAddress),
    subject: Type.String(),
    preview: Type.String({ description: 'The beginning of its text.' }),
    nature: OneOf(
      ['person', 'list', 'autoReply', 'bounce', 'loop'],
      'What it is: a person’s, a mailing list’s, a machine’s answer, a report of delivery, our own that came back.',
    ),
    spam: Type.Optional(Type.String({ description: 'Why a filter on the way holds it for spam.' })),
    reports: Type.Array(Report),
    parts: Type.Array(MailPart),
    hasHtml: Type.Boolean(),
    hasRemoteImages: Type.Boolean({ description: 'Images that are not loaded unless asked for.' }),
    isRead: Type.Boolean({ description: 'Else only its source can be shown.' }),
    isCut: Type.Boolean({ description: 'It is larger than the mailbox takes; the rest is at the server.' }),
    hasSource: Type.Boolean(),
    repeats: Type.Integer({ description: 'How often the same mail came again.' }),
    by: Type.Optional(Type.String({ description: 'The user who wrote it.' })),
    byName: Type.Optional(Type.String()),
    delivery: Type.Optional(
      OneOf(
        ['waiting', 'sending', 'sent', 'held', 'failed', 'dropped'],
        '`held`: nobody knows whether it was delivered; a person decides. `dropped`: a person has.',
      ),
    ),
    fault: Type.Optional(Type.String({ description: 'What the last try came to.' })),
  },
  { title: 'ChannelMail' },
)

export const MailWatcher = Closed(
  {
    userId: Id('A colleague.'),
    name: Type.String(),
    doing: OneOf(['reading', 'writing'], 'What they do with it now.'),
  },
  { title: 'MailWatcher' },
)

const DraftFile = Closed({
  file: Text(200, 'Names it in a draft.'),
  name: Type.String({ maxLength: 255 }),
  sizeBytes: Type.Integer(),
})

export const MailDraft = Closed(
  {
    text: Type.String({ maxLength: 200_000 }),
    to: Type.Optional(Type.Array(MailAddress, { maxItems: 50 })),
    cc: Type.Optional(Type.Array(MailAddress, { maxItems: 50 })),
    subject: Type.Optional(Type.String({ maxLength: 500 })),
    files: Type.Array(DraftFile, { maxItems: 20 }),
    at: Time('When it was kept.'),
  },
  { title: 'MailDraft' },
)

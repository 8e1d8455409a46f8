import Type from 'typebox'
import { CentreNotSound } from '../centre-errors.ts'
import { MailboxTaken } from '../mail-channel-errors.ts'
import { Clearable, Closed, Id } from '../objects/common.ts'
import { accountFields, MailAccount, MailboxTrouble, MailSecrets } from '../objects/mail-channel.ts'
import { operation } from '../operation.ts'

const tag = 'mail channel'
const access = 'administrator'
const path = '/api/v1/mail-accounts'
const params = { accountId: Id('The mailbox.') }
/** Of one company. */
export const mostMailAccounts = 100

export const listMailAccounts = operation({
  id: 'listMailAccounts',
  method: 'GET',
  path,
  tag,
  summary: `Mailboxes whose mails the company answers, with how reading goes; ${mostMailAccounts} at most, and those of before that have conversations`,
  access,
  reply: Closed({ items: Type.Array(MailAccount) }, { title: 'MailAccounts' }),
})

export const createMailAccount = operation({
  id: 'createMailAccount',
  method: 'POST',
  path,
  tag,
  summary: 'Read another mailbox',
  description: 'At once, as a version of the contact centre of its own; an open draft gets it too.',
  access,
  body: Closed({ ...accountFields, secrets: MailSecrets }),
  status: 201,
  reply: MailAccount,
  errors: [MailboxTaken, CentreNotSound],
})

export const changeMailAccount = operation({
  id: 'changeMailAccount',
  method: 'PATCH',
  path: `${path}/{accountId}`,
  tag,
  summary: 'Change what is named of a mailbox; secrets that are not named stay',
  description:
    'At once, as a version of the contact centre of its own. Secrets are taken away when the server of reading is another one and none is given: they go to nobody for whom they were not meant.',
  access,
  params,
  body: Closed({
    name: Type.Optional(accountFields.name),
    address: Type.Optional(accountFields.address),
    sender: Clearable(accountFields.sender),
    aliases: Type.Optional(accountFields.aliases),
    isOn: Type.Optional(accountFields.isOn),
    reading: Type.Optional(accountFields.reading),
    sending: Clearable(accountFields.sending),
    login: Type.Optional(accountFields.login),
    trusted: Clearable(accountFields.trusted),
    queueId: Clearable(accountFields.queueId),
    members: Type.Optional(accountFields.members),
    signature: Clearable(accountFields.signature),
    autoReply: Clearable(accountFields.autoReply),
    secrets: Type.Optional(MailSecrets),
  }),
  reply: MailAccount,
  errors: [MailboxTaken, CentreNotSound],
})

export const removeMailAccount = operation({
  id: 'removeMailAccount',
  method: 'DELETE',
  path: `${path}/{accountId}`,
  tag,
  summary: 'Read a mailbox no more, and delete its conversations here; what lies at its server stays',
  description: 'To read it no more and keep its conversations, take it out of the draft of the contact centre.',
  access,
  params,
  proof: 'in browsers',
  errors: [CentreNotSound],
})

const Tried = Closed({
  isWell: Type.Boolean(),
  trouble: Type.Optional(MailboxTrouble),
  detail: Type.Optional(Type.String({ description: 'In the words of the server or of the system.' })),
  mails: Type.Optional(Type.Integer({ description: 'How many lie there.' })),
})

export const testMailAccount = operation({
  id: 'testMailAccount',
  method: 'POST',
  path: `${path}/test`,
  tag,
  summary: 'Try settings of a mailbox at its servers: log in for reading and for sending, and change nothing',
  access,
  body: Closed({
    accountId: Type.Optional(Id('Its secrets stand in for those that are not given, at the same servers alone.')),
    reading: accountFields.reading,
    sending: accountFields.sending,
    login: accountFields.login,
    trusted: accountFields.trusted,
    secrets: Type.Optional(MailSecrets),
  }),
  reply: Closed({ reading: Tried, sending: Type.Optional(Tried) }, { title: 'MailAccountTest' }),
})

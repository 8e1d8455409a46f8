import Type from 'typebox'
import { Conflict } from '../errors.ts'
import { Closed, Id, OneOf, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'mail'
const access = 'administrator'
const params = { mailId: Id('The mail.') }

export const OutgoingMail = Closed(
  {
    id: Id('The mail.'),
    to: Type.String(),
    subject: Type.String(),
    state: OneOf(
      ['waiting', 'sending', 'sent', 'held', 'failed'],
      '`held`: nobody knows whether it was delivered; it is not sent again unless you say so.',
    ),
    tries: Type.Integer(),
    createdAt: Time('When it was written.'),
    at: Time('When it is tried next, or when it came to its end.'),
    fault: Type.Optional(Type.String({ description: 'What the last try came to.' })),
  },
  { title: 'OutgoingMail' },
)

export const listMails = operation({
  id: 'listMails',
  method: 'GET',
  path: '/api/v1/mails',
  tag,
  summary:
    'Mails that go out: what waits, what is held, what failed, what was sent in the last 30 days; latest first, 200 at most',
  access,
  reply: Closed(
    {
      items: Type.Array(OutgoingMail),
      hasServer: Type.Boolean({ description: 'A mail server is set (`VAXEL_SMTP_URL`); without one, mails wait.' }),
    },
    { title: 'OutgoingMails' },
  ),
})

export const retryMail = operation({
  id: 'retryMail',
  method: 'POST',
  path: '/api/v1/mails/{mailId}/retry',
  tag,
  summary: 'Try a mail now; of a held one, that may be a second delivery, with the same Message-ID',
  access,
  params,
  reply: OutgoingMail,
  errors: [Conflict],
})

export const removeMail = operation({
  id: 'removeMail',
  method: 'DELETE',
  path: '/api/v1/mails/{mailId}',
  tag,
  summary: 'Forget a mail',
  access,
  params,
  errors: [Conflict],
})

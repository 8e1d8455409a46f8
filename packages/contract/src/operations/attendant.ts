import Type from 'typebox'
import { Closed, Id, Text } from '../objects/common.ts'
import { operation } from '../operation.ts'

export const mailColleague = operation({
  id: 'mailColleague',
  method: 'POST',
  path: '/api/v1/attendant/mails-to/{userId}',
  tag: 'attendant',
  summary: 'Send a colleague who is not there a message by e-mail',
  description:
    'To the address in their profile, in their language, with the name of who sends it. It waits in the outbox until the mail server takes it.',
  access: 'attendant',
  params: { userId: Id('The colleague.') },
  body: Closed({ text: Text(2000, 'What it says.') }),
  reply: Closed(
    { isMailed: Type.Boolean({ description: 'False: the colleague has no address. Nothing was sent.' }) },
    { title: 'MailedColleague' },
  ),
})

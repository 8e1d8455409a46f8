import Type from 'typebox'
import { Closed } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'push'
const path = '/api/v1/me/push'
const Key = (description: string) =>
  Type.String({ minLength: 16, maxLength: 200, pattern: '^[A-Za-z0-9_-]+=*$', description })
const Endpoint = Type.String({ minLength: 10, maxLength: 2000, description: 'As the browser gives it.' })

export const readPush = operation({
  id: 'readPush',
  method: 'GET',
  path,
  tag,
  summary: 'With which key a browser subscribes to messages of this server (RFC 8292)',
  access: 'user',
  reply: Closed(
    {
      publicKey: Type.String({ description: '`applicationServerKey`, base64url.' }),
      endpoints: Type.Array(Type.String(), { description: 'Where the own browsers take messages.' }),
    },
    { title: 'Push' },
  ),
})

export const subscribePush = operation({
  id: 'subscribePush',
  method: 'PUT',
  path,
  tag,
  summary: 'Send messages to this browser too while no page is open: calls, missed calls, chat',
  access: 'user',
  body: Closed({
    endpoint: Endpoint,
    p256dh: Key('Public key of the browser.'),
    auth: Key('Its authentication secret.'),
  }),
})

export const unsubscribePush = operation({
  id: 'unsubscribePush',
  method: 'POST',
  path: `${path}/end`,
  tag,
  summary: 'Send no messages to this browser any more',
  access: 'user',
  body: Closed({ endpoint: Endpoint }),
})

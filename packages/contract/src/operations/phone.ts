import Type from 'typebox'
import { NotReady } from '../errors.ts'
import { Closed, Text, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'
import { ClientTooOld, PhoneElsewhere } from '../phone-errors.ts'

const Url = Type.String({ maxLength: 300 })

export const openPhone = operation({
  id: 'openPhone',
  method: 'POST',
  path: '/api/v1/me/phone',
  tag: 'phone',
  summary: 'What a browser needs to be a telephone: a SIP identity for some hours, where to connect, and relays',
  description:
    'Made on first use: a device for all the browsers of the user. Ask again before `expiresAt`, or when the registrar refuses.',
  access: 'user',
  body: Closed({
    instanceId: Type.Optional(Text(100, 'The browser profile, as it registers itself (RFC 5626 `+sip.instance`).')),
    clientVersion: Type.Optional(Text(40, 'Version of the app.')),
    takeOver: Type.Optional(
      Type.Boolean({ description: 'End the registrations of other softphones, where only one is allowed.' }),
    ),
  }),
  status: 201,
  reply: Closed(
    {
      address: Type.String({ description: 'The own address of record, `sip:201@example.com`.' }),
      displayName: Type.String(),
      extension: Type.Optional(Type.String()),
      domain: Type.String({ description: 'Digest realm.' }),
      deviceId: Type.String({ description: 'The device of the calls.' }),
      username: Type.String({ description: 'Digest user name.' }),
      password: Type.String({ description: 'Counts until `expiresAt`.' }),
      expiresAt: Time('When the credential ends.'),
      webSockets: Type.Array(Url, {
        description:
          'SIP over WebSocket (RFC 7118), to be tried in this order; empty: `/sip` where the page came from.',
      }),
      iceServers: Type.Array(
        Closed({
          urls: Type.Array(Url),
          username: Type.Optional(Type.String()),
          credential: Type.Optional(Type.String()),
        }),
        { description: 'As RTCPeerConnection takes them.' },
      ),
      reconnectSeconds: Type.Number({ description: 'How long a call waits for a page that is gone.' }),
    },
    { title: 'BrowserPhone' },
  ),
  errors: [PhoneElsewhere, ClientTooOld, NotReady],
})

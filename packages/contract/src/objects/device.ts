import Type from 'typebox'
import { Closed, Id, NamePart, OneOf, Text } from './common.ts'

export const Keying = OneOf(
  ['auto', 'sdes', 'dtls', 'none'],
  'How audio is keyed. auto: DTLS over WebSocket, SDES inside TLS, plain RTP (marked unencrypted) otherwise.',
)

export const deviceFields = {
  label: Text(100, 'What its owner calls it.'),
  sipUsername: NamePart('Digest user name, unique within the domain.'),
  keying: Keying,
  encryptionRequired: Type.Boolean({ description: 'Refuse calls of this device that would be unencrypted.' }),
}

export const Device = Closed(
  {
    id: Id('Made by the server.'),
    companyId: Id('Whose it is.'),
    userId: Id('Whose calls it takes.'),
    ...deviceFields,
    kind: Type.Optional(
      Type.Literal('browser', { description: 'All the browsers of the user, with credentials that the app fetches.' }),
    ),
  },
  { title: 'Device' },
)

/** What is typed into a phone. The password is shown this once. */
export const DeviceSecret = Closed(
  {
    sipUsername: Type.String(),
    domain: Type.String({ description: 'SIP domain, registrar and digest realm.' }),
    addressOfRecord: Type.String(),
    password: Type.String({ description: 'Shown this once; a new one is issued rather than shown again.' }),
  },
  { title: 'DeviceSecret' },
)

export const DeviceWithSecret = Closed({ device: Device, secret: DeviceSecret }, { title: 'DeviceWithSecret' })

import Type from 'typebox'
import { Closed, Id, OneOf, Time } from './common.ts'

/** A registered contact (RFC 3261 §10). */
export const Binding = Closed(
  {
    id: Type.String({ description: 'Made by the registrar.' }),
    addressOfRecord: Type.String(),
    contact: Type.String(),
    userId: Id('Whose it is.'),
    deviceId: Id('Which device registered.'),
    q: Type.Number({ minimum: 0, maximum: 1, description: 'Preference (RFC 3261 §20.10).' }),
    registeredAt: Time('When this contact was first bound.'),
    expiresAt: Time('When it ends unless refreshed.'),
    userAgent: Type.Optional(Type.String()),
    protocol: OneOf(['udp', 'tcp', 'tls', 'ws', 'wss'], 'How the REGISTER came.'),
    remoteAddress: Type.String({ description: 'Where it came from.' }),
    remotePort: Type.Integer(),
  },
  { title: 'Binding' },
)

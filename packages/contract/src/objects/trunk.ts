import Type from 'typebox'
import { Closed, Id, OneOf, Text } from './common.ts'
import { Keying } from './device.ts'
import { trunkSettings } from './trunk-settings.ts'

export const trunkFields = {
  name: Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: '^[a-z0-9][a-z0-9._-]*$',
    description: 'Unique within the company.',
  }),
  targets: Type.Array(
    Closed({
      host: Text(253, 'Host name (RFC 3263) or IP literal.'),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
      protocol: OneOf(['udp', 'tcp', 'tls'], 'How requests go there.'),
      priority: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 65535, description: 'Lower ones are tried first; its place if absent.' }),
      ),
      weight: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 65535, description: 'Share of the calls among equals; 1 if absent.' }),
      ),
    }),
    { maxItems: 20, description: 'Where calls out go, in this order unless priorities say another.' },
  ),
  fromAddresses: Type.Array(Type.String({ minLength: 2, maxLength: 60 }), {
    maxItems: 200,
    description:
      "Sources whose calls are this trunk's without authentication: an IP literal for any port, or with one port (`192.0.2.1:5060`, `[2001:db8::1]:5060`).",
  }),
  prefixes: Type.Array(Type.String({ maxLength: 20, pattern: '^\\+?[0-9*#]*$' }), {
    maxItems: 500,
    description: 'Dialled prefixes that go here, e.g. `0` and `+`.',
  }),
  pricePerMinuteMicros: Type.Record(
    Type.String({ pattern: '^(\\+[0-9]{1,15})?$' }),
    Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
    {
      additionalProperties: false,
      maxProperties: 5000,
      description: 'Millionths of the currency a minute, by longest E.164 prefix; the empty one is the rest.',
    },
  ),
  keying: Keying,
  channels: Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Calls at once that the carrier takes.' }),
}

const optional = Object.fromEntries(
  Object.entries(trunkSettings).map(([name, schema]) => [name, Type.Optional(schema)]),
) as { [K in keyof typeof trunkSettings]: Type.TOptional<(typeof trunkSettings)[K]> }

/** All that may be left out of a trunk, as it is told: without passwords. */
export const trunkOptions = { ...optional, channels: Type.Optional(trunkFields.channels) }

export const Trunk = Closed(
  {
    id: Id('Made by the server.'),
    companyId: Id('Whose it is.'),
    ...trunkFields,
    ...trunkOptions,
  },
  { title: 'Trunk' },
)

import Type from 'typebox'
import { trunkSettings } from './trunk-settings.ts'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

const Fault = Closed(
  {
    kind: OneOf(
      ['silent', 'unreachable', 'refused'],
      'silent: no answer. unreachable: no connection, name or trust. refused: it answered with `status`.',
    ),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 699 })),
    text: Type.Optional(Text(300, 'As it was told, in English.')),
  },
  { description: 'Why it does not work.' },
)

export const TrunkState = Closed(
  {
    trunkId: Id('Which trunk.'),
    name: Type.String(),
    callsNow: Type.Integer({ minimum: 0 }),
    spentTodayMicros: Type.Integer({ minimum: 0 }),
    targets: Type.Array(
      Closed({
        target: Type.String({ description: 'protocol:host:port' }),
        state: OneOf(['unknown', 'up', 'down'], 'As OPTIONS and calls have shown.'),
        since: Time('Since when it is so.'),
        checkedAt: Type.Optional(Time('When it was looked at last.')),
        roundTripMs: Type.Optional(Type.Number({ minimum: 0 })),
        fault: Type.Optional(Fault),
      }),
    ),
    registration: Type.Optional(
      Closed({
        state: OneOf(['trying', 'registered', 'failed'], 'Where we stand with the registrar.'),
        since: Time('Since when it is so.'),
        expiresAt: Type.Optional(Time('When the registration ends unless it is renewed.')),
        retryAt: Type.Optional(Time('When it is tried again.')),
        target: Type.Optional(Type.String({ description: 'Where we are registered.' })),
        fault: Type.Optional(Fault),
      }),
    ),
    warnings: Type.Array(
      OneOf(
        [
          'certificateWildcard',
          'certificateWithoutClientUse',
          'certificateWithoutServerUse',
          'certificateNotForOwnHost',
          'certificateOwnAuthority',
          'revocationListEndsSoon',
          'revocationListOver',
        ],
        'What its profile asks of our certificate and it has not, and which of its revocation lists want a newer one.',
      ),
    ),
    revocationLists: Type.Array(
      Closed({
        issuer: Type.String({ description: 'The authority that has taken certificates back.' }),
        revoked: Type.Integer({ minimum: 0, description: 'How many.' }),
        from: Time('When the list was made.'),
        until: Type.Optional(Time('By when there is a newer one. It counts also after that.')),
      }),
    ),
  },
  { title: 'TrunkState' },
)

/** What a new trunk of a kind begins with. */
export const TrunkProfile = Closed(
  {
    name: trunkSettings.profile,
    targets: Type.Array(
      Closed({
        host: Type.String(),
        port: Type.Optional(Type.Integer()),
        protocol: OneOf(['udp', 'tcp', 'tls'], 'How requests go there.'),
        priority: Type.Optional(Type.Integer()),
      }),
    ),
    keying: OneOf(['auto', 'sdes', 'dtls', 'none'], 'How audio is keyed.'),
    prefixes: Type.Array(Type.String()),
    certificateNames: Type.Optional(Type.Array(Type.String())),
    codecs: Type.Optional(trunkSettings.codecs),
    health: Type.Optional(trunkSettings.health),
    identity: Type.Optional(trunkSettings.identity),
    rewriting: Type.Optional(trunkSettings.rewriting),
    needs: Type.Array(OneOf(['ownHost', 'registration', 'target'], 'What a person must still say.')),
  },
  { title: 'TrunkProfile' },
)

import Type from 'typebox'
import { Closed, DomainName, Id, OneOf, Text } from './common.ts'
import { Role } from './user.ts'

export const IdentityPolicy = Closed(
  {
    secondFactor: OneOf(
      ['optional', 'administrators', 'everyone'],
      'Of whom a second factor is wanted; who has none sets one up at the next login.',
    ),
  },
  { title: 'IdentityPolicy' },
)

const ssoFields = {
  issuer: Type.String({
    minLength: 8,
    maxLength: 500,
    pattern: '^https?://[^\\s?#]+$',
    description: 'Issuer URL of the provider; HTTPS, but for this very machine.',
  }),
  clientId: Text(300, 'As the provider has registered us.'),
  secretExpiresOn: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'When the client secret ends; a warning is shown for 30 days before.',
    }),
  ),
  domains: Type.Array(DomainName('Domain of addresses at the provider.'), {
    maxItems: 50,
    description: "Besides the company's own: what may stand after the @ of the person's name at the provider.",
  }),
  userClaim: OneOf(
    ['email', 'preferred_username'],
    'What of the provider is the login here; its part before the @ counts.',
  ),
  createsUsers: Type.Boolean({ description: 'Make a user for whoever the provider lets in and is not there yet.' }),
  groupsClaim: Type.Optional(Text(100, 'The claim with the groups of a person, for roles.')),
  roles: Type.Array(Closed({ group: Text(200, 'As the provider calls it.'), role: Role }), {
    maxItems: 100,
    description: 'The highest that fits is given at each login; without any that fits the role stays.',
  }),
  isOnlyWay: Type.Boolean({ description: 'Passwords and passkeys are refused, but for one administrator.' }),
  emergencyUserId: Type.Optional(
    Id('The administrator who may still log in with a password, when the provider is away. Needed with `isOnlyWay`.'),
  ),
}

export const SsoSettings = Closed(
  {
    ...ssoFields,
    hasSecret: Type.Boolean({ description: 'A client secret is kept, encrypted. It is never shown.' }),
    callbackUrl: Type.String({ description: 'To be registered with the provider as redirect URI.' }),
    warning: Type.Optional(Type.String({ description: 'About the client secret, when it ends soon or has ended.' })),
  },
  { title: 'SsoSettings' },
)

export const SsoWish = Closed(
  {
    ...ssoFields,
    clientSecret: Type.Optional(Text(1000, 'A new client secret; without one the secret before stays.')),
  },
  { title: 'SsoWish' },
)

import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'
import { Me } from './user.ts'

/** For browsers: no script can read what is in such a cookie. */
export const wantsCookie = Type.Optional(
  Type.Boolean({
    description:
      'For browsers: the session is kept in a cookie that no script can read, and no token is told. Only for pages of this server, with the header field `x-vaxel-csrf: 1`.',
  }),
)

export const Token = Closed(
  {
    token: Type.Optional(
      Type.String({
        description: 'Send it as `Authorization: Bearer TOKEN`. Shown this once; absent when a cookie holds it.',
      }),
    ),
    expiresAt: Time('When it ends, used or not; it ends earlier when it is not used.'),
    me: Me,
  },
  { title: 'Token' },
)

/** What was begun in one request and is finished in the next, sealed by the server. */
export const Ticket = Text(4000, 'As the request before gave it; good for a few minutes and for one success.')

const base64url = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$', description })

/** The parts of an AuthenticationResponseJSON (WebAuthn level 3 §5.1) that are checked. */
export const PasskeyProof = Closed(
  {
    id: base64url(1400, 'Credential id.'),
    clientDataJSON: base64url(4000, 'As the browser gives it.'),
    authenticatorData: base64url(2000, 'As the browser gives it.'),
    signature: base64url(6000, 'As the browser gives it.'),
    userHandle: Type.Optional(base64url(200, 'Who it says it belongs to.')),
  },
  { title: 'PasskeyProof' },
)

/** The parts of a RegistrationResponseJSON (WebAuthn level 3 §5.1) that are checked. */
export const NewPasskey = Closed(
  {
    id: base64url(1400, 'Credential id.'),
    clientDataJSON: base64url(4000, 'As the browser gives it.'),
    attestationObject: base64url(20_000, 'As the browser gives it.'),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
  },
  { title: 'NewPasskey' },
)

/** What a browser is asked with: PublicKeyCredentialRequestOptionsJSON or …CreationOptionsJSON. */
export const PasskeyQuestion = Closed(
  {
    ticket: Type.String({ description: 'Send it back with the answer.' }),
    options: Type.Record(Type.String(), Type.Unknown(), { description: 'For the browser, as WebAuthn has it.' }),
  },
  { title: 'PasskeyQuestion' },
)

export const Factor = OneOf(['code', 'recovery-code', 'passkey'], 'A second factor that would do.')

/** A login in a browser: done, or what is asked next. */
export const LoginStep = Type.Union(
  [
    Closed({ step: Type.Literal('done'), expiresAt: Time('When the session ends.'), me: Me }),
    Closed({
      step: Type.Literal('second-factor'),
      ticket: Type.String({ description: 'Send it back with the second factor.' }),
      factors: Type.Array(Factor),
    }),
  ],
  { title: 'LoginStep' },
)

export const Means = OneOf(['password', 'code', 'recovery-code', 'passkey', 'sso', 'set-up'], 'How somebody logged in.')

/** A login as its owner and administrators see it. */
export const LoginSession = Closed(
  {
    id: Id('Made by the server.'),
    isThis: Type.Boolean({ description: 'The one that asks.' }),
    kind: OneOf(['browser', 'program'], 'Held in a cookie, or by a program as a token.'),
    browser: Type.Optional(Type.String({ description: 'Its name, where it is known.' })),
    system: Type.Optional(Type.String({ description: 'Operating system, where it is known.' })),
    address: Type.Optional(Type.String({ description: 'IP address of the login.' })),
    means: Type.Array(Means),
    since: Time('The login.'),
    usedAt: Time('The last use, a minute behind at most.'),
    expiresAt: Time('The end, used or not.'),
  },
  { title: 'LoginSession' },
)

export const Passkey = Closed(
  {
    id: Id('Made by the server.'),
    name: Type.String(),
    host: Type.String({ description: 'The host name that it belongs to.' }),
    createdAt: Time('When it was added.'),
    usedAt: Type.Optional(Time('When it was last used.')),
    isBackedUp: Type.Boolean({ description: 'Kept in sync between devices by its maker.' }),
    isSuspect: Type.Boolean({
      description: 'Its counter went back, as that of a copy does. It is refused; remove it and add it again.',
    }),
  },
  { title: 'Passkey' },
)

/** How a user can log in, without any secret. */
export const UserSecurity = Closed(
  {
    hasPassword: Type.Boolean(),
    isPasswordTemporary: Type.Boolean({ description: 'Made by somebody else, to be changed at the next login.' }),
    codesSince: Type.Optional(Time('Since when an authenticator app is set up.')),
    recoveryCodesLeft: Type.Integer(),
    passkeys: Type.Array(Passkey),
    isSecondFactorWanted: Type.Boolean({ description: 'By the company, of this user.' }),
    hasSso: Type.Boolean({ description: "Linked with a person at the company's login provider." }),
  },
  { title: 'UserSecurity' },
)

export const RecoveryCodes = Closed(
  { codes: Type.Array(Type.String(), { description: 'Each is good once. Shown this once.' }) },
  { title: 'RecoveryCodes' },
)

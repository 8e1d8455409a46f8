import Type from 'typebox'
import {
  CrossSite,
  LinkNotValid,
  LoginExpired,
  PasskeyNeedsName,
  SsoDenied,
  SsoNotSetUp,
  SsoNotTrusted,
  SsoNoUser,
  SsoOnly,
  SsoUnreachable,
  TooManyRequests,
  WrongCode,
  WrongLogin,
  WrongPasskey,
} from '../errors.ts'
import { Closed, DomainName, Text } from '../objects/common.ts'
import { LoginStep, PasskeyProof, PasskeyQuestion, Ticket } from '../objects/login.ts'
import { Password } from '../objects/user.ts'
import { operation } from '../operation.ts'

const tag = 'logins'
const access = 'anyone'

export const readLoginWays = operation({
  id: 'readLoginWays',
  method: 'GET',
  path: '/api/v1/logins/ways',
  tag,
  summary: 'How people of a domain log in; the same for those who exist and those who do not',
  access,
  query: { domain: Type.Optional(DomainName('What stands after the @ of the login.')) },
  reply: Closed(
    {
      password: Type.Boolean({ description: 'With a password, or a passkey.' }),
      passkey: Type.Boolean({ description: 'Passkeys work at the address that this was asked at.' }),
      sso: Type.Optional(Closed({ provider: Type.String({ description: 'Host name of the login provider.' }) })),
    },
    { title: 'LoginWays' },
  ),
})

export const loginWithPassword = operation({
  id: 'loginWithPassword',
  method: 'POST',
  path: '/api/v1/logins/password',
  tag,
  summary: 'Log in at a browser: the first step. The session is held in a cookie',
  access,
  body: Closed({ login: Text(320, 'name@domain'), password: Type.String({ minLength: 1, maxLength: 200 }) }),
  reply: LoginStep,
  errors: [WrongLogin, SsoOnly, CrossSite, TooManyRequests],
})

export const loginWithCode = operation({
  id: 'loginWithCode',
  method: 'POST',
  path: '/api/v1/logins/code',
  tag,
  summary: 'The second step with a code of the authenticator app or a recovery code',
  access,
  body: Closed({ ticket: Ticket, code: Text(40, 'Six digits, or a recovery code.') }),
  reply: LoginStep,
  errors: [WrongCode, LoginExpired, CrossSite, TooManyRequests],
})

export const askForPasskey = operation({
  id: 'askForPasskey',
  method: 'POST',
  path: '/api/v1/logins/passkey-question',
  tag,
  summary: 'What to ask a browser for a passkey with: as the only step, or with a ticket as the second one',
  access,
  body: Closed({ ticket: Type.Optional(Ticket) }),
  reply: PasskeyQuestion,
  errors: [LoginExpired, PasskeyNeedsName, CrossSite],
})

export const loginWithPasskey = operation({
  id: 'loginWithPasskey',
  method: 'POST',
  path: '/api/v1/logins/passkey',
  tag,
  summary: "Log in with the browser's answer to the question",
  access,
  body: Closed({ ticket: Ticket, passkey: PasskeyProof }),
  reply: LoginStep,
  errors: [WrongPasskey, LoginExpired, PasskeyNeedsName, SsoOnly, CrossSite, TooManyRequests],
})

export const startSso = operation({
  id: 'startSso',
  method: 'POST',
  path: '/api/v1/logins/sso',
  tag,
  summary: "Where to send the browser, so that the company's provider asks who is there (OpenID Connect)",
  access,
  body: Closed({
    domain: DomainName('What stands after the @ of the login.'),
    login: Type.Optional(Text(320, 'A hint for the provider.')),
    returnTo: Type.Optional(
      Type.String({ maxLength: 500, pattern: '^/[^/\\\\]?[^\\\\]*$', description: 'A page of ours.' }),
    ),
  }),
  reply: Closed({ url: Type.String() }, { title: 'SsoStart' }),
  errors: [SsoNotSetUp, SsoUnreachable, CrossSite, TooManyRequests],
})

export const finishSso = operation({
  id: 'finishSso',
  method: 'POST',
  path: '/api/v1/logins/sso-answer',
  tag,
  summary: "The provider's answer, as it stands in the address of the page /sso/callback",
  access,
  body: Closed({ query: Text(8000, 'What follows the question mark.') }),
  reply: Closed({ login: LoginStep, returnTo: Type.String() }, { title: 'SsoFinish' }),
  errors: [SsoNotSetUp, SsoUnreachable, SsoDenied, SsoNotTrusted, SsoNoUser, LoginExpired, CrossSite, TooManyRequests],
})

export const useAccessLink = operation({
  id: 'useAccessLink',
  method: 'POST',
  path: '/api/v1/logins/access-link',
  tag,
  summary: "Set a new password with an administrator's one-time link, then log in with it",
  access,
  body: Closed({ token: Text(200, 'From the link.'), password: Password }),
  reply: Closed({ login: Type.String({ description: 'The login that it is now the password of.' }) }),
  errors: [LinkNotValid, TooManyRequests],
})

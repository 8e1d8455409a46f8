import Type from 'typebox'
import { Conflict, SsoNotSetUp, SsoUnreachable, StillInUse } from '../errors.ts'
import { Closed, Id, OneOf, Time } from '../objects/common.ts'
import { IdentityPolicy, SsoSettings, SsoWish } from '../objects/identity-policy.ts'
import { LoginSession, UserSecurity } from '../objects/login.ts'
import { operation } from '../operation.ts'

const tag = 'identity'
const access = 'administrator'
const params = { userId: Id('The user.') }

export const readUserSecurity = operation({
  id: 'readUserSecurity',
  method: 'GET',
  path: '/api/v1/users/{userId}/security',
  tag,
  summary: 'How a user can log in',
  access,
  params,
  reply: UserSecurity,
})

export const listUserSessions = operation({
  id: 'listUserSessions',
  method: 'GET',
  path: '/api/v1/users/{userId}/sessions',
  tag,
  summary: 'Where a user is logged in; a hundred at most',
  access,
  params,
  reply: Closed({ items: Type.Array(LoginSession) }, { title: 'LoginSessions' }),
})

export const endUserSessions = operation({
  id: 'endUserSessions',
  method: 'DELETE',
  path: '/api/v1/users/{userId}/sessions',
  tag,
  summary: 'End all logins of a user',
  access,
  params,
})

export const resetSecondFactors = operation({
  id: 'resetSecondFactors',
  method: 'DELETE',
  path: '/api/v1/users/{userId}/second-factors',
  tag,
  summary: 'Take authenticator app, recovery codes and passkeys away from a user who has lost them; all logins end',
  access,
  proof: 'in browsers',
  params,
})

export const resetPassword = operation({
  id: 'resetPassword',
  method: 'POST',
  path: '/api/v1/users/{userId}/password-reset',
  tag,
  summary: 'Let a user in again: a one-time link, or a password that must be changed at the next login',
  description: 'All logins of the user end. The password before is good for nothing from now on.',
  access,
  proof: 'in browsers',
  params,
  body: Closed({ by: OneOf(['link', 'password'], 'What to hand over.') }),
  reply: Closed(
    {
      link: Type.Optional(Type.String({ description: 'Shown this once; good once and for a day.' })),
      password: Type.Optional(Type.String({ description: 'Shown this once.' })),
      expiresAt: Type.Optional(Time('When the link ends.')),
    },
    { title: 'PasswordReset' },
  ),
})

export const readIdentityPolicy = operation({
  id: 'readIdentityPolicy',
  method: 'GET',
  path: '/api/v1/identity/policy',
  tag,
  summary: 'What the company wants of logins',
  access,
  reply: IdentityPolicy,
})

export const setIdentityPolicy = operation({
  id: 'setIdentityPolicy',
  method: 'PUT',
  path: '/api/v1/identity/policy',
  tag,
  summary: 'Say what the company wants of logins',
  access,
  proof: 'in browsers',
  body: IdentityPolicy,
  reply: IdentityPolicy,
})

export const readSsoSettings = operation({
  id: 'readSsoSettings',
  method: 'GET',
  path: '/api/v1/identity/sso',
  tag,
  summary: "The company's login provider",
  access,
  reply: SsoSettings,
  errors: [SsoNotSetUp],
})

export const setSsoSettings = operation({
  id: 'setSsoSettings',
  method: 'PUT',
  path: '/api/v1/identity/sso',
  tag,
  summary: 'Set up login by a provider of OpenID Connect; the provider is asked first',
  access,
  proof: 'in browsers',
  body: SsoWish,
  reply: SsoSettings,
  errors: [Conflict, SsoUnreachable, StillInUse],
})

export const removeSsoSettings = operation({
  id: 'removeSsoSettings',
  method: 'DELETE',
  path: '/api/v1/identity/sso',
  tag,
  summary: 'Do without the login provider',
  access,
  proof: 'in browsers',
  errors: [SsoNotSetUp],
})

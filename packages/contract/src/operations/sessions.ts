import Type from 'typebox'
import { SetupDone, TooManyRequests, WrongLogin } from '../errors.ts'
import { Closed, DomainName, NamePart, Text, Time } from '../objects/common.ts'
import { Me, Password } from '../objects/user.ts'
import { operation } from '../operation.ts'

const tag = 'sessions'

const Token = Closed(
  {
    token: Type.String({ description: 'Send it as `Authorization: Bearer TOKEN`. Shown this once.' }),
    expiresAt: Time('When it ends, used or not; it ends earlier when it is not used.'),
    me: Me,
  },
  { title: 'Token' },
)

export const createSession = operation({
  id: 'createSession',
  method: 'POST',
  path: '/api/v1/sessions',
  tag,
  summary: 'Log in',
  description: 'Slow on purpose, and limited per login and per address. It does not tell whether the login exists.',
  access: 'anyone',
  body: Closed({
    login: Text(320, 'name@domain'),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  status: 201,
  reply: Token,
  errors: [WrongLogin, TooManyRequests],
})

export const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/api/v1/sessions/current',
  tag,
  summary: 'Log out: the token that came with the request ends',
  access: 'user',
})

export const readMe = operation({
  id: 'readMe',
  method: 'GET',
  path: '/api/v1/me',
  tag,
  summary: 'Who the token stands for',
  access: 'user',
  reply: Me,
})

export const changeMyPassword = operation({
  id: 'changeMyPassword',
  method: 'PUT',
  path: '/api/v1/me/password',
  tag,
  summary: 'Change the own web password; all other sessions of the user end',
  access: 'user',
  body: Closed({ current: Type.String({ minLength: 1, maxLength: 200 }), password: Password }),
  errors: [WrongLogin, TooManyRequests],
})

export const setUp = operation({
  id: 'setUp',
  method: 'POST',
  path: '/api/v1/setup',
  tag,
  summary: 'First administrator of an empty installation, with the token of the one-time set-up link',
  access: 'anyone',
  body: Closed({
    token: Text(200, 'From the set-up link that the server printed.'),
    company: Text(200, 'Name of the first company.'),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2; SE by default.' })),
    domain: DomainName('Its SIP domain.'),
    login: NamePart("The administrator's login, the part before the @."),
    displayName: Type.Optional(Text(200, 'Name as people know it; the login by default.')),
    password: Password,
  }),
  status: 201,
  reply: Token,
  errors: [SetupDone, TooManyRequests],
})

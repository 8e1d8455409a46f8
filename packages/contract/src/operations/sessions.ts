import Type from 'typebox'
import { CrossSite, SecondFactorNeeded, SetupDone, SsoOnly, TooManyRequests, WrongCode, WrongLogin } from '../errors.ts'
import { Closed, DomainName, NamePart, Text } from '../objects/common.ts'
import { Token, wantsCookie } from '../objects/login.ts'
import { Me, Password } from '../objects/user.ts'
import { operation } from '../operation.ts'

const tag = 'sessions'

export const createSession = operation({
  id: 'createSession',
  method: 'POST',
  path: '/api/v1/sessions',
  tag,
  summary: 'Log in',
  description:
    'Slow on purpose, and limited per login and per address. It does not tell whether the login exists. Who has a second factor sends `code` too.',
  access: 'anyone',
  body: Closed({
    login: Text(320, 'name@domain'),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    code: Type.Optional(Text(40, 'Six digits of the authenticator app, or a recovery code.')),
    cookie: wantsCookie,
  }),
  status: 201,
  reply: Token,
  errors: [WrongLogin, SecondFactorNeeded, WrongCode, SsoOnly, CrossSite, TooManyRequests],
})

export const endSession = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/api/v1/sessions/current',
  tag,
  summary: 'Log out: the token or the cookie that came with the request ends',
  access: 'user',
  isOpenToIncomplete: true,
})

export const readMe = operation({
  id: 'readMe',
  method: 'GET',
  path: '/api/v1/me',
  tag,
  summary: 'Who the token stands for',
  access: 'user',
  isOpenToIncomplete: true,
  reply: Me,
})

export const changeMyPassword = operation({
  id: 'changeMyPassword',
  method: 'PUT',
  path: '/api/v1/me/password',
  tag,
  summary: 'Change the own web password; all other sessions of the user end',
  access: 'user',
  isOpenToIncomplete: true,
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
    cookie: wantsCookie,
  }),
  status: 201,
  reply: Token,
  errors: [SetupDone, CrossSite, TooManyRequests],
})

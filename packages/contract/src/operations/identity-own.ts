import Type from 'typebox'
import {
  LoginExpired,
  PasskeyNeedsName,
  StillInUse,
  TooManyRequests,
  WrongCode,
  WrongLogin,
  WrongPasskey,
} from '../errors.ts'
import { Closed, Id, Text } from '../objects/common.ts'
import {
  LoginSession,
  NewPasskey,
  Passkey,
  PasskeyProof,
  PasskeyQuestion,
  RecoveryCodes,
  Ticket,
  UserSecurity,
} from '../objects/login.ts'
import { operation } from '../operation.ts'

const tag = 'own security'
const access = 'user'
const passkeyName = Text(60, 'What its owner calls it.')

export const readMySecurity = operation({
  id: 'readMySecurity',
  method: 'GET',
  path: '/api/v1/me/security',
  tag,
  summary: 'How I can log in',
  access,
  isOpenToIncomplete: true,
  reply: UserSecurity,
})

export const proveMyself = operation({
  id: 'proveMyself',
  method: 'POST',
  path: '/api/v1/me/proof',
  tag,
  summary: 'Prove again who I am: for ten minutes, this session may do what is dangerous in wrong hands',
  description: 'With the password, with a code of the authenticator app, or with a passkey.',
  access,
  isOpenToIncomplete: true,
  body: Type.Union([
    Closed({ password: Type.String({ minLength: 1, maxLength: 200 }) }),
    Closed({ code: Text(40, 'Six digits.') }),
    Closed({ ticket: Ticket, passkey: PasskeyProof }),
  ]),
  errors: [WrongLogin, WrongCode, WrongPasskey, LoginExpired, PasskeyNeedsName, TooManyRequests],
})

export const askForMyPasskey = operation({
  id: 'askForMyPasskey',
  method: 'POST',
  path: '/api/v1/me/proof/passkey-question',
  tag,
  summary: 'What to ask the browser with, to prove again who I am',
  access,
  isOpenToIncomplete: true,
  status: 200,
  reply: PasskeyQuestion,
  errors: [PasskeyNeedsName],
})

export const listMySessions = operation({
  id: 'listMySessions',
  method: 'GET',
  path: '/api/v1/me/sessions',
  tag,
  summary: 'Where I am logged in, the last used first; a hundred at most',
  access,
  reply: Closed({ items: Type.Array(LoginSession) }, { title: 'LoginSessions' }),
})

export const endMySession = operation({
  id: 'endMySession',
  method: 'DELETE',
  path: '/api/v1/me/sessions/{sessionId}',
  tag,
  summary: 'End one of my logins',
  access,
  params: { sessionId: Id('The login.') },
})

export const endMyOtherSessions = operation({
  id: 'endMyOtherSessions',
  method: 'DELETE',
  path: '/api/v1/me/sessions',
  tag,
  summary: 'End all of my logins but this one',
  access,
})

export const startCodes = operation({
  id: 'startCodes',
  method: 'POST',
  path: '/api/v1/me/codes',
  tag,
  summary: 'A new secret for an authenticator app (TOTP, RFC 6238); it counts once a code of it has confirmed it',
  access,
  isOpenToIncomplete: true,
  proof: 'always',
  status: 200,
  reply: Closed(
    {
      ticket: Type.String({ description: 'Send it back with a code.' }),
      secret: Type.String({ description: 'Base 32, for typing it in.' }),
      uri: Type.String({ description: '`otpauth:` for the QR code.' }),
    },
    { title: 'CodesStart' },
  ),
})

export const confirmCodes = operation({
  id: 'confirmCodes',
  method: 'PUT',
  path: '/api/v1/me/codes',
  tag,
  summary: 'Confirm the secret with a code of it; it takes the place of any before',
  description: 'With the first second factor, recovery codes are made.',
  access,
  isOpenToIncomplete: true,
  proof: 'always',
  body: Closed({ ticket: Ticket, code: Text(10, 'Six digits.') }),
  reply: RecoveryCodes,
  errors: [WrongCode, LoginExpired, TooManyRequests],
})

export const removeCodes = operation({
  id: 'removeCodes',
  method: 'DELETE',
  path: '/api/v1/me/codes',
  tag,
  summary: 'Do without the authenticator app',
  access,
  proof: 'always',
  errors: [StillInUse],
})

export const makeRecoveryCodes = operation({
  id: 'makeRecoveryCodes',
  method: 'POST',
  path: '/api/v1/me/recovery-codes',
  tag,
  summary: 'New recovery codes; those before are good for nothing',
  access,
  proof: 'always',
  status: 200,
  reply: RecoveryCodes,
  errors: [StillInUse],
})

export const startPasskey = operation({
  id: 'startPasskey',
  method: 'POST',
  path: '/api/v1/me/passkeys/question',
  tag,
  summary: 'What to ask the browser with, to make a passkey',
  access,
  isOpenToIncomplete: true,
  proof: 'always',
  status: 200,
  reply: PasskeyQuestion,
  errors: [PasskeyNeedsName, StillInUse],
})

export const addPasskey = operation({
  id: 'addPasskey',
  method: 'POST',
  path: '/api/v1/me/passkeys',
  tag,
  summary: 'Keep the passkey that the browser made',
  access,
  isOpenToIncomplete: true,
  proof: 'always',
  body: Closed({ ticket: Ticket, passkey: NewPasskey, name: passkeyName }),
  status: 201,
  reply: Closed(
    { passkey: Passkey, codes: Type.Array(Type.String(), { description: 'Recovery codes, with the first factor.' }) },
    { title: 'AddedPasskey' },
  ),
  errors: [WrongPasskey, LoginExpired, PasskeyNeedsName, StillInUse],
})

export const renamePasskey = operation({
  id: 'renamePasskey',
  method: 'PATCH',
  path: '/api/v1/me/passkeys/{passkeyId}',
  tag,
  summary: 'Call a passkey something else',
  access,
  params: { passkeyId: Id('The passkey.') },
  body: Closed({ name: passkeyName }),
  reply: Passkey,
})

export const removePasskey = operation({
  id: 'removePasskey',
  method: 'DELETE',
  path: '/api/v1/me/passkeys/{passkeyId}',
  tag,
  summary: 'Remove a passkey',
  access,
  proof: 'always',
  params: { passkeyId: Id('The passkey.') },
  errors: [StillInUse],
})

export const readSsoLogout = operation({
  id: 'readSsoLogout',
  method: 'GET',
  path: '/api/v1/me/sso-logout',
  tag,
  summary: 'Where to send the browser to log out at the login provider too, if it knows how',
  access,
  isOpenToIncomplete: true,
  reply: Closed({ url: Type.Optional(Type.String()) }, { title: 'SsoLogout' }),
})

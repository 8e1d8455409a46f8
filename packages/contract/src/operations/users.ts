import Type from 'typebox'
import { Conflict, NumberForEmergencies, ProofNeeded, StillInUse } from '../errors.ts'
import { Clearable, Closed, Id, OneOf, Page, pageQuery } from '../objects/common.ts'
import { clearable, optional, profileFields } from '../objects/directory.ts'
import { Password, User, userFields } from '../objects/user.ts'
import { operation } from '../operation.ts'

const tag = 'users'
const path = '/api/v1/users/{userId}'
const params = { userId: Id('The user.') }

export const listUsers = operation({
  id: 'listUsers',
  method: 'GET',
  path: '/api/v1/users',
  tag,
  summary: "The company's users by login",
  access: 'user',
  query: pageQuery,
  reply: Page(User),
})

const newUser = {
  name: userFields.name,
  domain: Type.Optional(userFields.domain),
  displayName: userFields.displayName,
  extension: Type.Optional(userFields.extension),
  language: Type.Optional(userFields.language),
  role: Type.Optional(userFields.role),
  limits: Type.Optional(userFields.limits),
  ringSeconds: Type.Optional(userFields.ringSeconds),
  isDesk: Type.Optional(userFields.isDesk),
  ...optional(profileFields),
}
const changedUser = {
  displayName: Type.Optional(userFields.displayName),
  extension: Clearable(userFields.extension),
  language: Type.Optional(userFields.language),
  role: Type.Optional(userFields.role),
  limits: Type.Optional(userFields.limits),
  ringSeconds: Type.Optional(userFields.ringSeconds),
  isDesk: Type.Optional(userFields.isDesk),
  ...clearable(profileFields),
}

export const createUser = operation({
  id: 'createUser',
  method: 'POST',
  path: '/api/v1/users',
  tag,
  summary: 'Make a user',
  description:
    'With an extension, the number that reaches the user is made too. Without a password one is made and shown this once.',
  access: 'administrator',
  body: Closed({ ...newUser, password: Type.Optional(Password) }),
  status: 201,
  reply: Closed(
    {
      user: User,
      password: Type.Optional(Type.String({ description: 'There when the server made it; shown this once.' })),
    },
    { title: 'CreatedUser' },
  ),
  errors: [Conflict, NumberForEmergencies, ProofNeeded],
})

export const readUser = operation({
  id: 'readUser',
  method: 'GET',
  path,
  tag,
  summary: 'One user',
  access: 'user',
  params,
  reply: User,
})

export const changeUser = operation({
  id: 'changeUser',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change what is named of a user',
  description: 'A new extension takes the number of the old one along. A new password ends all sessions of the user.',
  access: 'administrator',
  params,
  body: Closed({ ...changedUser, password: Type.Optional(Password) }),
  reply: User,
  errors: [Conflict, NumberForEmergencies, StillInUse, ProofNeeded],
})

export const removeUser = operation({
  id: 'removeUser',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove a user with devices, bindings, sessions and the numbers that reach only this user',
  access: 'administrator',
  params,
  errors: [StillInUse],
})

export const changeUsers = operation({
  id: 'changeUsers',
  method: 'POST',
  path: '/api/v1/users/batch',
  tag,
  summary: 'Make and change many users at once: all of them or none',
  description:
    'With `isPreview` nothing is done, and each item says what would come of it. Otherwise nothing is done as soon as one item is refused.',
  access: 'administrator',
  body: Closed({
    isPreview: Type.Optional(Type.Boolean({ description: 'Only say what would come of it.' })),
    withPasswords: Type.Optional(
      Type.Boolean({
        description: 'Make a password for each new user, shown this once. Without it they cannot log in yet.',
      }),
    ),
    items: Type.Array(
      Type.Union([
        Closed({ create: Closed(newUser) }),
        Closed({ userId: Id('Who is changed.'), change: Closed(changedUser) }),
      ]),
      { minItems: 1, maxItems: 500 },
    ),
  }),
  reply: Closed(
    {
      isDone: Type.Boolean({ description: 'Whether it was done; never for a preview.' }),
      items: Type.Array(
        Closed({
          what: OneOf(['made', 'changed', 'same', 'refused'], 'What came, or would come, of it.'),
          login: Type.Optional(Type.String()),
          userId: Type.Optional(Id('Of a user that is there.')),
          password: Type.Optional(Type.String({ description: 'Shown this once.' })),
          code: Type.Optional(Type.String({ description: 'Why it is refused.' })),
          text: Type.Optional(Type.String({ description: 'The same as a sentence.' })),
          mistakes: Type.Optional(Type.Array(Closed({ path: Type.String(), reason: Type.String() }))),
        }),
      ),
    },
    { title: 'UsersBatch' },
  ),
  errors: [ProofNeeded],
})

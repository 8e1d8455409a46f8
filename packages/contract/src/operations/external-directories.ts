import Type from 'typebox'
import { ExternalDirectoriesFull, NothingHeld } from '../external-directory-errors.ts'
import { Clearable, Closed, Id, OneOf } from '../objects/common.ts'
import {
  directoryFields,
  DirectoryPreset,
  directorySettings,
  ExternalDirectory,
  LdapTrouble,
  LeftOut,
  mostExternalDirectories,
} from '../objects/external-directory.ts'
import { operation } from '../operation.ts'

const tag = 'external directories'
const access = 'administrator'
const path = '/api/v1/external-directories'
const params = { directoryId: Id('The directory.') }
const Password = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
  description: 'Of the login. Written, never read again.',
})

export const listExternalDirectories = operation({
  id: 'listExternalDirectories',
  method: 'GET',
  path,
  tag,
  summary: `Directories (LDAP) from which contacts come, with how reading goes; ${mostExternalDirectories} at most`,
  access,
  reply: Closed(
    {
      items: Type.Array(ExternalDirectory),
      presets: Closed(
        { activeDirectory: DirectoryPreset, openLdap: DirectoryPreset },
        { description: 'What fits directories of these kinds, to begin with.' },
      ),
    },
    { title: 'ExternalDirectories' },
  ),
})

export const createExternalDirectory = operation({
  id: 'createExternalDirectory',
  method: 'POST',
  path,
  tag,
  summary: 'Connect a directory: its entries become contacts that the company shares',
  access,
  body: Closed({ ...directoryFields, password: Type.Optional(Password) }),
  status: 201,
  reply: ExternalDirectory,
  errors: [ExternalDirectoriesFull],
})

export const changeExternalDirectory = operation({
  id: 'changeExternalDirectory',
  method: 'PATCH',
  path: `${path}/{directoryId}`,
  tag,
  summary: 'Change what is named of a directory; a password that is not named stays',
  description:
    'The password is taken away when the server, its security or the login is another one and none is given: it goes to nobody for whom it was not meant.',
  access,
  params,
  body: Closed({
    name: Type.Optional(directoryFields.name),
    isOn: Type.Optional(directoryFields.isOn),
    server: Type.Optional(directoryFields.server),
    trusted: Clearable(directoryFields.trusted),
    bindDn: Clearable(directoryFields.bindDn),
    base: Type.Optional(directoryFields.base),
    scope: Type.Optional(directoryFields.scope),
    filter: Type.Optional(directoryFields.filter),
    mapping: Type.Optional(directoryFields.mapping),
    pollMinutes: Type.Optional(directoryFields.pollMinutes),
    skipsColleagues: Type.Optional(directoryFields.skipsColleagues),
    password: Clearable(Password),
  }),
  reply: ExternalDirectory,
})

export const removeExternalDirectory = operation({
  id: 'removeExternalDirectory',
  method: 'DELETE',
  path: `${path}/{directoryId}`,
  tag,
  summary: 'Let go of a directory, and remove the contacts that are from it',
  access,
  params,
})

export const readExternalDirectoryNow = operation({
  id: 'readExternalDirectoryNow',
  method: 'POST',
  path: `${path}/{directoryId}/read`,
  tag,
  summary: 'Read a directory now, and compare everything',
  description: 'Answers as soon as it has begun; see `health`.',
  access,
  params,
  reply: ExternalDirectory,
})

export const acceptMissingEntries = operation({
  id: 'acceptMissingEntries',
  method: 'POST',
  path: `${path}/{directoryId}/accept-missing`,
  tag,
  summary: 'Say that entries which are missing there at once are to be removed here',
  description: 'Where more than half of a directory is missing, nothing is removed until an administrator says so.',
  access,
  params,
  reply: ExternalDirectory,
  errors: [NothingHeld],
})

const TriedEntry = Closed(
  {
    dn: Type.String({ description: 'Where it is in the directory.' }),
    name: Type.Optional(Type.String()),
    organisation: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
    department: Type.Optional(Type.String()),
    location: Type.Optional(Type.String()),
    emails: Type.Array(Type.String()),
    numbers: Type.Array(
      Closed({ number: Type.String(), kind: OneOf(['work', 'mobile', 'home', 'fax', 'other'], 'What kind it is.') }),
    ),
    hasPhoto: Type.Optional(Type.Boolean({ description: 'Only of the first entry.' })),
  },
  { title: 'TriedEntry' },
)

export const testExternalDirectory = operation({
  id: 'testExternalDirectory',
  method: 'POST',
  path: `${path}/test`,
  tag,
  summary: 'Try settings of a directory: log in, and show the first entries as the contacts that they would be',
  description: 'Nothing is kept.',
  access,
  body: Closed({
    directoryId: Type.Optional(
      Id('Its password stands in for one that is not given, at the same server and for the same login alone.'),
    ),
    ...directorySettings,
    password: Type.Optional(Password),
  }),
  reply: Closed(
    {
      isWell: Type.Boolean(),
      trouble: Type.Optional(LdapTrouble),
      detail: Type.Optional(Type.String({ description: 'In the words of the server or of the system.' })),
      entries: Type.Array(TriedEntry, { description: 'The first ten.' }),
      looked: Type.Integer({ description: 'So many entries were looked at, 50 at most.' }),
      leftOut: LeftOut,
      unused: Type.Array(Type.String(), { description: 'Attributes of the mapping that none of them has.' }),
    },
    { title: 'ExternalDirectoryTest' },
  ),
})

import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'

/** Of one company. */
export const mostExternalDirectories = 10

/** Text without control characters: what a directory is told is told nobody else. */
const Line = (maxLength: number, description: string, minLength = 1) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$', description })

const Attribute = (description: string) =>
  Type.String({ minLength: 1, maxLength: 80, pattern: '^[A-Za-z][0-9A-Za-z-]*$', description })
const Attributes = (description: string) => Type.Array(Attribute('Name of an attribute.'), { maxItems: 8, description })

export const LdapServer = Closed(
  {
    host: Type.String({
      minLength: 1,
      maxLength: 253,
      pattern: '^[0-9A-Za-z_.:-]+$',
      description: 'Name or IP address of the server.',
    }),
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    security: OneOf(
      ['tls', 'starttls', 'none'],
      '`tls`: ldaps, from the first byte (636); `starttls`: by command, never without (389); `none`: whoever is on the way reads everything, the password too.',
    ),
  },
  { title: 'LdapServer' },
)

export const AttributeMapping = Closed(
  {
    id: Attribute('What identifies an entry for ever: entryUUID, objectGUID.'),
    marker: Type.Optional(
      Attribute('What grows with every change: modifyTimestamp, uSNChanged. Without it everything is read each time.'),
    ),
    name: Type.Array(Attribute('Name of an attribute.'), {
      minItems: 1,
      maxItems: 8,
      description: 'The first that has a value counts.',
    }),
    organisation: Attributes('The first that has a value counts.'),
    title: Attributes('The first that has a value counts.'),
    department: Attributes('The first that has a value counts.'),
    location: Attributes('The first that has a value counts.'),
    email: Attributes('All values count.'),
    work: Attributes('Telephone numbers; all values count.'),
    mobile: Attributes('Mobile numbers; all values count.'),
    home: Attributes('Numbers at home; all values count.'),
    fax: Attributes('Fax numbers; all values count.'),
    photo: Type.Optional(Attribute('A picture: jpegPhoto, thumbnailPhoto.')),
  },
  { title: 'AttributeMapping' },
)

export const DirectoryPreset = Closed(
  { filter: Type.String(), mapping: AttributeMapping },
  {
    title: 'DirectoryPreset',
    description: 'Which entries of a kind of directory are people, and what their attributes say.',
  },
)

/** What is asked of a directory. */
export const directorySettings = {
  server: LdapServer,
  trusted: Type.Optional(
    Type.String({ maxLength: 50_000, description: 'Certificates (PEM) that are trusted beside the usual ones.' }),
  ),
  bindDn: Type.Optional(
    Line(500, 'Who logs in: a DN, or for Active Directory also name@domain. Absent: without a login.'),
  ),
  base: Line(500, 'Where entries are looked for: `ou=people,dc=example,dc=com`.', 0),
  scope: OneOf(['subtree', 'level'], 'All below the base, or one level below it.'),
  filter: Line(2000, 'Which entries (RFC 4515): `(objectClass=inetOrgPerson)`.'),
  mapping: AttributeMapping,
}

export const directoryFields = {
  name: Text(100, 'By which people know it; shown with each contact that is from it.'),
  isOn: Type.Boolean({ description: 'It is read.' }),
  ...directorySettings,
  pollMinutes: Type.Integer({ minimum: 5, maximum: 1440, description: 'Between two readings.' }),
  skipsColleagues: Type.Boolean({
    description:
      'Entries with the e-mail address of a user of the company are left out: that colleague is there already.',
  }),
}

export const LdapTrouble = OneOf(
  [
    'name',
    'network',
    'port',
    'tls',
    'certificate',
    'protocol',
    'silence',
    'needsTls',
    'login',
    'base',
    'filter',
    'rights',
    'limit',
    'referral',
    'identity',
    'full',
    'lost',
    'ours',
  ],
  'What is wrong: name of the server, its network, port, TLS, certificate; it speaks no LDAP, says nothing, wants TLS; login, base, filter, rights, limits of the server; another server has it; entries lack what identifies them; there are too many; the connection was lost; our own database takes nothing.',
)

const Count = (description: string) => Type.Integer({ minimum: 0, description })

export const LeftOut = Closed(
  {
    colleagues: Count('Entries of users of the company.'),
    nameless: Count('Entries without a name.'),
    keyless: Count('Entries without what identifies them.'),
    numbers: Count('Telephone numbers that are none.'),
    examples: Type.Array(Type.String(), { description: 'Some of these numbers, as they are written there.' }),
  },
  { title: 'LeftOutEntries' },
)

export const ExternalDirectoryHealth = Closed(
  {
    state: OneOf(['off', 'waiting', 'reading', 'well', 'failing'], 'How reading goes.'),
    contacts: Count('Contacts that are from it.'),
    readAt: Type.Optional(Time('When it was read last.')),
    comparedAt: Type.Optional(Time('When everything was compared last; removals are found then.')),
    nextAt: Type.Optional(Time('When it is read next.')),
    leftOut: Type.Optional(LeftOut),
    changed: Type.Optional(
      Closed({
        at: Time('When something changed last.'),
        made: Count('New contacts.'),
        changed: Count('Changed ones.'),
        removed: Count('Removed ones.'),
      }),
    ),
    failing: Type.Optional(
      Closed({
        since: Time('Since when.'),
        trouble: LdapTrouble,
        detail: Type.String({ description: 'In the words of the server.' }),
      }),
    ),
    held: Type.Optional(
      Closed({
        since: Time('Since when.'),
        missing: Count('So many are not there any more.'),
        known: Count('Of so many.'),
      }),
    ),
  },
  { title: 'ExternalDirectoryHealth' },
)

export const ExternalDirectory = Closed(
  {
    id: Id('The directory.'),
    ...directoryFields,
    hasPassword: Type.Boolean(),
    health: ExternalDirectoryHealth,
  },
  { title: 'ExternalDirectory' },
)

import Type from 'typebox'
import { Conflict } from '../errors.ts'
import { Clearable, Closed, Id, NamePart, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'ftps'
const access = 'administrator'
const path = '/api/v1/ftps/accounts/{accountId}'
const params = { accountId: Id('The account.') }

const fields = {
  name: NamePart('First part of the login.'),
  fromAddresses: Type.Array(Type.String({ minLength: 2, maxLength: 91 }), {
    maxItems: 50,
    description: 'Where it may come from: addresses, `192.0.2.0/24`, `192.0.2.10-20`. From everywhere if empty.',
  }),
  expiresAt: Time('Nobody comes in from then on.'),
  needsSessionReuse: Type.Boolean({
    description:
      'Whether each transfer must resume the TLS session of its control connection, so that nobody behind the same address can take it. Some older programs cannot.',
  }),
}

export const FtpsAccountView = Closed(
  {
    id: Id('The account.'),
    name: fields.name,
    login: Type.String({ description: 'What the program logs in with.' }),
    fromAddresses: fields.fromAddresses,
    expiresAt: Type.Optional(fields.expiresAt),
    needsSessionReuse: fields.needsSessionReuse,
    createdAt: Time('When it was made.'),
    usedAt: Type.Optional(Time('Last login.')),
    usedFrom: Type.Optional(Type.String({ description: 'Address of the last login.' })),
  },
  { title: 'FtpsAccount' },
)

const WithPassword = Closed(
  { account: FtpsAccountView, password: Type.String({ description: 'Shown this once.' }) },
  { title: 'FtpsAccountWithPassword' },
)

export const readFtpsAccess = operation({
  id: 'readFtpsAccess',
  method: 'GET',
  path: '/api/v1/ftps',
  tag,
  summary: 'How recordings are fetched over FTPS: host, ports to open, and the accounts of the company, 50 at most',
  access,
  reply: Closed(
    {
      isOn: Type.Boolean({ description: 'A port is set (`VAXEL_FTPS_PORT`, `VAXEL_FTPS_IMPLICIT_PORT`).' }),
      host: Type.Optional(
        Type.String({ description: 'Name or address that programs connect to, as far as one is set.' }),
      ),
      port: Type.Optional(Type.Integer({ description: 'TLS after AUTH TLS.' })),
      implicitPort: Type.Optional(Type.Integer({ description: 'TLS from the first byte.' })),
      passivePorts: Type.Optional(
        Closed({ from: Type.Integer(), to: Type.Integer() }, { description: 'For transfers; both included.' }),
      ),
      accounts: Type.Array(FtpsAccountView, { maxItems: 50 }),
    },
    { title: 'FtpsAccess' },
  ),
})

export const createFtpsAccount = operation({
  id: 'createFtpsAccount',
  method: 'POST',
  path: '/api/v1/ftps/accounts',
  tag,
  summary: 'Make an account that may read all recordings of the company; its password is shown this once',
  access,
  proof: 'in browsers',
  body: Closed({
    name: fields.name,
    fromAddresses: Type.Optional(fields.fromAddresses),
    expiresAt: Type.Optional(fields.expiresAt),
    needsSessionReuse: Type.Optional(fields.needsSessionReuse),
  }),
  status: 201,
  reply: WithPassword,
  errors: [Conflict],
})

export const changeFtpsAccount = operation({
  id: 'changeFtpsAccount',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change what is named of an account',
  access,
  proof: 'in browsers',
  params,
  body: Closed({
    fromAddresses: Type.Optional(fields.fromAddresses),
    expiresAt: Clearable(fields.expiresAt),
    needsSessionReuse: Type.Optional(fields.needsSessionReuse),
  }),
  reply: FtpsAccountView,
})

export const renewFtpsPassword = operation({
  id: 'renewFtpsPassword',
  method: 'POST',
  path: `${path}/password`,
  tag,
  summary: 'A new password, shown this once; the one before counts no more',
  access,
  proof: 'in browsers',
  params,
  reply: WithPassword,
})

export const removeFtpsAccount = operation({
  id: 'removeFtpsAccount',
  method: 'DELETE',
  path,
  tag,
  summary: 'Remove an account; its connections end with their next command',
  access,
  params,
})

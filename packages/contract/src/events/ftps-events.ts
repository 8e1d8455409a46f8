import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const account = Type.String({ description: 'Its id.' })
const name = Type.String({ description: 'Name of the account.' })
const by = Type.String({ description: '`user:<id>`' })
const address = Type.Optional(Type.String())

/** What happens at the file server for recordings. */
export const ftpsEvents: readonly EventKind[] = [
  {
    kind: 'ftps.accountChanged',
    summary: 'An FTPS account was made, changed or removed, or got a new password.',
    audience: 'administrator',
    data: Type.Object({
      account,
      name,
      what: Type.String({ description: '`made`, `changed`, `password-renewed` or `removed`' }),
      by,
      address,
    }),
  },
  {
    kind: 'ftps.loggedIn',
    summary: 'A program logged in over FTPS; told once an hour for each account and address.',
    audience: 'administrator',
    data: Type.Object({ account, name, address: Type.String() }),
  },
  {
    kind: 'recording.fetched',
    summary: 'A recording was read over FTPS.',
    audience: 'supervisor',
    data: Type.Object({
      recording: Type.String(),
      account,
      name,
      address: Type.String(),
      fromByte: Type.Integer({ description: 'Above 0 where an earlier download is resumed.' }),
    }),
  },
]

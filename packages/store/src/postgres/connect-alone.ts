import { Kysely } from 'kysely'
import { Client } from 'pg'
import type { Schema } from '../schema.ts'
import { BytewisePostgresDialect, types } from './dialect.ts'
import { nameOf } from './name-of.ts'
import { ownerLock } from './postgres-connection.ts'

export type PostgresConnection = Client

const connectLimitMs = 5000

/** A connection for one long job, without a limit for single answers. Rejects with a sentence when the database cannot be reached. */
export async function connectAlone(url: string, name = 'vaxel-backup'): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectLimitMs,
    keepAlive: true,
    types,
  })
  // The statement that runs rejects too.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`The database ${nameOf(url)} cannot be reached: ${(error as Error).message}.`, { cause: error })
  }
  return client
}

/** Keeps servers away from the database as long as the connection lives; false when one has it. */
export async function takeOwnership(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [ownerLock])
  return rows[0]?.taken === true
}

/** Migrations on this one connection, also in a transaction that it is in. */
export function kyselyOver(client: Client): Kysely<Schema> {
  const pool = {
    connect: async () => ({
      query: client.query.bind(client) as never,
      release: () => {},
    }),
    end: async () => {},
  }
  return new Kysely<Schema>({ dialect: new BytewisePostgresDialect({ pool } as never) })
}

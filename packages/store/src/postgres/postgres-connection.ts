import { Client } from 'pg'
import { types } from './dialect.ts'

/** The lock that one server holds on its database as long as its connection lives: `vaxel` as a number. */
export const ownerLock = 0x76_61_78_65_6c
const connectLimitMs = 5000
/** A search that takes longer is given up. */
const answerLimitMs = 15_000
/** A database that does not answer a write for so long counts as gone: calls wait for it. */
const writeLimitMs = 4000

/** Settings of every connection. */
export const connectionSettings = (url: string) => ({
  connectionString: url,
  application_name: 'vaxel',
  connectionTimeoutMillis: connectLimitMs,
  query_timeout: answerLimitMs,
  keepAlive: true,
  types,
})

/** The server answers, and lets nobody write. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError'

  constructor() {
    super('it can only be read: it is a standby, or writing is switched off')
  }
}

/**
 * A connection for writing that owns the database; undefined when another one does. Rejects when the database cannot be reached
 * or only be read.
 * @param onGone called when the connection has ended
 */
export async function connectAsOwner(
  url: string,
  onGone: (client: Client, why: string) => void,
): Promise<Client | undefined> {
  // Statements of one transaction are sent without waiting for each other's answers.
  const client = new Client({ ...connectionSettings(url), query_timeout: writeLimitMs, pipeline: true })
  let why = 'the connection ended'
  client.on('error', (error) => {
    why = error.message
  })
  try {
    await client.connect()
    await client.query('set synchronous_commit = on')
    const { rows } = await client.query<{ taken: boolean; mode: string }>(
      "select pg_try_advisory_lock($1) as taken, current_setting('transaction_read_only') as mode",
      [ownerLock],
    )
    if (rows[0]?.mode === 'on') throw new ReadOnlyError()
    if (rows[0]?.taken !== true) {
      await client.end()
      return undefined
    }
  } catch (error) {
    client.end().catch(() => {})
    throw error
  }
  client.once('end', () => onGone(client, why))
  return client
}

/** The database without user and password, for sentences. */
export function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`
}

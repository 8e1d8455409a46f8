import { Client } from 'pg'
import { types } from './dialect.ts'

/** The lock that one server holds on its database as long as its connection lives: `vaxel` as a number. */
export const ownerLock = 0x76_61_78_65_6c
const connectLimitMs = 5000
/** A search that takes longer is given up. */
const answerLimitMs = 15_000
/** A database that does not answer a write for so long counts as gone: calls wait for it. */
const writeLimitMs = 4000

/** Silence after which this side asks whether the other is there; ten seconds of silence more end the connection. */
const keepAliveMs = 10_000

/**
 * Settings of the session that owns the database. When the network is cut, PostgreSQL hears of no end: by its own settings it would keep
 * the session, and the lock, for two hours. With these it asks after ten seconds of silence and ends a dead session within half a minute.
 * On a socket of the same machine they mean nothing.
 */
const ownerSettings = {
  synchronous_commit: 'on',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '20000',
}

/** Settings of every connection. */
export const connectionSettings = (url: string) => ({
  connectionString: url,
  application_name: 'vaxel',
  connectionTimeoutMillis: connectLimitMs,
  query_timeout: answerLimitMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveMs,
  types,
})

/** The server answers, and lets nobody write. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError'

  constructor() {
    super('it can only be read: it is a standby, or writing is switched off')
  }
}

/** A connection for writing. */
export interface WritingConnection {
  readonly client: Client
  /** It owns the database; otherwise another session does. */
  readonly isOwner: boolean
}

/**
 * Asks for the database. Rejects when it cannot be reached or only be read.
 * @param server what this server's sessions are known by
 * @param onGone called when a connection that owns the database has ended
 */
export async function connectAsOwner(
  url: string,
  server: string,
  onGone: (client: Client, why: string) => void,
): Promise<WritingConnection> {
  // Statements of one transaction are sent without waiting for each other's answers.
  const client = new Client({ ...connectionSettings(url), query_timeout: writeLimitMs, pipeline: true })
  let why = 'the connection ended'
  client.on('error', (error) => {
    why = reasonOf(error)
  })
  try {
    await client.connect()
    // The name comes before the lock: a session whose answers are lost can be told by it.
    const settings = Object.entries({ ...ownerSettings, application_name: sessionName(server) })
    await client.query(
      `select ${settings.map(([name, value]) => `set_config('${name}', '${value}', false)`).join(', ')}`,
    )
    const { rows } = await client.query<{ taken: boolean; mode: string }>(
      "select pg_try_advisory_lock($1) as taken, current_setting('transaction_read_only') as mode",
      [ownerLock],
    )
    if (rows[0]?.mode === 'on') throw new ReadOnlyError()
    const isOwner = rows[0]?.taken === true
    if (isOwner) client.once('end', () => onGone(client, why))
    return { client, isOwner }
  } catch (error) {
    client.end().catch(() => {})
    throw error
  }
}

/**
 * Asks who owns the database. An earlier session of this server that waits for it to speak is ended: its connection has died, or it
 * would not be asked here. One that still works on what it was given is left to finish. Nobody else's session is ever ended.
 * @returns why the database cannot be had
 */
export async function makeWay(client: Client, server: string): Promise<string> {
  const { rows } = await client.query<{ isOwn: boolean | null; ended: boolean | null }>(
    `select a.application_name = $2 as "isOwn",
       case when a.application_name = $2 and (a.state is distinct from 'active' or a.wait_event_type = 'Client')
         then pg_terminate_backend(a.pid) end as ended
     from pg_locks l left join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.objsubid = 1
       and l.database = (select oid from pg_database where datname = current_database())
       and (l.classid::bigint << 32 | l.objid::bigint) = $1`,
    [ownerLock, sessionName(server)],
  )
  const [holder] = rows
  if (holder?.isOwn !== true) return 'another Vaxel server, or a restore, holds it'
  return holder.ended === null
    ? 'an earlier connection of this server still works on what it was given'
    : 'an earlier connection of this server, cut off by the network, holds it and is being ended'
}

/** Set once connected: a name that the URL gives would go before one of the settings. */
const sessionName = (server: string): string => `vaxel ${server}`

/** In words where the driver gives none. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (message === 'Query read timeout') return 'it does not answer'
  return message === 'timeout expired' ? 'it cannot be reached' : message
}

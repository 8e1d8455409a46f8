import { toParameter } from '../postgres/dialect.ts'
import { connectAlone, kyselyOver, type PostgresConnection, takeOwnership } from '../postgres/connect-alone.ts'
import { nameOf } from '../postgres/name-of.ts'
import { migrateWithin } from '../migrations/migrate.ts'
import { BackupFault } from './backup-fault.ts'
import type { EventNumbers } from './backup-format.ts'
import { quoted, type SourceTable } from './backup-source.ts'
import { columnTypes, tablesOf } from './postgres-source.ts'
import type { RestoreTarget } from './restore-target.ts'

/** The row of `settings` that is there between the database and its data folder; a server does not start on it. */
const restoringSetting = 'restoring'

/** A database without tables; all of it is one transaction, so that a restore that is killed leaves it empty. */
export async function openPostgresTarget(url: string): Promise<RestoreTarget> {
  const client = await connectAlone(url)
  try {
    if (!(await takeOwnership(client)))
      throw new BackupFault(`A Vaxel server uses the database ${nameOf(url)}. Restore into an empty one.`)
    if ((await tablesOf(client)).size > 0)
      throw new BackupFault(
        `The database ${nameOf(url)} is not empty. Make a new one, e.g. createdb NAME, and restore into that.`,
      )
    await client.query('begin')
    return new PostgresTarget(client)
  } catch (error) {
    await client.end()
    throw error
  }
}

class PostgresTarget implements RestoreTarget {
  readonly #client: PostgresConnection
  readonly #types = new Map<string, ReadonlyMap<string, string>>()

  constructor(client: PostgresConnection) {
    this.#client = client
  }

  async prepare(version: number, nowMs: number): Promise<void> {
    await migrateWithin(version, kyselyOver(this.#client), nowMs)
    for (const table of (await tablesOf(this.#client)).keys())
      this.#types.set(table, await columnTypes(this.#client, table))
  }

  columnsOf(table: string): readonly string[] | undefined {
    const types = this.#types.get(table)
    return types && [...types.keys()]
  }

  async write({ name, columns }: SourceTable, rows: readonly (readonly (string | number | null)[])[]): Promise<void> {
    const types = this.#types.get(name)!
    const arrays = columns.map((column, i) => `$${i + 1}::${types.get(column)!}[]`)
    await this.#client.query({
      name: `restore ${name}`.slice(0, 63),
      text: `insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) select * from unnest(${arrays.join(', ')})`,
      values: columns.map((_, i) => rows.map((row) => toParameter(row[i]!))),
    })
  }

  /** Foreign keys and types are checked by the server with every row. */
  async faults(): Promise<readonly string[]> {
    return []
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.#client.query<{ count: number }>(`select count(*) from ${quoted(table)}`)
    return rows[0]!.count
  }

  async eventNumbers(): Promise<EventNumbers | undefined> {
    const { rows } = await this.#client.query<EventNumbers>(
      'select min(number) as first, max(number) as last, count(*) as count from events',
    )
    return rows[0]!.count === 0 ? undefined : rows[0]
  }

  async finish(): Promise<void> {
    await this.#client.query('insert into settings (name, value) values ($1, $2)', [restoringSetting, 'folder missing'])
    await this.#client.query('commit')
  }

  async close(): Promise<void> {
    await this.#client.end()
  }
}

/** The data folder is in its place too: servers may start on the database. */
export async function openToServers(url: string): Promise<void> {
  const client = await connectAlone(url)
  try {
    await client.query('delete from settings where name = $1', [restoringSetting])
  } finally {
    await client.end()
  }
}

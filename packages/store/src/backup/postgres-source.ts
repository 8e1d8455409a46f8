import { connectAlone, type PostgresConnection } from '../postgres/connect-alone.ts'
import { BackupFault } from './backup-fault.ts'
import {
  type BackupSource,
  inOrderOfReference,
  quoted,
  type Row,
  type SourceTable,
  type Value,
  versionTable,
} from './backup-source.ts'

const rowsAtOnce = 2000

/** A PostgreSQL database in one transaction of level "repeatable read": everything as it was at its begin. */
export async function openPostgresSource(url: string): Promise<BackupSource> {
  const client = await connectAlone(url)
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesOf(client)
    if (!tables.has(versionTable))
      throw new BackupFault('The database has no tables of Vaxel. Is VAXEL_DATABASE_URL the one that the server has?')
    const { rows } = await client.query<{ version: number }>(`select max(version) as version from ${versionTable}`)
    tables.delete(versionTable)
    const ordered: SourceTable[] = []
    for (const name of inOrderOfReference(tables))
      ordered.push({ name, columns: [...(await columnTypes(client, name)).keys()] })
    return {
      database: 'PostgreSQL',
      schemaVersion: rows[0]!.version,
      tables: ordered,
      rows: (table) => rowsOf(client, table),
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** Each table with those that it refers to. */
export async function tablesOf(client: PostgresConnection): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; refers_to: string | null }>(
    `select t.relname as name, r.relname as refers_to
     from pg_class t left join pg_constraint c on c.conrelid = t.oid and c.contype = 'f'
     left join pg_class r on r.oid = c.confrelid
     where t.relkind in ('r', 'p') and t.relnamespace = current_schema()::regnamespace`,
  )
  const tables = new Map<string, string[]>()
  for (const { name, refers_to } of rows) {
    const references = tables.get(name) ?? []
    if (refers_to !== null && refers_to !== name) references.push(refers_to)
    tables.set(name, references)
  }
  return tables
}

/** Columns in order, with the name of their type (`text`, `int8`). */
export async function columnTypes(client: PostgresConnection, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select column_name as name, udt_name as type from information_schema.columns
     where table_schema = current_schema() and table_name = $1 order by ordinal_position`,
    [table],
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}

async function* rowsOf(client: PostgresConnection, { name, columns }: SourceTable): AsyncGenerator<readonly Row[]> {
  const list = columns.map(quoted).join(', ')
  await client.query(`declare backup_rows no scroll cursor for select ${list} from ${quoted(name)}`)
  for (;;) {
    const { rows } = await client.query<Value[]>({ text: `fetch ${rowsAtOnce} from backup_rows`, rowMode: 'array' })
    if (rows.length === 0) break
    yield rows
  }
  await client.query('close backup_rows')
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { databaseElsewhere } from '../database-elsewhere.ts'
import { BackupFault } from './backup-fault.ts'
import {
  type BackupSource,
  inOrderOfReference,
  quoted,
  type Row,
  type SourceTable,
  versionTable,
} from './backup-source.ts'
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts'

const rowsAtOnce = 2000

/**
 * The embedded database in one reading transaction: of the write-ahead log, all of it is read as it was at its begin.
 * The server goes on writing; its log grows until the end of the backup and shrinks again.
 */
export function openSqliteSource(folder: string): BackupSource {
  const path = join(folder, 'vaxel.db')
  const elsewhere = databaseElsewhere(folder)
  if (elsewhere !== undefined)
    throw new BackupFault(
      `The server of ${folder} has its database in PostgreSQL, ${elsewhere}. Name it with --database URL or VAXEL_DATABASE_URL.`,
    )
  if (!existsSync(path))
    throw new BackupFault(
      `There is no database in ${folder}. Name the data folder with --data FOLDER or VAXEL_DATA, and VAXEL_DATABASE_URL if it is PostgreSQL.`,
    )
  const file = openSqliteFile(path, { readonly: true })
  try {
    file.exec('begin')
    // The transaction sees what there is at its first read.
    const tables = tablesOf(file)
    if (!tables.has(versionTable)) throw new BackupFault(`${path} is not a database of Vaxel.`)
    const { version } = file.prepare(`select max(version) as version from ${versionTable}`).get() as { version: number }
    tables.delete(versionTable)
    return {
      database: 'SQLite',
      schemaVersion: version,
      tables: inOrderOfReference(tables).map((name) => ({ name, columns: columnsOf(file, name) })),
      rows: (table) => rowsOf(file, table),
      close: async () => {
        file.close()
      },
    }
  } catch (error) {
    file.close()
    throw error
  }
}

/** Each table with those that it refers to. */
function tablesOf(file: SqliteFile): Map<string, string[]> {
  const names = file
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'")
    .pluck()
    .all() as string[]
  return new Map(
    names.map((name) => {
      const references = file.pragma(`foreign_key_list(${quoted(name)})`) as { table: string }[]
      return [name, references.map(({ table }) => table)]
    }),
  )
}

export function columnsOf(file: SqliteFile, table: string): string[] {
  return (file.pragma(`table_info(${quoted(table)})`) as { name: string }[]).map(({ name }) => name)
}

async function* rowsOf(file: SqliteFile, { name, columns }: SourceTable): AsyncGenerator<readonly Row[]> {
  const list = columns.map(quoted).join(', ')
  let rows: Row[] = []
  for (const row of file
    .prepare(`select ${list} from ${quoted(name)}`)
    .raw()
    .iterate()) {
    rows.push(row as Row)
    if (rows.length < rowsAtOnce) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

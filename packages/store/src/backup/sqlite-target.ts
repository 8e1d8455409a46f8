import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import { migrateTo } from '../migrations/migrate.ts'
import type { Schema } from '../schema.ts'
import type { EventNumbers } from './backup-format.ts'
import { quoted } from './backup-source.ts'
import type { RestoreTarget } from './restore-target.ts'
import { openSqliteFile, type SqliteStatement } from './sqlite-file.ts'
import { columnsOf } from './sqlite-source.ts'

/** A new `vaxel.db` in a folder that nobody uses yet; written without a log, as it is thrown away when anything fails. */
export function openSqliteTarget(folder: string): RestoreTarget {
  const path = join(folder, 'vaxel.db')
  // Made here, because SQLite would make it readable by everyone.
  writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
  const file = openSqliteFile(path, { readonly: false })
  file.pragma('journal_mode = memory')
  file.pragma('synchronous = off')
  // Held against each other in one go, at the end.
  file.pragma('foreign_keys = off')
  const statements = new Map<string, SqliteStatement>()
  return {
    prepare: async (version, nowMs) => {
      await migrateTo(version, new Kysely<Schema>({ dialect: new SqliteDialect({ database: file }) }), nowMs)
      file.exec('begin')
    },
    columnsOf: (table) => {
      const columns = columnsOf(file, table)
      return columns.length > 0 ? columns : undefined
    },
    write: async ({ name, columns }, rows) => {
      let statement = statements.get(name)
      if (!statement) {
        const marks = columns.map(() => '?').join(', ')
        statement = file.prepare(`insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) values (${marks})`)
        statements.set(name, statement)
      }
      for (const row of rows) statement.run(...row)
    },
    faults: async () => {
      file.exec('commit')
      const told = file.pragma('integrity_check') as { integrity_check: string }[]
      const faults = told.map(({ integrity_check }) => integrity_check).filter((line) => line !== 'ok')
      const orphans = file.pragma('foreign_key_check') as { table: string; parent: string }[]
      return [...faults, ...orphans.slice(0, 10).map(({ table, parent }) => `a row of ${table} has no ${parent}`)]
    },
    count: async (table) =>
      file
        .prepare(`select count(*) from ${quoted(table)}`)
        .pluck()
        .get() as number,
    eventNumbers: async () => {
      const row = file.prepare('select min(number) as first, max(number) as last, count(*) as count from events').get()
      return (row as EventNumbers).count === 0 ? undefined : (row as EventNumbers)
    },
    // The folder's name is what makes it valid.
    finish: async () => {},
    close: async () => {
      file.close()
    },
  }
}

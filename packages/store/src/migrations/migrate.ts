import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { firstSchema } from './0001-first.ts'

interface Migration {
  readonly name: string
  up(db: Kysely<unknown>): Promise<void>
}

/** In order; a released one is never changed, only followed. The place in the list is the version, from 1. */
const migrations: readonly Migration[] = [{ name: 'first schema', up: firstSchema }]

/** The version of the schema that this program reads and writes. */
export const schemaVersion = migrations.length

/**
 * Brings the database to {@link schemaVersion}, each step in a transaction of its own. Throws for a database
 * that a newer program has written: an old program must not guess at it.
 */
export async function migrate(db: Kysely<Schema>, nowMs: number): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at_ms', 'bigint', (c) => c.notNull())
    .execute()
  const row = await db
    .selectFrom('schema_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst()
  const at = Number(row?.version ?? 0)
  if (at > schemaVersion)
    throw new Error(
      `The database has schema version ${at}, this program knows ${schemaVersion}. Start the newer program that wrote it.`,
    )
  for (let version = at + 1; version <= schemaVersion; version++) {
    const migration = migrations[version - 1]!
    await db.transaction().execute(async (transaction) => {
      await migration.up(transaction as unknown as Kysely<unknown>)
      await transaction
        .insertInto('schema_version')
        .values({ version, name: migration.name, applied_at_ms: nowMs })
        .execute()
    })
  }
}

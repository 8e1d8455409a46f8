import type { Kysely } from 'kysely'

/** Recordings and their keys, what companies want of them, and what was found of each day; the sound lies in files. */
export async function recordingsSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recording_policies')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('from_ms', 'bigint', (c) => c.notNull())
    .addColumn('policy', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_policies_key', ['company_id', 'from_ms'])
    .execute()
  await db.schema
    .createTable('recording_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('made_at_ms', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('recordings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('started_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('demanded', 'integer', (c) => c.notNull())
    .addColumn('held', 'integer', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint')
    .addColumn('chain_index', 'integer')
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text')
    .addColumn('sealed_key', 'text')
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(`recordings_by_${name}`).on('recordings').columns(columns).execute()
  await index('company', ['company_id', 'id'])
  await index('call', ['call_id'])
  await index('user', ['company_id', 'user_id', 'id'])
  await index('state', ['state', 'expires_at_ms'])
  await index('file', ['file'])
  await db.schema
    .createIndex('recordings_by_chain')
    .unique()
    .on('recordings')
    .columns(['company_id', 'chain_index'])
    .execute()
  await db.schema
    .createTable('recording_reports')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('report', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_reports_key', ['company_id', 'day'])
    .execute()
}

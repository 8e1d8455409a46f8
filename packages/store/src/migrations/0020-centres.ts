import type { Kysely } from 'kysely'

/** Contact centres: every publication, and what is being worked on. */
export async function centresSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('centres')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('published_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('published_by', 'text')
    .addColumn('note', 'text')
    .addColumn('centre', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('centres_key', ['company_id', 'version'])
    .execute()
  await db.schema
    .createTable('centre_drafts')
    .addColumn('company_id', 'text', (c) => c.primaryKey().references('companies.id').onDelete('cascade'))
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('based_on', 'bigint', (c) => c.notNull())
    .addColumn('changed_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .addColumn('conflicts', 'text')
    .addColumn('centre', 'text', (c) => c.notNull())
    .execute()
}

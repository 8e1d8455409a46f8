import type { Kysely } from 'kysely'

/** Flows with their drafts, what was published of them, and what they use. */
export async function flowsSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('flows')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('changed_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('live_version', 'bigint')
    .addColumn('draft', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('flow_versions')
    .addColumn('flow_id', 'text', (c) => c.notNull().references('flows.id').onDelete('cascade'))
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('published_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('more', 'text', (c) => c.notNull())
    .addColumn('graph', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('flow_versions_key', ['flow_id', 'version'])
    .execute()
  await db.schema
    .createTable('flow_cases')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('flow_id', 'text', (c) => c.notNull().references('flows.id').onDelete('cascade'))
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('flow_cases_by_flow').on('flow_cases').columns(['flow_id', 'id']).execute()
  await db.schema
    .createTable('flow_sounds')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('flow_credentials')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('changed_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('flow_credentials_key', ['company_id', 'name'])
    .execute()
}

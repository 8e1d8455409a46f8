import type { Kysely } from 'kysely'

/** What has been promised and is to be done later: call-backs, webhooks. */
export async function owedSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('owed')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('until_ms', 'bigint', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}

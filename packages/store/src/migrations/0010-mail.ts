import type { Kysely } from 'kysely'

/** Mails until they are delivered. */
export async function mailSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mails')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('mails_by_state').on('mails').columns(['state', 'at_ms']).execute()
  await db.schema.createIndex('mails_by_company').on('mails').columns(['company_id', 'created_at_ms']).execute()
}

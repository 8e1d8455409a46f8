import { type Kysely, sql } from 'kysely'

/** Visits of queues of which it is known who the customer was. Queries say it in these very words, so that the index is used. */
export const isTold = sql<boolean>`(more <> '{}')`

/** What finds that which is old enough to be erased without looking at what was erased before. */
export async function erasureSchema(db: Kysely<unknown>): Promise<void> {
  await sql`create index work_items_told on work_items (company_id, arrived_at_ms) where ${isTold}`.execute(db)
  await db.schema
    .createIndex('customer_remarks_by_time')
    .on('customer_remarks')
    .columns(['company_id', 'at_ms'])
    .execute()
  await db.schema
    .createIndex('mail_conversations_by_time')
    .on('mail_conversations')
    .columns(['company_id', 'last_at_ms'])
    .execute()
  await db.schema
    .createTable('erasure_marks')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('erasure_marks_key', ['company_id', 'what'])
    .execute()
}

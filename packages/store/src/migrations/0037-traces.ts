import type { Kysely } from 'kysely'

/**
 * SIP messages of a call, those of a moment in one row: a row and its two indexes cost far more than what a message says. What was
 * written one by one before stays where it is until it is old enough to go.
 */
export async function tracesSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('traces')
    .addColumn('number', 'bigint', (c) => c.primaryKey())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('company_id', 'text', (c) => c.notNull())
    .addColumn('messages', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('traces_call_id_number').on('traces').columns(['call_id', 'number']).execute()
}

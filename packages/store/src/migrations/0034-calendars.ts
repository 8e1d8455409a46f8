import type { Kysely } from 'kysely'

/** Calendars of people at other servers; their addresses and passwords are sealed. */
export async function calendarsSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calendars')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
}

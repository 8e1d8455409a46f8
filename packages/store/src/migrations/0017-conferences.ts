import type { Kysely } from 'kysely'

/** How conference rooms are set. */
export async function conferencesSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conference_rooms')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
    .addColumn('pins', 'text')
    .addColumn('rules', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('conference_rooms_key', ['company_id', 'number'])
    .execute()
}

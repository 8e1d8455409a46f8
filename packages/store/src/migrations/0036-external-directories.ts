import type { Kysely } from 'kysely'

/** Directories of others (LDAP), and which of their entries has become which contact. */
export async function externalDirectoriesSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('external_directories')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('sealed', 'text')
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('progress', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('external_entries')
    .addColumn('directory_id', 'text', (c) => c.notNull().references('external_directories.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull().references('contacts.id').onDelete('cascade'))
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('marker', 'text')
    .addPrimaryKeyConstraint('external_entries_key', ['directory_id', 'key'])
    .execute()
  await db.schema.createIndex('external_entries_contact').on('external_entries').column('contact_id').execute()
}

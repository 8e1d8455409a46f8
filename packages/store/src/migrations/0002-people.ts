import type { Kysely } from 'kysely'

/** Contacts, photos of users and contacts, and what each user keeps at hand. */
export async function peopleSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('contacts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('owner_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('changed_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('contacts_of').on('contacts').columns(['company_id', 'owner_id', 'id']).execute()
  await db.schema.createIndex('contacts_owner').on('contacts').column('owner_id').execute()
  await db.schema
    .createTable('photos')
    .addColumn('card_id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
    .addColumn('contact_id', 'text', (c) => c.references('contacts.id').onDelete('cascade'))
    .addColumn('media_type', 'text', (c) => c.notNull())
    .addColumn('tag', 'text', (c) => c.notNull())
    .addColumn('size_bytes', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('photos_user').on('photos').column('user_id').execute()
  await db.schema.createIndex('photos_contact').on('photos').column('contact_id').execute()
  await db.schema
    .createTable('favourites')
    .addColumn('user_id', 'text', (c) => c.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('company_id', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}

import type { Kysely } from 'kysely'

/** Chats of websites: where they stand, conversations, what was written. */
export async function webChatSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chat_sites')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('web_chats')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('key_hash', 'text', (c) => c.notNull().unique())
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('keep_until_ms', 'bigint', (c) => c.notNull())
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('web_chats_by_end').on('web_chats').columns(['company_id', 'keep_until_ms']).execute()
  await db.schema
    .createTable('web_chat_messages')
    .addColumn('chat_id', 'text', (c) => c.notNull().references('web_chats.id').onDelete('cascade'))
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('once', 'text')
    .addColumn('more', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('web_chat_messages_key', ['chat_id', 'number'])
    .execute()
}

import type { Kysely } from 'kysely'

/** Mailboxes and what was left in them; the sound lies in files. */
export async function voicemailSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mailboxes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('voice_messages')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('box_id', 'text', (c) => c.notNull().references('mailboxes.id').onDelete('cascade'))
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('duration_ms', 'bigint', (c) => c.notNull())
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('comment_file', 'text')
    .addColumn('more', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('voice_messages_by_box').on('voice_messages').columns(['box_id', 'state', 'id']).execute()
  await db.schema.createIndex('voice_messages_by_state').on('voice_messages').columns(['state', 'at_ms']).execute()
  await db.schema.createIndex('voice_messages_by_file').on('voice_messages').columns(['file']).execute()
  await db.schema.createIndex('voice_messages_by_comment').on('voice_messages').columns(['comment_file']).execute()
}

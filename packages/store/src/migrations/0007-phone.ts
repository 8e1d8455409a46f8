import type { Kysely } from 'kysely'

/** What kind of device it is. */
export async function phoneSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('devices').addColumn('kind', 'text').execute()
}

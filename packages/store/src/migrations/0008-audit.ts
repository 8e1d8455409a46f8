import { type Kysely, sql } from 'kysely'

/** What is no call's is few among many: it has an index of its own, so that the audit is not sought among calls. */
export async function auditSchema(db: Kysely<unknown>): Promise<void> {
  await sql`create index events_without_call on events (company_id, number) where call_id is null`.execute(db)
}

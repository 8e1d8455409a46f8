import { type Kysely, sql } from 'kysely'

/** The quarter of an hour in which an item arrived. Queries say it in these very words, so that the index is used. */
export const arrivalQuarter = sql<number>`(arrived_at_ms / 900000)`

/** Entries of offers that an agent did not take. Queries say it in these very words. */
export const isMissedOffer = sql<boolean>`(kind in ('work.missed', 'work.offerFailed'))`

/** What reports are summed from without looking at the rows themselves, mailed reports, alarms that go on, forms and scores. */
export async function figuresSchema(db: Kysely<unknown>): Promise<void> {
  await sql`create index work_items_figures on work_items
    (company_id, ${arrivalQuarter}, queue_id, channel, agent_id, code_id, outcome,
     arrived_at_ms, waited_ms, is_in_level, is_short, finished_at_ms, handled_ms, wrap_ms, missed)`.execute(db)
  await db.schema.dropIndex('agent_spells_by_time').execute()
  await db.schema
    .createIndex('agent_spells_by_time')
    .on('agent_spells')
    .columns(['company_id', 'from_ms', 'agent_id', 'state', 'reason', 'for_ms'])
    .execute()
  await sql`create index events_of_missed_offers on events (company_id, at_ms) where ${isMissedOffer}`.execute(db)
  await db.schema
    .createTable('mailed_reports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('open_alarms')
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('alarm_id', 'text', (c) => c.notNull())
    .addColumn('since_ms', 'bigint', (c) => c.notNull())
    .addColumn('value', 'double precision', (c) => c.notNull())
    .addPrimaryKeyConstraint('open_alarms_key', ['company_id', 'alarm_id'])
    .execute()
  await db.schema
    .createTable('quality_forms')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('quality_scores')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('agent_id', 'text', (c) => c.notNull())
    .addColumn('item_id', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('percent', 'double precision', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('quality_scores_by_time')
    .on('quality_scores')
    .columns(['company_id', 'at_ms', 'agent_id', 'percent'])
    .execute()
  await db.schema.createIndex('quality_scores_by_item').on('quality_scores').columns(['item_id']).execute()
}

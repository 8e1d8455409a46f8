import { type Kysely, sql } from 'kysely'

/** The quarter of an hour in which an item arrived. Queries say it in these very words, so that the index is used. */
export const arrivalQuarter = sql<number>`(arrived_at_ms / 900000)`

/** The quarter of an hour in which a spell began. */
export const spellQuarter = sql<number>`(from_ms / 900000)`

/** Spells that are looked for long after they began; all others are over within four quarters. */
export const isLongSpell = sql<boolean>`(for_ms > 3600000)`

/** Entries of offers that an agent did not take. Queries say it in these very words. */
export const isMissedOffer = sql<boolean>`(kind in ('work.missed', 'work.offerFailed'))`

/** What reports are summed from without looking at the rows themselves, mailed reports, alarms that go on, forms and scores. */
export async function figuresSchema(db: Kysely<unknown>): Promise<void> {
  await sql`create index work_items_figures on work_items
    (company_id, ${arrivalQuarter}, queue_id, channel, agent_id, code_id, outcome,
     arrived_at_ms, waited_ms, is_in_level, is_short, finished_at_ms, handled_ms, wrap_ms, missed)`.execute(db)
  await sql`create index agent_spells_figures on agent_spells
    (company_id, ${spellQuarter}, agent_id, state, reason, from_ms, for_ms)`.execute(db)
  await sql`create index agent_spells_long on agent_spells (company_id, from_ms) where ${isLongSpell}`.execute(db)
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

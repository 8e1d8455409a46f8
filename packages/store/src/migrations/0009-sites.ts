import type { Kysely } from 'kysely'

/** Sites of companies with what was found at them, and catalogues of requirements that are not part of the program. */
export async function sitesSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sites')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('changed_at_ms', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('sites_by_company').on('sites').columns(['company_id', 'name', 'id']).execute()
  await db.schema
    .createTable('site_invitations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('company_id', 'text', (c) => c.notNull())
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id').onDelete('cascade'))
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('expires_at_ms', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('site_invitations_by_site').on('site_invitations').column('site_id').execute()
  await db.schema
    .createTable('site_reports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('company_id', 'text', (c) => c.notNull())
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id').onDelete('cascade'))
    .addColumn('received_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('report', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('site_reports_by_site')
    .on('site_reports')
    .columns(['site_id', 'received_at_ms'])
    .execute()
  await db.schema
    .createTable('site_warnings')
    .addColumn('site_id', 'text', (c) => c.notNull().references('sites.id').onDelete('cascade'))
    .addColumn('company_id', 'text', (c) => c.notNull())
    .addColumn('warning', 'text', (c) => c.notNull())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('site_warnings_key', ['site_id', 'warning'])
    .execute()
  await db.schema
    .createTable('site_catalogues')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('published_by', 'text')
    .addColumn('kept_at_ms', 'bigint', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('site_catalogues_key', ['id', 'version'])
    .execute()
  await db.schema.createIndex('legs_by_company_and_start').on('legs').columns(['company_id', 'started_at_ms']).execute()
}

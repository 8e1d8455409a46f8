import type { Kysely } from 'kysely'

interface Tables {
  mail_accounts: { id: string; company_id: string; more: string }
  chat_sites: { id: string; company_id: string; more: string }
  centres: { company_id: string; version: number; published_at_ms: number; note: string | null; centre: string }
  centre_drafts: { company_id: string; centre: string }
}

const empty = {
  skills: [],
  queues: [],
  agents: [],
  schedules: [],
  reasons: [],
  wrapUpCodes: [],
  templates: [],
  alarms: [],
}

/**
 * Mailboxes and websites become a part of their company's contact centre. Those that there are stand in every version and in the draft: what was
 * published before they were versioned says nothing of them, so going back to it leaves them as they are. A company that had none is not touched.
 */
export async function centreChannelsSchema(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mail_kept_secrets')
    .addColumn('mailbox_id', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('company_id', 'text', (c) => c.notNull().references('companies.id').onDelete('cascade'))
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mail_kept_secrets_key', ['company_id', 'mailbox_id', 'place'])
    .execute()
  const known = db as Kysely<Tables>
  const mailboxes = Map.groupBy(
    await known.selectFrom('mail_accounts').select(['id', 'company_id', 'more']).orderBy('id').execute(),
    (row) => row.company_id,
  )
  const websites = Map.groupBy(
    await known.selectFrom('chat_sites').select(['id', 'company_id', 'more']).orderBy('id').execute(),
    (row) => row.company_id,
  )
  for (const companyId of new Set([...mailboxes.keys(), ...websites.keys()]))
    await takeOver(known, companyId, {
      mailboxes: (mailboxes.get(companyId) ?? []).map(({ id, more }) => {
        const { createdAtMs: _, ...settings } = JSON.parse(more) as { createdAtMs?: number }
        return { id, ...settings }
      }),
      websites: (websites.get(companyId) ?? []).map(({ id, more }) => {
        const { companyId: _, ...settings } = JSON.parse(more) as { companyId?: string }
        return { ...settings, id }
      }),
    })
}

async function takeOver(
  db: Kysely<Tables>,
  companyId: string,
  channels: { readonly mailboxes: readonly unknown[]; readonly websites: readonly unknown[] },
): Promise<void> {
  const joined = (centre: string) => JSON.stringify({ ...(JSON.parse(centre) as object), ...channels })
  const versions = await db.selectFrom('centres').select('version').where('company_id', '=', companyId).execute()
  if (versions.length === 0) {
    const centre = JSON.stringify({ ...empty, ...channels })
    await db
      .insertInto('centres')
      .values({ company_id: companyId, version: 1, published_at_ms: 1, note: null, centre })
      .execute()
  }
  // One after another: a version of a large centre is some megabytes.
  for (const { version } of versions) {
    const one = db.selectFrom('centres').select('centre').where('company_id', '=', companyId)
    const { centre } = await one.where('version', '=', version).executeTakeFirstOrThrow()
    const change = db
      .updateTable('centres')
      .set({ centre: joined(centre) })
      .where('company_id', '=', companyId)
    await change.where('version', '=', version).execute()
  }
  const draft = await db
    .selectFrom('centre_drafts')
    .select('centre')
    .where('company_id', '=', companyId)
    .executeTakeFirst()
  if (draft)
    await db
      .updateTable('centre_drafts')
      .set({ centre: joined(draft.centre) })
      .where('company_id', '=', companyId)
      .execute()
}

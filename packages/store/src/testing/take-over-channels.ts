import assert from 'node:assert/strict'
import type { Kysely } from 'kysely'
import { centreChannelsSchema } from '../migrations/0033-centre-channels.ts'
import { migrateTo } from '../migrations/migrate.ts'
import type { Schema } from '../schema.ts'

/** The last version in which mailboxes and websites were set apart from the contact centre. */
const versionBefore = 21

/** Mailboxes and websites of a database of before become a part of their companies' contact centres. @param db empty */
export async function takeOverChannels(db: Kysely<Schema>): Promise<void> {
  await migrateTo(versionBefore, db, 1)
  for (const id of ['with', 'unpublished', 'without'])
    await db.insertInto('companies').values({ id, name: id, country: 'SE', main_number: null, more: '{}' }).execute()
  const version = (company_id: string, number: number, centre: object) => ({
    company_id,
    version: number,
    published_at_ms: 100 + number,
    published_by: null,
    note: null,
    centre: JSON.stringify(centre),
  })
  await db
    .insertInto('centres')
    .values([version('with', 1, { skills: [] }), version('with', 2, { skills: [{ id: 's', name: 'S' }] })])
    .execute()
  await db
    .insertInto('centres')
    .values(version('without', 1, { skills: [] }))
    .execute()
  const draft = { revision: 103, based_on: 2, changed_at_ms: 103, changed_by: 'a', conflicts: null }
  await db
    .insertInto('centre_drafts')
    .values({ ...draft, company_id: 'with', centre: JSON.stringify({ skills: [] }) })
    .execute()
  const account = (id: string, company_id: string) => ({
    id,
    company_id,
    sealed: 'sealed',
    more: JSON.stringify({ name: id, address: 'a@b.example', createdAtMs: 5 }),
  })
  await db
    .insertInto('mail_accounts')
    .values([account('info', 'with'), account('alone', 'unpublished')])
    .execute()
  const site = { id: 'shop', companyId: 'with', name: 'Shop', queueId: 'q' }
  await db
    .insertInto('chat_sites')
    .values({ id: 'shop', company_id: 'with', more: JSON.stringify(site) })
    .execute()

  await centreChannelsSchema(db as unknown as Kysely<unknown>)

  const rows = await db.selectFrom('centres').selectAll().orderBy('company_id').orderBy('version').execute()
  const channels = {
    mailboxes: [{ id: 'info', name: 'info', address: 'a@b.example' }],
    websites: [{ id: 'shop', name: 'Shop', queueId: 'q' }],
  }
  const alone = { mailboxes: [{ id: 'alone', name: 'alone', address: 'a@b.example' }], websites: [] }
  assert.deepEqual(
    rows.map((row) => [row.company_id, Number(row.version), JSON.parse(row.centre)]),
    [
      ['unpublished', 1, { ...JSON.parse(rows[0]!.centre), ...alone }],
      ['with', 1, { skills: [], ...channels }],
      ['with', 2, { skills: [{ id: 's', name: 'S' }], ...channels }],
      ['without', 1, { skills: [] }],
    ],
  )
  const [kept] = await db.selectFrom('centre_drafts').select('centre').execute()
  assert.deepEqual(JSON.parse(kept!.centre), { skills: [], ...channels })
}

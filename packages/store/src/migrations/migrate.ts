import { type Kysely, type Transaction } from 'kysely'
import type { Schema } from '../schema.ts'
import { firstSchema } from './0001-first.ts'
import { peopleSchema } from './0002-people.ts'
import { presenceSchema } from './0003-presence.ts'
import { chatSchema } from './0004-chat.ts'
import { identitySchema } from './0005-identity.ts'
import { portalSchema } from './0006-portal.ts'
import { phoneSchema } from './0007-phone.ts'
import { auditSchema } from './0008-audit.ts'
import { sitesSchema } from './0009-sites.ts'
import { mailSchema } from './0010-mail.ts'
import { recordingsSchema } from './0012-recordings.ts'
import { voicemailSchema } from './0013-voicemail.ts'
import { flowsSchema } from './0014-flows.ts'
import { conferencesSchema } from './0017-conferences.ts'
import { centresSchema } from './0020-centres.ts'
import { mailChannelSchema } from './0021-mail-channel.ts'
import { workSchema } from './0022-work.ts'
import { figuresSchema } from './0023-figures.ts'
import { centreChannelsSchema } from './0033-centre-channels.ts'
import { externalDirectoriesSchema } from './0036-external-directories.ts'
import { tracesSchema } from './0037-traces.ts'
import { erasureSchema } from './0038-erasure.ts'
import { owedSchema } from './0032-owed.ts'
import { webChatSchema } from './0024-web-chat.ts'
import { calendarsSchema } from './0034-calendars.ts'

export interface Migration {
  readonly name: string
  up(db: Kysely<unknown>): Promise<void>
}

/** In order; a released one is never changed, only followed. The place in the list is the version, from 1. */
const migrations: readonly Migration[] = [
  { name: 'first schema', up: firstSchema },
  { name: 'people', up: peopleSchema },
  { name: 'presence', up: presenceSchema },
  { name: 'chat', up: chatSchema },
  { name: 'identity', up: identitySchema },
  { name: 'portal', up: portalSchema },
  { name: 'phone', up: phoneSchema },
  { name: 'audit', up: auditSchema },
  { name: 'sites', up: sitesSchema },
  { name: 'mail', up: mailSchema },
  { name: 'recordings', up: recordingsSchema },
  { name: 'voicemail', up: voicemailSchema },
  { name: 'conferences', up: conferencesSchema },
  { name: 'flows', up: flowsSchema },
  { name: 'centres', up: centresSchema },
  { name: 'work', up: workSchema },
  { name: 'mail channel', up: mailChannelSchema },
  { name: 'owed', up: owedSchema },
  { name: 'figures', up: figuresSchema },
  { name: 'web chat', up: webChatSchema },
  { name: 'external directories', up: externalDirectoriesSchema },
  { name: 'traces', up: tracesSchema },
  { name: 'centre channels', up: centreChannelsSchema },
  { name: 'calendars', up: calendarsSchema },
  { name: 'erasure', up: erasureSchema },
]

/** The version of the schema that this program reads and writes. */
export const schemaVersion = migrations.length

/** @param known the steps of a program of another version, in tests */
interface MigrateOptions {
  readonly known?: readonly Migration[]
  /** Called once before a database that has data is changed. */
  readonly before?: (fromVersion: number, toVersion: number) => Promise<void>
}

/**
 * Brings the database to {@link schemaVersion}, each step in a transaction of its own: a process that is killed leaves it
 * before or after a step. Throws for a database that a newer program has written: an old program must not guess at it.
 */
export async function migrate(
  db: Kysely<Schema>,
  nowMs: number,
  { known = migrations, before }: MigrateOptions = {},
): Promise<void> {
  await makeVersionTable(db)
  const row = await db
    .selectFrom('schema_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst()
  const at = Number(row?.version ?? 0)
  if (at > known.length)
    throw new Error(
      `The database has schema version ${at}, this program knows ${known.length}. Start the newer program that wrote it.`,
    )
  if (at > 0 && at < known.length) await before?.(at, known.length)
  for (let version = at + 1; version <= known.length; version++)
    await db.transaction().execute((transaction) => step(transaction, version, nowMs, known))
}

/** Makes an empty database one of an earlier version, for what was written by a program of that version. */
export async function migrateTo(version: number, db: Kysely<Schema>, nowMs: number): Promise<void> {
  await migrate(db, nowMs, { known: migrations.slice(0, version) })
}

/** As {@link migrateTo}, in a transaction that the caller has begun. */
export async function migrateWithin(version: number, db: Kysely<Schema>, nowMs: number): Promise<void> {
  await makeVersionTable(db)
  for (let next = 1; next <= version; next++) await step(db, next, nowMs, migrations)
}

async function makeVersionTable(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at_ms', 'bigint', (c) => c.notNull())
    .execute()
}

async function step(
  db: Kysely<Schema> | Transaction<Schema>,
  version: number,
  nowMs: number,
  known: readonly Migration[],
): Promise<void> {
  const { name, up } = known[version - 1]!
  await up(db as unknown as Kysely<unknown>)
  await db.insertInto('schema_version').values({ version, name, applied_at_ms: nowMs }).execute()
}

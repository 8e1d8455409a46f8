import type { Compilable, Kysely } from 'kysely'
import { toJson } from '../rows/columns.ts'
import { toRecording } from '../recordings/recording-rows.ts'
import type { Schema } from '../schema.ts'

/** Nobody: the number of a party of whom nothing is known any more. */
const nobody = { number: '' }

/**
 * What erases calls with everything that hangs on them. Entries of the ledger keep their numbers, and recordings that are gone their place in the chain.
 * @param ids of calls that are over and have no recording that is kept
 */
export async function callErasures(db: Kysely<Schema>, ids: readonly string[]): Promise<readonly Compilable[]> {
  if (ids.length === 0) return []
  const [users, recordings] = await Promise.all([usersOf(db, ids), recordingsOf(db, ids)])
  return ids.flatMap((id) => [
    ...(recordings.get(id) ?? []).map((row) => withoutParties(db, row)),
    ...erasuresOf(db, id, users.get(id) ?? new Set()),
  ])
}

async function usersOf(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string | null>>> {
  const [calls, legs] = await Promise.all([
    db
      .selectFrom('calls')
      .select(['id', 'caller_user_id', 'called_user_id'])
      .where('id', 'in', [...ids])
      .execute(),
    db
      .selectFrom('legs')
      .select(['call_id', 'party_user_id'])
      .where('call_id', 'in', [...ids])
      .execute(),
  ])
  const users = new Map(calls.map((call) => [call.id, new Set([call.caller_user_id, call.called_user_id])]))
  for (const { call_id, party_user_id } of legs) users.get(call_id)?.add(party_user_id)
  return users
}

const recordingColumns = ['id', 'company_id', 'call_id', 'state', 'started_at_ms', 'file', 'more'] as const
type RecordingRow = Pick<Schema['recordings'], (typeof recordingColumns)[number]>

async function recordingsOf(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordingRow[]>> {
  const rows = await db
    .selectFrom('recordings')
    .select(recordingColumns)
    .where('call_id', 'in', [...ids])
    .where('state', '=', 'deleted')
    .where('search', '<>', '')
    .execute()
  return Map.groupBy(rows, ({ call_id }) => call_id)
}

/** The chain is made of identifiers, times and sums: it holds without names. */
function withoutParties(db: Kysely<Schema>, row: RecordingRow): Compilable {
  const { id, companyId: _, callId: __, startedAtMs: ___, file: ____, state: _____, ...more } = toRecording(row)
  return db
    .updateTable('recordings')
    .set({ user_id: null, search: '', more: toJson({ ...more, party: nobody, other: nobody }) })
    .where('id', '=', id)
}

/** The same statements for each call, so that they are prepared once. */
function erasuresOf(db: Kysely<Schema>, id: string, users: ReadonlySet<string | null>): Compilable[] {
  return [
    db.deleteFrom('traces').where('call_id', '=', id),
    db.deleteFrom('messages').where('call_id', '=', id),
    db.deleteFrom('call_shares').where('call_id', '=', id),
    db.deleteFrom('legs').where('call_id', '=', id),
    ...[...users]
      .filter((user) => user !== null)
      .map((user) => db.deleteFrom('call_users').where('user_id', '=', user).where('call_id', '=', id)),
    // A number that was missing would look like a loss.
    db
      .updateTable('events')
      .set({ company_id: '', call_id: null, kind: 'ledger.erased', data: '{}' })
      .where('call_id', '=', id),
    db.deleteFrom('calls').where('id', '=', id),
  ]
}

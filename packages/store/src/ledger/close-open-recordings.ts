import type { CallId, CompanyId } from '@vaxel/base'
import type { LedgerEvent } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { fromJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'

/** A recording can outlive its call by the moment in which its file is closed; so many last events are looked through for that. */
const lastEvents = 20_000

interface Told {
  readonly recording: string
  readonly leg: string
  /** Relative to the data folder. */
  readonly file?: string
}

/**
 * Tells the end of every recording that was running when the process died, with what is in its file.
 * Before open calls are closed: those are looked for in the table of calls.
 * @param recordedMs length of the sound in a file of the data folder; undefined when it is not there or cannot be read
 */
export async function closeOpenRecordings({
  db,
  transactor,
  nowMs,
  recordedMs,
}: {
  db: Kysely<Schema>
  transactor: Transactor
  nowMs: number
  recordedMs: (file: string) => Promise<number | undefined>
}): Promise<void> {
  const last = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst()
  const openCalls = db.selectFrom('calls').select('id').where('ended_at_ms', 'is', null)
  const rows = await db
    .selectFrom('events')
    .select(['company_id', 'call_id', 'kind', 'data'])
    .where('kind', 'in', ['recording.started', 'recording.ended'])
    .where((where) =>
      where.or([where('number', '>', Number(last?.number ?? 0) - lastEvents), where('call_id', 'in', openCalls)]),
    )
    .orderBy('number')
    .execute()
  const open = new Map<string, { told: Told; callId: CallId; companyId: CompanyId }>()
  for (const row of rows) {
    const told = fromJson<Told>(row.data)
    if (row.kind === 'recording.ended') open.delete(told.recording)
    else open.set(told.recording, { told, callId: row.call_id as CallId, companyId: row.company_id as CompanyId })
  }
  const ends: LedgerEvent[] = []
  for (const { told, callId, companyId } of open.values()) {
    const { recording, leg, file } = told
    const durationMs = file === undefined ? undefined : await recordedMs(file)
    if (durationMs === undefined) continue
    ends.push({
      kind: 'recording.ended',
      atMs: nowMs,
      companyId,
      callId,
      data: { recording, leg, file, durationMs },
    })
  }
  if (ends.length > 0) await transactor.commit([], ends)
}

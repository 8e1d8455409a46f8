import type { CallId, CompanyId, Termination } from '@vaxel/base'
import type { LedgerEvent } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { toJson, toNumber } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'

const restarted: Termination = {
  blame: 'us',
  reason: 'restarted',
  text: 'The server stopped while this call went on.',
}
const atOnce = 500

/**
 * Ends every call that was open when the process died: at its last second of audio, else when it was answered,
 * else when it began. Row, legs and `call.ended` are one transaction each.
 */
export async function closeOpenCalls({
  db,
  transactor,
  nowMs,
}: {
  db: Kysely<Schema>
  transactor: Transactor
  nowMs: number
}): Promise<number> {
  const termination = toJson(restarted)
  let closed = 0
  // By id, as what goes to the journal is not seen here for a while.
  for (let last = ''; ; ) {
    const query = db.selectFrom('calls').selectAll().where('ended_at_ms', 'is', null).where('id', '>', last)
    const open = await query.orderBy('id').limit(atOnce).execute()
    if (open.length === 0) return closed
    last = open.at(-1)!.id
    await Promise.all(
      open.map((call) => {
        const startedAtMs = Number(call.started_at_ms)
        const answeredAtMs = toNumber(call.answered_at_ms)
        // Not held to the time now: the clock may have been put back since, and a call keeps the time it began with.
        const endedAtMs = Math.max(startedAtMs, answeredAtMs ?? 0, Number(call.last_audio_at_ms ?? 0))
        const endCall = db
          .updateTable('calls')
          .set({ ended_at_ms: endedAtMs, termination })
          .where('id', '=', call.id)
          .compile()
        const endLegs = db
          .updateTable('legs')
          // A leg that began after the last sound (a transfer) ends when it began.
          .set((eb) => ({
            ended_at_ms: eb
              .case()
              .when('started_at_ms', '>', endedAtMs)
              .then(eb.ref('started_at_ms'))
              .else(endedAtMs)
              .end(),
            termination,
          }))
          .where('call_id', '=', call.id)
          .where('ended_at_ms', 'is', null)
          .compile()
        const ended: LedgerEvent = {
          kind: 'call.ended',
          atMs: nowMs,
          companyId: call.company_id as CompanyId,
          callId: call.id as CallId,
          data: {
            termination: restarted,
            answered: answeredAtMs !== undefined,
            direction: call.direction,
            ...(answeredAtMs === undefined ? {} : { talkMs: Math.max(0, endedAtMs - answeredAtMs) }),
            endedAtMs,
          },
        }
        return transactor.commit([transactor.write(endCall), transactor.write(endLegs)], [ended])
      }),
    )
    closed += open.length
  }
}

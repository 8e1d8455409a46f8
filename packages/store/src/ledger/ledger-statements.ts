import type { Kysely } from 'kysely'
import { callColumns, legColumns, traceColumns } from '../rows/call-row.ts'
import type { Schema } from '../schema.ts'

/** The ledger's hot statements as SQL text, made once by Kysely so that they fit the engine. */
export interface LedgerStatements {
  readonly putCall: string
  readonly putLeg: string
  readonly putCallUser: string
  readonly putTrace: string
  /** time, call, time */
  readonly noteAudio: string
}

export function ledgerStatements(db: Kysely<Schema>): LedgerStatements {
  const sample = (columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, '']))
  return {
    putCall: db
      .insertInto('calls')
      .values(sample(callColumns) as never)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          ...Object.fromEntries(callColumns.slice(1).map((column) => [column, eb.ref(`excluded.${column}`)])),
          // Audio is noted by the way as well; a row that does not know it must not forget it.
          last_audio_at_ms: eb.fn.coalesce('excluded.last_audio_at_ms', 'calls.last_audio_at_ms'),
        })),
      )
      .compile().sql,
    putLeg: db
      .insertInto('legs')
      .values(sample(legColumns) as never)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) =>
            Object.fromEntries(legColumns.slice(1).map((column) => [column, eb.ref(`excluded.${column}`)])),
          ),
      )
      .compile().sql,
    putCallUser: db
      .insertInto('call_users')
      .values({ user_id: '', call_id: '' })
      .onConflict((conflict) => conflict.doNothing())
      .compile().sql,
    putTrace: db
      .insertInto('traces')
      .values(sample(traceColumns) as never)
      .compile().sql,
    noteAudio: db
      .updateTable('calls')
      .set({ last_audio_at_ms: 0 })
      .where('id', '=', '')
      .where('ended_at_ms', 'is', null)
      .where((eb) => eb.or([eb('last_audio_at_ms', 'is', null), eb('last_audio_at_ms', '<', 0)]))
      .compile().sql,
  }
}

import { withoutCustomer } from '@vaxel/core'
import { type Compilable, type Kysely, sql } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

const forgotten = {
  subject: null,
  customer_name: null,
  customer_key: null,
  contact_id: null,
  note: null,
  call_back_number: null,
  more: sql<string>`'{}'`,
}

/** Takes out of a visit that is over who it was; what was done stays. */
export function forgetVisit(
  db: Kysely<Schema>,
  { id, queue_id, arrived_at_ms }: Pick<Schema['work_items'], 'id' | 'queue_id' | 'arrived_at_ms'>,
): Compilable {
  return db
    .updateTable('work_items')
    .set(forgotten)
    .where('id', '=', id)
    .where('queue_id', '=', queue_id)
    .where('arrived_at_ms', '=', arrived_at_ms)
}

/** The same of an entry of the ledger; undefined where it names nobody. */
export function forgetEntry(
  db: Kysely<Schema>,
  { number, kind, data }: Pick<Schema['events'], 'number' | 'kind' | 'data'>,
): Compilable | undefined {
  const less = withoutCustomer(kind, fromJson(data))
  if (less === undefined) return undefined
  return db
    .updateTable('events')
    .set({ data: toJson(less) })
    .where('number', '=', number)
}

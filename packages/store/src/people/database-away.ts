import { type Refusal, refusal } from '@vaxel/base'
import type { CompiledQuery } from 'kysely'
import type { LedgerEvent } from '@vaxel/core'
import type { Transactor } from '../transactor.ts'

const DirectoryAway = refusal('DIRECTORY_DATABASE_AWAY', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'The database takes no entries at the moment; the directory can be read, but not changed. Try again when it is back.',
})

/** Writes what calls do not depend on: not while the journal stands in for the database, whose space is for calls. */
export async function commitPeople(
  transactor: Transactor,
  queries: readonly CompiledQuery[],
  events: readonly LedgerEvent[] = [],
): Promise<Refusal | undefined> {
  if (transactor.isStandIn || transactor.away !== undefined) return DirectoryAway()
  await transactor.commit(
    queries.map((query) => transactor.write(query)),
    events,
  )
  return undefined
}

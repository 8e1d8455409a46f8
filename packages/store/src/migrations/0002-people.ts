import type { Kysely } from 'kysely'

/** Tables of people. */
export async function peopleSchema(_db: Kysely<unknown>): Promise<void> {}

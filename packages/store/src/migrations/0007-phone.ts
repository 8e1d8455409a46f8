import type { Kysely } from 'kysely'

/** Tables of phone. */
export async function phoneSchema(_db: Kysely<unknown>): Promise<void> {}

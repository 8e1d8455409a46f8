import type { Kysely } from 'kysely'

/** Tables of presence. */
export async function presenceSchema(_db: Kysely<unknown>): Promise<void> {}

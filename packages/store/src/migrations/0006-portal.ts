import type { Kysely } from 'kysely'

/** Tables of portal. */
export async function portalSchema(_db: Kysely<unknown>): Promise<void> {}

import type { Kysely } from 'kysely'

/** Tables of identity. */
export async function identitySchema(_db: Kysely<unknown>): Promise<void> {}

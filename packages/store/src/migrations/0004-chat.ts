import type { Kysely } from 'kysely'

/** Tables of chat. */
export async function chatSchema(_db: Kysely<unknown>): Promise<void> {}

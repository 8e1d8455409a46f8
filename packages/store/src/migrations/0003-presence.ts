import type { Kysely } from 'kysely'

/** Nothing: how people want to be seen is among their settings (0006), and how they are is not kept. */
export async function presenceSchema(_db: Kysely<unknown>): Promise<void> {}

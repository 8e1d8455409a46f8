import type { Trouble } from '../database.ts'

/** For an administrator: what is wrong with the database, since when, what that means for calls, and what to do. */
export function troubleSentence({ why, sinceMs, entries, share, refusing }: Trouble): string {
  const since = new Date(sinceMs).toISOString()
  const calls =
    refusing === undefined
      ? `Calls go on; what they write is safe in the journal (${entries} entries, ${Math.ceil(share * 100)} % full)`
      : `Calls that are up go on, new ones are refused except emergency calls, as ${refusing}`
  return `The database takes no entries since ${since}: ${why}. ${calls}. The history is behind until the database is back; then everything is written by itself. Make room on its disk, make it writable, or start the database server.`
}

/** There is no journal: what that means. */
export const noJournalSentence = (why: string): string =>
  `There is no journal for a database that is away: ${why}. New calls would then be refused at once. Set VAXEL_JOURNAL to a folder with room, and start again.`

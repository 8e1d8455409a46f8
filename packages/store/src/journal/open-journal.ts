import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Logger } from '@vaxel/base'
import type { Kysely } from 'kysely'
import type { WritingDatabase } from '../database.ts'
import type { Schema } from '../schema.ts'
import { markSetting, type ReplayMark } from './journal-entry.ts'
import { JournalThread } from './journal-thread.ts'
import type { OpenedJournal } from './journalled-database.ts'

/** What the journal shall be. */
export interface JournalOptions {
  /** The data folder; the journal is there unless `place` says otherwise. */
  readonly folder: string
  /** Another folder, best on another disk. */
  readonly place?: string
  readonly sizeBytes: number
}

/**
 * Opens the journal of a data folder, and has the database know it. Resolves with a reason when there is none to be had: the
 * server then works without. A journal with entries of another database is put aside.
 */
export async function openJournal(options: {
  journal: JournalOptions
  writing: WritingDatabase
  db: Kysely<Schema>
  putSetting: string
  log: Logger
}): Promise<OpenedJournal | string> {
  const { journal, writing, db, putSetting, log } = options
  const path = placeOf(journal)
  try {
    const row = await db.selectFrom('settings').select('value').where('name', '=', markSetting).executeTakeFirst()
    const mark = row && (JSON.parse(row.value) as ReplayMark)
    let opened = await JournalThread.open(path, journal.sizeBytes)
    if (opened.found.damaged) log.error('the journal was damaged and is put aside', { file: opened.found.damaged })
    if (opened.found.cutOff > 0)
      log.error('the journal is damaged; entries behind the damage are lost', { entries: opened.found.cutOff })
    if (opened.found.id === mark?.id) return { ...opened, mark }
    if (opened.found.texts.length > 0) {
      const aside = `${path}-of-another-database-${opened.found.id.slice(0, 8)}`
      log.error('the journal has entries of another database; it is put aside', { file: aside })
      await opened.journal.close()
      await rename(path, aside)
      opened = await JournalThread.open(path, journal.sizeBytes)
    }
    const { id, generation } = opened.found
    const first: ReplayMark = { id, generation, sequence: 0, units: 0 }
    const [outcome] = await writing.commit([
      [[[writing.statement(putSetting), markSetting, JSON.stringify(first)]], []],
    ])
    if (typeof outcome === 'number') return { ...opened, mark: first }
    await opened.journal.close()
    return `the database does not take its mark: ${typeof outcome === 'string' ? outcome : outcome?.away}`
  } catch (error) {
    return `its space cannot be had: ${(error as Error).message}`
  }
}

/** In a folder of its own choice several servers may have theirs. */
function placeOf({ folder, place }: JournalOptions): string {
  if (place === undefined) return join(folder, 'journal')
  const whose = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12)
  return join(place, `vaxel-journal-${whose}`)
}

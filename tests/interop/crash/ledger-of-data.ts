import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface CallRow {
  readonly id: string
  readonly startedAtMs: number
  readonly answeredAtMs: number | null
  readonly endedAtMs: number | null
  readonly reason: string | null
}

/** What a server left on its disk, read with a program of its own once the server has ended. */
export class LedgerOfData {
  readonly #database: DatabaseSync

  /** @param data the server's data folder */
  constructor(data: string) {
    this.#database = new DatabaseSync(join(data, 'vaxel.db'), { readOnly: true })
  }

  /** What SQLite finds wrong; `['ok']` for a sound file. */
  integrity(): string[] {
    return this.#all('pragma integrity_check').map((row) => String(row['integrity_check']))
  }

  /** Numbers of events that are missing between the first possible (1) and the last, or there twice. */
  gaps(): number {
    const [row] = this.#all('select count(distinct number) as n, max(number) as last, count(*) as rows from events')
    return Number(row!['last']) - Number(row!['n']) + (Number(row!['rows']) - Number(row!['n']))
  }

  /** Calls in which a leg has that SIP Call-ID. */
  callsOfDialog(sipCallId: string): CallRow[] {
    return this.#all(
      `select distinct c.id, c.started_at_ms, c.answered_at_ms, c.ended_at_ms, c.termination
       from calls c join legs l on l.call_id = c.id where l.sip_call_id = ?`,
      sipCallId,
    ).map((row) => ({
      id: String(row['id']),
      startedAtMs: Number(row['started_at_ms']),
      answeredAtMs: row['answered_at_ms'] === null ? null : Number(row['answered_at_ms']),
      endedAtMs: row['ended_at_ms'] === null ? null : Number(row['ended_at_ms']),
      reason:
        row['termination'] === null ? null : (JSON.parse(String(row['termination'])) as { reason: string }).reason,
    }))
  }

  /** Calls without an end, and calls that were told to have ended not once. */
  unsound(): { open: number; endedNotOnce: number; legsOpen: number } {
    const count = (sql: string): number => Number(this.#all(sql)[0]!['n'])
    return {
      open: count('select count(*) as n from calls where ended_at_ms is null'),
      legsOpen: count('select count(*) as n from legs where ended_at_ms is null'),
      endedNotOnce: count(
        `select count(*) as n from calls c
         where (select count(*) from events e where e.call_id = c.id and e.kind = 'call.ended') <> 1`,
      ),
    }
  }

  /** What was told of recordings, oldest first. */
  recordings(): { kind: string; callId: string; data: Record<string, unknown> }[] {
    return this.#all(`select kind, call_id, data from events where kind like 'recording.%' order by number`).map(
      (row) => ({
        kind: String(row['kind']),
        callId: String(row['call_id']),
        data: JSON.parse(String(row['data'])) as Record<string, unknown>,
      }),
    )
  }

  close(): void {
    this.#database.close()
  }

  #all(sql: string, ...parameters: string[]): Record<string, unknown>[] {
    return this.#database.prepare(sql).all(...parameters)
  }
}

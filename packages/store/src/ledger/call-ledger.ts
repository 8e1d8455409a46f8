import type { CallId, Clock, Logger, UserId } from '@vaxel/base'
import type { CallLedger, LedgerEntry, TracedMessage } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { callValues, legValues } from '../rows/call-row.ts'
import type { Schema } from '../schema.ts'
import { DatabaseError } from '../sqlite/database-thread.ts'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'
import { AudioNotes } from './audio-notes.ts'
import { closeOpenCalls } from './close-open-calls.ts'
import { closeOpenRecordings } from './close-open-recordings.ts'
import { ledgerStatements } from './ledger-statements.ts'
import { TraceWriter } from './trace-writer.ts'

/** The ledger of calls over the transactor: what is appended is durable when its promise resolves. */
export class StoredCallLedger implements CallLedger {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #traces: TraceWriter
  readonly #audio: AudioNotes
  readonly #putCall: number
  readonly #putLeg: number
  readonly #putCallUser: number

  constructor(options: {
    db: Kysely<Schema>
    transactor: Transactor
    clock: Clock
    log: Logger
    lastMessage: number
    mostMessages: number
  }) {
    const { db, transactor, clock, log } = options
    const sql = ledgerStatements(db)
    this.#db = db
    this.#transactor = transactor
    this.#putCall = transactor.statement(sql.putCall)
    this.#putLeg = transactor.statement(sql.putLeg)
    this.#putCallUser = transactor.statement(sql.putCallUser)
    this.#traces = new TraceWriter({ ...options, putTrace: transactor.statement(sql.putTrace) })
    this.#audio = new AudioNotes({ transactor, clock, log, noteAudio: transactor.statement(sql.noteAudio) })
  }

  append({ events, call, isCallTold, legs, canWait }: LedgerEntry): Promise<number> {
    const { away } = this.#transactor
    // A call that nobody talks in yet is refused rather than kept waiting; what talks or has ended waits its turn.
    if (away !== undefined && call && call.answeredAtMs === undefined && call.endedAtMs === undefined)
      return Promise.reject(new DatabaseError(`the database is away: ${away}`))
    const writes: Write[] = []
    if (call && !isCallTold) {
      writes.push([this.#putCall, ...callValues(call)])
      this.#concern(writes, call.id, call.caller.userId)
      this.#concern(writes, call.id, call.called.userId)
    }
    if (legs)
      for (const leg of legs) {
        writes.push([this.#putLeg, ...legValues(leg)])
        this.#concern(writes, leg.callId, leg.party.userId)
      }
    return this.#transactor.commit(writes, events, undefined, canWait)
  }

  trace(message: TracedMessage): void {
    this.#traces.add(message)
  }

  noteAudio(calls: readonly { callId: CallId; atMs: number }[]): void {
    this.#audio.add(calls)
  }

  async closeOpenCalls(nowMs: number, recordedMs?: (file: string) => Promise<number | undefined>): Promise<number> {
    const around = { db: this.#db, transactor: this.#transactor, nowMs }
    if (recordedMs) await closeOpenRecordings({ ...around, recordedMs })
    return await closeOpenCalls(around)
  }

  /** Writes what is still batched. */
  async close(): Promise<void> {
    await Promise.all([this.#traces.close(), this.#audio.close()])
  }

  #concern(writes: Write[], callId: CallId, userId: UserId | undefined): void {
    if (userId !== undefined) writes.push([this.#putCallUser, userId, callId])
  }
}

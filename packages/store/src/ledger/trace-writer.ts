import type { CallId, Clock, Logger, Timer } from '@vaxel/base'
import type { TracedMessage } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { traceValues } from '../rows/call-row.ts'
import type { Schema } from '../schema.ts'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'

const batchMs = 250
/** How often it is seen whether the database is back. */
const standInMs = 1000
/** Messages in one transaction. */
const portion = 250
/** Messages in memory; beyond it new ones are dropped and counted, calls go on. */
const mostWaiting = 20_000
/** Characters of one message that are kept. */
const longestText = 16_384
/** Messages between two rounds of throwing away the oldest. */
const sweepEvery = 5_000

/** Traced messages in batches, those of a call in one row, and the bound on how many are kept: the oldest rows go first, whole. */
export class TraceWriter {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #clock: Clock
  readonly #log: Logger
  readonly #statement: number
  readonly #mostMessages: number
  #number: number
  #sweepAt: number
  #waiting: TracedMessage[] = []
  #dropped = 0
  #timer: Timer | undefined
  #isWriting = false
  #writing: Promise<void> = Promise.resolve()

  constructor(options: {
    db: Kysely<Schema>
    transactor: Transactor
    clock: Clock
    log: Logger
    putTrace: number
    lastMessage: number
    mostMessages: number
  }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#clock = options.clock
    this.#log = options.log
    this.#statement = options.putTrace
    this.#mostMessages = options.mostMessages
    this.#number = options.lastMessage
    this.#sweepAt = options.lastMessage + Math.min(sweepEvery, options.mostMessages)
  }

  add(message: TracedMessage): void {
    if (this.#waiting.length >= mostWaiting) this.#dropped++
    else this.#waiting.push(message)
    this.#timer ??= this.#clock.startTimer(batchMs, () => this.#flush())
  }

  async close(): Promise<void> {
    this.#flush()
    this.#timer?.stop()
    await this.#writing
  }

  #flush(): void {
    this.#timer?.stop()
    this.#timer = undefined
    if (this.#waiting.length === 0 || this.#isWriting) return
    if (this.#transactor.isStandIn) {
      // The journal is for what cannot be missed.
      this.#timer = this.#clock.startTimer(standInMs, () => this.#flush())
      return
    }
    this.#isWriting = true
    this.#writing = this.#writeAll().finally(() => {
      this.#isWriting = false
    })
  }

  /** In small portions, one after another, so that calls get their turn at the disk in between. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const messages = this.#waiting.splice(0, portion)
      const writes = this.#rows(messages)
      if (this.#number >= this.#sweepAt) {
        this.#sweepAt = this.#number + Math.min(sweepEvery, this.#mostMessages)
        writes.push(...this.#sweep())
      }
      await this.#transactor.commit(writes).catch((error: Error) => {
        this.#log.warn('traced messages could not be written', {
          error: error.message,
          messages: messages.length,
        })
      })
    }
    if (this.#dropped > 0)
      this.#log.warn('traced messages were dropped, the disk is too slow', { dropped: this.#dropped })
    this.#dropped = 0
  }

  /** One row for each call that these are of. */
  #rows(messages: readonly TracedMessage[]): Write[] {
    const ofCalls = new Map<CallId, [TracedMessage, ...TracedMessage[]]>()
    for (const message of messages) {
      const ofCall = ofCalls.get(message.callId)
      if (ofCall) ofCall.push(bounded(message))
      else ofCalls.set(message.callId, [bounded(message)])
    }
    return [...ofCalls.values()].map((ofCall) => {
      this.#number += ofCall.length
      return [this.#statement, ...traceValues(this.#number, ofCall)]
    })
  }

  #sweep(): Write[] {
    const last = this.#number - this.#mostMessages
    const old = [
      this.#db.deleteFrom('traces').where('number', '<=', last),
      this.#db.deleteFrom('messages').where('number', '<=', last),
    ]
    return old.map((query) => this.#transactor.write(query.compile()))
  }
}

function bounded(message: TracedMessage): TracedMessage {
  if (message.text.length <= longestText) return message
  return { ...message, text: `${message.text.slice(0, longestText)}\r\n[cut]` }
}

import type { CallId, Clock, Logger, Timer } from '@vaxel/base'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'

const batchMs = 1000
/** While the journal stands in: its room is for calls. */
const standInMs = 10_000

/** Last seconds of audio, written once a second for all calls together: best effort, for the day the process dies. */
export class AudioNotes {
  readonly #transactor: Transactor
  readonly #clock: Clock
  readonly #log: Logger
  readonly #statement: number
  readonly #last = new Map<CallId, number>()
  #timer: Timer | undefined

  constructor(options: { transactor: Transactor; clock: Clock; log: Logger; noteAudio: number }) {
    this.#transactor = options.transactor
    this.#clock = options.clock
    this.#log = options.log
    this.#statement = options.noteAudio
  }

  add(calls: readonly { callId: CallId; atMs: number }[]): void {
    for (const { callId, atMs } of calls) if (atMs > (this.#last.get(callId) ?? 0)) this.#last.set(callId, atMs)
    if (this.#last.size > 0)
      this.#timer ??= this.#clock.startTimer(this.#transactor.isStandIn ? standInMs : batchMs, () => void this.#flush())
  }

  async close(): Promise<void> {
    await this.#flush()
  }

  async #flush(): Promise<void> {
    this.#timer?.stop()
    this.#timer = undefined
    // While the database is away only the latest is worth keeping.
    if (this.#last.size === 0 || this.#transactor.away !== undefined) return
    const writes: Write[] = []
    for (const [callId, atMs] of this.#last) writes.push([this.#statement, atMs, callId, atMs])
    this.#last.clear()
    await this.#transactor.commit(writes).catch((error: Error) => {
      this.#log.warn('the last seconds of audio could not be noted', { error: error.message })
    })
  }
}

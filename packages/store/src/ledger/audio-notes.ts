import type { CallId, Clock, Logger, Timer } from '@vaxel/base'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'

/** What is told within this is written together: media engines tell of some of their legs at a time. */
const batchMs = 20
/** While the journal stands in: its room is for calls. */
const standInMs = 10_000
/** Each side of a call tells of it once a second; one of them is enough. */
const sparedMs = 700
const prunedEveryMs = 10_000

/** Last seconds of audio, written at once and once a second for each call: best effort, for the day the process dies. */
export class AudioNotes {
  readonly #transactor: Transactor
  readonly #clock: Clock
  readonly #log: Logger
  readonly #statement: number
  readonly #last = new Map<CallId, number>()
  /** What was noted of a call last. */
  readonly #noted = new Map<CallId, { readonly atMs: number; readonly notedMs: number }>()
  #prunedMs = 0
  #timer: Timer | undefined

  constructor(options: { transactor: Transactor; clock: Clock; log: Logger; noteAudio: number }) {
    this.#transactor = options.transactor
    this.#clock = options.clock
    this.#log = options.log
    this.#statement = options.noteAudio
  }

  add(calls: readonly { callId: CallId; atMs: number }[]): void {
    for (const { callId, atMs } of calls) {
      const isSpared = atMs - (this.#noted.get(callId)?.atMs ?? Number.NEGATIVE_INFINITY) < sparedMs
      if (!isSpared && atMs > (this.#last.get(callId) ?? 0)) this.#last.set(callId, atMs)
    }
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
    const notedMs = this.#clock.monotonicMs()
    for (const [callId, atMs] of this.#last) {
      writes.push([this.#statement, atMs, callId, atMs])
      this.#noted.set(callId, { atMs, notedMs })
    }
    this.#last.clear()
    this.#prune(notedMs)
    await this.#transactor.commit(writes).catch((error: Error) => {
      this.#log.warn('the last seconds of audio could not be noted', { error: error.message })
    })
  }
  /** Forgets calls that have ended, or are silent. */
  #prune(nowMs: number): void {
    if (nowMs - this.#prunedMs < prunedEveryMs) return
    this.#prunedMs = nowMs
    for (const [callId, { notedMs }] of this.#noted) if (nowMs - notedMs > prunedEveryMs) this.#noted.delete(callId)
  }
}

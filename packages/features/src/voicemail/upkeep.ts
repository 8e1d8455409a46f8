import type { Clock, Logger, Timer } from '@vaxel/base'
import type { VoiceFiles, VoicemailStore } from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'
import type { MessageService } from './message-service.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const atOnce = 500

/** What voicemail does without being asked: messages of a process that was killed, what is too old, files that nobody knows. */
export class VoicemailUpkeep {
  readonly #store: VoicemailStore
  readonly #files: VoiceFiles
  readonly #boxes: Mailboxes
  readonly #messages: MessageService
  readonly #clock: Clock
  readonly #log: Logger
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: {
    store: VoicemailStore
    files: VoiceFiles
    boxes: Mailboxes
    messages: MessageService
    clock: Clock
    log: Logger
  }) {
    this.#store = options.store
    this.#files = options.files
    this.#boxes = options.boxes
    this.#messages = options.messages
    this.#clock = options.clock
    this.#log = options.log
  }

  /** What somebody said until the process was killed is a message. Before any call is taken. */
  async start(): Promise<void> {
    for (const message of await this.#store.unfinished()) {
      const box = this.#boxes.find(message.companyId, message.boxId)
      try {
        if (box) await this.#messages.deliver(message, box)
        else await this.#messages.discard(message)
      } catch (error) {
        this.#log.error('a message that was begun cannot be read', { message: message.id, error: String(error) })
      }
    }
    this.#next(0)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.stop()
    await this.#running
  }

  /** Erases what is deleted for a day, and what was heard and is older than its mailbox keeps it. */
  async work(): Promise<void> {
    const nowMs = this.#clock.now()
    await this.#eraseAll('deleted', nowMs - dayMs)
    for (const box of [...this.#store.all()]) {
      const { keepDays } = this.#boxes.settings(box)
      if (this.#isClosed) return
      if (keepDays !== undefined && (await this.#eraseAll('saved', nowMs - keepDays * dayMs, box.id)) > 0)
        this.#boxes.changed(box)
    }
    await this.#files.sweep((files) => this.#store.knownFiles(files), nowMs - dayMs)
  }

  async #eraseAll(state: 'deleted' | 'saved', beforeMs: number, boxId?: Parameters<VoicemailStore['counts']>[0]) {
    let erased = 0
    for (;;) {
      const filter = { state, beforeMs, limit: atOnce, ...(boxId === undefined ? {} : { boxId }) }
      const some = this.#isClosed ? [] : await this.#store.older(filter)
      for (const message of some) await this.#messages.erase(message, state === 'deleted' ? 'deleted' : 'too-old')
      erased += some.length
      if (some.length < atOnce) return erased
    }
  }

  #next(delayMs: number): void {
    if (this.#isClosed) return
    this.#timer = this.#clock.startTimer(delayMs, () => {
      this.#running = this.work()
        .catch((error: unknown) => this.#log.error('mailboxes could not be looked at', { error: String(error) }))
        .finally(() => this.#next(hourMs))
    })
  }
}

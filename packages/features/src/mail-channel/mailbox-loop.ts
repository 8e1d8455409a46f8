import {
  type MailAccount,
  MailboxFault,
  type MailboxTrouble,
  type OpenMailbox,
  pollMs,
  type ServerMail,
  waitAfterFault,
} from '@vaxel/core'
import { HardMails } from './hard-mails.ts'
import type { MailIntake } from './intake.ts'
import type { MailChannelDependencies } from './parts.ts'
import type { Slots } from '@vaxel/base'
import type { MailTokens } from './tokens.ts'

const settledAtOnce = 200
/** Before a mailbox was begun, a server's clock may have been so far behind. */
const skewMs = 15 * 60_000

/** How reading a mailbox goes. */
export interface MailboxHealth {
  readonly state: 'off' | 'connecting' | 'reading' | 'failing'
  readonly sinceMs: number
  readonly trouble?: MailboxTrouble
  readonly detail?: string
  readonly triedAgainAtMs?: number
  readonly lastReadAtMs?: number
}

/**
 * Reads one mailbox as long as it lives: opens it, takes what is new, tells the server what is kept, and waits for more. Whatever fails begins again
 * from the start after a while; there, everything is found out anew from what is durable here and what lies at the server.
 */
export class MailboxLoop {
  readonly #parts: MailChannelDependencies
  readonly #account: MailAccount
  readonly #intake: Pick<MailIntake, 'take'>
  readonly #tokens: Pick<MailTokens, 'access'>
  readonly #slots: Slots
  readonly #onHealth: (account: MailAccount, health: MailboxHealth) => void
  readonly #hard = new HardMails()
  readonly #ending = new AbortController()
  #running: Promise<void> | undefined
  #health: MailboxHealth
  #isTokenRefused = false
  #wake: () => void = () => {}

  constructor(options: {
    parts: MailChannelDependencies
    account: MailAccount
    intake: Pick<MailIntake, 'take'>
    tokens: Pick<MailTokens, 'access'>
    /** Mails that are in memory at once, of all mailboxes. */
    slots: Slots
    onHealth: (account: MailAccount, health: MailboxHealth) => void
  }) {
    this.#parts = options.parts
    this.#account = options.account
    this.#intake = options.intake
    this.#tokens = options.tokens
    this.#slots = options.slots
    this.#onHealth = options.onHealth
    this.#health = { state: 'connecting', sinceMs: this.#parts.clock.now() }
  }

  get health(): MailboxHealth {
    return this.#health
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Resolves when nothing of it goes on. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending
    let faults = 0
    while (!signal.aborted) {
      try {
        await this.#read(() => {
          faults = 0
        })
      } catch (error) {
        if (signal.aborted) return
        faults++
        await this.#pause(waitAfterFault(faults, this.#parts.random(1)[0]! / 255), this.#told(error))
      }
    }
  }

  /** One connection, from opening it to its end. Throws when it fails. */
  async #read(onSuccess: () => void): Promise<void> {
    const { signal } = this.#ending
    const access = await this.#tokens.access(this.#account, this.#isTokenRefused)
    this.#isTokenRefused = false
    const mailbox = await this.#parts.door.open(access, signal)
    try {
      let isFirst = true
      do {
        await this.#round(mailbox, isFirst)
        isFirst = false
        onSuccess()
        this.#set({ state: 'reading', lastReadAtMs: this.#parts.clock.now() })
        if (mailbox.tells && !signal.aborted) await mailbox.wait(pollMs(this.#account.reading.pollSeconds), signal)
      } while (mailbox.tells && !signal.aborted)
    } finally {
      await mailbox.close().catch(() => {})
    }
    if (!signal.aborted) await this.#wait(pollMs(this.#account.reading.pollSeconds))
  }

  /**
   * Takes what is new, and settles what is kept.
   * @param isFirst of this connection: the list is of all that is there
   */
  async #round(mailbox: OpenMailbox, isFirst: boolean): Promise<void> {
    const { store } = this.#parts
    const { id } = this.#account
    const found = await mailbox.list()
    const known = await store.receipts(
      id,
      found.map(({ key }) => key),
    )
    const fresh = await this.#wanted(
      mailbox,
      found.filter(({ key }) => !known.has(key)),
    )
    for (const mail of this.#hard.due(fresh, { nowMs: this.#parts.clock.now(), isAll: isFirst })) {
      if (this.#ending.signal.aborted) return
      await this.#slots.use(() => this.#take(mailbox, mail))
    }
    await this.#settle(mailbox)
  }

  async #take(mailbox: OpenMailbox, mail: ServerMail): Promise<void> {
    const { mostBytes } = this.#account.reading
    const isCut = mail.sizeBytes > mostBytes
    try {
      const source = await mailbox.fetch(mail, mostBytes)
      if (source !== undefined) await this.#intake.take(this.#account, mail, source, isCut)
      this.#hard.taken(mail)
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#failed(mail, error)
      throw error
    }
  }

  #failed(mail: ServerMail, error: unknown): void {
    const { clock, log } = this.#parts
    if (!this.#hard.failed(mail, clock.now())) return
    const { key, sizeBytes } = mail
    const about = { account: this.#account.id, key, sizeBytes, error: String(error) }
    log.error('a mail cannot be taken; those after it are, and it is tried again in an hour', about)
  }

  async #settle(mailbox: OpenMailbox): Promise<void> {
    const { store } = this.#parts
    for (;;) {
      const keys = await store.unsettled(this.#account.id, settledAtOnce)
      // A mailbox by POP3 ends with this, also when there is nothing to settle.
      if (keys.length > 0 || !mailbox.tells) await mailbox.settle(keys)
      await store.settled(this.#account.id, keys)
      if (keys.length < settledAtOnce || !mailbox.tells) return
    }
  }

  /** Without what lay there before the mailbox was read first, as its account wants. */
  async #wanted(mailbox: OpenMailbox, fresh: readonly ServerMail[]): Promise<readonly ServerMail[]> {
    const { store, clock } = this.#parts
    const { id, reading, createdAtMs } = this.#account
    const begun = 'begun'
    const begunHere = `begun.${mailbox.epoch}`
    const marks = await store.receipts(id, [begun, begunHere])
    if (marks.has(begunHere)) return fresh
    // Keys have new meanings (UIDVALIDITY): what was left aside then is known by its age alone.
    const isOld = (mail: ServerMail): boolean =>
      marks.has(begun) ? (mail.receivedAtMs ?? Number.POSITIVE_INFINITY) < createdAtMs - skewMs : true
    const isLeft = (mail: ServerMail): boolean =>
      isOld(mail) && (reading.first === 'new' || (reading.first === 'unread' && mail.isSeen === true))
    const left = fresh.filter(isLeft)
    const receipt = (key: string) => ({ accountId: id, key, fingerprint: '', isSettled: true, atMs: clock.now() })
    const written = [...(marks.has(begun) ? [] : [begun]), begunHere, ...left.map(({ key }) => key)]
    await store.begin(written.map(receipt))
    return fresh.filter((mail) => !isLeft(mail))
  }

  /** @returns when it is tried again is told with it */
  #told(error: unknown): MailboxFault {
    if (!(error instanceof MailboxFault)) {
      this.#parts.log.error('reading a mailbox failed', { account: this.#account.id, error: String(error) })
      return new MailboxFault('lost', 'a fault of this server; it is in the journal')
    }
    if (error.trouble === 'login') this.#isTokenRefused = true
    return error
  }

  async #pause(ms: number, { trouble, message }: MailboxFault): Promise<void> {
    const { clock, log } = this.#parts
    if (this.#health.trouble !== trouble)
      log.warn('a mailbox cannot be read', { account: this.#account.id, trouble, detail: message })
    this.#set({ state: 'failing', trouble, detail: message, triedAgainAtMs: clock.now() + ms })
    await this.#wait(ms)
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#parts.clock.startTimer(ms, resolve)
      this.#wake = () => {
        timer.stop()
        resolve()
      }
      if (this.#ending.signal.aborted) this.#wake()
    })
  }

  #set(next: Omit<MailboxHealth, 'sinceMs'>): void {
    const before = this.#health
    const isSame = before.state === next.state && before.trouble === next.trouble
    const { lastReadAtMs = before.lastReadAtMs } = next
    this.#health = {
      ...next,
      ...(lastReadAtMs === undefined ? {} : { lastReadAtMs }),
      sinceMs: isSame ? before.sinceMs : this.#parts.clock.now(),
    }
    if (!isSame) this.#onHealth(this.#account, this.#health)
  }
}

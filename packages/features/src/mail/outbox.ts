import { createHash } from 'node:crypto'
import { type Clock, type CompanyId, type Logger, makeId, type Timer } from '@vaxel/base'
import type {
  KeptMail,
  LedgerEvent,
  Mail,
  MailOutbox,
  MailOutcome,
  MailSender,
  MailsOf,
  MailState,
  MailStore,
} from '@vaxel/core'

const minuteMs = 60_000
const dayMs = 86_400_000
/** After each failed try; the last one counts for all further. */
const waitsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs, 240 * minuteMs]
/** As mail servers do (RFC 5321 §4.5.4.1: four to five days). */
const giveUpMs = 4 * dayMs
const keepSentMs = 30 * dayMs
const atOnce = 20
/** Without a mail server, and at the latest in any case. */
const lookMs = 10 * minuteMs
/** Mails of one company that are not sent yet; more are refused: something writes without end. */
const mostOpen = 10_000

/** Sends mails with retries: each is kept until it is delivered, and none is ever sent twice knowingly. */
export class Outbox implements MailOutbox {
  readonly #store: MailStore
  readonly #sender: MailSender | undefined
  readonly #host: string
  readonly #clock: Clock
  readonly #log: Logger
  readonly #listeners: ((mail: KeptMail, state: MailState | 'removed') => void)[] = []
  #via: Pick<MailSender, 'send'> | undefined
  #timer: Timer | undefined
  #working: Promise<void> = Promise.resolve()
  #isClosed = false

  /** @param host for Message-IDs */
  constructor(options: {
    mails: MailStore
    sender: MailSender | undefined
    host: string
    clock: Clock
    log: Logger
  }) {
    this.#store = options.mails
    this.#sender = options.sender
    this.#host = options.host
    this.#clock = options.clock
    this.#log = options.log
  }

  get hasServer(): boolean {
    return this.#sender !== undefined
  }

  /** Holds what a process left in the middle of a try, then begins to send. */
  async start(): Promise<void> {
    for (const mail of await this.#store.interrupted())
      await this.#put({
        ...mail,
        state: 'held',
        atMs: this.#clock.now(),
        fault: 'The server ended while it was sending.',
      })
    this.wake()
  }

  /** Who sends mails that come from elsewhere than the installation's own address. */
  sendVia(sender: Pick<MailSender, 'send'>): void {
    this.#via = sender
    this.wake()
  }

  /** Whose mails can be sent now; undefined: everybody's. */
  #whose(): MailsOf | 'none' | undefined {
    if (this.#sender) return this.#via ? undefined : 'own'
    return this.#via ? 'via' : 'none'
  }

  async queue(companyId: CompanyId, mail: Mail, key?: string): Promise<void> {
    if ((await this.#store.open(companyId)) >= mostOpen) {
      this.#log.error('too many mails wait', { companyId })
      return
    }
    const atMs = this.#clock.now()
    const id = key === undefined ? makeId<string & { readonly brand?: never }>(atMs) : idOf(companyId, key)
    const { to, subject, text, attachments } = mail
    await this.#store.add({
      id,
      companyId,
      to,
      subject: subject.replace(/[\r\n]+/g, ' '),
      text,
      ...(attachments && attachments.length > 0 ? { attachments } : {}),
      messageId: `<${id}@${this.#host}>`,
      state: 'waiting',
      tries: 0,
      createdAtMs: atMs,
      atMs,
    })
    this.wake()
  }

  /** A person says: try it (again) now. Only what waits, is held or has failed. */
  async retry(mail: KeptMail): Promise<KeptMail> {
    const again: KeptMail = { ...mail, state: 'waiting', atMs: this.#clock.now(), createdAtMs: mail.createdAtMs }
    await this.#store.put(again)
    this.#tell(again, 'waiting')
    this.wake()
    return again
  }

  /** A person says: forget it. Not while it is being sent. */
  async remove(mail: KeptMail): Promise<void> {
    await this.#store.remove(mail.companyId, mail.id)
    this.#tell(mail, 'removed')
  }

  onChange(listener: (mail: KeptMail, state: MailState | 'removed') => void): void {
    this.#listeners.push(listener)
  }

  /** Looks for what is due, now. */
  wake(): void {
    this.#timer?.stop()
    if (this.#isClosed) return
    this.#working = this.#working
      .then(() => this.#work())
      .catch((error: unknown) => this.#log.error('mails could not be sent', { error: String(error) }))
  }

  /** Resolves when the tries that are under way have ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.stop()
    await this.#working
    this.#sender?.close()
  }

  async #work(): Promise<void> {
    const whose = this.#whose()
    const look = async () =>
      whose === 'none' || this.#isClosed ? [] : this.#store.due(this.#clock.now(), atOnce, whose)
    let due = await look()
    while (due.length > 0 && !this.#isClosed) {
      await Promise.all(due.map((mail) => this.#try(mail)))
      due = await look()
    }
    if (this.#isClosed) return
    await this.#store.forgetSent(this.#clock.now() - keepSentMs)
    const next = whose === 'none' ? undefined : await this.#store.nextDueMs(whose)
    const delayMs = next === undefined ? lookMs : Math.min(lookMs, Math.max(0, next - this.#clock.now()))
    this.#timer?.stop()
    this.#timer = this.#clock.startTimer(delayMs, () => this.wake())
  }

  async #try(mail: KeptMail): Promise<void> {
    const tries = mail.tries + 1
    const { fault: _, ...rest } = mail
    // Durable before it goes out: whoever starts after a crash knows that it may have been delivered.
    const sending: KeptMail = { ...mail, state: 'sending', tries }
    await this.#store.put(sending)
    this.#tell(sending, 'sending')
    const sender = mail.via === undefined ? this.#sender : this.#via
    const outcome = await sender!.send({ ...mail, atMs: mail.createdAtMs })
    await this.#put({ ...rest, tries, ...this.#after(mail, tries, outcome) })
  }

  #after(mail: KeptMail, tries: number, outcome: MailOutcome): Pick<KeptMail, 'state' | 'atMs' | 'fault'> {
    const nowMs = this.#clock.now()
    if (outcome.kind === 'sent')
      return { state: 'sent', atMs: nowMs, ...(outcome.reason === undefined ? {} : { fault: outcome.reason }) }
    const fault = outcome.reason
    if (outcome.kind === 'unknown') return { state: 'held', atMs: nowMs, fault }
    const atMs = nowMs + waitsMs[Math.min(tries, waitsMs.length) - 1]!
    if (outcome.kind === 'refused' || atMs > mail.createdAtMs + giveUpMs) return { state: 'failed', atMs: nowMs, fault }
    return { state: 'waiting', atMs, fault }
  }

  async #put(mail: KeptMail): Promise<void> {
    await this.#store.put(mail, this.#event(mail))
    this.#tell(mail, mail.state)
    if (mail.state === 'held' || mail.state === 'failed')
      this.#log.warn('a mail was not delivered', { mail: mail.id, state: mail.state, fault: mail.fault })
  }

  #tell(mail: KeptMail, state: MailState | 'removed'): void {
    for (const listener of this.#listeners) {
      try {
        listener(mail, state)
      } catch (error) {
        this.#log.error('a listener of the outbox failed', { error: String(error) })
      }
    }
  }

  #event({ id, companyId, to, subject, state, tries, fault }: KeptMail): LedgerEvent | undefined {
    const kinds: Partial<Record<KeptMail['state'], string>> = {
      sent: 'mail.delivered',
      held: 'mail.held',
      failed: 'mail.failed',
    }
    const kind = kinds[state]
    if (kind === undefined) return undefined
    const data = { mail: id, to, subject, tries, ...(fault === undefined ? {} : { fault }) }
    return { kind, atMs: this.#clock.now(), companyId, data }
  }
}

/** The same for the same key; in the alphabet of other identifiers. */
const idOf = (companyId: CompanyId, key: string): string =>
  createHash('sha256').update(`${companyId}\n${key}`).digest('hex').slice(0, 26)

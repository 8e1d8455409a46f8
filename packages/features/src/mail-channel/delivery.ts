import { type CompanyId, type Logger, type Refusal, SerialQueue, type UserId } from '@vaxel/base'
import { NotFound, NotHeld } from '@vaxel/contract'
import {
  type AnswerDelivery,
  type ChannelMail,
  type ComposedMail,
  type KeptMail,
  type MailAccount,
  MailboxFault,
  type MailOutcome,
  type MailState,
  answerReferences,
} from '@vaxel/core'
import type { ConversationChanges } from './changes.ts'
import { readBody, readWhole } from './files-of-mail.ts'
import type { MailChannelDependencies } from './parts.ts'
import type { MailTokens } from './tokens.ts'

const channelWord = 'mail-channel '

/** Sends what the outbox asks for by the mailbox it belongs to, and keeps what became of it beside the mail. */
export class MailDelivery {
  readonly #parts: MailChannelDependencies
  readonly #tokens: MailTokens
  readonly #changes: ConversationChanges
  readonly #log: Logger
  /** What becomes of mails is written in the order in which it came. */
  readonly #following: SerialQueue

  constructor(parts: MailChannelDependencies, options: { tokens: MailTokens; changes: ConversationChanges }) {
    this.#parts = parts
    this.#tokens = options.tokens
    this.#changes = options.changes
    this.#log = parts.log
    this.#following = new SerialQueue((error) =>
      parts.log.error('what became of a mail could not be kept', { error: String(error) }),
    )
  }

  /** One try. Never throws. */
  async send(companyId: CompanyId, via: string, messageId: string): Promise<MailOutcome> {
    const mail = await this.#mailOf(companyId, via)
    const account = mail && this.#parts.store.account(companyId, mail.accountId)
    if (!mail || !account) return { kind: 'refused', reason: 'The mailbox was removed.' }
    try {
      const composed = await this.#compose(account, mail, messageId)
      const access = await this.#tokens.access(account)
      const outcome = await this.#parts.door.send(access, composed)
      if (outcome.kind !== 'later' || !outcome.isLoginRefused) return outcome
      // A token may be taken back before its end.
      const renewed = await this.#tokens.access(account, true)
      return renewed.secrets.accessToken === access.secrets.accessToken
        ? outcome
        : await this.#parts.door.send(renewed, composed)
    } catch (error) {
      // Nothing has gone out: what throws does so before.
      const reason = error instanceof MailboxFault ? error.message : `It cannot be read: ${String(error)}`
      return { kind: 'later', reason: reason.slice(0, 500) }
    }
  }

  /** Told by the outbox. */
  follow(kept: KeptMail, state: MailState | 'removed'): void {
    if (kept.via?.startsWith(channelWord) !== true) return
    void this.#following.run(() => this.#set(kept, state === 'removed' ? 'dropped' : state))
  }

  /** Looks, at the start, at what the outbox came to while nobody listened. */
  async start(): Promise<void> {
    const { store, mails } = this.#parts
    for (const mail of await store.underway()) {
      const kept = mail.outboxId === undefined ? undefined : await mails.find(mail.companyId, mail.outboxId)
      await this.#put(mail, kept ? kept.state : 'dropped', kept?.fault)
    }
  }

  async decide(
    account: MailAccount,
    mail: ChannelMail,
    decision: 'sendAgain' | 'wasDelivered' | 'drop',
    by: UserId,
  ): Promise<ChannelMail | Refusal> {
    const { mails, outbox, store } = this.#parts
    if (mail.delivery !== 'held' && mail.delivery !== 'failed') return NotHeld()
    const kept = mail.outboxId === undefined ? undefined : await mails.find(mail.companyId, mail.outboxId)
    if (!kept) return NotFound()
    const { fault: _, ...rest } = mail
    const delivery = { sendAgain: 'waiting', wasDelivered: 'sent', drop: 'dropped' } as const
    const decided: ChannelMail = { ...rest, delivery: delivery[decision] }
    const about = { id: mail.conversationId, companyId: mail.companyId, accountId: account.id }
    const event = this.#changes.event('deliveryDecided', about, { mail: mail.id, by, decision })
    // The person's word first: what the outbox tells afterwards is the same, or comes of a new try.
    await store.put({ mail: decided, events: [event] })
    if (decision === 'sendAgain') await outbox.retry(kept)
    else await outbox.remove(kept)
    return decided
  }

  /** Resolves when what is known is kept. */
  async close(): Promise<void> {
    await this.#following.run(() => {})
  }

  async #set(kept: KeptMail, delivery: AnswerDelivery): Promise<void> {
    const mail = await this.#mailOf(kept.companyId, kept.via ?? '')
    // A person has said that the customer has it; that the entry is gone from the outbox says nothing more.
    if (!mail || (delivery === 'dropped' && (mail.delivery === 'sent' || mail.delivery === 'dropped'))) return
    await this.#put(mail, delivery, kept.fault)
  }

  async #put(mail: ChannelMail, delivery: AnswerDelivery, fault: string | undefined): Promise<void> {
    const { store } = this.#parts
    if (mail.delivery === delivery && mail.fault === fault) return
    const { fault: _, ...rest } = mail
    await store.put({ mail: { ...rest, delivery, ...(fault === undefined ? {} : { fault }) }, events: [] })
    const account = store.account(mail.companyId, mail.accountId)
    const conversation = await store.conversation(mail.companyId, mail.conversationId)
    if (account && conversation) this.#changes.tell(account, conversation)
    if (delivery === 'held') this.#log.warn('nobody knows whether an answer was delivered', { mail: mail.id })
  }

  #mailOf(companyId: CompanyId, via: string): Promise<ChannelMail | undefined> {
    return this.#parts.store.mail(companyId, via.slice(channelWord.length))
  }

  async #compose(account: MailAccount, mail: ChannelMail, messageId: string): Promise<ComposedMail> {
    const { files } = this.#parts
    const { text, html } = await readBody(files, mail.companyId, mail.body)
    const attachments = []
    for (const part of mail.parts) {
      const content = await readWhole(files, mail.companyId, part)
      attachments.push({ name: part.name, mediaType: part.mediaType, content })
    }
    const inReplyTo = mail.references.at(-1)
    return {
      from: mail.from ?? { address: account.address },
      to: mail.to,
      cc: mail.cc,
      subject: mail.subject,
      text,
      ...(html === undefined ? {} : { html }),
      messageId,
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
      references: answerReferences({ references: mail.references }).references,
      atMs: mail.atMs,
      isAutomatic: mail.nature === 'autoReply',
      attachments,
    }
  }
}

import { randomToken } from '@vaxel/base'
import {
  changeConversation,
  customerOf,
  type ChannelMail,
  type ChannelMailId,
  type ConversationEvent,
  findThread,
  firstState,
  type MailAccount,
  type MailConversation,
  type MailConversationId,
  mayAutoReply,
  ownAddresses,
  type ReadMail,
  type Recognised,
  recognise,
  type ServerMail,
} from '@vaxel/core'
import type { ConversationChanges } from './changes.ts'
import { previewOf, writeBody, writeParts } from './files-of-mail.ts'
import type { MailChannelDependencies } from './parts.ts'

const mostTries = 10
const tokenLength = 26

/** Writes to whoever wrote, where the mailbox wants that. */
export type AutoReply = (account: MailAccount, conversation: MailConversation, mail: ChannelMail) => Promise<void>

/**
 * Takes in one mail: everything of it is durable, under the key that it has at the server, before the server is told (docs/decisions/0121). A mail
 * whose key is known is never taken again; one that is the same under another key only counts as a repetition.
 */
export class MailIntake {
  readonly #parts: MailChannelDependencies
  readonly #changes: ConversationChanges
  readonly #autoReply: AutoReply

  constructor(parts: MailChannelDependencies, options: { changes: ConversationChanges; autoReply: AutoReply }) {
    this.#parts = parts
    this.#changes = options.changes
    this.#autoReply = options.autoReply
  }

  /** @param isCut `source` is only its beginning */
  async take(account: MailAccount, server: ServerMail, source: Uint8Array, isCut: boolean): Promise<void> {
    const { store, reader, clock } = this.#parts
    const read = await reader.read(source)
    // The beginnings of two large mails may be the same, the mails are not.
    const fingerprint = isCut ? `${read.fingerprint} ${server.sizeBytes}` : read.fingerprint
    // What is not wanted to be changed there is settled already.
    const isSettled = isCut || account.reading.after === 'keep'
    const receipt = { accountId: account.id, key: server.key, fingerprint, isSettled, atMs: clock.now() }
    const before = await store.repeated(account.id, fingerprint)
    if (before) {
      const event = { id: before.conversationId, companyId: account.companyId, accountId: account.id }
      await store.receive({
        mail: { ...before, repeats: before.repeats + 1 },
        receipt,
        events: [this.#changes.event('repeated', event, { mail: before.id })],
      })
      return
    }
    // A server that numbers its mails anew shows also those that have gone here by their age.
    if (await store.wasErased(account.id, fingerprint)) {
      await store.receive({ receipt, events: [] })
      return
    }
    const files = await this.#write(account, read, source)
    for (let tries = 0; tries < mostTries; tries++) {
      const kept = await this.#keep(account, read, { ...files, isCut }, receipt)
      if (kept) return this.#follow(account, read, kept)
      // Somebody answered at this very moment, or the mail is here already.
      if ((await store.receipts(account.id, [server.key])).has(server.key)) return
    }
    throw new Error(`a mail of ${account.name} could not be put into its conversation`)
  }

  async #write(account: MailAccount, read: ReadMail, source: Uint8Array) {
    const { files } = this.#parts
    const { companyId } = account
    return {
      source: await files.write(companyId, source),
      body: await writeBody(files, companyId, {
        text: read.text,
        ...(read.html === undefined ? {} : { html: read.html }),
      }),
      parts: await writeParts(files, companyId, read.parts),
    }
  }

  async #keep(
    account: MailAccount,
    read: ReadMail,
    files: Pick<ChannelMail, 'source' | 'body' | 'parts' | 'isCut'>,
    receipt: Parameters<MailChannelDependencies['store']['receive']>[0]['receipt'],
  ): Promise<Kept | undefined> {
    const { store, clock } = this.#parts
    const recognised = recognise(read, account.id)
    const event: Extract<ConversationEvent, { kind: 'came' }> = {
      kind: 'came',
      nature: recognised.nature,
      isSpam: recognised.spam !== undefined,
      hasFailed: recognised.nature === 'bounce' && hasFailed(read),
    }
    const nowMs = clock.now()
    const thread = await findThread(store, account.id, read)
    // Somebody whom the customer's server does not trust must not come into a conversation with them.
    const found = thread && event.isSpam ? undefined : thread
    const mailId = this.#changes.makeId<ChannelMailId>()
    const { conversation, work } = found
      ? changeConversation(found, event, nowMs)
      : { conversation: this.#begin(account, read, event, nowMs), work: undefined }
    const mail: ChannelMail = {
      id: mailId,
      companyId: account.companyId,
      accountId: account.id,
      conversationId: conversation.id,
      kind: 'in',
      atMs: nowMs,
      ...(read.messageId === undefined ? {} : { messageId: read.messageId }),
      ...(read.from === undefined ? {} : { from: read.from }),
      replyTo: read.replyTo.slice(0, 50),
      to: read.to.slice(0, 200),
      cc: read.cc.slice(0, 200),
      subject: read.subject,
      preview: previewOf(read.text),
      nature: recognised.nature,
      ...(recognised.spam === undefined ? {} : { spam: recognised.spam }),
      references: [...read.references, ...read.inReplyTo].slice(-100),
      reports: read.reports,
      ...files,
      hasRemoteImages: read.hasRemoteImages,
      isRead: read.isRead,
      repeats: 0,
    }
    const isWritten = await store.receive({
      mail,
      conversation,
      receipt,
      events: [
        this.#changes.event('received', conversation, {
          mail: mail.id,
          nature: recognised.nature,
          isSpam: event.isSpam,
          isRead: read.isRead,
        }),
      ],
    })
    if (!isWritten) return undefined
    return {
      mail,
      conversation,
      recognised,
      begins: found === undefined ? conversation.state === 'open' : work === 'begins',
    }
  }

  #begin(
    account: MailAccount,
    read: ReadMail,
    event: Extract<ConversationEvent, { kind: 'came' }>,
    nowMs: number,
  ): MailConversation {
    const state = firstState(event)
    return {
      id: this.#changes.makeId<MailConversationId>(),
      companyId: account.companyId,
      accountId: account.id,
      state,
      subject: read.subject,
      customer: customerOf(read, ownAddresses(account)) ?? { address: '' },
      startedAtMs: nowMs,
      lastAtMs: nowMs,
      ...(state === 'open' ? { waitingSinceMs: nowMs } : {}),
      token: randomToken(tokenLength, this.#parts.random),
      revision: 1,
      mails: 1,
      hasBounced: false,
    }
  }

  /** What is not done when the process ends here is done at the next start, but for the automatic answer. */
  async #follow(account: MailAccount, read: ReadMail, { mail, conversation, recognised, begins }: Kept): Promise<void> {
    const { log } = this.#parts
    for (const fault of read.faults) log.warn('a mail was not read whole', { mail: mail.id, fault })
    try {
      if (begins) await this.#changes.beginWork(account, conversation)
      if (account.autoReply && mayAutoReply(read, recognised, ownAddresses(account)))
        await this.#autoReply(account, conversation, mail)
    } catch (error) {
      log.error('what follows from a mail failed', { mail: mail.id, error: String(error) })
    }
    this.#changes.tell(account, conversation)
  }
}

interface Kept {
  readonly mail: ChannelMail
  readonly conversation: MailConversation
  readonly recognised: Recognised
  readonly begins: boolean
}

/** A report that says nothing in a form that is read counts as a failure: better looked at once too often. */
const hasFailed = ({ reports }: ReadMail): boolean =>
  reports.length === 0 || reports.some(({ action }) => action === 'failed')

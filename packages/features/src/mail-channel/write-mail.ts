import { isRefusal, makeId, type Refusal, type UserId } from '@vaxel/base'
import {
  AnsweredMeanwhile,
  ConversationChanged,
  MailFileGone,
  MailTooLarge,
  mostMailFileBytes,
  mostMailFiles,
  NoReceiver,
  SendsNothing,
} from '@vaxel/contract'
import {
  addressKey,
  answerHtml,
  answerReferences,
  type ChannelMail,
  type ChannelMailId,
  forwardSubject,
  isAutoReplyDue,
  autoReplyWindowMs,
  type ConversationEvent,
  type KeptMail,
  lookedBack,
  type MailAccount,
  type MailAddress,
  type MailConversation,
  type MailFile,
  type MailPart,
  mailToAnswer,
  ownAddresses,
  ownMessageId,
  quoteText,
  receiversOf,
  replySubject,
  textToHtml,
  type User,
} from '@vaxel/core'
import type { ConversationChanges } from './changes.ts'
import { previewOf, readBody, writeBody } from './files-of-mail.ts'
import type { MailChannelDependencies } from './parts.ts'
import { quoteHeading } from './quote-words.ts'
import { WriteOnce } from './write-once.ts'

/** What somebody wants sent to a customer. */
export interface AnswerWish {
  readonly text: string
  readonly to?: readonly MailAddress[]
  readonly cc?: readonly MailAddress[]
  readonly subject?: string
  readonly files?: readonly string[]
  readonly quotes?: boolean
  readonly seen?: string
  readonly isConfirmed?: boolean
}

interface ForwardWish {
  readonly to: readonly MailAddress[]
  readonly text: string
  readonly withFiles?: boolean
  /** The same one is sent once. */
  readonly once?: string
}

type NoteWish = Pick<ForwardWish, 'text' | 'once'>

interface Outgoing {
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly references: readonly string[]
  readonly parts: readonly MailPart[]
  readonly by?: UserId
  readonly once?: string | undefined
  readonly isAutomatic?: boolean
}

type Thread = { readonly account: MailAccount; readonly conversation: MailConversation }

/**
 * Writes mails that go out. A mail, its conversation and its entry in the outbox are one commit: there is no moment at which an answer counts
 * as written and will not be sent, or is sent twice.
 */
export class MailWriter {
  readonly #parts: MailChannelDependencies
  readonly #changes: ConversationChanges
  readonly #once: WriteOnce

  constructor(parts: MailChannelDependencies, changes: ConversationChanges) {
    this.#parts = parts
    this.#once = new WriteOnce(parts.store)
    this.#changes = changes
  }

  async answer({ account, conversation }: Thread, user: User, wish: AnswerWish): Promise<ChannelMail | Refusal> {
    if (!account.sending) return SendsNothing()
    const { store } = this.#parts
    const asked = wish.isConfirmed ? undefined : await this.#meanwhile(conversation, user.id, wish.seen)
    if (asked) return asked
    const latest = mailToAnswer(await store.lastIn(conversation.id, lookedBack))
    const receivers = latest ? receiversOf(latest, ownAddresses(account), false) : { to: [conversation.customer] }
    const to = wish.to ?? receivers.to
    if (to.every(({ address }) => address === '')) return NoReceiver()
    const files = await this.#draftFiles(conversation, user.id, wish.files)
    if (isRefusal(files)) return files
    const text = withSignature(wish.text, account.signature)
    const quoted = latest && wish.quotes !== false ? await this.#quote(latest, user) : undefined
    return this.#send(
      { account, conversation },
      {
        to,
        cc: wish.cc ?? [],
        subject: wish.subject ?? replySubject(conversation.subject),
        text: quoted ? `${text}\n\n${quoteText(quoted.text, quoted.heading)}` : text,
        html: quoted
          ? answerHtml({
              text,
              heading: quoted.heading,
              quotedText: quoted.text,
              ...(quoted.html === undefined ? {} : { quotedHtml: quoted.html }),
            })
          : textToHtml(text),
        references: latest ? answerReferences(latest).references : [],
        parts: files,
        by: user.id,
      },
      { kind: 'answered' },
      { ledger: 'answered', withoutDraft: user.id, shown: text, inReplyTo: latest?.messageId },
    )
  }

  async forward(thread: Thread, user: User, mail: ChannelMail, wish: ForwardWish): Promise<ChannelMail | Refusal> {
    return this.#once.write(thread.conversation, user.id, wish.once, () => this.#forward(thread, user, mail, wish))
  }

  async #forward(
    { account, conversation }: Thread,
    user: User,
    mail: ChannelMail,
    wish: ForwardWish,
  ): Promise<ChannelMail | Refusal> {
    if (!account.sending) return SendsNothing()
    const quoted = await this.#quote(mail, user)
    const parts = wish.withFiles === false ? [] : mail.parts
    if (parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > mostMailFileBytes) return MailTooLarge()
    const text = withSignature(wish.text, account.signature)
    return this.#send(
      { account, conversation },
      {
        to: wish.to,
        cc: [],
        subject: forwardSubject(mail.subject),
        text: `${text}\n\n${quoteText(quoted.text, quoted.heading)}`,
        html: answerHtml({
          text,
          heading: quoted.heading,
          quotedText: quoted.text,
          ...(quoted.html === undefined ? {} : { quotedHtml: quoted.html }),
        }),
        references: [],
        // Files of a mail are its own: another mail has copies, so that deleting one leaves the other whole.
        parts: await this.#copies(account, parts),
        by: user.id,
        once: wish.once,
      },
      { kind: 'forwarded' },
      { ledger: 'forwarded', shown: text },
    )
  }

  async note(thread: Thread, user: User, wish: NoteWish): Promise<ChannelMail | Refusal> {
    return this.#once.write(thread.conversation, user.id, wish.once, () => this.#note(thread, user, wish))
  }

  async #note({ account, conversation }: Thread, user: User, { text, once }: NoteWish): Promise<ChannelMail | Refusal> {
    const { files, clock } = this.#parts
    const mail: ChannelMail = {
      ...empty(account, conversation),
      id: this.#changes.makeId<ChannelMailId>(),
      kind: 'note',
      atMs: clock.now(),
      preview: previewOf(text),
      body: await writeBody(files, account.companyId, { text }),
      by: user.id,
      ...(once === undefined ? {} : { once }),
    }
    const options = { ledger: 'noted', by: user.id, written: { mail } }
    const changed = await this.#changes.apply(account, conversation, { kind: 'noted' }, options)
    return changed ? mail : ConversationChanged()
  }

  /** The automatic answer, unless this writer or everybody had enough of them. */
  async autoReply(account: MailAccount, conversation: MailConversation, mail: ChannelMail): Promise<void> {
    const { store, clock } = this.#parts
    const { autoReply } = account
    const [to] = receiversOf(mail, ownAddresses(account), false).to
    if (!autoReply || !account.sending || !to) return
    const nowMs = clock.now()
    const lastAtMs = await store.autoRepliedAtMs(account.id, addressKey(to))
    const lastHour = await store.autoReplies(account.id, nowMs - autoReplyWindowMs)
    if (!isAutoReplyDue({ lastAtMs, lastHour, nowMs })) return
    await this.#send(
      { account, conversation },
      {
        to: [to],
        cc: [],
        subject: autoReply.subject,
        text: autoReply.text,
        html: textToHtml(autoReply.text),
        references: answerReferences(mail).references,
        parts: [],
        isAutomatic: true,
      },
      // The customer waits for a person all the same.
      { kind: 'forwarded' },
      { ledger: 'autoReplied', shown: autoReply.text, inReplyTo: mail.messageId, autoTo: addressKey(to) },
    )
  }

  async #send(
    { account, conversation }: Thread,
    outgoing: Outgoing,
    event: ConversationEvent,
    options: {
      readonly ledger: string
      readonly shown: string
      readonly inReplyTo?: string | undefined
      readonly withoutDraft?: UserId
      readonly autoTo?: string
    },
  ): Promise<ChannelMail | Refusal> {
    const { files, clock, random, outbox } = this.#parts
    const { to, cc, subject, text, html, references, parts, by, once, isAutomatic } = outgoing
    const nowMs = clock.now()
    const id = this.#changes.makeId<ChannelMailId>()
    const outboxId = makeId<string & { readonly brand?: never }>(nowMs, random)
    const messageId = ownMessageId(id, conversation.token, this.#parts.host)
    const mail: ChannelMail = {
      ...empty(account, conversation),
      id,
      kind: 'out',
      atMs: nowMs,
      messageId,
      from: { address: account.address, ...(account.sender ? { name: account.sender } : {}) },
      to,
      cc,
      subject: subject.replace(/[\r\n]+/g, ' '),
      preview: previewOf(options.shown),
      nature: isAutomatic ? 'autoReply' : 'person',
      references: references.filter((one) => one !== options.inReplyTo).concat(options.inReplyTo ?? []),
      body: await writeBody(files, account.companyId, { text, html }),
      parts,
      ...(by === undefined ? {} : { by }),
      ...(once === undefined ? {} : { once }),
      delivery: 'waiting',
      outboxId,
    }
    const kept: KeptMail = {
      id: outboxId,
      companyId: account.companyId,
      to: to[0]!.address,
      subject: mail.subject,
      // The outbox says what waits; what is said in it stays sealed.
      text: '',
      via: `mail-channel ${id}`,
      messageId,
      state: 'waiting',
      tries: 0,
      createdAtMs: nowMs,
      atMs: nowMs,
    }
    const changed = await this.#changes.apply(account, conversation, event, {
      ledger: options.ledger,
      ...(by === undefined ? {} : { by }),
      // Whatever came between the question and this is asked of the writer again.
      ...(options.ledger === 'answered' ? { isOnlyOn: conversation.revision } : {}),
      written: {
        mail,
        outgoing: kept,
        ...(options.withoutDraft === undefined ? {} : { withoutDraft: options.withoutDraft }),
        ...(options.autoTo === undefined ? {} : { autoTo: options.autoTo }),
      },
    })
    if (!changed) return ConversationChanged()
    outbox.wake()
    return mail
  }

  /** Whether something came that the writer has not seen, and who wrote it. */
  async #meanwhile(conversation: MailConversation, by: UserId, seen: string | undefined): Promise<Refusal | undefined> {
    const { store, directory } = this.#parts
    if (seen === undefined) return undefined
    const [came, went] = await Promise.all([store.latest(conversation.id, 'in'), store.latest(conversation.id, 'out')])
    if (went && went.id > seen && went.by !== undefined) {
      const who = went.by === by ? 'You have' : `${directory.user(went.by)?.displayName ?? 'Somebody'} has`
      return AnsweredMeanwhile(
        `${who} answered this since you opened it. Look at that answer; then send again if you still want to.`,
      )
    }
    return came && came.id > seen
      ? AnsweredMeanwhile('Another mail came since you opened this. Look at it; then send again if you still want to.')
      : undefined
  }

  async #quote(mail: ChannelMail, user: User): Promise<{ heading: string; text: string; html?: string }> {
    const body = await readBody(this.#parts.files, mail.companyId, mail.body)
    const zone = this.#parts.directory.company(mail.companyId)?.timeZone
    const heading = quoteHeading(user.language, mail.from, mail.atMs, zone)
    // What is not in the mail that goes out is not shown in it either.
    const html = body.html?.replace(/<img\b[^>]*>/gi, '')
    return { heading, text: body.text, ...(html === undefined ? {} : { html }) }
  }

  async #draftFiles(
    conversation: MailConversation,
    userId: UserId,
    wanted: readonly string[] = [],
  ): Promise<readonly MailPart[] | Refusal> {
    const draft = await this.#parts.store.draft(conversation.id, userId)
    const files = (draft?.files ?? []).filter(({ file }) => wanted.includes(file))
    // Whoever sends it believes that it goes along.
    if (files.length < new Set(wanted).size) return MailFileGone()
    const size = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    return size > mostMailFileBytes || files.length > mostMailFiles ? MailTooLarge() : files
  }

  async #copies({ companyId }: MailAccount, parts: readonly MailPart[]): Promise<readonly MailPart[]> {
    const { files } = this.#parts
    const copies: MailPart[] = []
    for (const part of parts) {
      const { name, mediaType, isInline, contentId } = part
      const chunks: Uint8Array[] = []
      for await (const chunk of files.read(companyId, part, 0, part.sizeBytes)) chunks.push(chunk)
      const copy: MailFile = await files.write(companyId, Buffer.concat(chunks))
      copies.push({ name, mediaType, isInline, ...(contentId === undefined ? {} : { contentId }), ...copy })
    }
    return copies
  }
}

const withSignature = (text: string, signature: string | undefined): string =>
  signature === undefined || signature.trim() === '' ? text : `${text.trimEnd()}\n\n-- \n${signature.trim()}`

const empty = (account: MailAccount, conversation: MailConversation) => ({
  companyId: account.companyId,
  accountId: account.id,
  conversationId: conversation.id,
  replyTo: [],
  to: [],
  cc: [],
  subject: '',
  nature: 'person' as const,
  references: [],
  reports: [],
  parts: [],
  hasRemoteImages: false,
  isRead: true,
  isCut: false,
  repeats: 0,
})

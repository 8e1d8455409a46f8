import type { Brand, CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'
import type { KeptMail, MailOutcome } from './mail.ts'

/** A mailbox at a mail server whose mails a company answers. */
export type MailAccountId = Brand<'MailAccountId'>
/** Mails of one customer about one thing. */
export type MailConversationId = Brand<'MailConversationId'>
/** One mail or note of a conversation. */
export type ChannelMailId = Brand<'ChannelMailId'>

/** `tls`: from the first byte (RFC 8314); `starttls`: after a command, and never without; `none`: on this machine alone. */
export type MailSecurity = 'tls' | 'starttls' | 'none'

export interface MailServer {
  /** A name or an IP literal. */
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
}

/** What becomes of a mail at the server once it is kept here. */
export type AfterReading = 'keep' | 'read' | 'move' | 'delete'

export interface MailReading {
  readonly protocol: 'imap' | 'pop3'
  readonly server: MailServer
  readonly login: string
  /** Of IMAP; `INBOX` usually. */
  readonly folder: string
  readonly after: AfterReading
  /** With `move`: where to. */
  readonly moveTo?: string
  /** What is taken when it is read for the first time: what nobody has read, everything, or only what comes from then on. */
  readonly first: 'unread' | 'all' | 'new'
  /** Between two looks where the server does not tell by itself. */
  readonly pollSeconds: number
  /** Of a larger mail only the beginning is fetched, and the mail stays at the server. */
  readonly mostBytes: number
}

export interface MailSending {
  readonly server: MailServer
  readonly login: string
}

/** How we prove to both servers who we are. Secrets are apart: {@link MailSecrets}. */
export type MailLogin =
  | { readonly kind: 'password' }
  /** Tokens by RFC 6749 §6 from this address; without one, the access token that was given is used as it is. */
  | { readonly kind: 'oauth'; readonly tokenUrl?: string; readonly clientId?: string; readonly scope?: string }

export interface MailSecrets {
  readonly password?: string
  readonly clientSecret?: string
  readonly refreshToken?: string
  readonly accessToken?: string
  /** Of the access token. */
  readonly expiresAtMs?: number
}

/** A mailbox at a mail server whose mails a company answers, as it is set up. */
export interface MailboxSetup {
  readonly id: MailAccountId
  /** By which people know it. */
  readonly name: string
  /** From which answers come. */
  readonly address: string
  /** The name beside that address. */
  readonly sender?: string
  /** Further addresses whose mails arrive here; mails from them are our own. */
  readonly aliases: readonly string[]
  readonly isOn: boolean
  readonly reading: MailReading
  /** Absent: nothing is answered from here. */
  readonly sending?: MailSending
  readonly login: MailLogin
  /** Certificates in PEM that are trusted beside the usual ones. */
  readonly trusted?: string
  /** The queue in which its mails wait. */
  readonly queueId?: string
  /** Who may read and answer beside that queue's agents; administrators and supervisors always may. */
  readonly members: readonly UserId[]
  /** Below each answer. */
  readonly signature?: string
  /** Sent once to whoever writes, at most once a day each. */
  readonly autoReply?: { readonly subject: string; readonly text: string }
}

/** A mailbox as the company's contact centre has it published (`CentreMailbox` of `core/acd`), and as it is read. */
export interface MailAccount extends MailboxSetup {
  readonly companyId: CompanyId
  readonly createdAtMs: number
  /** Since when it is not published any more: it is not read, and its conversations stay. */
  readonly removedAtMs?: number
}

/** A mailbox as it is opened: with its secrets. */
export interface MailAccess {
  readonly account: MailAccount
  readonly secrets: MailSecrets
}

/** One mail at the server. `key` names it for ever there: UIDVALIDITY and UID, or UIDL. */
export interface ServerMail {
  readonly key: string
  readonly sizeBytes: number
  /** Somebody has read it there; absent where the server does not tell. */
  readonly isSeen?: boolean
  /** When the server got it; absent where it does not tell. */
  readonly receivedAtMs?: number
}

/** An open connection to a mailbox. Every method throws {@link MailboxFault} when the server or the line fails. */
export interface OpenMailbox {
  /** As long as this is the same, a key means the same mail (UIDVALIDITY). */
  readonly epoch: string
  /** Whether it is worth keeping: the server tells of new mails over it. Else it ends with {@link settle}. */
  readonly tells: boolean
  /** All mails there, oldest first; from the second time on only those that came since. */
  list(): Promise<readonly ServerMail[]>
  /** The bytes as they lie there, or their beginning. Undefined: it is gone. */
  fetch(mail: ServerMail, mostBytes: number): Promise<Uint8Array | undefined>
  /** Does what the account wants done with mails that are kept; one that is gone is done. May be repeated. */
  settle(keys: readonly string[]): Promise<void>
  /** Resolves when something may have come, or after so long. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Why a mailbox cannot be used, so that a person knows what to change. */
export type MailboxTrouble =
  | 'name'
  | 'inner'
  | 'port'
  | 'tls'
  | 'certificate'
  | 'login'
  | 'token'
  | 'folder'
  | 'protocol'
  | 'silence'
  | 'lost'

/** The server or the way to it failed. */
export class MailboxFault extends Error {
  override readonly name = 'MailboxFault'
  readonly trouble: MailboxTrouble

  /** @param detail the words of the server or of the system */
  constructor(trouble: MailboxTrouble, detail: string) {
    super(detail.replace(/[\r\n]+/g, ' ').slice(0, 500))
    this.trouble = trouble
  }
}

/** Opens mailboxes; the way out to their servers. */
export interface MailboxDoor {
  open(access: MailAccess, signal: AbortSignal): Promise<OpenMailbox>
  /** Logs in where mails are given for sending, and leaves. Throws {@link MailboxFault}. */
  trySending(access: MailAccess): Promise<void>
  send(access: MailAccess, mail: ComposedMail): Promise<MailOutcome>
}

/** A mail as it goes to a submission server (RFC 6409). */
export interface ComposedMail {
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly messageId: string
  readonly inReplyTo?: string
  readonly references: readonly string[]
  readonly atMs: number
  readonly isAutomatic?: boolean
  readonly attachments: readonly { readonly name: string; readonly mediaType: string; readonly content: Uint8Array }[]
}

export interface MailAddress {
  readonly address: string
  readonly name?: string
}

/** What a mail is besides a person's words. */
export type MailNature = 'person' | 'list' | 'autoReply' | 'bounce' | 'loop'

/** What a report of delivery says of one receiver (RFC 3464 §2.3). */
export interface DeliveryReport {
  readonly receiver: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** RFC 3463: `5.1.1`. */
  readonly status?: string
  readonly diagnostic?: string
}

/** A part of a mail that is kept as a file. */
export interface ReadPart {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
  /** Without angle brackets (RFC 2392). */
  readonly contentId?: string
  /** It belongs into the text. */
  readonly isInline: boolean
}

/** A mail as it was read. What it says of itself is not proven. */
export interface ReadMail {
  /** False: only the source can be shown. */
  readonly isRead: boolean
  /** Why not, or what was left out, in English, for the journal. */
  readonly faults: readonly string[]
  readonly from?: MailAddress
  readonly replyTo: readonly MailAddress[]
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly subject: string
  /** When its sender says that it was written. */
  readonly sentAtMs?: number
  /** With angle brackets; as are the others. */
  readonly messageId?: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  /** Field names in lower case, values as they came, unfolded; those that decide how a mail is treated. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  readonly text: string
  /** Made safe; absent: it has none. Images of the mail are `cid:`, those of others are in `data-remote`. */
  readonly html?: string
  readonly hasRemoteImages: boolean
  readonly parts: readonly ReadPart[]
  readonly reports: readonly DeliveryReport[]
  /** Message-IDs of the mail that is told of in a bounce. */
  readonly returned: readonly string[]
  /** Of everything but what servers on the way added: a mail that comes twice has the same. */
  readonly fingerprint: string
}

/** Reads mails apart from everything else: one that kills the reader harms nothing. Never throws. */
export interface MailReader {
  read(source: Uint8Array): Promise<ReadMail>
  close(): Promise<void>
}

/** A file that belongs to a mail. */
export interface MailFile {
  /** Of the store's files. */
  readonly file: string
  readonly key: string
  readonly sizeBytes: number
}

export interface MailPart extends MailFile {
  readonly name: string
  readonly mediaType: string
  readonly contentId?: string
  readonly isInline: boolean
}

/** `spam` may be taken back; whatever comes to a closed or answered one opens it again. */
export type MailConversationState = 'open' | 'answered' | 'closed' | 'spam'

export interface MailConversation {
  readonly id: MailConversationId
  readonly companyId: CompanyId
  readonly accountId: MailAccountId
  readonly state: MailConversationState
  readonly subject: string
  /** Who wrote first, in lower case. */
  readonly customer: MailAddress
  readonly startedAtMs: number
  readonly lastAtMs: number
  /** Since when a customer waits for an answer. */
  readonly waitingSinceMs?: number
  /** Where its work waits, when not in its mailbox's own queue. */
  readonly queueId?: string
  /** The work of the contact centre that stands for it as long as it is open. */
  readonly workId?: string
  /** In our Message-IDs, and nowhere else: guessing it would let a stranger join. */
  readonly token: string
  /** Counts changes: an answer that is written on an older one is asked again. */
  readonly revision: number
  readonly mails: number
  readonly hasBounced: boolean
}

/** `waiting` and `sending`: on its way. `held`: nobody knows whether it was delivered, and a person decides. */
export type AnswerDelivery = 'waiting' | 'sending' | 'sent' | 'held' | 'failed' | 'dropped'

export interface ChannelMail {
  readonly id: ChannelMailId
  readonly companyId: CompanyId
  readonly accountId: MailAccountId
  readonly conversationId: MailConversationId
  readonly kind: 'in' | 'out' | 'note'
  readonly atMs: number
  readonly messageId?: string
  readonly from?: MailAddress
  readonly replyTo: readonly MailAddress[]
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly subject: string
  /** The beginning of the text. */
  readonly preview: string
  readonly nature: MailNature
  /** Why it counts as spam, in the words of the fields that say so. */
  readonly spam?: string
  readonly references: readonly string[]
  readonly reports: readonly DeliveryReport[]
  /** As it came; absent for what was written here. */
  readonly source?: MailFile
  /** Text and HTML: {@link MailBody} as JSON. */
  readonly body: MailFile
  readonly parts: readonly MailPart[]
  readonly hasRemoteImages: boolean
  /** False: only the source can be shown. */
  readonly isRead: boolean
  /** Only its beginning was fetched. */
  readonly isCut: boolean
  /** How often it came again. */
  readonly repeats: number
  /** Who wrote an answer or a note; absent for the autoresponder. */
  readonly by?: UserId
  /** Made by the writer’s page, so that it is written once. */
  readonly once?: string
  /** Of what goes out. */
  readonly delivery?: AnswerDelivery
  readonly fault?: string
  /** The entry of the outbox. */
  readonly outboxId?: string
}

export interface MailBody {
  readonly text: string
  readonly html?: string
}

/** That a mail at a server is kept here. */
export interface MailReceipt {
  readonly accountId: MailAccountId
  readonly key: string
  readonly fingerprint: string
  /** The server was told. */
  readonly isSettled: boolean
  /** In which order it was taken. */
  readonly atMs: number
}

/** What somebody is writing. */
export interface MailDraft {
  readonly conversationId: MailConversationId
  readonly userId: UserId
  readonly text: string
  readonly to?: readonly MailAddress[]
  readonly cc?: readonly MailAddress[]
  readonly subject?: string
  readonly files: readonly MailPart[]
  readonly atMs: number
}

/** Mailboxes in memory, the rest in the database. Each change is durable when it resolves. */
export interface MailChannelStore {
  account(companyId: CompanyId, id: string): MailAccount | undefined
  accountsOf(companyId: CompanyId): readonly MailAccount[]
  accounts(): readonly MailAccount[]
  secrets(id: MailAccountId): MailSecrets
  putAccount(account: MailAccount, secrets: MailSecrets, event?: LedgerEvent): Promise<void>
  /** With all its conversations; files are swept later. */
  removeAccount(account: MailAccount, event: LedgerEvent): Promise<void>
  /** Secrets of a mailbox for other servers or logins than it has now: of a draft, or of before. */
  keptSecrets(companyId: CompanyId, id: string, place: string): MailSecrets | undefined
  keepSecrets(
    kept: {
      readonly companyId: CompanyId
      readonly id: string
      readonly place: string
      readonly secrets: MailSecrets
    },
    event?: LedgerEvent,
  ): Promise<void>
  /** Mailboxes for which such secrets are kept. */
  keptFor(companyId: CompanyId): readonly string[]
  /** Takes all of them away. */
  forgetSecrets(companyId: CompanyId, id: string): Promise<void>

  /** Which of these keys have a receipt. */
  receipts(accountId: MailAccountId, keys: readonly string[]): Promise<ReadonlySet<string>>
  /** Receipts without mails: what was there before the first look, and that there was one. */
  begin(receipts: readonly MailReceipt[]): Promise<void>
  unsettled(accountId: MailAccountId, limit: number): Promise<readonly string[]>
  settled(accountId: MailAccountId, keys: readonly string[]): Promise<void>
  /** The mail that came with this fingerprint before. */
  repeated(accountId: MailAccountId, fingerprint: string): Promise<ChannelMail | undefined>
  /** Whether that very mail was here, and has gone by its age since. */
  wasErased(accountId: MailAccountId, fingerprint: string): Promise<boolean>
  /** A mail, its conversation and its receipt in one commit. False, and nothing is written: the key has a receipt, or the conversation has changed. */
  receive(received: {
    readonly mail?: ChannelMail
    readonly conversation?: MailConversation
    readonly receipt: MailReceipt
    readonly events: readonly LedgerEvent[]
  }): Promise<boolean>

  conversation(companyId: CompanyId, id: string): Promise<MailConversation | undefined>
  /** Of whichever company: for work that names its conversation. */
  conversationOfWork(id: string): Promise<MailConversation | undefined>
  byToken(accountId: MailAccountId, token: string): Promise<MailConversation | undefined>
  /** The conversation of the mail that has one of these Message-IDs: of the last of them that is known. */
  byMessageIds(accountId: MailAccountId, ids: readonly string[]): Promise<MailConversation | undefined>
  /** Latest first. */
  conversations(filter: {
    readonly companyId: CompanyId
    readonly accountIds: readonly MailAccountId[]
    readonly states?: readonly MailConversationState[]
    readonly customer?: string
    readonly before?: string
    readonly limit: number
  }): Promise<readonly MailConversation[]>
  /** Those that are open, of every company: their work is offered again after a start. */
  open(limit: number, after?: string): Promise<readonly MailConversation[]>
  mails(filter: {
    readonly conversationId: MailConversationId
    readonly after?: string
    readonly limit: number
  }): Promise<readonly ChannelMail[]>
  mail(companyId: CompanyId, id: string): Promise<ChannelMail | undefined>
  latest(conversationId: MailConversationId, kind: ChannelMail['kind']): Promise<ChannelMail | undefined>
  /** The last ones that came in, newest first. */
  lastIn(conversationId: MailConversationId, limit: number): Promise<readonly ChannelMail[]>
  /** The last ones that were written here, newest first: answers and notes. */
  lastWritten(conversationId: MailConversationId, limit: number): Promise<readonly ChannelMail[]>
  /**
   * Puts what has changed in one commit, with the mail that goes out for it. False, and nothing is written: the conversation has
   * changed since: somebody else has written this revision.
   */
  put(change: {
    readonly conversation?: MailConversation
    readonly mail?: ChannelMail
    readonly outgoing?: KeptMail
    /** Of the automatic answers, whom it goes to. */
    readonly autoTo?: string
    readonly withoutDraft?: UserId
    readonly events: readonly LedgerEvent[]
  }): Promise<boolean>
  /** What goes out and has not come to an end. */
  underway(): Promise<readonly ChannelMail[]>
  /** When the autoresponder wrote to somebody last. */
  autoRepliedAtMs(accountId: MailAccountId, address: string): Promise<number | undefined>
  /** How many the autoresponder has written since. */
  autoReplies(accountId: MailAccountId, sinceMs: number): Promise<number>

  /** Forgets files of drafts that no mail has taken. */
  forgetFiles(beforeMs: number): Promise<void>
  knownFiles(files: readonly string[]): Promise<ReadonlySet<string>>
  draft(conversationId: MailConversationId, userId: UserId): Promise<MailDraft | undefined>
  putDraft(draft: MailDraft, companyId: CompanyId): Promise<void>
  removeDraft(conversationId: MailConversationId, userId: UserId): Promise<void>
}

/** Files of mails in the data folder, each sealed with a key of its own. */
export interface MailFiles {
  /** Durable when it resolves; removed by {@link sweep} unless a mail or a draft comes to know it. */
  write(companyId: CompanyId, content: Uint8Array): Promise<MailFile>
  read(companyId: CompanyId, file: MailFile, start: number, end: number): AsyncIterable<Uint8Array>
  /** Removes what was written before then and nobody knows. @returns how many */
  sweep(beforeMs: number): Promise<number>
}

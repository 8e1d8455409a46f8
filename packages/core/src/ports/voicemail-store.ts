import type { Brand, CallId, CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent, Party } from './call-ledger.ts'
import type { Source } from './media-engine.ts'
import type { RecordingFile } from './recording-files.ts'
import type { SoundSeal } from './service-line.ts'

/** A person's mailbox has the identifier of the person. */
export type MailboxId = Brand<'MailboxId'>
export type VoiceMessageId = Brand<'VoiceMessageId'>

/** When a greeting is heard; `name` is said in greetings that the platform speaks. */
export type GreetingKind = 'standard' | 'busy' | 'noAnswer' | 'away' | 'holiday' | 'name'

/** A sound file of a mailbox. `file` is relative to the data folder; `key` opens it, sealed for the company; absent: plain. */
export interface KeptSound {
  readonly file: string
  readonly key?: string
  readonly durationMs: number
  readonly sizeBytes: number
}

export interface Greeting extends KeptSound {
  readonly kind: GreetingKind
  readonly atMs: number
  readonly by: 'phone' | 'upload'
}

/** What the people of a mailbox want of it. */
export interface MailboxSettings {
  /** Takes messages. */
  readonly isOn: boolean
  readonly mostMessageSeconds: number
  readonly mostMessages: number
  readonly mostMinutes: number
  /** What was heard is deleted after so many days; absent: kept. */
  readonly keepDays?: number
  /** Date, time and caller are said before each message. */
  readonly saysDetails: boolean
  /** A registered device of the mailbox's own person needs no PIN. */
  readonly skipsPin: boolean
  readonly mail: 'none' | 'link' | 'attachment'
  /** Where mails go; the person's own address if absent. */
  readonly mailTo?: string
  /** Whom callers reach by `0`. */
  readonly assistant?: string
  /** Callers hear that nobody is here until then. */
  readonly awayUntilMs?: number
}

export interface Mailbox {
  readonly id: MailboxId
  readonly companyId: CompanyId
  /** Whose own it is; absent: a shared one. */
  readonly userId?: UserId
  /** Of a shared one: its name, the number whose calls it takes (a group's, a queue's), who listens. */
  readonly name?: string
  readonly number?: string
  readonly members?: readonly UserId[]
  /** What differs from the usual. */
  readonly settings: Partial<MailboxSettings>
  /** argon2id; absent: there is none, and nobody comes in from elsewhere. */
  readonly pinHash?: string
  readonly greetings: readonly Greeting[]
}

/**
 * `recording`: somebody speaks, or the process ended while they did. `new`: nobody has listened. `deleted`: may be taken back until it is
 * removed.
 */
export type VoiceMessageState = 'recording' | 'new' | 'saved' | 'deleted'

export interface VoiceMessage extends KeptSound {
  readonly id: VoiceMessageId
  readonly boxId: MailboxId
  readonly companyId: CompanyId
  readonly state: VoiceMessageState
  /** When it was begun. */
  readonly atMs: number
  readonly from: Party
  /** The call in which it was left. */
  readonly callId?: CallId
  /** How loud it is over its length, hexadecimal digits from 0 (silence) to f. */
  readonly peaks?: string
  /** What it was before it was deleted, and when that was. */
  readonly was?: 'new' | 'saved'
  readonly deletedAtMs?: number
  /** Who sent it on, and what they said of it. */
  readonly forwardedBy?: Party
  readonly comment?: string
  readonly spokenComment?: KeptSound
}

/** What is in a mailbox; deleted messages count for nothing. */
export interface MailboxCounts {
  readonly newMessages: number
  readonly savedMessages: number
  readonly usedMs: number
}

/** Mailboxes and counts in memory, messages in the database. Each change is durable when it resolves. */
export interface VoicemailStore {
  /** Only those about which something was ever set. */
  mailbox(id: MailboxId): Mailbox | undefined
  mailboxesOf(companyId: CompanyId): readonly Mailbox[]
  putMailbox(box: Mailbox, event?: LedgerEvent): Promise<void>
  /** With all that is in it; files are swept later. */
  removeMailbox(id: MailboxId, event?: LedgerEvent): Promise<void>
  counts(id: MailboxId): MailboxCounts
  put(message: VoiceMessage, event?: LedgerEvent): Promise<void>
  remove(message: VoiceMessage, event?: LedgerEvent): Promise<void>
  find(boxId: MailboxId, id: VoiceMessageId): Promise<VoiceMessage | undefined>
  /** Latest first. @param filter `before`: only older ones */
  list(filter: {
    readonly boxId: MailboxId
    readonly states: readonly VoiceMessageState[]
    readonly before?: VoiceMessageId
    readonly limit: number
  }): Promise<readonly VoiceMessage[]>
  /** Begun by a process that has ended. */
  unfinished(): Promise<readonly VoiceMessage[]>
  /** Oldest first: deleted before then, or begun before then; of all mailboxes or one. */
  older(filter: {
    readonly state: VoiceMessageState
    readonly beforeMs: number
    readonly boxId?: MailboxId
    readonly limit: number
  }): Promise<readonly VoiceMessage[]>
  /** Every mailbox that was ever written, of all companies. */
  all(): Iterable<Mailbox>
  /** Which of these files belong to a greeting, a message or a comment. */
  knownFiles(files: readonly string[]): Promise<ReadonlySet<string>>
}

/** Sound files of mailboxes in the data folder. */
export interface VoiceFiles {
  /** A name for a new file, whose folder is there, and how it is to be sealed. */
  begin(companyId: CompanyId): Promise<{
    readonly file: string
    readonly path: string
    readonly key?: string
    readonly seal?: SoundSeal
  }>
  /** Keeps a whole WAV file. */
  write(companyId: CompanyId, wav: Uint8Array): Promise<Pick<KeptSound, 'file' | 'key' | 'sizeBytes'>>
  /** The plain WAV; undefined when it is not there. */
  open(sound: Pick<KeptSound, 'file' | 'key'>): Promise<RecordingFile | undefined>
  source(sound: Pick<KeptSound, 'file' | 'key'>): Extract<Source, { kind: 'file' }>
  /** The same sound under another name. */
  copy(companyId: CompanyId, sound: Pick<KeptSound, 'file' | 'key'>): Promise<Pick<KeptSound, 'file' | 'key'>>
  remove(sound: Pick<KeptSound, 'file'>): Promise<void>
  /** Removes what was begun before then and nobody knows. @returns how many */
  sweep(knownFiles: VoicemailStore['knownFiles'], beforeMs: number): Promise<number>
}

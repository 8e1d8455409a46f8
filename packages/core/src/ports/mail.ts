import type { CompanyId } from '@vaxel/base'
import type { LedgerEvent } from './call-ledger.ts'

/** A mail as its receiver gets it. */
export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments?: readonly MailAttachment[]
}

/** A file that goes with a mail. It is read when the mail is sent, and left out when it is not there any more. */
export interface MailAttachment {
  readonly name: string
  readonly mediaType: string
  /** How whoever queued the mail finds it: `voicemail BOX MESSAGE`; the first word says whose it is. */
  readonly reference: string
}

/** Reads what goes with a mail, by the first word of its reference. Undefined: it is gone. */
export type ReadAttachment = (companyId: CompanyId, reference: string) => Promise<Uint8Array | undefined>

/**
 * `waiting`: for its time. `sending`: a try is under way. `held`: nobody knows whether the last try was delivered; a person
 * decides, since a second mail would be worse than none. `failed`: the receiver's server refused it, or it was tried too long.
 */
export type MailState = 'waiting' | 'sending' | 'sent' | 'held' | 'failed'

export interface KeptMail extends Mail {
  readonly id: string
  readonly companyId: CompanyId
  /** Who composes and sends it, when not the installation's own mail server: `mail-channel ID`. */
  readonly via?: string
  /** `<…>`: the same at every try (RFC 5322 §3.6.4), so that a mailbox can tell a repetition. */
  readonly messageId: string
  readonly state: MailState
  readonly tries: number
  readonly createdAtMs: number
  /** When it is tried next, or when it came to its end. */
  readonly atMs: number
  /** What the last try came to, in the words of the server where it spoke. */
  readonly fault?: string
}

/** `own`: for the installation's mail server; `via`: for somebody else who sends; all if absent. */
export type MailsOf = 'own' | 'via'

/** Mails until they are delivered. Each change is durable when it resolves. */
export interface MailStore {
  /** A new mail. One of that id that is there already stays as it is. */
  add(mail: KeptMail): Promise<void>
  put(mail: KeptMail, event?: LedgerEvent): Promise<void>
  /** Those that wait and are due by then, oldest first. */
  due(nowMs: number, limit: number, whose?: MailsOf): Promise<KeptMail[]>
  /** When the next one is due. */
  nextDueMs(whose?: MailsOf): Promise<number | undefined>
  /** Of which a try was under way when the process ended. */
  interrupted(): Promise<KeptMail[]>
  find(companyId: CompanyId, id: string): Promise<KeptMail | undefined>
  /** Latest first. */
  list(companyId: CompanyId, limit: number): Promise<KeptMail[]>
  /** How many of a company wait, are held or failed. */
  open(companyId: CompanyId): Promise<number>
  remove(companyId: CompanyId, id: string): Promise<boolean>
  /** Takes away what was sent before then. */
  forgetSent(beforeMs: number): Promise<void>
}

/** What one try came to. `later`: try again. `refused`: never again. `unknown`: it may have been delivered. */
export type MailOutcome =
  /** `reason`: what the server said of receivers that it did not take. */
  | { readonly kind: 'sent'; readonly reason?: string }
  /** `isLoginRefused`: by a server that was reached, for good. */
  | { readonly kind: 'later'; readonly reason: string; readonly isLoginRefused?: true }
  | { readonly kind: 'refused' | 'unknown'; readonly reason: string }

/** The way to the mail server. */
export interface MailSender {
  send(
    mail: Mail & Pick<KeptMail, 'id' | 'companyId' | 'messageId' | 'via'> & { readonly atMs: number },
  ): Promise<MailOutcome>
  close(): void
}

/** For features: a mail that is durable when this resolves, and sent as soon as it can be. */
export interface Mailer {
  /**
   * @param key of a company: who asks again with the same one, since the process died before it was noted, gets the mail that is there and
   * no second one. Holds for a month.
   */
  queue(companyId: CompanyId, mail: Mail, key?: string): Promise<void>
}

/** For features that write their mails into the outbox with what belongs to them, and follow what becomes of each. */
export interface MailOutbox extends Mailer {
  /** Somebody else has put a mail into the outbox, in a commit of their own. */
  wake(): void
  /** Told of each state that a mail comes to, after it is durable; `removed`: an administrator took it out. */
  onChange(listener: (mail: KeptMail, state: MailState | 'removed') => void): void
}

import type { Mail, MailOutcome, MailSender, ReadAttachment } from '@vaxel/core'
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js'

export interface SmtpSettings {
  /** `smtp://user:password@host:587` (TLS by STARTTLS where the server has it, RFC 3207) or `smtps://…` (TLS from the start, RFC 8314). */
  readonly url: string
  /** Sender's address. */
  readonly from: string
}

const connectMs = 15_000
const silenceMs = 60_000

export interface SmtpFault {
  readonly code?: string
  readonly responseCode?: number
  readonly message: string
}

/** How far a mail came: whether a connection was there, and whether its whole text has gone out. The library tells that in its log alone. */
export class TextWatch {
  #isConnected = false
  #isOut = false
  /** For the transport of this one mail. */
  readonly logger = {
    info: ({ tnx, remoteAddress }: { readonly tnx?: string; readonly remoteAddress?: string }): void => {
      if (tnx === 'network' && remoteAddress !== undefined) this.#isConnected = true
      if (tnx === 'message') this.#isOut = true
    },
  }

  get isConnected(): boolean {
    return this.#isConnected
  }

  get isOut(): boolean {
    return this.#isOut
  }
}

/** Sends mails by SMTP (RFC 5321), one connection each. */
export class SmtpSender implements MailSender {
  readonly #options: SMTPTransport.Options
  readonly #from: string
  readonly #readAttachment: ReadAttachment

  /** @param readAttachment reads what goes with a mail; nothing goes with one if absent */
  constructor({ url, from }: SmtpSettings, readAttachment: ReadAttachment = async () => undefined) {
    this.#readAttachment = readAttachment
    const { protocol, hostname, port, username, password } = new URL(url)
    const secure = protocol === 'smtps:'
    this.#from = from
    this.#options = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      // A password never goes over an open line.
      requireTLS: !secure && username !== '' && !isLoopback(hostname),
      ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      // What does not leave the machine may show any certificate; every other one is verified.
      ...(isLoopback(hostname) ? { tls: { rejectUnauthorized: false } } : {}),
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: silenceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    }
  }

  async send(mail: Parameters<MailSender['send']>[0]): Promise<MailOutcome> {
    const { to, subject, text, messageId, atMs } = mail
    let attachments
    try {
      attachments = await this.#attachmentsOf(mail)
    } catch (error) {
      return { kind: 'later', reason: `What goes with it cannot be read: ${(error as Error).message}`.slice(0, 500) }
    }
    const watch = new TextWatch()
    try {
      const { createTransport } = await import('nodemailer')
      // An object is taken as it is: no second address can hide in it.
      await createTransport({ ...this.#options, logger: watch.logger }).sendMail({
        from: this.#from,
        to: { name: '', address: to },
        subject,
        text,
        attachments,
        messageId,
        date: new Date(atMs),
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return { kind: 'sent' }
    } catch (error) {
      return outcomeOf(error as SmtpFault, watch.isOut)
    }
  }

  async #attachmentsOf({ companyId, attachments = [] }: Parameters<MailSender['send']>[0]) {
    const read = []
    for (const { name, mediaType, reference } of attachments) {
      const content = await this.#readAttachment(companyId, reference)
      if (content) read.push({ filename: name, contentType: mediaType, content: Buffer.from(content) })
    }
    return read
  }

  /** Nothing stays open: each connection ends with its mail. */
  close(): void {}
}

/**
 * What a try that failed came to. After the text went out, silence and a lost connection may mean that it was taken (RFC 5321 §4.5.3.2.6);
 * everything before is known.
 */
export function outcomeOf({ code, responseCode, message }: SmtpFault, isTextOut: boolean): MailOutcome {
  const reason = message.slice(0, 500)
  if (responseCode !== undefined && responseCode >= 500)
    // A wrong password is ours to mend: the mail can still go.
    return code === 'EAUTH' ? { kind: 'later', reason, isLoginRefused: true } : { kind: 'refused', reason }
  if (responseCode === undefined && isTextOut) return { kind: 'unknown', reason }
  return { kind: 'later', reason }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.')

/** Whether user and password stand in an address as they must there. */
function areWritten({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username)
    decodeURIComponent(password)
    return true
  } catch {
    return false
  }
}

/** What is wrong with the settings, a sentence each. */
export function smtpMistakes(url: string, from: Mail['to'] | undefined): readonly string[] {
  const parsed = URL.parse(url)
  return [
    ...(parsed && /^smtps?:$/.test(parsed.protocol) && parsed.hostname !== ''
      ? areWritten(parsed)
        ? []
        : ['VAXEL_SMTP_URL: write % in its user or password as %25, and other signs of addresses likewise (@ as %40)']
      : ['VAXEL_SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465']),
    ...(from !== undefined && /^[^\s@<>,]+@[^\s@<>,]+$/.test(from)
      ? []
      : ['VAXEL_MAIL_FROM must be the address that mails come from, such as vaxel@example.com']),
  ]
}

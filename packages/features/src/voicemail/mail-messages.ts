import type { CompanyId, Logger } from '@vaxel/base'
import {
  type Directory,
  languageOf,
  type Mail,
  type Mailbox,
  type Mailer,
  timeZoneOf,
  type VoiceFiles,
  type VoiceMessage,
} from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'
import { mailWords } from './mail-words.ts'
import { lengthOf, whoOf } from './message-words.ts'
import type { MessageService } from './message-service.ts'

/** Larger ones are told by link alone: many mailboxes refuse more. */
const mostAttachedBytes = 15 * 1024 * 1024

/** Mails each new message to whoever wants that, in their language; the outbox does the rest, however long the mail server is away. */
export class MailMessages {
  readonly #boxes: Mailboxes
  readonly #messages: MessageService
  readonly #files: VoiceFiles
  readonly #directory: Directory
  readonly #mailer: () => Mailer | undefined
  readonly #baseUrl: string | undefined
  readonly #log: Logger

  constructor(options: {
    boxes: Mailboxes
    messages: MessageService
    files: VoiceFiles
    directory: Directory
    mailer: () => Mailer | undefined
    baseUrl: string | undefined
    log: Logger
  }) {
    this.#boxes = options.boxes
    this.#messages = options.messages
    this.#files = options.files
    this.#directory = options.directory
    this.#mailer = options.mailer
    this.#baseUrl = options.baseUrl
    this.#log = options.log
    options.messages.onLeft((message, box) => {
      this.#queue(message, box).catch((error: unknown) =>
        this.#log.error('a voice message could not be mailed', { message: message.id, error: String(error) }),
      )
    })
  }

  /** What goes with a mail, when it is sent. @param reference `voicemail BOX MESSAGE` */
  async attachment(companyId: CompanyId, reference: string): Promise<Uint8Array | undefined> {
    const [, boxId = '', id = ''] = reference.split(' ')
    const box = this.#boxes.find(companyId, boxId)
    const message = box && (await this.#messages.find(box, id))
    const file = message && (await this.#files.open(message))
    if (!file || file.sizeBytes > mostAttachedBytes) return undefined
    const pieces: Uint8Array[] = []
    for await (const piece of file.read(0, file.sizeBytes)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  async #queue(message: VoiceMessage, box: Mailbox): Promise<void> {
    const { mail, mailTo } = this.#boxes.settings(box)
    const user = box.userId && this.#directory.user(box.userId)
    const to = mailTo ?? (user ? user.email : undefined)
    const mailer = this.#mailer()
    if (mail === 'none' || to === undefined || !mailer) return
    await mailer.queue(box.companyId, this.#write(message, box, to, mail))
  }

  #write(message: VoiceMessage, box: Mailbox, to: string, kind: 'link' | 'attachment'): Mail {
    const company = this.#directory.company(box.companyId)
    const user = box.userId && this.#directory.user(box.userId)
    const language = (user ? user.language : undefined) ?? (company ? languageOf(company) : 'en')
    const words = mailWords[language]
    const when = new Intl.DateTimeFormat(words.locale, {
      dateStyle: 'full',
      timeStyle: 'short',
      ...(company ? { timeZone: timeZoneOf(company) } : {}),
    }).format(message.atMs)
    const who = whoOf(message, words)
    const length = lengthOf(message.durationMs)
    const isAttached = kind === 'attachment' && message.sizeBytes <= mostAttachedBytes
    const text = [
      words.left({ who, when, length, box: box.userId ? undefined : this.#boxes.nameOf(box) }),
      ...(message.forwardedBy ? [words.forwarded(message.forwardedBy.name ?? message.forwardedBy.number)] : []),
      ...(message.comment === undefined ? [] : [`“${message.comment}”`]),
      ...(isAttached ? [words.attached] : []),
      ...(this.#baseUrl === undefined
        ? [words.listen]
        : [`${words.link}\n${this.#baseUrl}/voicemail/${box.id}/${message.id}`]),
    ]
    return {
      to,
      subject: words.subject({ who, length }),
      text: `${text.join('\n\n')}\n`,
      ...(isAttached
        ? {
            attachments: [
              {
                name: `voice-message-${new Date(message.atMs).toISOString().slice(0, 16).replace(/\D/g, '-')}.wav`,
                mediaType: 'audio/wav',
                reference: `voicemail ${box.id} ${message.id}`,
              },
            ],
          }
        : {}),
    }
  }
}

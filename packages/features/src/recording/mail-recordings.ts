import type { CompanyId, Logger } from '@vaxel/base'
import {
  type CallLedger,
  type Directory,
  type KeptRecording,
  type Language,
  languageOf,
  type Mailer,
  type RecordingFolder,
  type RecordingId,
  type RecordingStore,
  timeZoneOf,
} from '@vaxel/core'

/** Mail servers refuse larger ones, or are refused by others. */
const mostAttachedBytes = 15 * 1024 * 1024

interface Words {
  readonly locale: string
  subject(who: string, length: string): string
  recorded(parts: { who: string; other: string; when: string; length: string }): string
  readonly attached: string
  readonly link: string
  readonly listen: string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    locale: 'en-GB',
    subject: (who, length) => `Recorded call with ${who} (${length})`,
    recorded: ({ who, other, when, length }) =>
      `The call between ${who} and ${other} on ${when} was recorded (${length}).`,
    attached: 'The recording is attached.',
    link: 'Listen to it here, after logging in:',
    listen: 'Listen to it in the web app, under Recordings.',
  },
  sv: {
    locale: 'sv-SE',
    subject: (who, length) => `Inspelat samtal med ${who} (${length})`,
    recorded: ({ who, other, when, length }) => `Samtalet mellan ${who} och ${other} ${when} spelades in (${length}).`,
    attached: 'Inspelningen är bifogad.',
    link: 'Lyssna här när du har loggat in:',
    listen: 'Lyssna i webbappen, under Inspelningar.',
  },
  fr: {
    locale: 'fr-FR',
    subject: (who, length) => `Appel enregistré avec ${who} (${length})`,
    recorded: ({ who, other, when, length }) =>
      `L’appel entre ${who} et ${other} du ${when} a été enregistré (${length}).`,
    attached: 'L’enregistrement est joint à ce message.',
    link: 'Écoutez-le ici, une fois connecté :',
    listen: 'Écoutez-le dans l’application web, sous Enregistrements.',
  },
}

/** Mails recordings that have ended to whom the company wants, as a link or with the sound. */
export class RecordingMails {
  readonly #store: RecordingStore
  readonly #folder: RecordingFolder
  readonly #ledger: CallLedger
  readonly #directory: Directory
  readonly #mailer: Mailer
  readonly #baseUrl: string | undefined
  readonly #log: Logger

  constructor(options: {
    store: RecordingStore
    folder: RecordingFolder
    ledger: CallLedger
    directory: Directory
    mailer: Mailer
    baseUrl: string | undefined
    log: Logger
  }) {
    this.#store = options.store
    this.#folder = options.folder
    this.#ledger = options.ledger
    this.#directory = options.directory
    this.#mailer = options.mailer
    this.#baseUrl = options.baseUrl
    this.#log = options.log
  }

  ended(recording: KeptRecording): void {
    this.#queue(recording).catch((error: unknown) =>
      this.#log.error('a recording could not be mailed', { recording: recording.id, error: String(error) }),
    )
  }

  /** What goes with a mail, when it is sent. @param reference `recording ID` */
  async attachment(companyId: CompanyId, reference: string): Promise<Uint8Array | undefined> {
    const recording = await this.#store.find(companyId, (reference.split(' ')[1] ?? '') as RecordingId)
    const file = recording && (await this.#folder.open(recording.file))
    if (!file || file.sizeBytes > mostAttachedBytes) return undefined
    const pieces: Uint8Array[] = []
    for await (const piece of file.read(0, file.sizeBytes)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  async #queue(recording: KeptRecording): Promise<void> {
    const { companyId, callId, party, end } = recording
    const { mail, mailTo } = this.#store.policy(companyId)
    if (mail === 'none' || end === 'lost' || !recording.durationMs) return
    const user = party.userId === undefined ? undefined : this.#directory.user(party.userId)
    const addresses = mailTo.length > 0 ? mailTo : user?.email === undefined ? [] : [user.email]
    if (addresses.length === 0) return
    const file = mail === 'attachment' ? await this.#folder.open(recording.file) : undefined
    const isAttached = file !== undefined && file.sizeBytes <= mostAttachedBytes
    for (const to of addresses) {
      const reader = this.#directory.usersOf(companyId).find(({ email }) => email === to)
      await this.#mailer.queue(companyId, { to, ...this.#write(recording, isAttached, reader?.language) })
    }
    const data = { recording: recording.id, to: addresses, form: isAttached ? 'attachment' : 'link' }
    const event = {
      kind: 'recording.mailed',
      atMs: recording.startedAtMs + recording.durationMs,
      companyId,
      callId,
      data,
    }
    await this.#ledger.append({ events: [event] })
  }

  #write(recording: KeptRecording, isAttached: boolean, language: Language | undefined) {
    const { id, companyId, party, other, startedAtMs, durationMs = 0 } = recording
    const company = this.#directory.company(companyId)
    const say = words[language ?? (company ? languageOf(company) : 'en')]
    const when = new Intl.DateTimeFormat(say.locale, {
      dateStyle: 'full',
      timeStyle: 'short',
      ...(company ? { timeZone: timeZoneOf(company) } : {}),
    }).format(startedAtMs)
    const length = lengthOf(durationMs)
    const [who, otherName] = [nameOf(party), nameOf(other)]
    const text = [
      say.recorded({ who, other: otherName, when, length }),
      ...(isAttached ? [say.attached] : []),
      this.#baseUrl === undefined ? say.listen : `${say.link}\n${this.#baseUrl}/recordings/${id}`,
    ]
    return {
      subject: say.subject(otherName, length),
      text: `${text.join('\n\n')}\n`,
      ...(isAttached
        ? {
            attachments: [
              {
                name: `recording-${new Date(startedAtMs).toISOString().slice(0, 16).replace(/\D/g, '-')}.wav`,
                mediaType: 'audio/wav',
                reference: `recording ${id}`,
              },
            ],
          }
        : {}),
    }
  }
}

function nameOf({ name, number }: KeptRecording['party']): string {
  return name === undefined || name === number ? number : `${name} (${number})`
}

/** @example lengthOf(65_000) // '1:05' */
function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

import { isRefusal, type CompanyId, type Refusal, type UserId } from '@vaxel/base'
import {
  type changeMailboxSettings,
  InvalidRequest,
  MailboxFull,
  NotFound,
  type OperationRequest,
  type Principal,
  type RepliedFile,
} from '@vaxel/contract'
import type { GreetingKind, KeptSound, Mailbox, MailboxSettings, Party, VoiceMessage } from '@vaxel/core'
import { userIn } from '@vaxel/core'
import type { VoicemailParts } from './parts.ts'
import { type MailboxView, mailboxView } from './views.ts'

type SettingsChange = OperationRequest<typeof changeMailboxSettings>['body']

/** Mailboxes as their own people see and use them in the web app and by the API. Nobody else hears anything, whatever their role. */
export class WebService {
  readonly #parts: VoicemailParts

  constructor(parts: VoicemailParts) {
    this.#parts = parts
  }

  mailboxes(principal: Principal): { items: MailboxView[]; number?: string } {
    const user = userIn(this.#parts.directory, principal, principal.userId)
    if (!user) return { items: [] }
    const { boxes, directory } = this.#parts
    const number = [...directory.numbersOf(user.companyId)]
      .filter(({ target }) => target.kind === 'service' && target.service === 'voicemail' && target.id === undefined)
      .map((one) => one.number)
      .toSorted((a, b) => a.length - b.length)[0]
    return {
      items: boxes.of(user).map((box) => mailboxView(boxes, box, user)),
      ...(number === undefined ? {} : { number }),
    }
  }

  /** A mailbox of whoever asks; for everybody else it is not there. */
  box({ companyId, userId }: Principal, boxId: string): Mailbox | Refusal {
    const box = this.#parts.boxes.find(companyId as CompanyId, boxId)
    return box && this.#parts.boxes.mayListen(userId, box) ? box : NotFound()
  }

  async message(
    principal: Principal,
    boxId: string,
    id: string,
  ): Promise<{ box: Mailbox; message: VoiceMessage } | Refusal> {
    const box = this.box(principal, boxId)
    if (isRefusal(box)) return box
    const message = await this.#parts.messages.find(box, id)
    return message && message.state !== 'recording' ? { box, message } : NotFound()
  }

  view(principal: Principal, boxId: string): MailboxView | Refusal {
    const box = this.box(principal, boxId)
    return isRefusal(box) ? box : mailboxView(this.#parts.boxes, box, { id: principal.userId as UserId })
  }

  async changeSettings(principal: Principal, boxId: string, change: SettingsChange): Promise<MailboxView | Refusal> {
    const box = this.box(principal, boxId)
    if (isRefusal(box)) return box
    const { awayUntil, ...rest } = change
    const until = awayUntil === undefined ? {} : { awayUntilMs: awayUntil === null ? null : Date.parse(awayUntil) }
    const refused = this.#mistakes(box, change)
    if (refused) return refused
    const settings: Record<string, unknown> = { ...box.settings }
    for (const [name, value] of Object.entries({ ...rest, ...until })) {
      if (value === null) delete settings[name]
      else settings[name] = value
    }
    const data = { box: box.id, by: principal.userId, fields: Object.keys(change) }
    await this.#parts.boxes.put(
      { ...box, settings: settings as Partial<MailboxSettings> },
      { kind: 'voicemail.settingsChanged', data },
    )
    this.#parts.boxes.changed(box)
    return this.view(principal, boxId)
  }

  async forward(
    principal: Principal,
    { box, message }: { box: Mailbox; message: VoiceMessage },
    { userIds, comment }: { userIds: readonly string[]; comment?: string },
  ): Promise<Refusal | undefined> {
    const { boxes, messages } = this.#parts
    const targets: Mailbox[] = []
    for (const userId of new Set(userIds)) {
      const to = boxes.find(box.companyId, userId)
      if (!to?.userId) return NotFound('Somebody of these is not in your company.')
      if (boxes.room(to).kind === 'full') return MailboxFull(`The mailbox of ${boxes.nameOf(to)} is full.`)
      targets.push(to)
    }
    const user = userIn(this.#parts.directory, principal, principal.userId)
    const by: Party = {
      number: user?.extension ?? user?.name ?? '',
      ...(user ? { name: user.displayName, userId: user.id } : {}),
    }
    for (const to of targets) await messages.forward(message, to, by, comment === undefined ? {} : { comment })
    return undefined
  }

  /** A deleted one is gone at once when it is deleted again. */
  async delete(principal: Principal, { box, message }: { box: Mailbox; message: VoiceMessage }): Promise<undefined> {
    const { messages, boxes } = this.#parts
    if (message.state === 'deleted') {
      await messages.erase(message, 'deleted')
      boxes.changed(box)
    } else await messages.delete(message, box, principal.userId)
    return undefined
  }

  async audio(sound: KeptSound | undefined, name: string): Promise<RepliedFile | Refusal> {
    const file = sound && (await this.#parts.files.open(sound))
    if (!sound || !file) return NotFound('The sound is not there any more.')
    return {
      mediaType: 'audio/wav',
      name,
      isInline: true,
      tag: tagOf(sound),
      sizeBytes: file.sizeBytes,
      read: (start, end) => file.read(start, end),
    }
  }

  greeting(box: Mailbox, kind: GreetingKind): Promise<RepliedFile | Refusal> {
    return this.audio(
      box.greetings.find((greeting) => greeting.kind === kind),
      `${kind}.wav`,
    )
  }

  #mistakes(box: Mailbox, { mail, mailTo, awayUntil }: SettingsChange): Refusal | undefined {
    const { directory, boxes, clock } = this.#parts
    const before = boxes.settings(box)
    const own = box.userId && directory.user(box.userId)?.email
    const address = mailTo === null ? own : (mailTo ?? before.mailTo ?? own)
    const mistakes = [
      ...((mail ?? before.mail) !== 'none' && address === undefined
        ? [{ path: '/mailTo', reason: 'There is no address to send to: say one.' }]
        : []),
      ...(awayUntil && Date.parse(awayUntil) <= clock.now()
        ? [{ path: '/awayUntil', reason: 'This is in the past.' }]
        : []),
    ]
    return mistakes.length === 0 ? undefined : InvalidRequest(undefined, { mistakes })
  }
}

/** File names are random and never used again. */
const tagOf = ({ file }: KeptSound): string => file.replace(/^.*[/\\]/, '').replace(/\W/g, '')

import { type Api, ApiFault, type ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { allPages } from '../api/all-pages.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'

export type Opened = ReplyOf<'readMailConversation'>
export type Mail = ReplyOf<'listConversationMails'>['items'][number]
export type Watcher = Opened['watchers'][number]
type DraftFile = NonNullable<Opened['draft']>['files'][number]

/** What is being written. Addresses as they are typed, apart by commas. */
export interface Writing {
  readonly text: string
  readonly to: string
  readonly cc: string
  readonly files: readonly DraftFile[]
}

export interface MailState {
  readonly opened: Opened | undefined
  readonly mails: readonly Mail[]
  readonly writing: Writing
  readonly watchers: readonly Watcher[]
  /** Something came since; sending again means it. */
  readonly asked: string | undefined
  readonly isBusy: boolean
  readonly fault: unknown
}

const watchEveryMs = 30_000
const keepAfterMs = 1000
const pageSize = 200
const empty: Writing = { text: '', to: '', cc: '', files: [] }

/**
 * A conversation by mail, as somebody reads and answers it. What is typed is kept in this browser at every key until the server has it, a moment
 * later; it goes when the answer is taken, and not before.
 */
export class MailModel {
  readonly state: Value<MailState>
  readonly #state: Cell<MailState>
  readonly #api: Pick<Api, 'call'>
  readonly #id: string
  readonly #key: string
  readonly #kept: KeptValues
  readonly #later: (ms: number, then: () => void) => () => void
  #keeping: (() => void) | undefined
  #watching: (() => void) | undefined
  #isClosed = false
  #isLoaded = false
  #round = 0
  /** What had been seen when an answer was sent of which nobody knows whether the server has it. */
  #unsure: string | undefined
  /** A note or a mail sent on of which nobody knows whether the server has it. */
  #sending: { readonly words: string; readonly once: string } | undefined

  constructor(parts: {
    readonly api: Pick<Api, 'call'>
    readonly id: string
    readonly userId: string
    readonly kept: KeptValues
    /** @returns ends it */
    readonly later: (ms: number, then: () => void) => () => void
  }) {
    this.#api = parts.api
    this.#id = parts.id
    this.#key = `mail.${parts.userId}.${parts.id}`
    this.#kept = parts.kept
    this.#later = parts.later
    this.#state = new Cell<MailState>({
      opened: undefined,
      mails: [],
      writing: { ...empty, text: parts.kept.get<string>(this.#key) ?? '' },
      watchers: [],
      asked: undefined,
      isBusy: false,
      fault: undefined,
    })
    this.state = this.#state
  }

  /** @returns ends it, and says that nobody is here any more */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    const isThis = (data: Record<string, unknown>) => data['conversation'] === this.#id
    const stops = [
      events.onNotice('mailChannel.changed', ({ data }) => {
        if (isThis(data)) void this.load()
      }),
      events.onNotice('mailChannel.watched', ({ data }) => {
        if (isThis(data)) void this.#watch()
      }),
      events.onLive(() => void this.load()),
    ]
    void this.load()
    void this.#watch()
    return () => {
      this.#isClosed = true
      this.#watching?.()
      if (this.#keeping) {
        this.#keeping()
        void this.#keep()
      }
      for (const stop of stops) stop()
      void this.#api.call('watchMailConversation', { ...this.#params, body: { doing: 'gone' } }).catch(() => {})
    }
  }

  async load(): Promise<void> {
    const round = ++this.#round
    try {
      const [opened, items] = await Promise.all([
        this.#api.call('readMailConversation', this.#params),
        allPages<Mail>((after) => {
          const query = { limit: pageSize, ...(after === undefined ? {} : { after }) }
          return this.#api.call('listConversationMails', { ...this.#params, query })
        }),
      ])
      if (round !== this.#round) return
      this.#state.update((state) => ({
        ...state,
        opened,
        mails: items,
        watchers: opened.watchers,
        writing: this.#isLoaded ? state.writing : this.#begin(opened, state.writing),
        fault: undefined,
      }))
      this.#isLoaded = true
    } catch (fault) {
      if (round === this.#round) this.#state.update((state) => ({ ...state, fault }))
    }
  }

  type(change: Partial<Pick<Writing, 'text' | 'to' | 'cc'>>): void {
    this.#state.update((state) => ({ ...state, writing: { ...state.writing, ...change } }))
    const { text } = this.#state.get().writing
    if (text === '') this.#kept.remove(this.#key)
    else this.#kept.set(this.#key, text)
    this.#keeping?.()
    this.#keeping = this.#later(keepAfterMs, () => void this.#keep())
  }

  /** Everybody whom the mail reached gets the answer, or its writer alone. */
  answerAll(isAll: boolean): void {
    const { answer } = this.#state.get().opened ?? {}
    if (answer) this.type({ cc: isAll ? answer.cc.map(({ address }) => address).join(', ') : '' })
  }

  async addFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<void> {
    await this.#run(async () => {
      const { files } = await this.#api.call('addMailFile', {
        ...this.#params,
        query: { name: file.name },
        body: file.bytes,
      })
      this.#state.update((state) => ({ ...state, writing: { ...state.writing, files } }))
    })
  }

  async leaveFileOut(file: string): Promise<void> {
    this.#state.update(({ writing, ...state }) => ({
      ...state,
      writing: { ...writing, files: writing.files.filter((one) => one.file !== file) },
    }))
    await this.#keep(this.#state.get().writing.files.map((one) => one.file))
  }

  /** @param isConfirmed whatever has come since @returns whether the answer is taken */
  async send(isConfirmed: boolean): Promise<boolean> {
    const { writing, mails, isBusy } = this.#state.get()
    const isUnsure = this.#unsure !== undefined
    const seen = this.#unsure ?? mails.findLast(({ kind }) => kind !== 'note')?.id
    if (isBusy || writing.text.trim() === '') return false
    return this.#run(async () => {
      this.#keeping?.()
      this.#keeping = undefined
      const body = {
        text: writing.text,
        to: addresses(writing.to),
        cc: addresses(writing.cc),
        files: writing.files.map(({ file }) => file),
        ...(seen === undefined ? {} : { seen }),
        // What was confirmed may be there already.
        isConfirmed: isConfirmed && !isUnsure,
      }
      await this.#api.call('answerMail', { ...this.#params, body }).catch((fault: unknown) => {
        this.#unsure = fault instanceof ApiFault && fault.isPassing ? seen : undefined
        throw fault
      })
      this.#unsure = undefined
      this.#kept.remove(this.#key)
      this.#isLoaded = false
      this.#state.update((state) => ({ ...state, writing: empty, asked: undefined }))
    })
  }

  async note(text: string): Promise<boolean> {
    return this.#once({ text }, (body) => this.#api.call('noteMail', { ...this.#params, body }))
  }

  async forward(mailId: string, to: string, text: string): Promise<boolean> {
    return this.#once({ mailId, to: addresses(to), text }, (body) =>
      this.#api.call('forwardMail', { ...this.#params, body }),
    )
  }

  async setState(to: 'closed' | 'open' | 'spam' | 'notSpam'): Promise<boolean> {
    return this.#run(() => this.#api.call('changeMailState', { ...this.#params, body: { to } }))
  }

  async decide(mailId: string, decision: 'sendAgain' | 'wasDelivered' | 'drop'): Promise<boolean> {
    return this.#run(() => this.#api.call('decideMailDelivery', { params: { mailId }, body: { decision } }))
  }

  get #params() {
    return { params: { conversationId: this.#id } }
  }

  #begin({ answer, draft }: Opened, { text }: Writing): Writing {
    const join = (list: readonly { address: string }[]) => list.map(({ address }) => address).join(', ')
    return {
      text: text || (draft?.text ?? ''),
      to: join(draft?.to ?? answer.to),
      cc: join(draft?.cc ?? []),
      files: draft?.files ?? [],
    }
  }

  /** @param files that stay, where one was left out; else all do: another tab may just have added one */
  async #keep(files?: readonly string[]): Promise<void> {
    this.#keeping = undefined
    const { text, to, cc } = this.#state.get().writing
    const body = { text, to: addresses(to), cc: addresses(cc), ...(files ? { files: [...files] } : {}) }
    // An address that is half typed is refused; it is kept with the next key, and in this browser meanwhile.
    await this.#api.call('putMailDraft', { ...this.#params, body }).then(
      () => {
        if (this.#state.get().writing.text === text) this.#kept.remove(this.#key)
      },
      () => {},
    )
  }

  async #watch(): Promise<void> {
    this.#watching?.()
    if (this.#isClosed) return
    const { text } = this.#state.get().writing
    const doing = text === '' ? 'reading' : 'writing'
    try {
      const { watchers } = await this.#api.call('watchMailConversation', { ...this.#params, body: { doing } })
      this.#state.update((state) => ({ ...state, watchers }))
    } catch {
      // Said again in a moment.
    }
    this.#watching?.()
    if (!this.#isClosed) this.#watching = this.#later(watchEveryMs, () => void this.#watch())
  }

  /** Asks by a name that stays the same until the outcome is known, so that what is sent again is done once. */
  #once<Said extends object>(said: Said, ask: (body: Said & { readonly once: string }) => Promise<unknown>) {
    const words = JSON.stringify(said)
    if (this.#sending?.words !== words) this.#sending = { words, once: crypto.randomUUID() }
    const { once } = this.#sending
    return this.#run(async () => {
      await ask({ ...said, once })
      this.#sending = undefined
    })
  }

  async #run(action: () => Promise<unknown>): Promise<boolean> {
    this.#state.update((state) => ({ ...state, isBusy: true, fault: undefined }))
    try {
      await action()
      await this.load()
      return true
    } catch (fault) {
      const isAsked = fault instanceof ApiFault && fault.code === 'MAIL_ANSWERED_MEANWHILE'
      this.#state.update((state) => ({ ...state, ...(isAsked ? { asked: fault.message } : { fault }) }))
      if (isAsked) await this.load()
      return false
    } finally {
      this.#state.update((state) => ({ ...state, isBusy: false }))
    }
  }
}

/** @example addresses('a@x.test, Anna <b@x.test>') // [{ address: 'a@x.test' }, { address: 'b@x.test', name: 'Anna' }] */
export function addresses(typed: string): { address: string; name?: string }[] {
  return typed
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [, name = '', address] = /^(.*)<([^<>]*)>$/.exec(one) ?? []
      if (address === undefined) return { address: one }
      const shown = name.replace(/"/g, '').trim()
      return { address: address.trim(), ...(shown === '' ? {} : { name: shown }) }
    })
}

import { type Api, ApiFault, type OperationId, type ReplyOf, type RequestOf } from '../../api/api.ts'
import type { EventStreamClient, StreamEvent } from '../../api/event-stream.ts'
import { onConfiguration } from '../../api/remote-list.ts'
import { Cell } from '../../base/cell.ts'

export type CentreView = ReplyOf<'readCentreDraft'>
export type Centre = CentreView['centre']
export type Queue = Centre['queues'][number]
export type Agent = Centre['agents'][number]
export type Schedule = Centre['schedules'][number]
export type Template = Centre['templates'][number]
export type Alarm = Centre['alarms'][number]
export type Mailbox = Centre['mailboxes'][number]
export type Website = Centre['websites'][number]
export type ScreenPop = NonNullable<Centre['screenPop']>
export type Target = Queue['overflow']['closed']
export type Finding = CentreView['findings']['items'][number]
export type Difference = CentreView['changes']['items'][number]
export type Section = Parameters<CentreModel['remove']>[0]
export type AgentChange = NonNullable<RequestOf<'changeCentreAgents'>['body']['change']>

/** Which operation keeps a thing of a section. */
const puts = {
  queues: 'putCentreQueue',
  agents: 'putCentreAgent',
  skills: 'putCentreSkill',
  schedules: 'putCentreSchedule',
  reasons: 'putCentreReason',
  wrapUpCodes: 'putCentreWrapUpCode',
  templates: 'putCentreTemplate',
  alarms: 'putCentreAlarm',
  mailboxes: 'putCentreMailbox',
  websites: 'putCentreWebsite',
} as const

/** What other screens change that is shown here: names of people, numbers of queues. */
const concernsCentre = (event: StreamEvent): boolean =>
  event.kind === 'centre.published' || onConfiguration('number', 'user')(event)

/** A new thing's identifier. */
export const newId = (): string => crypto.randomUUID()

/** The contact centre as an administrator changes it: the draft, and everything that can be done with it. */
export class CentreModel {
  readonly view = new Cell<CentreView | undefined>(undefined)
  /** Why it could not be read. */
  readonly fault = new Cell<unknown>(undefined)
  readonly #api: Api
  readonly #language: 'en' | 'sv' | 'fr'
  /** That were done. */
  #commands = 0

  constructor({ api, language }: { readonly api: Api; readonly language: 'en' | 'sv' | 'fr' }) {
    this.#api = api
    this.#language = language
  }

  /** Reads it now and whenever somebody has published; @returns stops it */
  follow(events: Pick<EventStreamClient, 'onEvent' | 'onLive'>): () => void {
    void this.load()
    const stops = [
      events.onEvent((event) => {
        if (concernsCentre(event)) void this.load()
      }),
      events.onLive(() => void this.load()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    const before = this.#commands
    try {
      const view = await this.#api.call('readCentreDraft', { query: this.#query })
      // What was done here meanwhile may not be in it.
      if (before !== this.#commands) return await this.load()
      this.view.set(view)
      this.fault.set(undefined)
    } catch (error) {
      this.fault.set(error)
    }
  }

  put<S extends keyof typeof puts>(section: S, value: Centre[S][number]): Promise<void> {
    const id = 'userId' in value ? value.userId : value.id
    return this.#take(() =>
      this.#call(puts[section], { params: { id }, query: this.#query, body: { revision: this.#revision, value } }),
    )
  }

  /**
   * For a form that is open: the view goes on meanwhile, so that its revision no longer tells what the form began with.
   * @returns throws, once for each change, when somebody else has changed the thing since
   */
  watch(section: keyof typeof puts, id: string): () => void {
    const now = () => {
      const things: readonly ({ readonly id: string } | { readonly userId: string })[] =
        this.view.get()?.centre?.[section] ?? []
      return JSON.stringify(things.find((thing) => ('userId' in thing ? thing.userId : thing.id) === id))
    }
    let seen = now()
    return () => {
      const before = seen
      seen = now()
      if (seen !== before) throw new ApiFault({ code: 'CENTRE_CHANGED_SINCE', status: 409, title: '' })
    }
  }

  putScreenPop(value: ScreenPop | undefined): Promise<void> {
    return this.#take(() =>
      this.#call('putCentreScreenPop', {
        query: this.#query,
        body: { revision: this.#revision, value: value ?? null },
      }),
    )
  }

  remove(section: keyof typeof puts, id: string): Promise<void> {
    return this.#take(() =>
      this.#call('removeCentreThing', {
        params: { section, id },
        query: { ...this.#query, revision: this.#revision },
      }),
    )
  }

  changeAgents(userIds: readonly string[], change: AgentChange | 'remove'): Promise<void> {
    const wish = change === 'remove' ? { remove: true } : { change }
    return this.#take(() =>
      this.#call('changeCentreAgents', {
        query: this.#query,
        body: { revision: this.#revision, userIds: [...userIds], ...wish },
      }),
    )
  }

  /** Passwords and tokens of a mailbox of the draft; never read again. */
  async giveSecrets(id: string, secrets: RequestOf<'putMailboxSecrets'>['body']['secrets']): Promise<void> {
    await this.#api.call('putMailboxSecrets', { params: { id }, body: { secrets } })
    await this.load()
  }

  drop(): Promise<void> {
    return this.#take(() => this.#call('dropCentreDraft', { query: { ...this.#query, revision: this.#revision } }))
  }

  publish(note: string): Promise<void> {
    const more = note.trim() === '' ? {} : { note: note.trim() }
    return this.#take(() =>
      this.#call('publishCentre', { query: this.#query, body: { revision: this.#revision, ...more } }),
    )
  }

  restore(version: number, note: string): Promise<void> {
    return this.#take(() =>
      this.#call('restoreCentreVersion', { params: { version: String(version) }, query: this.#query, body: { note } }),
    )
  }

  giveNumber(queueId: string, number: string): Promise<void> {
    return this.#take(() => this.#call('giveQueueNumber', { params: { queueId, number }, query: this.#query }))
  }

  /** @returns the new queue */
  async makeQueue(body: RequestOf<'makeCentreQueue'>['body']): Promise<string> {
    let made = ''
    await this.#take(async () => {
      const { queueId, view } = await this.#api.call('makeCentreQueue', { query: this.#query, body })
      made = queueId
      return view
    })
    return made
  }

  get #query() {
    return { language: this.#language }
  }

  get #revision(): number {
    return this.view.get()?.revision ?? 0
  }

  // Operations of different sections take different things; which belongs to which is said by the signatures above.
  #call<K extends OperationId>(id: K, request: unknown): Promise<CentreView> {
    return this.#api.call(id, ...([request] as never)) as unknown as Promise<CentreView>
  }

  async #take(ask: () => Promise<CentreView>): Promise<void> {
    try {
      const view = await ask()
      this.#commands++
      this.view.set(view)
    } catch (error) {
      // Somebody was faster: what they did is shown, and what was meant here can be done again.
      if (error instanceof ApiFault && error.code === 'CENTRE_CHANGED_SINCE') await this.load()
      throw error
    }
  }
}

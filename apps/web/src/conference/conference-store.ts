import { type Api, ApiFault, type ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'

export type Conference = ReplyOf<'readConference'>
export type Member = Conference['members'][number]
export type Room = ReplyOf<'readConferenceRoom'>
export type Verb =
  | 'mute'
  | 'unmute'
  | 'raiseHand'
  | 'lowerHand'
  | 'remove'
  | 'muteAll'
  | 'unmuteAll'
  | 'lock'
  | 'unlock'
  | 'lecture'
  | 'discussion'
  | 'end'
  | 'invite'
  | 'startRecording'
  | 'stopRecording'

/** Level of each member who speaks, dBov, by member. */
export type Speakers = ReadonlyMap<string, number>

const nobody: Speakers = new Map()

/**
 * Conferences as they go on, kept true by notices. What a notice tells is newer than any answer that was asked for before it: versions
 * say which.
 */
export class ConferenceStore {
  readonly #api: Api
  readonly #conferences = new Map<string, Cell<Conference | undefined>>()
  readonly #speakers = new Map<string, Cell<Speakers>>()
  readonly #running = new Cell<readonly Conference[]>([])
  #loading: Promise<void> | undefined

  constructor(api: Api) {
    this.#api = api
  }

  /** Those that go on and that one is in, or moderates, as far as they are known. */
  get running(): Value<readonly Conference[]> {
    return this.#running
  }

  /** Undefined until it is known, or when it is not to be seen. */
  of(number: string): Value<Conference | undefined> {
    return this.#cell(number)
  }

  speakersOf(number: string): Value<Speakers> {
    return this.#speakerCell(number)
  }

  /** @returns ends it */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    const stops = [
      events.onNotice('conference.changed', ({ data }) => this.take(data.conference as Conference)),
      events.onNotice('conference.speaking', ({ data }) => {
        const speakers = data.speakers as readonly { id: string; levelDbov: number }[]
        this.#speakerCell(data.number as string).set(new Map(speakers.map(({ id, levelDbov }) => [id, levelDbov])))
      }),
      events.onLive(() => {
        for (const number of this.#conferences.keys()) void this.load(number).catch(() => {})
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** @returns false when it is not to be seen */
  async load(number: string): Promise<boolean> {
    try {
      const conference = await this.#api.call('readConference', { params: { conference: number } })
      this.take(conference)
      return conference.isHidden !== true
    } catch (error) {
      if (!(error instanceof ApiFault) || error.status !== 404) throw error
      this.#cell(number).set(undefined)
      return false
    }
  }

  /** Learns which ones go on; once for all who ask at the same time. */
  loadRunning(): Promise<void> {
    this.#loading ??= this.#api
      .call('listConferences')
      .then(({ items }) => {
        for (const conference of items) this.take(conference)
      })
      .finally(() => {
        this.#loading = undefined
      })
    return this.#loading
  }

  room(number: string): Promise<Room> {
    return this.#api.call('readConferenceRoom', { params: { number } })
  }

  async command(number: string, verb: Verb, body: { memberId?: string; to?: string } = {}): Promise<void> {
    this.take(await this.#api.call('commandConference', { params: { conference: number, verb }, body }))
  }

  take(conference: Conference): void {
    const cell = this.#cell(conference.number)
    const before = cell.get()
    // A conference that begins anew counts from the start.
    const isOlder = before?.isRunning && conference.isRunning && conference.version < before.version
    if (isOlder && conference.isHidden !== true) return
    cell.set(conference)
    this.#running.update((running) => [
      ...running.filter(({ number }) => number !== conference.number),
      ...(conference.isRunning && conference.isHidden !== true ? [conference] : []),
    ])
    if (!conference.isRunning) this.#speakerCell(conference.number).set(nobody)
  }

  #cell(number: string): Cell<Conference | undefined> {
    return cellOf(this.#conferences, number, undefined)
  }

  #speakerCell(number: string): Cell<Speakers> {
    return cellOf(this.#speakers, number, nobody)
  }
}

function cellOf<T>(cells: Map<string, Cell<T>>, key: string, first: T): Cell<T> {
  let cell = cells.get(key)
  if (!cell) {
    cell = new Cell<T>(first)
    cells.set(key, cell)
  }
  return cell
}

import type { Api, ReplyOf, RequestOf } from '../api/api.ts'
import { Cell } from '../base/cell.ts'

export type KeptRecording = ReplyOf<'readRecording'>

/** What somebody looks for. */
export interface RecordingSearch {
  readonly text: string
  readonly which: 'all' | 'rule' | 'demand' | 'held' | 'deleted'
  /** Days as the person has them, `2026-11-21`; empty: any. */
  readonly from: string
  readonly to: string
}

export const everything: RecordingSearch = { text: '', which: 'all', from: '', to: '' }

export interface FoundRecordings {
  readonly recordings: readonly KeptRecording[] | undefined
  readonly next: string | undefined
  readonly fault: unknown
}

/** How people see a party. */
export const nameOf = ({ name, number }: KeptRecording['party']): string => name ?? number

/** The query of a search. Days are the person's own, from midnight to midnight. */
export function queryOf({ text, which, from, to }: RecordingSearch): NonNullable<RequestOf<'findRecordings'>['query']> {
  const nextDay = (day: string) => {
    const date = new Date(`${day}T00:00:00`)
    date.setDate(date.getDate() + 1)
    return date.toISOString()
  }
  return {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(which === 'rule' || which === 'demand' ? { trigger: which } : {}),
    ...(which === 'held' ? { held: 'yes' as const } : {}),
    ...(which === 'deleted' ? { deleted: 'yes' as const } : {}),
    ...(from === '' ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to === '' ? {} : { to: nextDay(to) }),
  }
}

/** What a search finds, page after page. An answer that comes after a later question is thrown away. */
export class RecordingList {
  readonly state = new Cell<FoundRecordings>({ recordings: undefined, next: undefined, fault: undefined })
  readonly #api: Api
  #search: RecordingSearch = everything
  #asked = 0

  constructor(api: Api) {
    this.#api = api
  }

  async find(search: RecordingSearch): Promise<void> {
    this.#search = search
    await this.#load(undefined)
  }

  async again(): Promise<void> {
    await this.#load(undefined)
  }

  async more(): Promise<void> {
    const { next } = this.state.get()
    if (next !== undefined) await this.#load(next)
  }

  async #load(before: string | undefined): Promise<void> {
    const asked = ++this.#asked
    try {
      const query = { ...queryOf(this.#search), ...(before === undefined ? {} : { before }) }
      const { items, next } = await this.#api.call('findRecordings', { query })
      if (asked !== this.#asked) return
      const known = before === undefined ? [] : (this.state.get().recordings ?? [])
      this.state.set({ recordings: [...known, ...items], next, fault: undefined })
    } catch (fault) {
      if (asked === this.#asked) this.state.set({ ...this.state.get(), fault })
    }
  }
}

import type { Api, ReplyOf } from '../api/api.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { Person } from '../people/person.ts'
import type { CustomerNote, WorkHistory, WorkItem } from './work.ts'
import type { WorkNotes } from './work-notes.ts'

export interface CustomerRecord {
  /** Undefined until they are there. */
  readonly history: readonly WorkHistory[] | undefined
  readonly notes: readonly CustomerNote[] | undefined
  /** Of the directory; undefined when the customer is in none, or not looked up yet. */
  readonly person: Person | undefined
  readonly fault: unknown
}

const nothing: CustomerRecord = { history: undefined, notes: undefined, person: undefined, fault: undefined }
const mostKept = 50

/** Who the customer of an item is: the card of the directory, earlier conversations, notes. Read once an item, and when asked anew. */
export class CustomerRecords {
  readonly #api: Api
  readonly #notes: Pick<WorkNotes, 'loaded'>
  readonly #records = new Map<string, Cell<CustomerRecord>>()

  constructor({ api, notes }: { api: Api; notes: Pick<WorkNotes, 'loaded'> }) {
    this.#api = api
    this.#notes = notes
  }

  of(item: WorkItem): Value<CustomerRecord> {
    const known = this.#records.get(item.id)
    if (known) return known
    const cell = new Cell(nothing)
    if (this.#records.size >= mostKept) this.#records.delete(this.#records.keys().next().value!)
    this.#records.set(item.id, cell)
    void this.#load(item, cell)
    return cell
  }

  /** Reads it again: the item went on, or an earlier try failed. */
  async again(item: WorkItem): Promise<void> {
    const cell = this.#records.get(item.id)
    if (cell) await this.#load(item, cell)
  }

  /** For whoever talks with this customer next. Rejects with what the server says; what was typed is the caller's to keep. */
  async addNote(item: WorkItem, text: string): Promise<void> {
    const note = await this.#api.call('addCustomerNote', { params: { itemId: item.id }, body: { text } })
    this.#records
      .get(item.id)
      ?.update((record) => ({ ...record, notes: [note, ...(record.notes ?? []).filter(({ id }) => id !== note.id)] }))
  }

  async #load(item: WorkItem, cell: Cell<CustomerRecord>): Promise<void> {
    const [work, person] = await Promise.allSettled([
      this.#api.call('readWork', { params: { itemId: item.id } }),
      this.#person(item),
    ])
    if (work.status === 'fulfilled') this.#take(item, cell, work.value)
    cell.update((record) => ({
      ...record,
      ...(person.status === 'fulfilled' && person.value ? { person: person.value } : {}),
      fault: work.status === 'rejected' ? work.reason : undefined,
    }))
  }

  #take(item: WorkItem, cell: Cell<CustomerRecord>, { history, notes, note }: ReplyOf<'readWork'>): void {
    if (note !== undefined) this.#notes.loaded(item.id, note)
    cell.update((record) => ({ ...record, history: history.filter(({ id }) => id !== item.id), notes }))
  }

  /** By the card that the platform found, else by the number. */
  async #person({ customer: { userId, contactId, number } }: WorkItem): Promise<Person | undefined> {
    const cardId = userId ?? contactId ?? (number === undefined ? undefined : await this.#ownerOf(number))
    return cardId === undefined ? undefined : await this.#api.call('readCard', { params: { cardId } })
  }

  async #ownerOf(number: string): Promise<string | undefined> {
    if (!/^[+0-9*#]{1,32}$/.test(number)) return undefined
    return (await this.#api.call('findByNumber', { query: { numbers: number } })).items[0]?.entry.id
  }
}

import { type Api, ApiFault } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import { unsentKey } from './unsent-notes.ts'

export interface NoteState {
  readonly text: string
  /** `kept`: the server has it. `waiting`: on its way, and in this browser. `refused`: the item is gone; it is in this browser alone. */
  readonly safety: 'kept' | 'waiting' | 'refused'
}

/** What is typed goes to the server after so long without a key. */
const settleMs = 700
const againMs = 3000
const nothing: NoteState = { text: '', safety: 'kept' }

interface Note {
  readonly cell: Cell<NoteState>
  isSending: boolean
  stopTimer: () => void
}

/**
 * What is being noted of each item: in this browser with every key, on the server a moment later. A page that crashes, or a server
 * that is away, loses nothing; once the server has it, this browser forgets it.
 */
export class WorkNotes {
  readonly #api: Api
  readonly #kept: KeptValues
  readonly #clock: PageClock
  readonly #userId: string
  readonly #onRefused: (itemId: string, text: string) => void
  readonly #notes = new Map<string, Note>()

  /** @param options `onRefused` is told of a note whose item is over: nobody may be looking at it any more */
  constructor(options: {
    api: Api
    kept: KeptValues
    clock: PageClock
    userId: string
    onRefused: (itemId: string, text: string) => void
  }) {
    this.#api = options.api
    this.#kept = options.kept
    this.#clock = options.clock
    this.#userId = options.userId
    this.#onRefused = options.onRefused
  }

  /** Sends what an earlier page could not, now and each time the server is there again. @returns ends it */
  follow(events: Pick<EventStreamClient, 'onLive'>): () => void {
    for (const itemId of this.#unsent()) this.#noteOf(itemId)
    const stop = events.onLive(() => {
      for (const [itemId, note] of this.#notes) if (note.cell.get().safety === 'waiting') void this.#send(itemId)
    })
    return () => {
      stop()
      for (const { stopTimer } of this.#notes.values()) stopTimer()
    }
  }

  of(itemId: string): Value<NoteState> {
    return this.#noteOf(itemId).cell
  }

  /** What the server has. What this browser has and the server has not is newer, and stays. */
  loaded(itemId: string, text: string): void {
    const { cell } = this.#noteOf(itemId)
    if (cell.get().safety === 'kept') cell.set({ text, safety: 'kept' })
  }

  type(itemId: string, text: string): void {
    const note = this.#noteOf(itemId)
    this.#keep(itemId, text)
    note.cell.set({ text, safety: 'waiting' })
    this.#later(itemId, settleMs)
  }

  /** Sends at once: the page is about to go. */
  async flush(itemId: string): Promise<void> {
    if (this.#noteOf(itemId).cell.get().safety === 'waiting') await this.#send(itemId)
  }

  /** It went with the wrap-up, or is not wanted any more. */
  done(itemId: string): void {
    this.#notes.get(itemId)?.stopTimer()
    this.#notes.get(itemId)?.cell.set(nothing)
    this.#notes.delete(itemId)
    this.#forget(itemId)
  }

  #noteOf(itemId: string): Note {
    let note = this.#notes.get(itemId)
    if (!note) {
      const kept = this.#kept.get<string>(this.#key(itemId))
      const state: NoteState = kept === undefined ? nothing : { text: kept, safety: 'waiting' }
      note = { cell: new Cell(state), isSending: false, stopTimer: () => {} }
      this.#notes.set(itemId, note)
      if (kept !== undefined) this.#later(itemId, 0)
    }
    return note
  }

  #later(itemId: string, delayMs: number): void {
    const note = this.#notes.get(itemId)
    if (!note) return
    note.stopTimer()
    note.stopTimer = this.#clock.startTimer(delayMs, () => void this.#send(itemId))
  }

  async #send(itemId: string): Promise<void> {
    const note = this.#notes.get(itemId)
    if (!note || note.isSending) return
    note.stopTimer()
    note.isSending = true
    const { text } = note.cell.get()
    try {
      await this.#api.call('keepWorkNote', { params: { itemId }, body: { text } })
      note.isSending = false
      if (this.#notes.get(itemId) !== note) return
      if (note.cell.get().text !== text) return this.#later(itemId, 0)
      this.#forget(itemId)
      note.cell.set({ text, safety: 'kept' })
    } catch (fault) {
      note.isSending = false
      if (this.#notes.get(itemId) !== note) return
      if (fault instanceof ApiFault && !fault.isPassing && fault.status !== 401) {
        note.cell.update((state) => ({ ...state, safety: 'refused' }))
        if (text.trim() === '') this.done(itemId)
        else this.#onRefused(itemId, text)
        return
      }
      this.#later(itemId, againMs)
    }
  }

  #keep(itemId: string, text: string): void {
    this.#kept.set(this.#key(itemId), text)
    const unsent = this.#unsent()
    if (!unsent.includes(itemId)) this.#kept.set(this.#indexKey, [...unsent, itemId])
  }

  #forget(itemId: string): void {
    this.#kept.remove(this.#key(itemId))
    const left = this.#unsent().filter((id) => id !== itemId)
    if (left.length > 0) this.#kept.set(this.#indexKey, left)
    else this.#kept.remove(this.#indexKey)
  }

  #unsent(): readonly string[] {
    return this.#kept.get<string[]>(this.#indexKey) ?? []
  }

  get #indexKey(): string {
    return unsentKey(this.#userId)
  }

  #key(itemId: string): string {
    return `agent.note.${this.#userId}.${itemId}`
  }
}

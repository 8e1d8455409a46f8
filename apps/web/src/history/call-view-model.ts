import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'

export type Story = ReplyOf<'readCallStory'>
export type Message = ReplyOf<'readCall'>['messages'][number]
export type Recording = ReplyOf<'listRecordings'>['items'][number]
export type Share = ReplyOf<'listCallShares'>['items'][number]

export interface CallPageState {
  readonly story?: Story
  readonly recordings: readonly Recording[]
  /** Undefined until they were asked for. */
  readonly messages?: readonly Message[]
  /** Whose the addresses of the messages are. */
  readonly names?: Readonly<Record<string, string>>
  readonly loadedAtMs?: number
  readonly fault?: unknown
}

const settleMs = 200

/** One call: its story, told anew while it goes on; its messages when somebody wants them. */
export class CallViewModel {
  readonly callId: string
  readonly state: Value<CallPageState>
  readonly #state = new Cell<CallPageState>({ recordings: [] })
  readonly #api: Api
  readonly #clock: PageClock
  #stopTimer: (() => void) | undefined

  constructor({ api, clock, callId }: { api: Api; clock: PageClock; callId: string }) {
    this.callId = callId
    this.#api = api
    this.#clock = clock
    this.state = this.#state
  }

  /** @returns stops it */
  follow(events: EventStreamClient): () => void {
    const stops = [
      events.onEvent(({ callId }) => {
        if (callId === this.callId) this.#soon()
      }),
      events.onLive(() => this.#soon()),
    ]
    void this.load()
    return () => {
      this.#stopTimer?.()
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    const params = { callId: this.callId }
    try {
      const [story, recordings] = await Promise.all([
        this.#api.call('readCallStory', { params }),
        this.#api.call('listRecordings', { params }),
      ])
      const { fault: _, ...before } = this.#state.get()
      this.#state.set({ ...before, story, recordings: recordings.items, loadedAtMs: this.#clock.nowMs() })
      if (before.messages) await this.loadMessages()
    } catch (fault) {
      this.#state.update((state) => ({ ...state, fault }))
    }
  }

  async loadMessages(): Promise<void> {
    const { messages, legs } = await this.#api.call('readCall', { params: { callId: this.callId } })
    const names: Record<string, string> = {}
    for (const { remoteAddress, party } of legs)
      if (remoteAddress !== undefined) names[remoteAddress] = party.name ?? party.number
    this.#state.update((state) => ({ ...state, messages, names }))
  }

  hideMessages(): void {
    this.#state.update(({ messages: _, ...state }) => state)
  }

  #soon(): void {
    this.#stopTimer ??= this.#clock.startTimer(settleMs, () => {
      this.#stopTimer = undefined
      void this.load()
    })
  }
}

import { Cell, type Value } from '../base/cell.ts'

/** An entry of the ledger, as the stream tells it (contract: Event). */
export interface StreamEvent {
  readonly number: number
  readonly at: string
  readonly kind: string
  readonly callId?: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What is true now and is not kept (contract: Notice). */
export interface StreamNotice {
  readonly notice: string
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
}

export type StreamState =
  | { readonly name: 'closed' }
  | { readonly name: 'connecting'; readonly sinceMs: number }
  | { readonly name: 'live' }
  /** What is on the screen was true until `sinceMs`. */
  | { readonly name: 'lost'; readonly sinceMs: number }

/** The part of a WebSocket that is used here. */
export interface StreamSocket {
  onopen: (() => void) | null
  onmessage: ((message: { readonly data: unknown }) => void) | null
  onclose: ((close: { readonly code: number }) => void) | null
  close(): void
}

export interface EventStreamOptions {
  readonly connect: (path: string) => StreamSocket
  readonly nowMs: () => number
  readonly startTimer: (delayMs: number, run: () => void) => () => void
  /** 0 to 1. */
  readonly random: () => number
  readonly onSessionEnded: () => void
}

const firstDelayMs = 250
const longestDelayMs = 15_000
/** What a screen shows is not longer kept back by a stream that does not begin. */
const longestWaitMs = 1500
const sessionEnded = 1008

/**
 * The one stream of events and notices behind every screen. It comes back by itself, asks for what it missed by number,
 * and tells those who hold a state that is not numbered to load it anew.
 */
export class EventStreamClient {
  readonly state: Value<StreamState>
  readonly #state = new Cell<StreamState>({ name: 'closed' })
  readonly #options: EventStreamOptions
  readonly #events = new Set<(event: StreamEvent) => void>()
  readonly #notices = new Map<string, Set<(notice: StreamNotice) => void>>()
  readonly #resyncs = new Set<() => void>()
  #socket: StreamSocket | undefined
  #after: number | undefined
  #failures = 0
  /** The login has ended, not the interest in events. */
  #hasEnded = false
  #stopTimer = () => {}
  /** The first connection is waited for by those who want to load. */
  #stopWaiting = () => {}

  constructor(options: EventStreamOptions) {
    this.#options = options
    this.state = this.#state
  }

  open(): void {
    if (this.#state.get().name !== 'closed') return
    this.#state.set({ name: 'connecting', sinceMs: this.#options.nowMs() })
    this.#connect()
    this.#stopWaiting = this.#options.startTimer(longestWaitMs, () => this.#tellLive())
  }

  close(): void {
    this.#stopTimer()
    this.#waitNoMore()
    this.#state.set({ name: 'closed' })
    this.#drop()
    this.#after = undefined
    this.#hasEnded = false
  }

  /** After the login has ended and somebody has logged in again. What was missed is asked for. */
  reopen(): void {
    if (this.#state.get().name !== 'closed' || !this.#hasEnded) return
    this.#hasEnded = false
    this.open()
  }

  /** Tries at once: the network or the page came back. */
  hurry(): void {
    if (this.#state.get().name !== 'lost') return
    this.#stopTimer()
    this.#connect()
  }

  /** Every numbered event, once and in order. */
  onEvent(listener: (event: StreamEvent) => void): () => void {
    this.#events.add(listener)
    return () => void this.#events.delete(listener)
  }

  onNotice(kind: string, listener: (notice: StreamNotice) => void): () => void {
    const listeners = this.#notices.get(kind) ?? new Set()
    this.#notices.set(kind, listeners)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  /**
   * Called now, and each time the stream is live again: notices may have been missed, so load what they change. While the stream
   * is about to begin, its beginning is waited for, so that nothing is loaded twice, but not for long.
   */
  onLive(listener: () => void): () => void {
    this.#resyncs.add(listener)
    const { name } = this.#state.get()
    if (name === 'live' || name === 'lost') listener()
    return () => void this.#resyncs.delete(listener)
  }

  #tellLive(): void {
    this.#waitNoMore()
    for (const listener of [...this.#resyncs]) listener()
  }

  #waitNoMore(): void {
    this.#stopWaiting()
    this.#stopWaiting = () => {}
  }

  #connect(): void {
    this.#drop()
    const after = this.#after === undefined ? '' : `&after=${this.#after}`
    const socket = this.#options.connect(`/api/v1/events?notices=1&brief=1${after}`)
    this.#socket = socket
    socket.onopen = () => {
      this.#failures = 0
      this.#state.set({ name: 'live' })
      this.#tellLive()
    }
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as StreamEvent | StreamNotice)
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      if (code === sessionEnded) {
        this.#waitNoMore()
        this.#state.set({ name: 'closed' })
        this.#hasEnded = true
        return this.#options.onSessionEnded()
      }
      this.#lose()
    }
  }

  #receive(message: StreamEvent | StreamNotice): void {
    if ('notice' in message) {
      for (const listener of this.#notices.get(message.notice) ?? []) listener(message)
      return
    }
    this.#after = message.number
    for (const listener of this.#events) listener(message)
  }

  #lose(): void {
    const before = this.#state.get()
    if (before.name === 'closed') return
    const { nowMs, random, startTimer } = this.#options
    this.#state.set({ name: 'lost', sinceMs: before.name === 'live' ? nowMs() : before.sinceMs })
    if (before.name === 'connecting') this.#tellLive()
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#failures++) * (0.5 + random())
    this.#stopTimer = startTimer(delayMs, () => this.#connect())
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }
}

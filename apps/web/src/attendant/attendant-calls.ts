import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import { isOnHold, type PhoneCall, type PhoneState } from '../phone/phone-state.ts'

/** Whom a call goes to. */
export interface Receiver {
  readonly number: string
  readonly name: string
}

/** A call that was given to somebody: on its way, or back because nobody took it. */
export interface Handover {
  readonly callId: string
  readonly to: Receiver
  readonly state: 'ringing' | 'back'
  readonly sinceMs: number
}

export interface AttendantState {
  readonly handovers: readonly Handover[]
  /** Since when each call is on hold, by its id. */
  readonly heldSinceMs: Readonly<Record<string, number>>
  /** Calls that have been on hold too long. */
  readonly forgotten: ReadonlySet<string>
  /** Who was spoken with last, for a message about them. */
  readonly lastCaller: { readonly number: string; readonly name?: string; readonly atMs: number } | undefined
}

/** The part of the telephone that an attendant works with. */
export interface AttendantPhone {
  readonly state: Value<PhoneState>
  call(to: string, name?: string): Promise<void>
  hold(id: string): void
  transfer(id: string, to: string): Promise<void>
  consult(id: string, to: string, name?: string): Promise<void>
  join(id: string, otherId: string): Promise<void>
}

/** A caller who hears music for so long without a word is brought to mind. */
const remindMs = 60_000

/**
 * Gives calls on with one key, and keeps an eye on them: a call that nobody takes comes back and waits on hold, with whom it was
 * for; one that is on hold too long is brought to mind.
 */
export class AttendantCalls {
  readonly state: Value<AttendantState>
  readonly #state = new Cell<AttendantState>({
    handovers: [],
    heldSinceMs: {},
    forgotten: new Set(),
    lastCaller: undefined,
  })
  readonly #phone: () => AttendantPhone | undefined
  readonly #clock: PageClock
  readonly #onReminder: () => void
  readonly #timers = new Map<string, () => void>()

  /** @param options `onReminder` is called when a call came back, or has been on hold for another minute */
  constructor(options: { phone: () => AttendantPhone | undefined; clock: PageClock; onReminder: () => void }) {
    this.#phone = options.phone
    this.#clock = options.clock
    this.#onReminder = options.onReminder
    this.state = this.#state
  }

  /** @param calls the telephone's, which may come later than this. @returns ends it */
  follow(calls: Value<PhoneState>): () => void {
    const look = () => this.#look(calls.get().calls)
    look()
    const stop = calls.subscribe(look)
    return () => {
      stop()
      for (const stopTimer of this.#timers.values()) stopTimer()
      this.#timers.clear()
    }
  }

  /**
   * What Enter does: completes a transfer that was asked for first, gives the call that is spoken to this person, or calls them when
   * there is none. Rejects when the telephone cannot.
   */
  async give(to: Receiver): Promise<void> {
    const phone = this.#phone()
    if (!phone) return
    const active = activeOf(phone.state.get())
    if (!active) return phone.call(to.number, to.name)
    if (active.consultsFor !== undefined) return phone.join(active.consultsFor, active.id)
    await this.#handOver(phone, active.id, to)
  }

  /** What Shift+Enter does: asks this person first, while the caller waits. Without a call it calls them. */
  async ask(to: Receiver): Promise<void> {
    const phone = this.#phone()
    const active = phone && activeOf(phone.state.get())
    if (!active) return phone?.call(to.number, to.name)
    await phone.consult(active.id, to.number, to.name)
  }

  /** The handover is known: it stands no longer beside the call. */
  dismiss(callId: string): void {
    this.#state.update((state) => ({ ...state, handovers: state.handovers.filter((one) => one.callId !== callId) }))
  }

  async #handOver(phone: AttendantPhone, callId: string, to: Receiver): Promise<void> {
    this.#put({ callId, to, state: 'ringing', sinceMs: this.#clock.nowMs() })
    try {
      await phone.transfer(callId, to.number)
      this.dismiss(callId)
    } catch {
      const isThere = phone.state.get().calls.some(({ id }) => id === callId)
      if (!isThere) return this.dismiss(callId)
      this.#put({ callId, to, state: 'back', sinceMs: this.#clock.nowMs() })
      // Whoever is spoken with now goes on: the one who came back hears music until they are taken.
      if (phone.state.get().activeId !== callId) phone.hold(callId)
      this.#onReminder()
    }
  }

  #put(handover: Handover): void {
    this.#state.update((state) => ({
      ...state,
      handovers: [...state.handovers.filter(({ callId }) => callId !== handover.callId), handover],
    }))
  }

  #look(calls: readonly PhoneCall[]): void {
    const { heldSinceMs: before, handovers, forgotten, lastCaller } = this.#state.get()
    const held = calls.filter(isOnHold).map(({ id }) => id)
    for (const id of Object.keys(before)) {
      if (held.includes(id)) continue
      this.#timers.get(id)?.()
      this.#timers.delete(id)
    }
    for (const id of held) if (before[id] === undefined) this.#remindLater(id)
    const heldSinceMs = Object.fromEntries(held.map((id) => [id, before[id] ?? this.#clock.nowMs()]))
    const isThere = (id: string) => calls.some((call) => call.id === id)
    const spoken = calls.find(
      ({ direction, state }) => direction === 'in' && state.name === 'connected' && !state.isHeld,
    )
    const { number, name } = spoken ?? {}
    this.#state.set({
      lastCaller:
        number === undefined || number === lastCaller?.number
          ? lastCaller
          : { number, ...(name === undefined ? {} : { name }), atMs: this.#clock.nowMs() },
      heldSinceMs,
      handovers: handovers.filter(({ callId }) => isThere(callId)),
      forgotten: new Set([...forgotten].filter((id) => held.includes(id))),
    })
  }

  #remindLater(id: string): void {
    this.#timers.get(id)?.()
    this.#timers.set(
      id,
      this.#clock.startTimer(remindMs, () => {
        this.#state.update((state) => ({ ...state, forgotten: new Set([...state.forgotten, id]) }))
        this.#onReminder()
        this.#remindLater(id)
      }),
    )
  }
}

/** The call that is spoken, or rings at somebody who is asked; undefined when there is none to give on. */
export function activeOf({ calls, activeId }: PhoneState): PhoneCall | undefined {
  const active = calls.find(({ id }) => id === activeId)
  if (!active || active.state.name === 'incoming' || active.state.name === 'ended') return undefined
  if (active.consultsFor !== undefined) return active
  return active.state.name === 'connected' && !active.state.isHeld ? active : undefined
}

import type { CallId, Clock, LegId } from '@vaxel/base'
import type { CallLedger, CallRecord, LedgerEntry, LedgerEvent, LegRecord, TracedMessage } from '@vaxel/core'

/** A ledger in memory, as slow or as broken as a test wants it. */
export class MemoryLedger implements CallLedger {
  readonly events: LedgerEvent[] = []
  readonly calls = new Map<CallId, CallRecord>()
  readonly legs = new Map<LegId, LegRecord>()
  readonly messages: TracedMessage[] = []
  /** How long the disk takes. */
  delayMs = 0
  /** Every entry is refused with it, as by a full disk. */
  failure: Error | undefined
  /** Hears of each entry when it is durable. */
  onDurable: (entry: LedgerEntry) => void = () => {}
  readonly #clock: Clock
  #number = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  append(entry: LedgerEntry): Promise<number> {
    const { failure } = this
    if (failure) return Promise.reject(failure)
    if (this.delayMs === 0) return Promise.resolve(this.#keep(entry))
    return new Promise((resolve) => this.#clock.startTimer(this.delayMs, () => resolve(this.#keep(entry))))
  }

  trace(message: TracedMessage): void {
    this.messages.push(message)
  }

  noteAudio(): void {}

  async closeOpenCalls(): Promise<number> {
    return 0
  }

  /** Kinds of the events of a call, in order. */
  kinds(callId: CallId): string[] {
    return this.events.filter((event) => event.callId === callId).map((event) => event.kind)
  }

  #keep(entry: LedgerEntry): number {
    this.events.push(...entry.events)
    if (entry.call) this.calls.set(entry.call.id, entry.call)
    for (const leg of entry.legs ?? []) this.legs.set(leg.id, leg)
    this.#number += entry.events.length
    this.onDurable(entry)
    return this.#number
  }
}

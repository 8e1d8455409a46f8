import type { LedgerEvent, Owed, OwedKind, OwedStore } from '@vaxel/core'

/** What is owed, in memory that outlives whoever owes it, as a disk does. */
export class MemoryOwed implements OwedStore {
  readonly kept = new Map<string, Owed>()
  /** What was told as something was settled. */
  readonly events: LedgerEvent[] = []
  /** Refuses to keep anything. */
  isAway = false

  async put(owed: Owed): Promise<void> {
    if (this.isAway) throw new Error('the disk is full')
    this.kept.set(owed.id, JSON.parse(JSON.stringify(owed)) as Owed)
  }

  async settle(id: string, event?: LedgerEvent): Promise<void> {
    if (this.kept.delete(id) && event) this.events.push(event)
  }

  async all(kind: OwedKind): Promise<readonly Owed[]> {
    return [...this.kept.values()].filter((owed) => owed.kind === kind)
  }
}

/** What is due at a moment; whoever takes it out asks its owner whether it still holds. */
export interface Due {
  readonly atMs: number
  readonly kind: 'item' | 'offer' | 'wrapUp' | 'schedule'
  readonly id: string
}

/** A binary heap, the earliest first; plain data. */
export type TimeHeap = Due[]

interface Timed {
  readonly atMs: number
}

export function pushDue<T extends Timed>(heap: T[], due: T): void {
  let at = heap.push(due) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (heap[parent]!.atMs <= due.atMs) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = due
}

/** Takes out what is due at `nowMs`, one at a time. */
export function popDue<T extends Timed>(heap: T[], nowMs: number): T | undefined {
  const first = heap[0]
  if (!first || first.atMs > nowMs) return undefined
  const last = heap.pop()!
  if (heap.length === 0) return first
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && heap[child + 1]!.atMs < heap[child]!.atMs) child++
    if (heap[child]!.atMs >= last.atMs) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = last
  return first
}

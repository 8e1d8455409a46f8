import { type HeldCall, isConnected, isSpokenOn } from './held-call.ts'
import { judgeLine } from './line-quality.ts'

/** Packets that came so far in the calls that are spoken on; undefined without one. */
export async function packetsReceived(calls: Iterable<HeldCall>): Promise<number | undefined> {
  const talking = [...calls].filter(isSpokenOn)
  const counts = await Promise.all(talking.map(({ call }) => call.packetsReceived().catch(() => undefined)))
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
}

/** Puts to each call that is connected what its line is like now. */
export async function measureLines(calls: Iterable<HeldCall>): Promise<void> {
  for (const held of calls) {
    if (!isConnected(held)) continue
    const figures = await held.call.figures().catch(() => undefined)
    const quality = judgeLine(figures, held.server)
    held.more = { ...held.more, quality, ...(figures ? { figures } : {}) }
  }
}

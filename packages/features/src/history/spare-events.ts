import { briefFieldsOf, isPassing } from '@vaxel/contract'
import type { NumberedEvent } from '@vaxel/core'

const lastsOf = new WeakMap<readonly NumberedEvent[], ReadonlyMap<string, number>>()

/**
 * Whether a screen learns as much from a later event of the same call among those told together. That later one is of the
 * call itself, so whoever sees the one sees the other.
 */
export function isSpared(event: NumberedEvent, together: readonly NumberedEvent[]): boolean {
  if (event.callId === undefined || !isPassing(event.kind)) return false
  let lasts = lastsOf.get(together)
  if (!lasts) {
    const ofCalls = together.filter(({ kind, callId }) => callId !== undefined && briefFieldsOf(kind))
    lasts = new Map(ofCalls.map(({ callId, number }) => [callId!, number]))
    lastsOf.set(together, lasts)
  }
  return (lasts.get(event.callId) ?? 0) > event.number
}

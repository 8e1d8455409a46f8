import type { LegId } from '@vaxel/base'
import type { LegRecord, NumberedEvent } from '@vaxel/core'

export type SpanKind = 'trying' | 'ringing' | 'talking' | 'hold' | 'away'

/** What a leg did from then to then; without end while it lasts. */
export interface Span {
  readonly kind: SpanKind
  readonly fromMs: number
  readonly toMs?: number
}

const becomes: Readonly<Record<string, SpanKind>> = {
  'call.delivered': 'ringing',
  'call.established': 'talking',
  'call.held': 'hold',
  'call.retrieved': 'talking',
  'call.interrupted': 'away',
  'call.resumed': 'talking',
}

/** A leg over time, without gaps: tried, rang, talked, held, was away. Spans of no length are left out. */
export function spansOf(leg: LegRecord, events: readonly NumberedEvent[]): Span[] {
  const changes: { kind: SpanKind; atMs: number }[] = [{ kind: 'trying', atMs: leg.startedAtMs }]
  for (const { kind, atMs, data } of events) {
    const next = becomes[kind]
    if (next && data.leg === leg.id) changes.push({ kind: next, atMs })
  }
  if (leg.answeredAtMs !== undefined && !changes.some(({ kind }) => kind === 'talking'))
    changes.push({ kind: 'talking', atMs: leg.answeredAtMs })
  changes.sort((a, b) => a.atMs - b.atMs)
  return changes.flatMap(({ kind, atMs }, i) => {
    const toMs = changes[i + 1]?.atMs ?? leg.endedAtMs
    if (toMs !== undefined && toMs <= atMs) return []
    return [{ kind, fromMs: atMs, ...(toMs === undefined ? {} : { toMs }) }]
  })
}

/** Legs in the order in which they joined, whoever called first. */
export const inOrder = (legs: readonly LegRecord[]): LegRecord[] =>
  legs.toSorted((a, b) => a.startedAtMs - b.startedAtMs || compare(a.id, b.id))

const compare = (a: LegId, b: LegId): number => (a < b ? -1 : a > b ? 1 : 0)

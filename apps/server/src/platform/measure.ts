import type { CallRecord, NumberedEvent } from '@vaxel/core'
import type { CallService } from '@vaxel/features/calls'
import type { TrunksFeature } from '@vaxel/features/trunks'
import { Metrics } from '../metrics.ts'
import type { Ground } from './ground.ts'
import type { Transport } from './transport.ts'

/** The metrics of the running platform. */
export function measure(
  { store, scope }: Ground,
  { stack }: Pick<Transport, 'stack'>,
  trunks: Pick<TrunksFeature, 'desk'>,
  calls: Pick<CallService, 'count'>,
): Metrics {
  const metrics = new Metrics({
    callsNow: () => calls.count,
    bindings: () => [...store.bindings.all()].length,
    openTransactions: () => stack.counts().clientTransactions + stack.counts().serverTransactions,
    ledgerQueued: () => store.queued(),
    trunks: () => trunks.desk.counts(),
  })
  scope.add(store.feed.subscribe((events) => countEnds(metrics, events)))
  return metrics
}

/** Counts ends of calls, from the ledger. */
function countEnds(metrics: Metrics, events: readonly NumberedEvent[]): void {
  for (const { kind, data } of events) {
    if (kind !== 'call.ended') continue
    const { termination, direction, talkMs } = data as {
      termination?: CallRecord['termination']
      direction?: string
      talkMs?: number
    }
    metrics.callEnded(
      {
        reason: termination?.reason ?? 'unknown',
        blame: termination?.blame ?? 'unknown',
        direction: direction ?? 'unknown',
      },
      talkMs === undefined ? undefined : talkMs / 1000,
    )
  }
}

import type { Clock, Logger } from '@vaxel/base'
import { cancelDrain, NotDraining, type OperationHandler, perform, readStatus, startDrain } from '@vaxel/contract'
import { Drain, type DrainableCalls, type DrainOptions } from './drain.ts'

export type { DrainableCalls } from './drain.ts'

export interface UpkeepDependencies {
  readonly calls: DrainableCalls
  readonly clock: Clock
  readonly log: Logger
  readonly version: string
  /** How long a drain lasts at most, unless it says so itself. */
  readonly drainLimitMs: number
  /** Devices that are registered now. */
  readonly registrations: () => number
  /** What is wrong although calls go on, a sentence each. */
  readonly warnings: () => readonly string[]
  readonly onDrained: DrainOptions['onOver']
}

/** What whoever looks after the server asks it: how it is, and to end without cutting a call. */
export interface Upkeep {
  readonly handlers: readonly OperationHandler[]
  readonly isDraining: () => boolean
  /** With the usual limit. */
  drain(): void
  close(): void
}

export function createUpkeep(dependencies: UpkeepDependencies): Upkeep {
  const { calls, clock, version, drainLimitMs, registrations, warnings, onDrained } = dependencies
  const startedAtMs = clock.now()
  const startedMonotonicMs = clock.monotonicMs()
  const drain = new Drain({ ...dependencies, onOver: onDrained })
  const iso = (ms: number): string => new Date(ms).toISOString()
  const status = () => ({
    state: drain.state ? ('draining' as const) : ('running' as const),
    version,
    startedAt: iso(startedAtMs),
    uptimeSeconds: (clock.monotonicMs() - startedMonotonicMs) / 1000,
    calls: calls.count,
    registrations: registrations(),
    warnings: [...warnings()],
    ...(drain.state ? { drain: { since: iso(drain.state.sinceMs), endsBy: iso(drain.state.endsAtMs) } } : {}),
  })
  const handlers = [
    perform(readStatus, status),
    perform(startDrain, ({ body }) => {
      drain.start((body.limitSeconds ?? drainLimitMs / 1000) * 1000)
      return status()
    }),
    perform(cancelDrain, () => (drain.cancel() ? status() : NotDraining())),
  ]
  return {
    handlers,
    isDraining: () => drain.state !== undefined,
    drain: () => void drain.start(drainLimitMs),
    close: () => drain.close(),
  }
}

import type { Clock } from '@vaxel/base'
import type { PageAddress } from '../found.ts'
import { CheckRun, type RunState, type Wish } from '../run-checks.ts'
import { fakeRequirements } from './fake-requirements.ts'
import { fakePorts, type FakeNetwork } from './fake-site.ts'

export interface Checked {
  readonly state: RunState
  /** Until the first sound, or the end. */
  readonly firstWordMs: number
  readonly tookMs: number
  /** Connections that were left open. */
  readonly leftOpen: number
  readonly run: CheckRun
}

export interface CheckOptions {
  readonly wish?: Partial<Wish>
  readonly page?: Partial<PageAddress>
  readonly userAgent?: string
}

/** Time that stands still until it is moved. */
export type MovedClock = Clock & { advanceAsync(ms: number): Promise<void> }

export const chrome =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Runs the whole check over a network, in no time. */
export async function checkNetwork(
  clock: MovedClock,
  network: FakeNetwork,
  options: CheckOptions = {},
): Promise<Checked> {
  const ports = fakePorts(clock, { requirements: fakeRequirements, ...network })
  const run = new CheckRun({
    ports,
    page: { host: 'vaxel.example.com', port: 443, isSecure: true, ...options.page },
    userAgent: options.userAgent ?? chrome,
    version: 'test',
  })
  let firstWordMs: number | undefined
  run.state.subscribe(() => {
    const state = run.state.get()
    if ((state.name === 'running' && state.first) || state.name === 'done') firstWordMs ??= clock.monotonicMs()
  })
  let isDone = false
  const done = run
    .start({ segment: 'office', people: { browsers: true, phones: true }, extraPorts: [], ...options.wish })
    .then(() => {
      isDone = true
    })
  for (let step = 0; !isDone && step < 400; step++) await clock.advanceAsync(100)
  const tookMs = clock.monotonicMs()
  if (isDone) await done
  return { state: run.state.get(), firstWordMs: firstWordMs ?? tookMs, tookMs, leftOpen: ports.open(), run }
}

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemRandom } from '@vaxel/base'
import { NoticeFan } from '@vaxel/features/history'
import { loadDemoCompany, openStore } from '@vaxel/store'
import { VirtualClock } from '../../../packages/testkit/src/virtual-clock.ts'
import { FakeCalls } from './fake-calls.ts'

export type Base = Awaited<ReturnType<typeof startBase>>

/** A real store in a folder of its own, and calls that a test tells of. */
export async function startBase(demo: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'vaxel-api-'))
  const clock = new VirtualClock()
  const log = silentLogger
  const store = await openStore({ folder, clock, log })
  if (demo) await loadDemoCompany(store)
  const notices = new NoticeFan(log)
  /** What most features ask for. */
  const around = { ...store, random: systemRandom, clock, log, notices }
  return { folder, clock, log, store, notices, around, calls: new FakeCalls() }
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId } from '@vaxel/base'
import { isRefusal } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { KeptRecording, RecordingId, RecordingStore } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { LibraryService } from './library-service.ts'
import { RecordingUpkeep } from './upkeep.ts'

const companyId = 'company' as CompanyId
const administrator = {
  sessionId: 's',
  userId: 'anna',
  companyId,
  role: 'administrator',
  isOperator: false,
} as Principal

const recordingOf = (id: string): KeptRecording => ({
  id: id as RecordingId,
  companyId,
  callId: 'call' as CallId,
  legId: 'leg' as LegId,
  party: { number: '210' },
  other: { number: '211' },
  direction: 'internal',
  trigger: 'rule',
  state: 'ended',
  startedAtMs: 1,
  durationMs: 1000,
  pauses: [],
  file: `${id}.wav`,
  expiresAtMs: 2,
})

/** Recordings in a store that takes its time as a database does. */
function makeLibrary(...ids: readonly string[]) {
  const rows = new Map(ids.map((id) => [id, recordingOf(id)]))
  const whenDestroyed: (() => void)[] = []
  const destroyed: string[] = []
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve))
  const store = {
    find: async (_: CompanyId, id: string) => rest().then(() => rows.get(id)),
    put: async (recording: KeptRecording) => rest().then(() => void rows.set(recording.id, recording)),
    destroy: async (recording: KeptRecording) => {
      await rest()
      rows.set(recording.id, recording)
      destroyed.push(recording.id)
      for (const tell of whenDestroyed.splice(0)) tell()
    },
    expired: async (_: number, limit: number) =>
      [...rows.values()].filter(({ state, hold }) => state === 'ended' && !hold).slice(0, limit),
    reports: async () => [],
  } as unknown as RecordingStore
  const clock = new VirtualClock()
  const folder = { remove: async () => {} } as never
  const library = new LibraryService({ store, folder, ledger: {} as never, clock })
  const log = { info() {}, warn() {}, error() {} } as never
  const upkeep = new RecordingUpkeep({ store, library, directory: { companies: () => [] } as never, clock, log })
  return { rows, destroyed, library, upkeep, whenDestroyed }
}

describe('a hold on a recording', () => {
  it('is not given for what is deleted at the same moment, and holds against the deletion otherwise', async () => {
    for (const first of ['hold', 'delete'] as const) {
      const { rows, library } = makeLibrary('a')
      const hold = () => library.hold(administrator, 'a', 'court')
      const remove = () => library.remove(administrator, 'a', 'customer asked')
      const [one, other] = await Promise.all(first === 'hold' ? [hold(), remove()] : [remove(), hold()])
      assert.deepEqual([isRefusal(one), isRefusal(other)], [false, true], first)
      assert.equal(rows.get('a')?.state, first === 'hold' ? 'ended' : 'deleted')
      assert.equal(rows.get('a')?.deletion?.reason, first === 'hold' ? undefined : 'customer asked')
    }
  })

  it('counts for what the clock has come to delete already', async () => {
    const { rows, destroyed, library, upkeep, whenDestroyed } = makeLibrary('a', 'b')
    const held = new Promise((resolve) =>
      whenDestroyed.push(() => void library.hold(administrator, 'b', 'court').then(resolve)),
    )
    await upkeep.work()
    assert.equal(isRefusal(await held), false)
    assert.deepEqual(destroyed, ['a'])
    assert.equal(rows.get('b')?.hold?.reason, 'court')
  })
})

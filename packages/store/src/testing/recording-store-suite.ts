import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, type LegId, silentLogger, type UserId } from '@vaxel/base'
import { deliveredRecordingPolicy, type KeptRecording, type LedgerEvent, type RecordingId } from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import { chainHash, firstHash } from '../recordings/chain-hash.ts'
import type { StoreEngine } from './store-engine.ts'

/** What recordings, their keys and policies promise, on any engine. */
export function testRecordingStore(engine: StoreEngine): void {
  describe(`recordings in the database (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let anna: { id: UserId; companyId: CompanyId }
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const event = (kind: string, data: LedgerEvent['data'] = {}): LedgerEvent => ({
      kind,
      atMs: clock.now(),
      companyId: anna.companyId,
      data,
    })
    const recording = (id: string, more: Partial<KeptRecording> = {}): KeptRecording => ({
      id: id as RecordingId,
      companyId: anna.companyId,
      callId: `call-${id}` as CallId,
      legId: 'leg' as LegId,
      party: { number: '201', name: 'Anna Söderström', userId: anna.id },
      other: { number: '+46701234567', name: 'Résumé AB' },
      direction: 'inbound',
      trigger: 'rule',
      startedAtMs: clock.now(),
      file: `recordings/c/${id}.vxs`,
      state: 'running',
      pauses: [],
      ...more,
    })
    const ended = (one: KeptRecording) => event('recording.ended', { recording: one.id, chain: one.chain?.hash })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-recordings-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      anna = store.directory.userByAddress(demoDomain, '201')!
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('have an own key each, which survives a restart and a new key of the company, and is gone when they are deleted', async () => {
      const { recordingStore } = store
      const keys = new Map<string, Uint8Array>()
      for (const id of ['k1', 'k2', 'k3'])
        keys.set(id, await recordingStore.begin(recording(id), event('recording.started')))
      assert.equal(new Set([...keys.values()].map((key) => Buffer.from(key).toString('hex'))).size, 3)
      await store.close()
      store = await open()
      for (const [id, key] of keys) assert.deepEqual(await store.recordingStore.keyOf(recording(id)), key)
      const madeAtMs = store.recordingStore.keyMadeAtMs(anna.companyId)!
      await clock.advanceAsync(1000)
      assert.equal(await store.recordingStore.rotateKey(anna.companyId, clock.now(), event('recording.keyRenewed')), 3)
      assert.ok(store.recordingStore.keyMadeAtMs(anna.companyId)! > madeAtMs)
      await engine.execute(`delete from recording_keys where made_at_ms <= ${madeAtMs}`, folder, databaseUrl)
      await store.close()
      store = await open()
      for (const [id, key] of keys) assert.deepEqual(await store.recordingStore.keyOf(recording(id)), key)
      await store.recordingStore.destroy(recording('k2'), event('recording.deleted'))
      assert.equal(await store.recordingStore.keyOf(recording('k2')), undefined)
      assert.equal((await store.recordingStore.find(anna.companyId, 'k2' as RecordingId))?.state, 'deleted')
      assert.equal(await store.recordingStore.find('another' as CompanyId, 'k1' as RecordingId), undefined)
    })

    it('are linked into one chain, in the order of their ends, also when many end at once and over a restart', async () => {
      const ids = ['c1', 'c2', 'c3', 'c4', 'c5']
      for (const id of ids) await store.recordingStore.begin(recording(id), event('recording.started'))
      const finish = (id: string) =>
        store.recordingStore.finish(recording(id, { sha256: id.repeat(32), durationMs: 5 }), ended)
      await Promise.all(ids.slice(0, 4).map(finish))
      await store.close()
      store = await open()
      await finish('c5')
      let previous = firstHash
      const chain = await store.recordingStore.chain(anna.companyId, 0, 10)
      for (const [at, one] of chain.entries()) {
        assert.deepEqual(one.chain, { index: at + 1, previous, hash: chainHash(previous, one) })
        previous = one.chain!.hash
      }
      assert.deepEqual(
        chain.map(({ id }) => id),
        ids,
      )
      assert.equal((await store.recordingStore.chain(anna.companyId, 3, 10)).length, 2)
      assert.notEqual(chainHash(firstHash, chain[0]!), chainHash(firstHash, { ...chain[0]!, sha256: 'f'.repeat(64) }))
    })

    it('are found by what people know of them, latest first', async () => {
      const list = async (filter: object) =>
        (await store.recordingStore.list({ companyId: anna.companyId, limit: 50, ...filter })).map(({ id }) => id)
      const { party, ...other } = recording('f1')
      await store.recordingStore.begin(
        { ...other, party: { number: '202', name: 'Bo 100 %' } },
        event('recording.started'),
      )
      await store.recordingStore.begin(recording('f2', { trigger: 'demand' }), event('recording.started'))
      await store.recordingStore.put(
        recording('f2', { trigger: 'demand', hold: { atMs: 1, by: anna.id, reason: 'court' } }),
      )
      assert.deepEqual(await list({ text: '100 %' }), ['f1'])
      assert.deepEqual(await list({ text: 'SÖDERSTRÖM'.toLowerCase(), trigger: 'demand' }), ['f2'])
      assert.deepEqual(await list({ isHeld: true }), ['f2'])
      assert.deepEqual(await list({ callId: 'call-f1' }), ['f1'])
      assert.deepEqual((await list({ userId: anna.id })).slice(0, 3), ['k3', 'k1', 'f2'])
      assert.ok(!(await list({})).includes('k2' as RecordingId))
      assert.ok((await list({ withDeleted: true })).includes('k2' as RecordingId))
      assert.deepEqual(await list({ before: 'c2' }), ['c1'])
      assert.deepEqual(await list({ fromMs: clock.now() + 1 }), [])
      assert.deepEqual(party.number, '201')
      assert.equal((await store.recordingStore.findByFile('recordings/c/f1.vxs'))?.id, 'f1')
    })

    it('expire in their time, but for what is held', async () => {
      const expiring = (id: string, more: Partial<KeptRecording> = {}) => recording(id, { expiresAtMs: 1000, ...more })
      for (const [id, more] of [
        ['e1', {}],
        ['e2', { hold: { atMs: 1, by: anna.id, reason: 'court' } }],
        ['e3', { expiresAtMs: 3000 }],
      ] as const) {
        await store.recordingStore.begin(expiring(id, more), event('recording.started'))
        await store.recordingStore.finish(expiring(id, more), ended)
      }
      const due = async (nowMs: number) => (await store.recordingStore.expired(nowMs, 10)).map(({ id }) => id)
      assert.deepEqual([await due(999), await due(1000), await due(3000)], [[], ['e1'], ['e1', 'e3']])
      assert.ok((await store.recordingStore.running()).every(({ id }) => !id.startsWith('e')))
    })

    it('have the policy that counted at a time, also after a restart', async () => {
      const policyAt = (atMs: number) => store.recordingStore.policyAt(anna.companyId, atMs).mode
      assert.equal(policyAt(clock.now()), deliveredRecordingPolicy.mode)
      const firstMs = clock.now()
      const put = (mode: 'always' | 'off') =>
        store.recordingStore.putPolicy(
          anna.companyId,
          { ...deliveredRecordingPolicy, mode },
          clock.now(),
          event('recording.policyChanged'),
        )
      await put('always')
      await clock.advanceAsync(5000)
      await put('off')
      await store.close()
      store = await open()
      assert.deepEqual(
        [policyAt(firstMs - 1), policyAt(firstMs), policyAt(firstMs + 4999), policyAt(clock.now())],
        ['onDemand', 'always', 'always', 'off'],
      )
    })

    it('keep what was found of each day, and read what was talked', async () => {
      const { recordingStore, ledger } = store
      const report = {
        companyId: anna.companyId,
        day: '2026-11-20',
        madeAtMs: 1,
        calls: 3,
        talkMs: 9,
        missingMs: 0,
        gaps: [],
      }
      await recordingStore.putReport(report, event('recording.reconciled'))
      await recordingStore.putReport({ ...report, calls: 4 }, event('recording.reconciled'))
      await recordingStore.putReport({ ...report, day: '2026-11-21' }, event('recording.reconciled'))
      assert.deepEqual(
        (await recordingStore.reports(anna.companyId, 5)).map(({ day, calls }) => [day, calls]),
        [
          ['2026-11-21', 3],
          ['2026-11-20', 4],
        ],
      )
      const call = (id: string, answeredAtMs?: number) => ({
        id: id as CallId,
        companyId: anna.companyId,
        direction: 'internal' as const,
        startedAtMs: 50,
        caller: { number: '201' },
        dialled: '202',
        called: { number: '202' },
        ...(answeredAtMs === undefined ? {} : { answeredAtMs }),
      })
      const leg = {
        id: 'l1' as LegId,
        callId: 'q1' as CallId,
        companyId: anna.companyId,
        role: 'caller' as const,
        party: { number: '201' },
        startedAtMs: 50,
      }
      await ledger.append({ events: [event('call.ended')], call: call('q1', 60), legs: [leg] })
      await ledger.append({ events: [event('call.ended')], call: call('q2') })
      await ledger.append({ events: [event('call.ended')], call: call('q3', 70) })
      const talked = async (after?: CallId) =>
        (
          await recordingStore.talked({
            companyId: anna.companyId,
            fromMs: 0,
            toMs: 100,
            limit: 1,
            ...(after && { after }),
          })
        ).map(({ call: { id }, legs }) => [id, legs.length])
      assert.deepEqual(
        [await talked(), await talked('q1' as CallId), await talked('q3' as CallId)],
        [[['q1', 1]], [['q3', 0]], []],
      )
    })
  })
}

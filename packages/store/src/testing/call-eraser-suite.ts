import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, type LegId, silentLogger } from '@vaxel/base'
import type { CallRecord, KeptRecording, RecordingId, User } from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine, TestClock } from './store-engine.ts'

const startedAtMs = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000

/** What goes with a call that is erased, and what does not, on any engine. */
export function testCallEraser(engine: StoreEngine): void {
  describe(`calls that are erased (${engine.name})`, () => {
    let folder: string
    let store: Store
    let clock: TestClock
    let databaseUrl: string | undefined
    let anna: User
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-eraser-'))
      clock = engine.newClock(startedAtMs)
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      anna = store.directory.userByAddress(demoDomain, '201')!
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    const write = async (id: string, day: number, more: Partial<CallRecord> = {}): Promise<CallRecord> => {
      const atMs = startedAtMs + day * dayMs
      const party = { number: '201', name: 'Anna', userId: anna.id }
      const call: CallRecord = {
        id: id as CallId,
        companyId: anna.companyId,
        direction: 'internal',
        startedAtMs: atMs,
        endedAtMs: atMs + 1000,
        caller: party,
        dialled: '202',
        called: { number: '202' },
        ...more,
      }
      const { companyId } = call
      await store.ledger.append({
        call,
        legs: [{ id: `${id}-a` as LegId, callId: call.id, companyId, role: 'caller', party, startedAtMs: atMs }],
        events: ['call.originated', 'call.ended'].map((kind) => ({
          kind,
          atMs,
          companyId,
          callId: call.id,
          data: { number: '201' },
        })),
      })
      const wire = { callId: call.id, companyId, atMs, sipCallId: id, protocol: 'udp', local: 'a', remote: 'b' }
      store.ledger.trace({ ...wire, direction: 'in', text: 'INVITE sip:202@demo' })
      const share = { id: `share-${id}`, companyId, callId: call.id, createdBy: anna.id, createdAtMs: atMs }
      const shared = { ...share, expiresAtMs: atMs + 400 * dayMs, hidesNumbers: false }
      await store.shares.create(shared, `hash-${id}`, { kind: 'call.shared', atMs, companyId, data: {} })
      return call
    }
    const erase = (day: number, step: { after?: string; limit?: number } = {}, companyId = anna.companyId) =>
      store.erasers.calls.eraseBefore(companyId, { beforeMs: startedAtMs + day * dayMs, limit: 50, ...step })
    const left = async () =>
      (await store.history.calls({ companyId: anna.companyId, limit: 100 })).map(({ id }) => id).sort()

    it('take everything along: story, messages, links, and the place in the lists of people', async () => {
      await write('a-old', 0)
      await write('b-new', 20)
      await clock.advanceAsync(5000)
      const [earliest] = await store.history.events({ after: 0, limit: 1 })
      const first = earliest!.number
      const before = await store.history.events({ companyId: anna.companyId, after: 0, limit: 1000 })
      assert.deepEqual(await erase(10), { erased: 1 })
      assert.deepEqual(await left(), ['b-new'])
      assert.equal(await store.history.call('a-old' as CallId), undefined)
      const own = await store.history.calls({ companyId: anna.companyId, userId: anna.id, limit: 10 })
      assert.deepEqual(
        own.map(({ id }) => id),
        ['b-new'],
      )
      assert.equal(await store.shares.find('hash-a-old'), undefined)
      assert.ok(await store.shares.find('hash-b-new'))
      const story = (await store.history.call('b-new' as CallId))!
      assert.deepEqual([story.legs.length, story.events.length, story.messages.length], [1, 2, 1])
      const now = await store.history.events({ companyId: anna.companyId, after: 0, limit: 1000 })
      assert.equal(before.length - now.length, 2)
      const all = await store.history.events({ after: 0, limit: 1000 })
      assert.deepEqual(
        all.map(({ number }) => number),
        all.map((_, i) => first + i),
        'no number is missing',
      )
      const gone = all.filter(({ kind }) => kind === 'ledger.erased')
      assert.deepEqual([gone.length, gone[0]!.data, gone[0]!.callId], [2, {}, undefined])
      assert.equal(
        (await store.audit.audit({ companyId: anna.companyId, limit: 1000 })).some(
          ({ kind }) => kind === 'ledger.erased',
        ),
        false,
      )
    })

    it('are those that began and ended before, of that company, and whose recording is gone', async () => {
      await write('c-recorded', 21)
      await write('d-long', 22, { endedAtMs: startedAtMs + 40 * dayMs })
      const { endedAtMs: _, ...open } = await write('e-open', 23)
      await store.ledger.append({ call: open, events: [] })
      const recording: KeptRecording = {
        id: 'r' as RecordingId,
        companyId: anna.companyId,
        callId: 'c-recorded' as CallId,
        legId: 'c-recorded-a' as LegId,
        party: { number: '201', userId: anna.id },
        other: { number: '202' },
        direction: 'internal',
        trigger: 'rule',
        startedAtMs,
        file: 'recordings/c/r.vxs',
        state: 'ended',
        pauses: [],
      }
      const of = { atMs: startedAtMs, companyId: anna.companyId, data: {} }
      await store.recordingStore.begin(recording, { kind: 'recording.started', ...of })
      assert.deepEqual(await erase(30, {}, 'another' as CompanyId), { erased: 0 })
      assert.deepEqual(await erase(30), { erased: 1 })
      assert.deepEqual(await left(), ['c-recorded', 'd-long', 'e-open'])
      await store.recordingStore.destroy(recording, { kind: 'recording.deleted', ...of })
      assert.deepEqual(await erase(30), { erased: 1 })
      assert.deepEqual(await left(), ['d-long', 'e-open'])
    })

    it('go a few at a time, past those that stay, and are gone after a restart too', async () => {
      for (const id of ['f1', 'f2', 'f3', 'f4', 'f5']) await write(id, 24)
      const first = await erase(30, { limit: 3 })
      assert.deepEqual(first, { erased: 1, after: 'f1' })
      const second = await erase(30, { limit: 3, after: first.after! })
      assert.deepEqual(second, { erased: 3, after: 'f4' })
      assert.deepEqual(await erase(30, { limit: 3, after: second.after! }), { erased: 1 })
      assert.equal(store.lastEntryMs, undefined)
      await store.close()
      store = await open()
      assert.ok(store.lastEntryMs !== undefined)
      assert.deepEqual(await left(), ['d-long', 'e-open'])
    })
  })
}

import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger } from '@vaxel/base'
import type { Flow, FlowId, KeptFlow, KeptFlowSound } from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What flows, their versions, sounds and credentials promise, on any engine. */
export function testFlowStore(engine: StoreEngine): void {
  describe(`flows (${engine.name})`, () => {
    const clock = engine.newClock()
    const foreign = 'another' as CompanyId
    let folder: string
    let store: Store
    let companyId: CompanyId
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const event = (kind: string) => ({ kind, atMs: clock.now(), companyId, data: {} })
    const graph = (start: string): Flow => ({
      start,
      nodes: [{ id: start, kind: 'hangUp', exits: {} }],
      timeZone: 'Europe/Stockholm',
      mostStaySeconds: 60,
    })
    const flowOf = (revision: number, draft: Flow): KeptFlow => ({
      id: 'f1' as FlowId,
      companyId,
      name: 'Office',
      revision,
      changedAtMs: clock.now(),
      draft,
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-flows-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('keep drafts apart from what is live, and both over a restart', async () => {
      await store.flows.put(flowOf(1, graph('a')), event('flow.made'))
      const live = { version: 1, publishedAtMs: 1000, note: 'first', graph: graph('a') }
      await store.flows.publish({ ...flowOf(1, graph('a')), live }, event('flow.published'))
      await store.flows.put({ ...flowOf(2, graph('b')), live })
      await store.close()
      store = await open()
      const kept = store.flows.flow(companyId, 'f1')
      assert.deepEqual([kept?.revision, kept?.draft.start, kept?.live], [2, 'b', live])
      assert.equal(store.flows.flow(foreign, 'f1'), undefined)
      assert.deepEqual(store.flows.flowsOf(foreign), [])
    })

    it('never lose a version, latest first', async () => {
      const second = { version: 2, publishedAtMs: 2000, graph: graph('b') }
      await store.flows.publish({ ...flowOf(2, graph('b')), live: second }, event('flow.published'))
      const versions = await store.flows.versions('f1' as FlowId, 10)
      assert.deepEqual(
        versions.map(({ version, note }) => [version, note]),
        [
          [2, undefined],
          [1, 'first'],
        ],
      )
      assert.equal((await store.flows.version('f1' as FlowId, 1))?.graph.start, 'a')
      assert.equal(await store.flows.version('f1' as FlowId, 3), undefined)
    })

    it('keep cases until they are removed', async () => {
      const kept = {
        id: 'c1',
        name: 'at night',
        given: { atMs: 1, language: 'sv' },
        expected: { landing: { kind: 'hangUp', target: '' } },
      } as const
      await store.flows.putCase('f1' as FlowId, kept)
      await store.flows.putCase('f1' as FlowId, { ...kept, name: 'late' })
      assert.deepEqual(await store.flows.cases('f1' as FlowId), [{ ...kept, name: 'late' }])
      await store.flows.removeCase('f1' as FlowId, 'c1')
      assert.deepEqual(await store.flows.cases('f1' as FlowId), [])
    })

    it('keep sounds as files, which go with them', async () => {
      const sound: KeptFlowSound = {
        id: 's1',
        companyId,
        name: 'Hello',
        sizeBytes: 4,
        durationMs: 10,
        uploadedAtMs: clock.now(),
      }
      await store.flows.putSound(sound, new Uint8Array([1, 2, 3, 4]), event('flow.soundUploaded'))
      await store.close()
      store = await open()
      assert.deepEqual(store.flows.soundsOf(companyId), [sound])
      assert.equal(store.flows.sound(foreign, 's1'), undefined)
      const read: number[] = []
      for await (const chunk of store.flows.readSound(sound, 1, 3)) read.push(...chunk)
      assert.deepEqual(read, [2, 3])
      await store.flows.removeSound(sound, event('flow.soundRemoved'))
      assert.deepEqual(await readdir(join(folder, 'flow-sounds', companyId)), [])
    })

    it('seal credentials, each for its name and host', async () => {
      const credential = { companyId, name: 'crm', host: 'crm.example', changedAtMs: clock.now() }
      await store.flows.putCredential(credential, 'Bearer secret', event('flow.credentialKept'))
      await store.close()
      store = await open()
      assert.deepEqual(store.flows.credentialsOf(companyId), [credential])
      assert.deepEqual(await store.flows.credential(companyId, 'crm'), { host: 'crm.example', value: 'Bearer secret' })
      assert.equal(await store.flows.credential(foreign, 'crm'), undefined)
      await engine.execute(`UPDATE flow_credentials SET host = 'evil.example'`, folder, databaseUrl)
      await store.close()
      store = await open()
      await assert.rejects(store.flows.credential(companyId, 'crm'))
      await store.flows.removeCredential(credential, event('flow.credentialRemoved'))
      assert.deepEqual(store.flows.credentialsOf(companyId), [])
    })

    it('find what services noted of calls, in order', async () => {
      const note = (callId: string, code: string) => ({
        kind: 'service.noted',
        atMs: clock.now(),
        companyId,
        callId: callId as CallId,
        data: { code },
      })
      await store.ledger.append({ events: [note('k1', 'one'), note('k2', 'two'), note('k1', 'three')] })
      const notes = await store.flows.notesOf(['k1' as CallId])
      assert.deepEqual(
        notes.map(({ data }) => data.code),
        ['one', 'three'],
      )
      assert.deepEqual(await store.flows.notesOf([]), [])
    })

    it('go with everything of theirs', async () => {
      await store.flows.remove(store.flows.flow(companyId, 'f1')!, event('flow.removed'))
      assert.equal(store.flows.flow(companyId, 'f1'), undefined)
      assert.deepEqual(await store.flows.versions('f1' as FlowId, 10), [])
    })
  })
}

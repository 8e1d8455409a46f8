import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import type { NumberedEvent, Owed } from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What is promised of what is owed, on any engine. */
export function testOwedStore(engine: StoreEngine): void {
  describe(`what is owed (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let companyId: CompanyId
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-owed-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('is there after a restart as it was put last, until it is settled, with its event', async () => {
      const owed: Owed = { id: 'a', companyId, kind: 'webhook', untilMs: clock.now(), value: { tries: 0, say: 'é' } }
      await store.owed.put(owed)
      await store.owed.put({ ...owed, id: 'b' })
      await store.owed.put({ ...owed, id: 'c', kind: 'callBack' })
      await store.owed.put({ ...owed, value: { tries: 1, say: 'é' } })
      await store.close()
      store = await open()
      const expected = [
        { ...owed, value: { tries: 1, say: 'é' } },
        { ...owed, id: 'b' },
      ]
      assert.deepEqual(await store.owed.all('webhook'), expected)
      await engine.execute(`UPDATE owed SET id = 'd' WHERE id = 'c'`, folder, databaseUrl)
      await assert.rejects(store.owed.all('callBack'), 'it is sealed for what it is')
      await engine.execute(`UPDATE owed SET id = 'c' WHERE id = 'd'`, folder, databaseUrl)
      const told: NumberedEvent[] = []
      store.feed.subscribe((events) => void told.push(...events))
      await store.owed.settle('a', { kind: 'webhook.dropped', atMs: clock.now(), companyId, data: {} })
      await store.owed.settle('b')
      await store.owed.settle('never')
      await store.close()
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['webhook.dropped'],
      )
      store = await open()
      assert.deepEqual(await store.owed.all('webhook'), [])
      assert.equal((await store.owed.all('callBack')).length, 1)
    })
  })
}

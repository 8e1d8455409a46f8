import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import { type Centre, emptyCentre, type SkillId } from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What configurations of contact centres, their drafts and versions promise, on any engine. */
export function testCentreStore(engine: StoreEngine): void {
  describe(`centres (${engine.name})`, () => {
    const clock = engine.newClock()
    const by = 'somebody' as UserId
    const empty = 'company-without' as CompanyId
    let folder: string
    let store: Store
    let companyId: CompanyId
    let first: number
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const event = () => ({ kind: 'centre.published', atMs: clock.now(), companyId, data: {} })
    const withSkill = (name: string): Centre => ({ ...emptyCentre, skills: [{ id: 's1' as SkillId, name }] })
    const publication = (version: number, name: string) => ({
      companyId,
      version,
      publishedAtMs: clock.now(),
      by,
      note: `with ${name}`,
      centre: withSkill(name),
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-centres-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
      first = (store.centres.published(companyId)?.version ?? 0) + 1
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('keep a draft apart from what is published, and both over a restart', async () => {
      await store.centres.publish(publication(first, 'Swedish'), event())
      const draft = {
        companyId,
        revision: 4,
        basedOn: first,
        changedAtMs: clock.now(),
        by,
        centre: withSkill('French'),
      }
      await store.centres.putDraft({ ...draft, revision: 3 })
      await store.centres.putDraft(draft)
      await store.close()
      store = await open()
      assert.deepEqual(store.centres.published(companyId), publication(first, 'Swedish'))
      assert.deepEqual(store.centres.draft(companyId), draft)
      assert.deepEqual([store.centres.published(empty), store.centres.draft(empty)], [undefined, undefined])
    })

    it('take the draft away with the publication, and keep every version', async () => {
      await store.centres.publish(publication(first + 1, 'French'), event())
      assert.equal(store.centres.draft(companyId), undefined)
      assert.deepEqual(
        [...store.centres.all()].map(({ version }) => version),
        [first + 1],
      )
      const versions = await store.centres.versions(companyId, 2)
      assert.deepEqual(versions, [publication(first + 1, 'French'), publication(first, 'Swedish')])
      assert.deepEqual((await store.centres.versions(companyId, 1, first + 1))[0]?.version, first)
      assert.deepEqual(await store.centres.version(companyId, first), publication(first, 'Swedish'))
      assert.equal(await store.centres.version(companyId, first + 9), undefined)
    })

    it('leave a draft in the place of the one that the publication was made beside', async () => {
      const draft = { companyId, revision: 7, basedOn: first + 2, changedAtMs: 1, by, centre: withSkill('Finnish') }
      await store.centres.publish(publication(first + 2, 'Norwegian'), event(), draft)
      assert.deepEqual(store.centres.draft(companyId), draft)
      await store.close()
      store = await open()
      assert.deepEqual(store.centres.draft(companyId), draft)
    })

    it('refuse a version that is there, and change nothing by it', async () => {
      const conflicts = [{ section: 'skills' as const, id: 's1', name: 'Danish' }]
      const base = { companyId, changedAtMs: 1, by, centre: withSkill('Danish') }
      const draft = { ...base, revision: 1, basedOn: first, conflicts }
      await store.centres.putDraft(draft)
      await assert.rejects(store.centres.publish(publication(first + 2, 'Danish'), event()), /published already/)
      assert.deepEqual(store.centres.draft(companyId), draft)
      await store.centres.removeDraft(companyId)
      assert.equal(store.centres.draft(companyId), undefined)
    })

    it('go with their company', async () => {
      const company = store.directory.company(companyId)!
      await store.configuration.change({ by: 'test' }, () => [{ kind: 'company', before: company }])
      assert.deepEqual([store.centres.published(companyId), [...store.centres.all()]], [undefined, []])
      assert.deepEqual(await store.centres.versions(companyId, 10), [])
    })
  })
}

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, type LegId, silentLogger, type UserId } from '@vaxel/base'
import type { KeptReport, KeptSite, LegQuality } from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What sites, reports and catalogues promise, on any engine. */
export function testSiteStore(engine: StoreEngine): void {
  describe(`sites and what was found at them (${engine.name})`, () => {
    const clock = engine.newClock()
    const foreign = 'another' as CompanyId
    let folder: string
    let store: Store
    let anna: { id: UserId; companyId: CompanyId }
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const event = (kind: string) => ({ kind, atMs: clock.now(), companyId: anna.companyId, data: {} })
    const siteOf = (id: string, name: string): KeptSite => ({
      id,
      companyId: anna.companyId,
      name,
      profile: { format: 'vaxel-site-profile/1', people: { deskPhone: 3 } },
      reachedFrom: ['198.51.100.0/28'],
      owners: [anna.id],
      changedAtMs: clock.now(),
    })
    const reportOf = (id: string, siteId: string, receivedAtMs: number): KeptReport => ({
      id,
      companyId: anna.companyId,
      siteId,
      receivedAtMs,
      summary: { verdict: 'ready' },
      report: { results: [] },
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-sites-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      anna = store.directory.userByAddress(demoDomain, '201')!
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('are kept over a restart, in pages by name, and seen by their company only', async () => {
      for (const [id, name] of [
        ['s2', 'Lyon'],
        ['s1', 'Arvika'],
        ['s3', 'Arvika'],
      ] as const)
        await store.sites.putSite(siteOf(id, name), event('site.changed'))
      await store.sites.putSite({ ...siteOf('s2', 'Lyon'), reachedFrom: [] }, event('site.changed'))
      await store.close()
      store = await open()
      const ids = async (page: Parameters<Store['sites']['sites']>[1]) =>
        (await store.sites.sites(anna.companyId, page)).map(({ id }) => id)
      assert.deepEqual(await ids({ limit: 2 }), ['s1', 's3'])
      assert.deepEqual(await ids({ limit: 2, after: { name: 'Arvika', id: 's3' } }), ['s2'])
      assert.equal(await store.sites.countSites(anna.companyId), 3)
      assert.deepEqual(await store.sites.site(anna.companyId, 's1'), siteOf('s1', 'Arvika'))
      assert.deepEqual((await store.sites.site(anna.companyId, 's2'))?.reachedFrom, [])
      assert.equal(await store.sites.site(foreign, 's1'), undefined)
      assert.deepEqual(await store.sites.sites(foreign, { limit: 10 }), [])
      assert.deepEqual(
        (await store.sites.everySite({ limit: 2, after: 's1' })).map(({ id }) => id),
        ['s2', 's3'],
      )
    })

    it('have links that are found by their hash and end', async () => {
      const invitation = {
        id: 'i1',
        companyId: anna.companyId,
        siteId: 's1',
        createdBy: anna.id,
        createdAtMs: clock.now(),
        expiresAtMs: clock.now() + 1000,
      }
      await store.sites.invite(invitation, 'hash', event('site.invited'))
      assert.deepEqual(await store.sites.invitation('hash'), invitation)
      assert.deepEqual(await store.sites.invitationsOf(anna.companyId, 's1'), [invitation])
      assert.deepEqual(await store.sites.invitationsOf(foreign, 's1'), [])
      assert.equal(await store.sites.endInvitation(foreign, 's1', 'i1', event('site.invitationEnded')), false)
      await store.sites.removeInvitations(invitation.expiresAtMs)
      assert.notEqual(await store.sites.invitation('hash'), undefined)
      assert.equal(await store.sites.endInvitation(anna.companyId, 's1', 'i1', event('site.invitationEnded')), true)
      assert.equal(await store.sites.invitation('hash'), undefined)
    })

    it('keep the latest reports and no more than they should', async () => {
      for (let n = 1; n <= 5; n++) await store.sites.addReport(reportOf(`r${n}`, 's1', n), 3, event('site.reported'))
      const kept = await store.sites.reports(anna.companyId, 's1', 10)
      assert.deepEqual(
        kept.map(({ id }) => id),
        ['r5', 'r4', 'r3'],
      )
      assert.deepEqual(await store.sites.report(anna.companyId, 's1', 'r4'), reportOf('r4', 's1', 4))
      assert.equal(await store.sites.report(foreign, 's1', 'r4'), undefined)
      assert.equal(await store.sites.report(anna.companyId, 's2', 'r4'), undefined)
    })

    it('remember what was warned of, once', async () => {
      const site = siteOf('s1', 'Arvika')
      await store.sites.warn(site, 'consent 2026-12-01 30', event('site.secretExpires'))
      await store.sites.warn(site, 'consent 2026-12-01 30', event('site.secretExpires'))
      assert.deepEqual([...(await store.sites.warned('s1'))], ['consent 2026-12-01 30'])
      assert.deepEqual([...(await store.sites.warned('s2'))], [])
    })

    it('keep versions of catalogues', async () => {
      const version = (number: string) => ({ id: 'vaxel', version: number, keptAtMs: 1, content: { version: number } })
      await store.sites.putCatalogue(version('2026112102'))
      await store.sites.putCatalogue({ ...version('2026112101'), publishedBy: anna.id }, event('site.published'))
      assert.deepEqual(await store.sites.catalogues(), [
        { ...version('2026112101'), publishedBy: anna.id },
        version('2026112102'),
      ])
    })

    it('find how the legs of real calls were', async () => {
      const { companyId } = anna
      const quality: LegQuality = {
        received: { packets: 100, lossRatio: 0.01, jitterMs: 3 },
        sent: { packets: 100, lossRatio: 0, jitterMs: 2 },
      }
      const leg = (id: string, startedAtMs: number, measured: boolean) => ({
        id: id as LegId,
        callId: 'c9' as CallId,
        companyId,
        role: 'caller' as const,
        party: { number: '201' },
        remoteAddress: '198.51.100.3:5060',
        startedAtMs,
        ...(measured ? { quality } : {}),
      })
      await store.ledger.append({
        events: [],
        call: {
          id: 'c9' as CallId,
          companyId,
          direction: 'internal',
          startedAtMs: 1,
          caller: { number: '201' },
          dialled: '202',
          called: { number: '202' },
        },
        legs: [leg('l1', 10, true), leg('l2', 20, true), leg('l3', 30, false), leg('l0', 5, true)],
      })
      const found = await store.sites.measuredLegs(companyId, 10, 10)
      assert.deepEqual(
        found.map(({ startedAtMs }) => startedAtMs),
        [20, 10],
      )
      assert.deepEqual(found[0], { remoteAddress: '198.51.100.3:5060', startedAtMs: 20, quality })
      assert.deepEqual(await store.sites.measuredLegs(foreign, 0, 10), [])
    })

    it('go with everything that belongs to them', async () => {
      assert.equal(await store.sites.removeSite(foreign, 's1', event('site.removed')), false)
      assert.equal(await store.sites.removeSite(anna.companyId, 's1', event('site.removed')), true)
      assert.deepEqual(await store.sites.reports(anna.companyId, 's1', 10), [])
      assert.deepEqual([...(await store.sites.warned('s1'))], [])
    })
  })
}

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { CalendarAccount, CallShare } from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What the settings of users and the links to calls promise, on any engine. */
export function testPortalStore(engine: StoreEngine): void {
  describe(`settings and calendars of users and links to calls (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let databaseUrl: string | undefined
    let anna: { id: UserId; companyId: CompanyId }
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-portal-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      anna = store.directory.userByAddress(demoDomain, '201')!
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('keep a setting over a restart, change it and take it away', async () => {
      const of = { userId: anna.id, companyId: anna.companyId, kind: 'handling' as const }
      await store.settings.put({ ...of, value: { callWaiting: false } })
      await store.settings.put({ ...of, value: { callWaiting: true, busy: { to: '205' } } })
      await store.close()
      store = await open()
      assert.deepEqual(store.settings.get(anna.id, 'handling'), { callWaiting: true, busy: { to: '205' } })
      await store.settings.put({ ...of, value: undefined })
      assert.equal(store.settings.get(anna.id, 'handling'), undefined)
      await store.close()
      store = await open()
      assert.equal(store.settings.get(anna.id, 'handling'), undefined)
    })

    it('keep the calendar of a user over a restart with what opens it, until it is taken away', async () => {
      const account: CalendarAccount = {
        userId: anna.id,
        companyId: anna.companyId,
        protocol: 'caldav',
        server: 'dav.example',
        shows: 'place',
        changedAtMs: clock.now(),
      }
      const access = { address: 'https://dav.example/anna/', login: 'anna', password: 'geheim' }
      const event = { kind: 'calendar.followed', atMs: clock.now(), companyId: anna.companyId, data: {} }
      await store.calendars.put({ ...account, shows: 'busy' }, { address: access.address }, event)
      await store.calendars.put(account, access, event)
      await store.close()
      store = await open()
      assert.deepEqual(store.calendars.ofCompany(anna.companyId), [account])
      assert.deepEqual(store.calendars.access(anna.id), access)
      assert.deepEqual(store.calendars.ofCompany('another' as CompanyId), [])
      await store.calendars.remove(account, { ...event, kind: 'calendar.removed' })
      await store.close()
      store = await open()
      assert.deepEqual([store.calendars.all(), store.calendars.access(anna.id)], [[], undefined])
    })

    it('find a link by its hash, list it for its company only, and forget it', async () => {
      const share: CallShare = {
        id: 'share-1',
        companyId: anna.companyId,
        callId: 'call-1' as CallId,
        createdBy: anna.id,
        createdAtMs: clock.now(),
        expiresAtMs: clock.now() + 1000,
        hidesNumbers: true,
      }
      const event = (kind: string) => ({
        kind,
        atMs: clock.now(),
        companyId: anna.companyId,
        data: { share: share.id },
      })
      await store.shares.create(share, 'hash', event('call.shared'))
      assert.deepEqual(await store.shares.find('hash'), share)
      assert.equal(await store.shares.find('other'), undefined)
      assert.deepEqual(await store.shares.ofCall(anna.companyId, share.callId), [share])
      const foreign = 'another' as CompanyId
      assert.deepEqual(await store.shares.ofCall(foreign, share.callId), [])
      assert.equal(await store.shares.remove(foreign, share.id, event('call.shareEnded')), false)
      assert.equal(await store.shares.remove(anna.companyId, share.id, event('call.shareEnded')), true)
      assert.equal(await store.shares.find('hash'), undefined)
    })

    it('search history by text, outcome and direction', async () => {
      const { companyId } = anna
      const call = (id: string, answered: boolean, name: string, direction: 'internal' | 'inbound') => ({
        events: [],
        call: {
          id: id as CallId,
          companyId,
          direction,
          startedAtMs: 1,
          ...(answered ? { answeredAtMs: 2 } : {}),
          endedAtMs: 3,
          caller: { number: '+46701740605', name },
          dialled: '201',
          called: { number: '201', userId: anna.id },
        },
        legs: [],
      })
      await store.ledger.append(call('c1', true, 'Åsa 100%', 'inbound'))
      await store.ledger.append(call('c2', false, 'Bo', 'internal'))
      const ids = async (filter: Partial<Parameters<Store['history']['calls']>[0]>) =>
        (await store.history.calls({ companyId, limit: 10, ...filter })).map(({ id }) => id)
      assert.deepEqual(await ids({ text: '100%' }), ['c1'])
      assert.deepEqual(await ids({ text: '70174' }), ['c2', 'c1'])
      assert.deepEqual(await ids({ text: 'b_' }), [])
      assert.deepEqual(await ids({ answered: true }), ['c1'])
      assert.deepEqual(await ids({ direction: 'internal' }), ['c2'])
      assert.deepEqual(await ids({ userId: anna.id, missedBy: anna.id }), ['c2'])
      assert.deepEqual(await ids({ userId: anna.id, missedBy: anna.id, after: 'c2' as CallId }), [])
    })
  })
}

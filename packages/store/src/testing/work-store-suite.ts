import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { CentreFact, NumberedEvent, OfferId, OfferWhy, QueueId, WorkItem, WorkItemId } from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

const queueId = 'sales' as QueueId
const startMs = Date.UTC(2026, 0, 5, 9)

const itemOf = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id: id as WorkItemId,
  queueId,
  channel: 'call',
  customer: { name: 'Kim', number: '+46701' },
  sinceMs: startMs,
  priority: 3,
  needs: [],
  ...more,
})

const arrived = (item: WorkItem, atMs = startMs): CentreFact => ({
  kind: 'work.arrived',
  atMs,
  itemId: item.id,
  queueId: item.queueId,
  channel: item.channel,
  customer: item.customer,
  priority: item.priority,
  sinceMs: item.sinceMs,
  needs: [],
})

const why: OfferWhy = {
  rule: 'longestIdle',
  waitedMs: 0,
  priority: 3,
  idleMs: 0,
  needs: [],
  others: [],
  more: 0,
  olderItems: [],
}
const about = (item: WorkItem) => ({ itemId: item.id, queueId: item.queueId, channel: item.channel })
const offered = (item: WorkItem, offerId: string, agentId: UserId): CentreFact => ({
  kind: 'work.offered',
  atMs: startMs,
  ...about(item),
  offerId: offerId as OfferId,
  agentId,
  untilMs: startMs + 20_000,
  why,
})

/** What the store of work promises, on any engine. */
export function testWorkStore(engine: StoreEngine): void {
  describe(`the store of work (${engine.name})`, () => {
    const clock = engine.newClock(startMs)
    let folder: string
    let store: Store
    let companyId: CompanyId
    let anna: UserId
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const claimOf = (item: WorkItem, offerId: string, slot: string) => ({
      offerId: offerId as OfferId,
      itemId: item.id,
      agentId: anna,
      slot,
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-work-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
      anna = store.directory.usersOf(companyId)[0]!.id
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('lets one claim win, whoever else wants the item or the place', async () => {
      const [first, second] = [itemOf('claim-1'), itemOf('claim-2')]
      await store.work.record(companyId, {
        facts: [arrived(first), arrived(second)],
        items: [first, second],
      })
      const results = await Promise.all([
        store.work.claim(companyId, claimOf(first, 'o1', 'anna voice'), offered(first, 'o1', anna)),
        store.work.claim(companyId, claimOf(first, 'o2', 'bo voice'), offered(first, 'o2', anna)),
        store.work.claim(companyId, claimOf(second, 'o3', 'anna voice'), offered(second, 'o3', anna)),
      ])
      assert.deepEqual(results, [true, false, false])
      const told: NumberedEvent[] = []
      await store.work.facts(companyId, startMs, startMs + 1, (events) => void told.push(...events))
      assert.deepEqual(
        told.filter(({ kind }) => kind === 'work.offered').map(({ data }) => data.offerId),
        ['o1'],
      )
      await store.work.record(companyId, { facts: [], released: [{ offerId: 'o1' as OfferId, itemId: first.id }] })
      assert.ok(await store.work.claim(companyId, claimOf(second, 'o4', 'anna voice'), offered(second, 'o4', anna)))
    })

    it('lets a claim win again that was written already, and writes nothing twice', async () => {
      const item = itemOf('claim-again')
      await store.work.record(companyId, { facts: [arrived(item)], items: [item] })
      const claim = () => store.work.claim(companyId, claimOf(item, 'o20', 'again'), offered(item, 'o20', anna))
      assert.deepEqual(await Promise.all([claim(), claim()]), [true, true])
      assert.equal(await store.work.claim(companyId, claimOf(item, 'o21', 'else'), offered(item, 'o21', anna)), false)
      const told: NumberedEvent[] = []
      await store.work.facts(companyId, startMs, startMs + 1, (events) => void told.push(...events))
      assert.equal(told.filter(({ kind, data }) => kind === 'work.offered' && data.itemId === item.id).length, 1)
    })

    it('withdraws at the start what nobody had answered, once', async () => {
      const item = itemOf('asked')
      await store.work.record(companyId, { facts: [arrived(item)], items: [item] })
      assert.ok(await store.work.claim(companyId, claimOf(item, 'o40', 'asked'), offered(item, 'o40', anna)))
      const atMs = startMs + 80_000
      await store.work.restore(companyId, atMs)
      await store.work.restore(companyId, atMs)
      const told: NumberedEvent[] = []
      await store.work.facts(companyId, atMs, atMs + 1, (events) => void told.push(...events))
      const withdrawn = told.filter(({ data }) => data.offerId === 'o40')
      assert.deepEqual(
        withdrawn.map(({ kind, data }) => [kind, data.itemId, data.why]),
        [['work.withdrawn', item.id, 'restarted']],
      )
      assert.ok(await store.work.claim(companyId, claimOf(item, 'o41', 'asked'), offered(item, 'o41', anna)))
    })

    it('keeps what happened to an item in one step with an agent whose account is gone', async () => {
      const item = itemOf('of-nobody', { channel: 'mail' })
      const nobody = 'gone' as UserId
      await store.work.record(companyId, { facts: [arrived(item)], items: [item] })
      await store.work.claim(companyId, claimOf(item, 'o30', 'nobody'), offered(item, 'o30', nobody))
      const of = { atMs: startMs + 10, ...about(item) }
      await store.work.record(companyId, {
        facts: [
          {
            kind: 'work.accepted',
            ...of,
            offerId: 'o30' as OfferId,
            agentId: nobody,
            waitedMs: 10,
            askedMs: 1,
            isInLevel: true,
          },
          { kind: 'work.returned', ...of, agentId: nobody, handledMs: 0, why: 'loggedOff' },
          { kind: 'agent.stateChanged', atMs: startMs + 10, agentId: nobody, from: 'busy', forMs: 1, to: 'loggedOff' },
        ],
        released: [{ offerId: 'o30' as OfferId, itemId: item.id }],
      })
      assert.equal((await store.work.row(companyId, item.id))?.agentId, undefined)
      assert.ok(await store.work.claim(companyId, claimOf(item, 'o31', 'nobody'), offered(item, 'o31', anna)))
    })

    it('folds an item from its facts, and restores what was not over', async () => {
      const [done, open1, gone] = [itemOf('done'), itemOf('open', { language: 'sv' }), itemOf('gone')]
      const of = (item: WorkItem, atMs: number) => ({ atMs, ...about(item) })
      await store.work.record(companyId, {
        facts: [arrived(done), arrived(open1), arrived(gone)],
        items: [done, open1, gone],
      })
      const offer = { offerId: 'o9' as OfferId, agentId: anna }
      await store.work.record(companyId, {
        facts: [
          { kind: 'work.missed', ...of(done, startMs + 1), ...offer, askedMs: 1 },
          {
            kind: 'work.accepted',
            ...of(done, startMs + 9000),
            ...offer,
            waitedMs: 9000,
            askedMs: 2000,
            isInLevel: true,
          },
          { kind: 'work.finished', ...of(done, startMs + 69_000), agentId: anna, handledMs: 60_000, by: 'customer' },
          {
            kind: 'work.wrappedUp',
            ...of(done, startMs + 79_000),
            agentId: anna,
            wrapMs: 10_000,
            codeId: 'c1',
            note: 'Paid.',
            isForced: false,
          },
          { kind: 'work.abandoned', ...of(gone, startMs + 4000), waitedMs: 4000, isShort: true },
          { kind: 'work.callBackWished', ...of(open1, startMs + 5000), waitedMs: 5000, number: '+46709' },
          {
            kind: 'agent.stateChanged',
            atMs: startMs + 5000,
            agentId: anna,
            from: 'ready',
            forMs: 5000,
            to: 'busy',
            line: { kind: 'number', number: '+46705', isKept: true },
          },
          { kind: 'queue.closed', atMs: startMs, queueId, by: anna },
        ],
      })
      await store.close()
      store = await open()
      const row = await store.work.row(companyId, done.id)
      assert.deepEqual(
        [
          row?.outcome,
          row?.agentId,
          row?.waitedMs,
          row?.handledMs,
          row?.wrapMs,
          row?.codeId,
          row?.note,
          row?.missedOffers,
        ],
        ['answered', anna, 9000, 60_000, 10_000, 'c1', 'Paid.', 1],
      )
      const restored = await store.work.restore(companyId, startMs + 90_000)
      const kept = restored.items.find(({ item }) => item.id === open1.id)
      assert.deepEqual(
        [kept?.state, kept?.item.channel, kept?.item.customer.number, kept?.item.language, kept?.item.sinceMs],
        ['waiting', 'callBack', '+46709', 'sv', startMs],
      )
      assert.ok(!restored.items.some(({ item }) => item.id === done.id || item.id === gone.id))
      assert.deepEqual(restored.agents, [
        {
          agentId: anna,
          state: 'busy',
          sinceMs: startMs + 5000,
          line: { kind: 'number', number: '+46705', isKept: true },
        },
      ])
      assert.deepEqual(restored.queues, [{ queueId, to: 'closed', by: anna }])
      assert.deepEqual(
        await store.work.spells({ companyId, fromMs: startMs + 1000, toMs: startMs + 60_000, limit: 10 }),
        [{ agentId: anna, state: 'ready', fromMs: startMs + 1000, forMs: 4000 }],
      )
      assert.equal(await store.work.lastAgent(companyId, '+46701', startMs), anna)
      assert.ok((await store.work.rows({ companyId, customerKeys: ['+46701'], limit: 10 })).length >= 3)
    })

    it('knows of a call-back in which call it was asked for, and in which the customer was called, also of a later try', async () => {
      const [askedIn, madeIn] = ['asked-in' as CallId, 'made-in' as CallId]
      const first: WorkItem = { ...itemOf('call-back'), callId: askedIn }
      const again: WorkItem = { ...itemOf('again'), channel: 'callBack', fromCallId: askedIn }
      const ofFirst = { atMs: startMs + 5000, ...about(first) }
      await store.work.record(companyId, {
        facts: [{ ...arrived(first), callId: askedIn } as CentreFact, arrived(again)],
        items: [first, again],
      })
      await store.work.record(companyId, {
        facts: [{ kind: 'work.callBackWished', ...ofFirst, callId: askedIn, waitedMs: 5000, number: '+46709' }],
      })
      const known = async (id: WorkItemId) => {
        const row = await store.work.row(companyId, id)
        const { items } = await store.work.restore(companyId, startMs)
        const item = items.find((restored) => restored.item.id === id)?.item
        return [row?.fromCallId, row?.callId, item?.fromCallId, item?.madeCallId, item?.callId]
      }
      assert.deepEqual(await known(first.id), [askedIn, undefined, askedIn, undefined, undefined])
      assert.deepEqual(await known(again.id), [askedIn, undefined, askedIn, undefined, undefined])
      for (const item of [first, again])
        await store.work.record(companyId, {
          facts: [
            {
              kind: 'work.accepted',
              ...about(item),
              channel: 'callBack',
              atMs: startMs + 9000,
              callId: madeIn,
              offerId: `o-${item.id}` as OfferId,
              agentId: anna,
              waitedMs: 9000,
              askedMs: 10,
              isInLevel: true,
            },
          ],
        })
      assert.deepEqual(await known(first.id), [askedIn, madeIn, askedIn, madeIn, undefined])
      assert.deepEqual(await known(again.id), [askedIn, madeIn, askedIn, madeIn, undefined])
      await store.work.record(companyId, {
        facts: [first, again].map((item) => ({
          kind: 'work.closed',
          ...about(item),
          atMs: startMs,
          waitedMs: 0,
          why: '',
        })),
      })
    })

    it('keeps what is noted, of an item and of a customer', async () => {
      const item = itemOf('noted')
      await store.work.record(companyId, { facts: [arrived(item)], items: [item] })
      await store.work.keepNote(companyId, item.id, 'Wants a')
      assert.equal((await store.work.row(companyId, item.id))?.note, 'Wants a')
      const remark = {
        id: 'r1',
        companyId,
        customerKey: '+46701',
        atMs: startMs,
        by: anna,
        text: 'Likes to be called Kim.',
      }
      await store.work.addRemark(remark)
      assert.deepEqual(await store.work.remarks(companyId, ['+46701', 'kim@example.com'], 10), [remark])
    })
  })
}

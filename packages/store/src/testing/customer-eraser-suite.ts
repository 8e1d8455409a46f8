import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { CentreFact, NumberedEvent, QueueId, WorkItem, WorkItemId } from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

const startMs = Date.UTC(2026, 0, 5, 9)
const dayMs = 86_400_000
const queueId = 'sales' as QueueId
const customer = { name: 'Kim', number: '+46701', contactId: 'kim' }

/** What is forgotten of the customers of queues by its age, and what stays, on any engine. */
export function testCustomerEraser(engine: StoreEngine): void {
  describe(`customers of queues who are forgotten (${engine.name})`, () => {
    let folder: string
    let store: Store
    let companyId: CompanyId
    let anna: UserId
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-customers-'))
      const databaseUrl = await engine.newDatabase()
      const clock = engine.newClock(startMs)
      store = await openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
      anna = [...store.directory.usersOf(companyId)][0]!.id
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    /** A visit that arrives on a day; over the same day, unless it goes on. */
    const visit = async (id: string, day: number, isOver = true): Promise<WorkItemId> => {
      const atMs = startMs + day * dayMs
      const itemId = id as WorkItemId
      const of = { itemId, queueId, channel: 'call' as const, atMs }
      const item: WorkItem = { id: itemId, queueId, channel: 'call', customer, sinceMs: atMs, priority: 3, needs: [] }
      const facts: CentreFact[] = [
        { kind: 'work.arrived', ...of, customer, subject: 'My invoice', priority: 3, sinceMs: atMs, needs: [] },
        { kind: 'work.callBackWished', ...of, waitedMs: 7000, number: '+46701' },
      ]
      if (isOver)
        facts.push(
          { kind: 'work.finished', ...of, agentId: anna, handledMs: 60_000, by: 'agent' },
          { kind: 'work.wrappedUp', ...of, agentId: anna, wrapMs: 5000, codeId: 'sold', note: 'Two', isForced: false },
        )
      await store.work.record(companyId, { facts, items: [item] })
      await store.work.addRemark({ id: `r-${id}`, companyId, customerKey: '+46701', atMs, by: anna, text: 'Kind' })
      return itemId
    }
    const erase = (day: number, limit = 50) =>
      store.erasers.customers.eraseBefore(companyId, { beforeMs: startMs + day * dayMs, limit })
    const entries = async (itemId: WorkItemId): Promise<readonly NumberedEvent[]> => {
      const found: NumberedEvent[] = []
      await store.work.facts(companyId, 0, startMs + 1000 * dayMs, (events) => {
        found.push(...events.filter(({ data }) => data.itemId === itemId))
      })
      return found
    }
    const remarks = async () => (await store.work.remarks(companyId, ['+46701'], 100)).map(({ id }) => id).sort()

    it('are nobody any more where their visit was over before; what was done for them stays', async () => {
      const old = await visit('a-old', 0)
      const young = await visit('b-young', 20)
      assert.deepEqual(await erase(10), { erased: 2 })
      const { customerKey, customerName, contactId, subject, note, ...rest } = (await store.work.row(companyId, old))!
      assert.deepEqual([customerKey, customerName, contactId, subject, note], Array(5).fill(undefined))
      assert.deepEqual([rest.handledMs, rest.wrapMs, rest.codeId], [60_000, 5000, 'sold'])
      const kept = (await store.work.row(companyId, young))!
      assert.deepEqual([kept.customerKey, kept.customerName, kept.note], ['+46701', 'Kim', 'Two'])
      assert.deepEqual(await remarks(), ['r-b-young'])
      const said = await entries(old)
      assert.deepEqual(
        said.map(({ kind }) => kind),
        ['work.arrived', 'work.callBackWished', 'work.finished', 'work.wrappedUp'],
      )
      assert.doesNotMatch(JSON.stringify(said), /Kim|\+46701|invoice|Two/)
      assert.match(JSON.stringify(await entries(young)), /Kim.*invoice.*\+46701.*Two/)
      assert.deepEqual(await erase(10), { erased: 0 })
    })

    it('stay as long as somebody works for them, and are called back', async () => {
      const open = await visit('c-open', 21, false)
      assert.deepEqual(await erase(40), { erased: 3 })
      assert.equal((await store.work.row(companyId, open))?.customerName, 'Kim')
      const { items } = await store.work.restore(companyId, startMs + 40 * dayMs)
      assert.equal(items.find(({ item }) => item.id === open)?.item.customer.number, '+46701')
      const closed = { kind: 'work.closed', itemId: open, queueId, channel: 'callBack', waitedMs: 0, why: '' } as const
      await store.work.record(companyId, { facts: [{ ...closed, atMs: startMs + 41 * dayMs }] })
      assert.deepEqual(await erase(42), { erased: 1 })
      assert.equal((await store.work.row(companyId, open))?.customerName, undefined)
    })

    it('go some at a time, those of another company not at all', async () => {
      for (const id of ['d1', 'd2', 'd3', 'd4', 'd5']) await visit(id, 50)
      assert.deepEqual(
        await store.erasers.customers.eraseBefore('another' as CompanyId, { beforeMs: startMs + 99 * dayMs, limit: 9 }),
        { erased: 0 },
      )
      const steps: boolean[] = []
      let erased = 0
      for (let isMore = true; isMore; ) {
        const step = await erase(60, 2)
        isMore = step.after !== undefined
        erased += step.erased
        steps.push(isMore)
      }
      assert.deepEqual([erased, steps], [10, [true, true, false]])
      for (const id of ['d1', 'd5']) assert.doesNotMatch(JSON.stringify(await entries(id as WorkItemId)), /Kim/)
      assert.deepEqual(await remarks(), [])
    })
  })
}

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import { leaveTraces } from './person-traces.ts'
import type { StoreEngine } from './store-engine.ts'

const kim = { key: 'kim', number: '+46701234567', address: 'kim@customer.test' }
const lea = { key: 'lea', number: '+46707654321', address: 'lea@customer.test' }
const stranger = 'another' as CompanyId

/** What is found and erased of one person, on any engine. */
export function testPersonEraser(engine: StoreEngine): void {
  describe(`traces of one person (${engine.name})`, () => {
    let folder: string
    let store: Store
    let companyId: CompanyId
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-person-'))
      const databaseUrl = await engine.newDatabase()
      const clock = engine.newClock()
      store = await openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
      await loadDemoCompany(store)
      companyId = await leaveTraces(store, kim)
      await leaveTraces(store, lea)
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })
    const ids = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id).sort()

    it('are found in calls by whoever took part, some at a time', async () => {
      const { personEraser } = store
      const all = await personEraser.calls(companyId, [kim.number], { limit: 100 })
      assert.deepEqual(ids(all.found), ['kim-a', 'kim-b', 'kim-c-open', 'kim-d-recorded'])
      assert.deepEqual(
        all.found.filter(({ isOver }) => !isOver).map(({ id }) => id),
        ['kim-c-open'],
      )
      const found: string[] = []
      let step = await personEraser.calls(companyId, [kim.number], { limit: 3 })
      for (;;) {
        found.push(...ids(step.found))
        if (step.after === undefined) break
        step = await personEraser.calls(companyId, [kim.number], { limit: 3, after: step.after })
      }
      assert.deepEqual(found, ids(all.found))
      assert.deepEqual(await personEraser.calls(stranger, [kim.number], { limit: 100 }), { found: [] })
    })

    it('go from calls, and those of somebody else stay', async () => {
      const { found } = await store.personEraser.calls(companyId, [kim.number], { limit: 100 })
      await store.personEraser.eraseCalls(
        found.filter(({ id }) => id === 'kim-a' || id === 'kim-b').map(({ id }) => id),
      )
      const left = ids(await store.history.calls({ companyId, limit: 100 }))
      assert.deepEqual(
        left.filter((id) => id.startsWith('kim')),
        ['kim-c-open', 'kim-d-recorded'],
      )
      assert.equal(left.filter((id) => id.startsWith('lea')).length, 4)
    })

    it('go from recordings that were deleted with their call, and the chain holds', async () => {
      const { recordingStore, personEraser } = store
      const [recording] = await recordingStore.list({ companyId, limit: 10, text: 'kim' })
      const event = { kind: 'recording.deleted', atMs: 1, companyId, data: {} }
      await recordingStore.destroy({ ...recording!, state: 'deleted' }, event)
      await personEraser.eraseCalls([recording!.callId])
      assert.deepEqual(await recordingStore.list({ companyId, limit: 10, text: 'kim', withDeleted: true }), [])
      const [first, second] = await recordingStore.chain(companyId, 0, 10)
      assert.equal(first?.party.number, '')
      assert.equal(recordingStore.linkOf(first!.chain!.previous, first!), first!.chain!.hash)
      assert.equal(second?.chain?.previous, first!.chain!.hash)
      assert.equal(second?.party.number, lea.number)
    })

    it('are found in mailboxes', async () => {
      const { personEraser } = store
      const { found } = await personEraser.voiceMessages(companyId, [kim.number], { limit: 10 })
      assert.deepEqual(ids(found), ['kim-voice'])
      assert.deepEqual(await personEraser.voiceMessages(stranger, [kim.number], { limit: 10 }), { found: [] })
    })

    it('go from queues, where the visit stays', async () => {
      const { personEraser, work } = store
      const keys = { numbers: [kim.number], addresses: [kim.address] }
      assert.deepEqual(await personEraser.visits(companyId, keys), { done: 2, open: 1 })
      assert.deepEqual(await personEraser.visits(stranger, keys), { done: 0, open: 0 })
      assert.equal(await personEraser.forgetVisits(companyId, keys, 50), 2)
      assert.deepEqual(await personEraser.visits(companyId, keys), { done: 0, open: 1 })
      const facts: string[] = []
      await work.facts(companyId, 0, Number.MAX_SAFE_INTEGER, (events) => {
        for (const { kind, data } of events)
          if (data.itemId === 'kim-visit-over')
            facts.push(`${kind} ${JSON.stringify(data).replaceAll('kim-visit', '')}`)
      })
      assert.equal(facts.length, 3)
      assert.doesNotMatch(facts.join(), /kim|\+4670/)
      assert.deepEqual(await work.remarks(companyId, [kim.number], 10), [])
      assert.equal((await work.remarks(companyId, [lea.number], 10)).length, 1)
      const rows = await work.rows({ companyId, limit: 10, customerKeys: [lea.number] })
      assert.deepEqual(
        rows.map(({ customerName }) => customerName),
        ['lea'],
      )
    })

    it('go from mails and chats that are over', async () => {
      const { personEraser, mailChannel, webChats } = store
      assert.deepEqual(await personEraser.mails(companyId, [kim.address]), { done: 1, open: 1 })
      assert.equal(await personEraser.eraseMails(companyId, [kim.address], 50), 1)
      assert.deepEqual(await personEraser.mails(companyId, [kim.address]), { done: 0, open: 1 })
      assert.ok(await mailChannel.conversation(companyId, 'lea-mail-closed'))
      const { found } = await personEraser.chats(companyId, [kim.address], { limit: 10 })
      assert.deepEqual(ids(found), ['kim-chat-open', 'kim-chat-over'])
      await personEraser.eraseChats(found.map(({ id }) => id))
      assert.equal(await webChats.find('kim-chat-over'), undefined)
      assert.ok(await webChats.find('kim-chat-open'), 'it goes on')
      assert.ok(await webChats.find('lea-chat-over'))
    })
  })
}

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import { type ConferenceRoom, usualRules } from '@vaxel/core'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What conference rooms promise, on any engine. */
export function testConferenceRooms(engine: StoreEngine): void {
  describe(`conference rooms (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let companyId: CompanyId
    let databaseUrl: string | undefined
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const event = () => ({ kind: 'conference.roomChanged', atMs: clock.now(), companyId, data: {} })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-rooms-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      companyId = [...store.directory.companies()][0]!.id
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('are kept with their PINs and owners over a restart, and changed in one piece', async () => {
      const owner = store.directory.userByAddress('demo.vaxel.test', '204')!
      const room: ConferenceRoom = {
        companyId,
        number: '410',
        ownerId: owner.id,
        rules: { ...usualRules, name: 'Board', pin: '2468', moderatorPin: '97531', moderatorIds: [owner.id] },
      }
      await store.conferenceRooms.put(room, event())
      await store.conferenceRooms.put({ ...room, number: '411', rules: { ...usualRules, name: 'Open' } }, event())
      await store.close()
      store = await open()
      assert.deepEqual(store.conferenceRooms.room(companyId, '410'), room)
      const { pin: _, ...rules } = room.rules
      await store.conferenceRooms.put({ ...room, rules }, event())
      await store.conferenceRooms.remove(companyId, '411', event())
      await store.close()
      store = await open()
      assert.equal(store.conferenceRooms.room(companyId, '410')?.rules.pin, undefined)
      assert.equal(store.conferenceRooms.room(companyId, '410')?.rules.moderatorPin, '97531')
      assert.deepEqual(
        store.conferenceRooms.roomsOf(companyId).map(({ number }) => number),
        ['410'],
      )
    })

    it('go with their owner', async () => {
      const owner = store.directory.userByAddress('demo.vaxel.test', '204')!
      const actor = { by: 'test' }
      const refused = await store.configuration.change(actor, (current) => [
        ...current
          .numbersOf(companyId)
          .filter(({ target }) => target.kind === 'user' && target.userId === owner.id)
          .map((before) => ({ kind: 'number' as const, before })),
        { kind: 'user', before: owner },
      ])
      assert.equal(refused, undefined)
      assert.equal(store.conferenceRooms.room(companyId, '410'), undefined)
      await store.close()
      store = await open()
      assert.deepEqual(store.conferenceRooms.roomsOf(companyId), [])
    })
  })
}

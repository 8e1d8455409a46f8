import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import { type ConferenceRoom, type PhoneNumber, usualRules } from '@vaxel/core'
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

    it('go with their number, however that goes, and do not come back with it', async () => {
      const actor = { by: 'test' }
      const conference = { kind: 'service', service: 'conference' } as const
      const change = async (before: PhoneNumber | undefined, after: PhoneNumber | undefined) => {
        const changes = [{ kind: 'number' as const, ...(before ? { before } : {}), ...(after ? { after } : {}) }]
        assert.equal(await store.configuration.change(actor, () => changes), undefined)
      }
      const rooms = async () => {
        const known = store.conferenceRooms.roomsOf(companyId).map(({ number }) => number)
        await store.close()
        store = await open()
        assert.deepEqual(
          store.conferenceRooms.roomsOf(companyId).map(({ number }) => number),
          known,
        )
        return known.filter((number) => number.startsWith('48'))
      }
      const room = (number: string) => ({ companyId, number, rules: { ...usualRules, name: 'Old', pin: '2468' } })
      const numbers = ['480', '481'].map((number): PhoneNumber => ({ companyId, number, target: conference }))
      // Left by a version that did not take it away with its number.
      await store.conferenceRooms.put(room('480'), event())
      await change(undefined, numbers[0])
      await change(undefined, numbers[1])
      assert.deepEqual(await rooms(), [])
      for (const number of ['480', '481']) await store.conferenceRooms.put(room(number), event())
      await change(numbers[0], numbers[0])
      assert.deepEqual(await rooms(), ['480', '481'])
      const echo: PhoneNumber = { companyId, number: '480', target: { kind: 'service', service: 'echo' } }
      await change(numbers[0], echo)
      assert.deepEqual(await rooms(), ['481'])
      await change(numbers[1], undefined)
      await change(echo, numbers[0])
      assert.deepEqual(await rooms(), [])
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

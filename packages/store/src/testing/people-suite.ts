import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { Company, Contact, User } from '@vaxel/core'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine, TestClock } from './store-engine.ts'

const companyId = 'company-1' as CompanyId
const otherId = 'company-2' as CompanyId
const anna = 'user-anna' as UserId
const bo = 'user-bo' as UserId

const companyOf = (id: CompanyId): Company => ({ id, name: id, country: 'SE', limits: {}, emergencyNumbers: ['112'] })
const userOf = (id: UserId): User => ({
  id,
  companyId,
  domain: 'people.example',
  name: id,
  displayName: id,
  language: 'sv',
  role: 'user',
  limits: {},
  ringSeconds: 25,
  title: 'Växeltelefonist',
  skills: ['Deutsch'],
})
const contactOf = (id: string, more: Partial<Contact> = {}): Contact => ({
  id,
  companyId,
  name: `Åke ${id}`,
  numbers: [{ number: '+46846500499', kind: 'work' }],
  changedAtMs: 5,
  ...more,
})

/** What the store promises of contacts, photos and favourites, on any engine. */
export function testPeople(engine: StoreEngine): void {
  describe(`contacts, photos and favourites (${engine.name})`, () => {
    let folder: string
    let databaseUrl: string | undefined
    let clock: TestClock
    let store: Store
    const open = async () => {
      store = await openStore({
        folder,
        clock,
        log: silentLogger,
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
      })
    }
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-people-'))
      databaseUrl = await engine.newDatabase()
      clock = engine.newClock()
      await open()
      await store.configuration.change({ by: 'test' }, () => [
        { kind: 'company', after: companyOf(companyId) },
        { kind: 'company', after: companyOf(otherId) },
        { kind: 'domain', after: { name: 'people.example', companyId } },
        { kind: 'user', after: userOf(anna) },
        { kind: 'user', after: userOf(bo) },
      ])
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })
    const all = async () => {
      const found: Contact[] = []
      await store.contacts.each((some) => found.push(...some))
      return found
    }

    it('keeps what it was given over a restart, with the event that tells of it', async () => {
      const shared = contactOf('c1', { organisation: 'Ö & Co', skills: ['a'], emails: ['a@b.example'], notes: 'n' })
      const own = contactOf('c2', { ownerId: anna })
      const event = { kind: 'directory.changed', atMs: 5, companyId, data: { what: 'made' } }
      assert.equal(await store.contacts.change({ put: [shared, own] }, [event]), undefined)
      await store.close()
      await open()
      assert.deepEqual(await all(), [shared, own])
      assert.deepEqual(await store.contacts.read(companyId, 'c1'), shared)
      assert.equal(await store.contacts.read(otherId, 'c1'), undefined)
      const events = await store.history.events({ companyId, after: 0, limit: 100 })
      assert.ok(events.some(({ kind }) => kind === 'directory.changed'))
      assert.equal(store.directory.user(anna)?.title, 'Växeltelefonist')
      assert.deepEqual(store.directory.user(anna)?.skills, ['Deutsch'])
    })

    it('lists and counts whose they are, page by page', async () => {
      await store.contacts.change({ put: [contactOf('c3'), contactOf('c4')] }, [])
      const first = await store.contacts.list({ companyId }, { limit: 2 })
      assert.deepEqual(
        first.map(({ id }) => id),
        ['c1', 'c3'],
      )
      const second = await store.contacts.list({ companyId }, { after: 'c3', limit: 2 })
      assert.deepEqual(
        second.map(({ id }) => id),
        ['c4'],
      )
      assert.equal(await store.contacts.count({ companyId }), 3)
      assert.equal(await store.contacts.count({ companyId, ownerId: anna }), 1)
      assert.equal(await store.contacts.count({ companyId, ownerId: bo }), 0)
      assert.equal(await store.contacts.count({ companyId: otherId }), 0)
    })

    it('changes and removes only what is the own company’s, all or nothing', async () => {
      const changed = contactOf('c3', { name: 'New', changedAtMs: 6 })
      await store.contacts.change({ put: [changed], remove: [contactOf('c4')] }, [])
      assert.deepEqual(await store.contacts.read(companyId, 'c3'), changed)
      assert.equal(await store.contacts.read(companyId, 'c4'), undefined)
      await store.contacts.change({ remove: [contactOf('c3', { companyId: otherId })] }, [])
      assert.deepEqual(await store.contacts.read(companyId, 'c3'), changed)
      const orphan = contactOf('c9', { ownerId: 'nobody' as UserId })
      await assert.rejects(store.contacts.change({ put: [contactOf('c8'), orphan] }, []), /foreign key/i)
      assert.equal(await store.contacts.read(companyId, 'c8'), undefined)
    })

    it('keeps photos to the byte', async () => {
      const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256)
      const of = { companyId, cardId: anna, isUser: true }
      await store.photos.put(of, { mediaType: 'image/png', tag: 'one', bytes: bytes.subarray(1) })
      await store.photos.put(of, { mediaType: 'image/jpeg', tag: 'two', bytes })
      await store.photos.put({ companyId, cardId: 'c1', isUser: false }, { mediaType: 'image/gif', tag: 'c', bytes })
      await store.close()
      await open()
      assert.equal(store.photos.tagOf(anna), 'two')
      assert.equal(store.photos.bytesOf(companyId), 600)
      assert.equal(store.photos.bytesOf(otherId), 0)
      const photo = await store.photos.read(companyId, anna)
      assert.deepEqual(
        { ...photo, bytes: [...photo!.bytes] },
        { mediaType: 'image/jpeg', tag: 'two', bytes: [...bytes] },
      )
      assert.equal(await store.photos.read(otherId, anna), undefined)
      await store.photos.put({ companyId, cardId: 'c1', isUser: false }, undefined)
      assert.equal(store.photos.tagOf('c1'), undefined)
      assert.equal(store.photos.bytesOf(companyId), 300)
      assert.equal(await store.photos.read(companyId, 'c1'), undefined)
    })

    it('keeps favourites as they were ordered, and nothing of a user who is gone', async () => {
      assert.deepEqual(await store.favourites.read(anna), { cardIds: [], groups: [] })
      const value = { cardIds: ['c3', 'c1'], groups: [{ id: 'g', name: 'Ö', cardIds: ['c1'] }] }
      await store.favourites.write({ id: anna, companyId }, { cardIds: [], groups: [] })
      await store.favourites.write({ id: anna, companyId }, value)
      assert.deepEqual(await store.favourites.read(anna), value)
      await store.configuration.change({ by: 'test' }, (current) => [{ kind: 'user', before: current.user(anna)! }])
      assert.deepEqual(await store.favourites.read(anna), { cardIds: [], groups: [] })
      assert.equal(await store.contacts.count({ companyId, ownerId: anna }), 0)
      await store.close()
      await open()
      assert.equal(store.photos.tagOf(anna), undefined)
    })
  })
}

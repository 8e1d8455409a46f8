import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { Mailbox, MailboxId, VoiceMessage, VoiceMessageId } from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What mailboxes promise, on any engine. */
export function testVoicemailStore(engine: StoreEngine): void {
  describe(`mailboxes (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let databaseUrl: string | undefined
    let anna: { id: UserId; companyId: CompanyId }
    let box: Mailbox
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const message = (id: string, more: Partial<VoiceMessage> = {}): VoiceMessage => ({
      id: id as VoiceMessageId,
      boxId: box.id,
      companyId: box.companyId,
      state: 'new',
      atMs: clock.now(),
      from: { number: '+46701740605', name: 'Zoé' },
      file: `voicemail/${box.companyId}/${id}`,
      durationMs: 4000,
      sizeBytes: 64_000,
      ...more,
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-voicemail-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      anna = store.directory.userByAddress(demoDomain, '201')!
      const { id, companyId } = anna
      box = { id: id as string as MailboxId, companyId, userId: id, settings: { mail: 'link' }, greetings: [] }
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('count what is in them at once, and after a restart', async () => {
      const { voicemail } = store
      await voicemail.putMailbox(box)
      await voicemail.put(message('a'))
      await voicemail.put(message('b', { state: 'saved' }))
      await voicemail.put(message('c', { state: 'recording', durationMs: 0 }))
      await voicemail.put(message('d', { state: 'deleted', was: 'new', deletedAtMs: clock.now() }))
      const counts = { newMessages: 1, savedMessages: 1, usedMs: 8000 }
      assert.deepEqual(voicemail.counts(box.id), counts)
      await store.close()
      store = await open()
      assert.deepEqual(store.voicemail.counts(box.id), counts)
      assert.deepEqual(store.voicemail.mailbox(box.id), box)
      await store.voicemail.put(message('a', { state: 'saved' }))
      assert.deepEqual(store.voicemail.counts(box.id), { newMessages: 0, savedMessages: 2, usedMs: 8000 })
    })

    it('list messages latest first, page by page, as they were written', async () => {
      const { voicemail } = store
      const first = await voicemail.list({ boxId: box.id, states: ['new', 'saved'], limit: 1 })
      assert.deepEqual(
        first.map(({ id }) => id),
        ['b'],
      )
      const next = await voicemail.list({
        boxId: box.id,
        states: ['new', 'saved'],
        before: 'b' as VoiceMessageId,
        limit: 9,
      })
      assert.deepEqual(next, [message('a', { state: 'saved', atMs: next[0]!.atMs })])
      assert.equal(await voicemail.find('other' as MailboxId, 'a' as VoiceMessageId), undefined)
    })

    it('find what was begun, what is old, and which files are known', async () => {
      const { voicemail } = store
      assert.deepEqual(
        (await voicemail.unfinished()).map(({ id }) => id),
        ['c'],
      )
      const spokenComment = { file: 'voicemail/x/comment', durationMs: 1, sizeBytes: 1 }
      await voicemail.put(message('e', { atMs: 5, state: 'saved', spokenComment }))
      const older = (state: 'saved' | 'deleted', beforeMs: number) =>
        voicemail.older({ state, beforeMs, limit: 9 }).then((some) => some.map(({ id }) => id as string))
      assert.deepEqual(await older('saved', 1000), ['e'])
      assert.deepEqual(await older('deleted', clock.now()), [])
      assert.deepEqual(await older('deleted', clock.now() + 1), ['d'])
      const known = await voicemail.knownFiles(['voicemail/x/comment', message('a').file, 'voicemail/x/lost'])
      assert.deepEqual([...known].toSorted(), [message('a').file, spokenComment.file, message('e').file].toSorted())
      await voicemail.remove(message('e'))
      assert.equal(await voicemail.find(box.id, 'e' as VoiceMessageId), undefined)
    })

    it('go with their person', async () => {
      const user = store.directory.userByAddress(demoDomain, '219')!
      const id = user.id as string as MailboxId
      await store.voicemail.putMailbox({ id, companyId: user.companyId, userId: user.id, settings: {}, greetings: [] })
      await store.voicemail.put(message('z', { boxId: id }))
      const numbers = [...store.directory.numbersOf(user.companyId)].filter(
        ({ target }) => target.kind === 'user' && target.userId === user.id,
      )
      const refused = await store.configuration.change({ by: 'test' }, () => [
        ...numbers.map((before) => ({ kind: 'number' as const, before })),
        ...store.directory.devicesOf(user.id).map((before) => ({ kind: 'device' as const, before })),
        { kind: 'user' as const, before: user },
      ])
      assert.equal(refused, undefined)
      assert.equal(store.voicemail.mailbox(id), undefined)
      assert.equal(store.voicemail.counts(id).newMessages, 0)
      assert.equal(await store.voicemail.find(id, 'z' as VoiceMessageId), undefined)
    })
  })
}

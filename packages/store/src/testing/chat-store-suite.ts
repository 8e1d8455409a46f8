import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, type DeviceId, silentLogger, type UserId } from '@vaxel/base'
import type { ChatFile, ChatFileId, ChatMessage, Conversation, ConversationId } from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What chat keeps, on any engine. */
export function testChatStore(engine: StoreEngine): void {
  describe(`chat (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let databaseUrl: string | undefined
    let [anna, bo]: { id: UserId; companyId: CompanyId }[] = []
    let conversation: Conversation
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const reopen = async () => {
      await store.close()
      store = await open()
    }
    const message = (number: number, text: string): ChatMessage => ({
      conversationId: conversation.id,
      number,
      revision: number,
      companyId: conversation.companyId,
      senderId: anna!.id,
      clientId: `client-${number}`,
      kind: 'text',
      atMs: clock.now() + number,
      text,
      folded: text.toLowerCase(),
      more: { mentions: [bo!.id] },
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-chat-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      anna = store.directory.userByAddress(demoDomain, '201')!
      bo = store.directory.userByAddress(demoDomain, '202')!
      const member = (userId: UserId) => ({ userId, isAdmin: false, fromNumber: 0, readNumber: 0 })
      conversation = {
        id: 'conversation0001' as ConversationId,
        companyId: anna.companyId,
        pairKey: `${anna.id} ${bo.id}`,
        createdBy: anna.id,
        createdAtMs: clock.now(),
        lastNumber: 0,
        revision: 0,
        lastAtMs: clock.now(),
        members: [member(anna.id), member(bo.id)],
      }
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('keeps a conversation, its members and its messages over a restart', async () => {
      await store.chat.write({ conversation })
      const next = { ...conversation, lastNumber: 2, revision: 2, lastAtMs: clock.now() + 2 }
      await store.chat.write({ conversation: next, added: [message(1, 'Hej'), message(2, '100% klart')] })
      await store.chat.setRead(conversation.id, bo!.id, 2)
      await reopen()
      const found = store.chat.pair(conversation.pairKey!)!
      assert.deepEqual({ ...found, members: [] }, { ...next, members: [] })
      assert.equal(found.members.find(({ userId }) => userId === bo!.id)!.readNumber, 2)
      assert.deepEqual([...store.chat.conversationsOf(bo!.id)], [found])
      const { folded: _, ...first } = message(1, 'Hej')
      assert.deepEqual(await store.chat.message(conversation.id, 1), first)
      assert.equal((await store.chat.lastMessages([found])).get(found.id)?.text, '100% klart')
    })

    it('gives messages by number, backwards and by what changed', async () => {
      const of = (filter: object) => store.chat.messages(conversation.id, { fromNumber: 0, limit: 10, ...filter })
      const numbers = async (filter: object) => (await of(filter)).map(({ number }) => number)
      assert.deepEqual(await numbers({}), [1, 2])
      assert.deepEqual(await numbers({ before: 2 }), [1])
      assert.deepEqual(await numbers({ after: 1 }), [2])
      assert.deepEqual(await numbers({ fromNumber: 1 }), [2])
      const known = store.chat.conversation(conversation.id)!
      await store.chat.write({
        conversation: { ...known, revision: 3 },
        changed: [{ ...message(1, 'Hej då'), revision: 3, editedAtMs: 7 }],
      })
      assert.deepEqual(await numbers({ changedAfter: 2 }), [1])
      assert.equal((await of({}))[0]!.text, 'Hej då')
    })

    it('refuses the same message twice, whole, and keeps what was', async () => {
      const known = store.chat.conversation(conversation.id)!
      const again = { ...message(3, 'Hej'), clientId: 'client-1' }
      await assert.rejects(store.chat.write({ conversation: { ...known, lastNumber: 3 }, added: [again] }))
      assert.equal(store.chat.conversation(conversation.id)!.lastNumber, 2)
      assert.equal((await store.chat.messageByClientId(conversation.id, anna!.id, 'client-1'))?.number, 1)
    })

    it('finds texts by parts of words, for members only', async () => {
      const texts = async (userId: UserId, ...words: string[]) =>
        (await store.chat.search({ userId, words, limit: 10 })).map(({ text }) => text)
      assert.deepEqual(await texts(bo!.id, 'ej', 'd'), ['Hej då'])
      assert.deepEqual(await texts(bo!.id, '0%'), ['100% klart'])
      assert.deepEqual(await texts(bo!.id, '_'), [])
      const other = store.directory.userByAddress(demoDomain, '203')!
      assert.deepEqual(await texts(other.id, 'hej'), [])
    })

    it('keeps what a phone was not given, until it was', async () => {
      const deviceId = store.directory.devicesOf(bo!.id)[0]!.id
      const known = store.chat.conversation(conversation.id)!
      const delivery = (number: number) => ({
        deviceId,
        companyId: known.companyId,
        conversationId: known.id,
        number,
        atMs: number,
      })
      await store.chat.write({ deliveries: [delivery(1), delivery(2), delivery(1)] })
      await reopen()
      assert.deepEqual(await store.chat.deliveriesOf(deviceId, 10), [delivery(1), delivery(2)])
      await store.chat.removeDeliveries([delivery(1)])
      await store.chat.removeDeliveriesBefore(3)
      assert.deepEqual(await store.chat.deliveriesOf(deviceId, 10), [])
      assert.deepEqual(await store.chat.deliveriesOf('another' as DeviceId, 10), [])
    })

    it('keeps files sealed, gives any part of them, and sees what was changed', async () => {
      const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251))
      const file: ChatFile = {
        id: 'file0000000001' as ChatFileId,
        companyId: anna!.companyId,
        conversationId: conversation.id,
        uploaderId: anna!.id,
        sizeBytes: bytes.length,
        atMs: clock.now(),
        more: { name: 'plan.pdf', mediaType: 'application/pdf', scan: 'none' },
      }
      const upload = await store.chatFiles.begin(file.id)
      await upload.append(bytes.subarray(0, 65_536 * 2))
      assert.equal(await store.chatFiles.sweep(), 0, 'an upload that goes on is not swept')
      await upload.append(bytes.subarray(65_536 * 2))
      await upload.finish(file)
      await reopen()
      assert.equal(store.chat.usedBytes(anna!.companyId), bytes.length)
      const part = async (start: number, end: number) => await whole(store.chatFiles.read(file, start, end))
      assert.deepEqual(await part(0, bytes.length), bytes)
      assert.deepEqual(await part(65_530, 131_080), bytes.subarray(65_530, 131_080))
      assert.deepEqual(await part(199_999, 200_000), bytes.subarray(199_999))
      const path = join(folder, 'chat-files', file.id)
      const sealed = await readFile(path)
      assert.ok(!sealed.includes(bytes.subarray(0, 64)))
      sealed[70_000]! ^= 1
      await writeFile(path, sealed)
      await assert.rejects(part(0, bytes.length))
      assert.deepEqual(await part(0, 100), bytes.subarray(0, 100))
      await store.chat.write({ removedFiles: [file] })
      assert.equal(store.chat.usedBytes(anna!.companyId), 0)
      assert.equal(await store.chatFiles.sweep(), 1)
      assert.deepEqual(await readdir(join(folder, 'chat-files')), [])
    })

    it('forgets who is removed, and keeps what they said for the others', async () => {
      const gone = store.directory.user(bo!.id)!
      await store.configuration.change({ by: 'test' }, () => [{ kind: 'user', before: gone }])
      assert.deepEqual([...store.chat.conversationsOf(bo!.id)], [])
      const left = store.chat.conversation(conversation.id)!
      assert.deepEqual(
        left.members.map(({ userId }) => userId),
        [anna!.id],
      )
      assert.equal((await store.chat.messages(left.id, { fromNumber: 0, limit: 10 })).length, 2)
    })
  })
}

async function whole(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

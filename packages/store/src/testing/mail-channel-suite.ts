import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type {
  ChannelMail,
  ChannelMailId,
  KeptMail,
  MailAccount,
  MailAccountId,
  MailConversation,
  MailConversationId,
  MailFile,
} from '@vaxel/core'
import { demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

/** What the store of the mail channel promises, on any engine. */
export function testMailChannelStore(engine: StoreEngine): void {
  describe(`mails of customers (${engine.name})`, () => {
    const clock = engine.newClock()
    let folder: string
    let store: Store
    let userId: UserId
    let companyId: CompanyId
    let body: MailFile
    let databaseUrl: string | undefined
    const accountId = 'a1' as MailAccountId
    const open = () => openStore({ folder, clock, log: silentLogger, ...(databaseUrl ? { databaseUrl } : {}) })
    const account = (): MailAccount => ({
      id: accountId,
      companyId,
      name: 'Support',
      address: 'support@shop.test',
      aliases: [],
      isOn: true,
      reading: {
        protocol: 'imap',
        server: { host: 'imap.test', port: 993, security: 'tls' },
        login: 'support',
        folder: 'INBOX',
        after: 'read',
        first: 'all',
        pollSeconds: 60,
        mostBytes: 1_000_000,
      },
      login: { kind: 'password' },
      members: [],
      createdAtMs: 1,
    })
    const conversation = (id: string, more: Partial<MailConversation> = {}): MailConversation => ({
      id: id as MailConversationId,
      companyId,
      accountId,
      state: 'open',
      subject: 'Invoice',
      customer: { address: 'Anna@Customer.test' },
      startedAtMs: 10,
      lastAtMs: 10,
      token: `token-${id}`,
      revision: 1,
      mails: 1,
      hasBounced: false,
      ...more,
    })
    const mail = (id: string, conversationId: string, more: Partial<ChannelMail> = {}): ChannelMail => ({
      id: id as ChannelMailId,
      companyId,
      accountId,
      conversationId: conversationId as MailConversationId,
      kind: 'in',
      atMs: 10,
      messageId: `<${id}@customer.test>`,
      replyTo: [],
      to: [],
      cc: [],
      subject: 'Invoice',
      preview: '',
      nature: 'person',
      references: [],
      reports: [],
      body,
      parts: [],
      hasRemoteImages: false,
      isRead: true,
      isCut: false,
      repeats: 0,
      ...more,
    })
    const receipt = (key: string, more: object = {}) => ({
      accountId,
      key,
      fingerprint: `print-${key}`,
      isSettled: false,
      atMs: 10,
      ...more,
    })
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-mails-'))
      databaseUrl = await engine.newDatabase()
      store = await open()
      await loadDemoCompany(store)
      const user = store.directory.userByAddress(demoDomain, '201')!
      userId = user.id
      companyId = user.companyId
      body = await store.mailFiles.write(companyId, Buffer.from('{"text":"words"}'))
    })
    after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('keep mailboxes over a restart, their secrets sealed', async () => {
      await store.mailChannel.putAccount(account(), { password: 'secret' })
      await store.close()
      store = await open()
      assert.deepEqual(store.mailChannel.account(companyId, accountId), account())
      assert.deepEqual(store.mailChannel.secrets(accountId), { password: 'secret' })
      assert.equal(store.mailChannel.account('another' as CompanyId, accountId), undefined)
    })

    it('keep secrets for other servers apart, sealed, of their own company alone, until they are forgotten', async () => {
      const kept = { companyId, id: 'drafted', place: 'imap.test', secrets: { password: 'other' } }
      await store.mailChannel.keepSecrets({ ...kept, secrets: { password: 'first' } })
      await store.mailChannel.keepSecrets(kept)
      await store.mailChannel.keepSecrets({ ...kept, place: 'elsewhere.test' })
      await store.close()
      store = await open()
      const { mailChannel } = store
      assert.deepEqual(mailChannel.keptSecrets(companyId, 'drafted', 'imap.test'), { password: 'other' })
      assert.equal(mailChannel.keptSecrets(companyId, 'drafted', 'nowhere.test'), undefined)
      assert.equal(mailChannel.keptSecrets('another' as CompanyId, 'drafted', 'imap.test'), undefined)
      assert.deepEqual(mailChannel.keptFor(companyId), ['drafted'])
      await mailChannel.forgetSecrets(companyId, 'drafted')
      assert.deepEqual(mailChannel.keptFor(companyId), [])
    })

    it('take a mail with its conversation and its receipt once, or nothing of it', async () => {
      const received = { mail: mail('m1', 'c1'), conversation: conversation('c1'), receipt: receipt('1.1'), events: [] }
      assert.equal(await store.mailChannel.receive(received), true)
      const again = { ...received, mail: mail('m2', 'c2'), conversation: conversation('c2') }
      assert.equal(await store.mailChannel.receive(again), false)
      assert.equal(await store.mailChannel.conversation(companyId, 'c2'), undefined)
      assert.equal(await store.mailChannel.mail(companyId, 'm2'), undefined)
      assert.deepEqual(await store.mailChannel.mail(companyId, 'm1'), mail('m1', 'c1'))
      assert.deepEqual([...(await store.mailChannel.receipts(accountId, ['1.1', '1.2']))], ['1.1'])
      assert.equal((await store.mailChannel.repeated(accountId, 'print-1.1'))?.id, 'm1')
      assert.deepEqual(await store.mailChannel.unsettled(accountId, 10), ['1.1'])
      await store.mailChannel.settled(accountId, ['1.1'])
      assert.deepEqual(await store.mailChannel.unsettled(accountId, 10), [])
    })

    it('let one of two write a revision, and the other nothing', async () => {
      const second = conversation('c1', { revision: 2, state: 'answered' })
      const outgoing: KeptMail = {
        id: 'o1',
        companyId,
        to: 'anna@customer.test',
        subject: 'Re: Invoice',
        text: '',
        via: 'mail-channel m3',
        messageId: '<m3@test>',
        state: 'waiting',
        tries: 0,
        createdAtMs: 20,
        atMs: 20,
      }
      const answer = mail('m3', 'c1', { kind: 'out', delivery: 'waiting', outboxId: 'o1' })
      const written = await Promise.all([
        store.mailChannel.put({ conversation: second, mail: answer, outgoing, events: [] }),
        store.mailChannel.put({ conversation: second, mail: mail('m4', 'c1', { kind: 'out' }), events: [] }),
      ])
      assert.deepEqual(written, [true, false])
      assert.equal(await store.mailChannel.mail(companyId, 'm4'), undefined)
      assert.deepEqual(
        (await store.mailChannel.underway()).map(({ id }) => id),
        ['m3'],
      )
      const all = await store.mails.due(100, 10)
      assert.deepEqual([all.length, (await store.mails.due(100, 10, 'own')).length], [1, 0])
      assert.deepEqual(await store.mails.due(100, 10, 'via'), [outgoing])
      assert.equal(await store.mails.nextDueMs('via'), 20)
      assert.equal(await store.mails.nextDueMs('own'), undefined)
    })

    it('find conversations by token, by the nearest known Message-ID, by customer and in pages', async () => {
      const more = { mail: mail('m5', 'c3'), conversation: conversation('c3', { lastAtMs: 30 }) }
      await store.mailChannel.receive({ ...more, receipt: receipt('1.3'), events: [] })
      assert.equal((await store.mailChannel.byToken(accountId, 'token-c3'))?.id, 'c3')
      assert.equal(await store.mailChannel.byToken('other' as MailAccountId, 'token-c3'), undefined)
      const ids = ['<unknown@x>', '<m1@customer.test>', '<m5@customer.test>', '<other@x>']
      assert.equal((await store.mailChannel.byMessageIds(accountId, ids))?.id, 'c3')
      assert.equal((await store.mailChannel.byMessageIds(accountId, ids.slice(0, 2)))?.id, 'c1')
      const filter = { companyId, accountIds: [accountId], customer: 'anna@customer.TEST', limit: 1 }
      const [latest] = await store.mailChannel.conversations(filter)
      assert.equal(latest?.id, 'c3')
      const [next] = await store.mailChannel.conversations({ ...filter, before: `${latest!.lastAtMs}.${latest!.id}` })
      assert.equal(next?.id, 'c1')
      assert.deepEqual(
        (await store.mailChannel.open(10)).map(({ id }) => id),
        ['c3'],
      )
    })

    it('keep drafts and their files, and sweep what nobody knows', async () => {
      const file = await store.mailFiles.write(companyId, Buffer.from('attached'))
      const part = { ...file, name: 'a.txt', mediaType: 'text/plain', isInline: false }
      const draft = { conversationId: 'c1' as MailConversationId, userId, text: 'Dear', files: [part], atMs: 40 }
      await store.mailChannel.putDraft(draft, companyId)
      assert.deepEqual(await store.mailChannel.draft(draft.conversationId, userId), draft)
      const lost = await store.mailFiles.write(companyId, Buffer.from('lost'))
      assert.equal(await store.mailFiles.sweep(Date.now() + 60_000), 1)
      const chunks: Uint8Array[] = []
      for await (const chunk of store.mailFiles.read(companyId, file, 2, 5)) chunks.push(chunk)
      assert.equal(Buffer.concat(chunks).toString(), 'tac')
      await assert.rejects(async () => {
        for await (const _ of store.mailFiles.read(companyId, lost, 0, 4)) assert.fail()
      })
      await store.mailChannel.forgetFiles(50)
      assert.equal(await store.mailFiles.sweep(Date.now() + 60_000), 1)
      await store.mailChannel.removeDraft(draft.conversationId, userId)
      assert.equal(await store.mailChannel.draft(draft.conversationId, userId), undefined)
    })

    it('count automatic answers', async () => {
      const auto = { mail: mail('m6', 'c1', { kind: 'out', atMs: 70 }), autoTo: 'anna@customer.test', events: [] }
      await store.mailChannel.put(auto)
      assert.equal(await store.mailChannel.autoRepliedAtMs(accountId, 'anna@customer.test'), 70)
      assert.equal(await store.mailChannel.autoRepliedAtMs(accountId, 'bo@customer.test'), undefined)
      assert.deepEqual(
        [await store.mailChannel.autoReplies(accountId, 60), await store.mailChannel.autoReplies(accountId, 80)],
        [1, 0],
      )
    })

    it('are gone with their mailbox, and their files with the next sweep', async () => {
      const event = { kind: 'mailChannel.accountRemoved', atMs: 1, companyId, data: {} }
      await store.mailChannel.removeAccount(account(), event)
      assert.equal(await store.mailChannel.conversation(companyId, 'c1'), undefined)
      assert.equal(await store.mailChannel.mail(companyId, 'm1'), undefined)
      await store.mailFiles.sweep(Date.now() + 60_000)
      assert.deepEqual(await readdir(join(folder, 'mail', companyId)), [])
    })

    it('erase what is done and old with its files, and neither what is open nor an answer on its way', async () => {
      const erase = (beforeMs: number, limit = 50) => store.erasers.mails.eraseBefore(companyId, { beforeMs, limit })
      await store.mailChannel.putAccount(account(), {})
      const receive = async (id: string, more: Partial<MailConversation>, ofMail: Partial<ChannelMail> = {}) => {
        const file = await store.mailFiles.write(companyId, Buffer.from('{"text":"old"}'))
        const received = {
          mail: mail(`m-${id}`, id, { body: file, ...ofMail }),
          conversation: conversation(id, more),
          receipt: receipt(`9.${id}`),
          events: [],
        }
        assert.equal(await store.mailChannel.receive(received), true)
        return file
      }
      const at = { startedAtMs: 2000, lastAtMs: 2000 }
      const file = await receive('old', { ...at, state: 'closed' })
      await receive('answered', { ...at, state: 'answered' })
      await receive('open', { ...at, state: 'open' })
      await receive('sending', { ...at, state: 'answered' }, { kind: 'out', delivery: 'sending' })
      await receive('young', { startedAtMs: 2000, lastAtMs: 9000, state: 'spam' })
      assert.deepEqual(await store.erasers.mails.eraseBefore('another' as CompanyId, { beforeMs: 5000, limit: 5 }), {
        erased: 0,
      })
      assert.deepEqual(await erase(5000, 1), { erased: 1, after: 'mails' })
      assert.deepEqual(await erase(5000), { erased: 1 })
      const left = await Promise.all(
        ['old', 'answered', 'open', 'sending', 'young'].map(async (id) =>
          (await store.mailChannel.conversation(companyId, id)) === undefined ? [] : [id],
        ),
      )
      assert.deepEqual(left.flat(), ['open', 'sending', 'young'])
      assert.equal(await store.mailChannel.mail(companyId, 'm-old'), undefined)
      assert.deepEqual([...(await store.mailChannel.knownFiles([file.file]))], [])
      // It lies at the server still, perhaps under another number: it is not new.
      assert.equal((await store.mailChannel.receipts(accountId, ['9.old'])).size, 1)
      assert.equal(await store.mailChannel.repeated(accountId, 'print-9.old'), undefined)
      assert.equal(await store.mailChannel.wasErased(accountId, 'print-9.old'), true)
      assert.equal(await store.mailChannel.wasErased(accountId, 'print-9.open'), false)
    })
  })
}

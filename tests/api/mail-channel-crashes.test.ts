import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, isRefusal, silentLogger, systemClock, systemRandom } from '@vaxel/base'
import { MailReaderThread } from '@vaxel/connect'
import { answerMail, type Principal } from '@vaxel/contract'
import type { MailAccount, MailAccountId, WorkDesk } from '@vaxel/core'
import { createMail } from '@vaxel/features/mail'
import { createMailChannel } from '@vaxel/features/mail-channel'
import { loadDemoCompany, openStore, type Store } from '@vaxel/store'
import { VirtualClock } from '../../packages/testkit/src/virtual-clock.ts'
import { FakeMailServers } from './fake-mailbox.ts'

const subjects = ['First', 'Second', 'Third']

/** What asks nobody: nothing can happen between. */
const inMemory = new Set([
  ...[
    'account',
    'accounts',
    'accountsOf',
    'secrets',
    'keptSecrets',
    'keptFor',
    'provide',
    'centre',
    'queue',
    'isOpen',
    'item',
    'agentOf',
    'read',
  ],
])

/** Kills a process in thought: from the chosen step on nothing of it does anything any more. */
class Killer {
  readonly #at: number
  #steps = 0

  constructor(at: number) {
    this.#at = at
  }

  get isDead(): boolean {
    return this.#steps >= this.#at
  }

  readonly step = (): void => {
    if (++this.#steps >= this.#at) throw new Error('killed')
  }

  /** The same thing; each of its methods can be what the process dies before or after. */
  around<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function' || inMemory.has(String(name)))
          return typeof value === 'function' ? value.bind(target) : value
        return (...given: unknown[]) => {
          this.step()
          const result: unknown = Reflect.apply(value, target, given)
          if (!(result instanceof Promise)) return result
          return result.then((kept) => {
            this.step()
            return kept
          })
        }
      },
    })
  }
}

/** A queue that keeps what it has, as the dispatcher does over a restart. */
function fakeDesk(items: Map<string, number>): WorkDesk {
  const queue = { id: 'q', channels: ['mail'] }
  const desk = {
    provide: () => {},
    centre: () => ({ agents: [], templates: [] }),
    queue: () => queue,
    isOpen: () => true,
    item: () => undefined,
    agentOf: () => undefined,
    closeItem: async () => {},
    finished: async () => {},
    add: async ({ reference = '' }: { reference?: string }) => {
      // One reference is in a queue once.
      items.set(reference, 1)
      return { id: `item-${reference}` }
    },
  }
  return desk as unknown as WorkDesk
}

describe('a server that is killed between any two steps', () => {
  let folder: string
  let store: Store
  let companyId: CompanyId
  let principal: Principal
  const clock = new VirtualClock()
  const reader = new MailReaderThread({ clock: systemClock })
  let runs = 0

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-crash-'))
    store = await openStore({ folder, clock, log: silentLogger })
    await loadDemoCompany(store)
    const user = store.directory.userByAddress('demo.vaxel.test', '201')!
    companyId = user.companyId
    principal = { sessionId: 's', userId: user.id, companyId, role: 'administrator', isOperator: false }
  })
  after(async () => {
    await reader.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function freshAccount(after: MailAccount['reading']['after']): Promise<MailAccount> {
    for (const old of store.mailChannel.accounts())
      await store.mailChannel.removeAccount(old, { kind: 'mailChannel.accountRemoved', atMs: 0, companyId, data: {} })
    await rm(join(folder, 'mail'), { recursive: true, force: true })
    const login = `run-${++runs}`
    const server = { host: 'imap.test', port: 993, security: 'tls' as const }
    const account: MailAccount = {
      id: login as MailAccountId,
      companyId,
      name: login,
      address: `${login}@shop.test`,
      aliases: [],
      isOn: true,
      reading: {
        protocol: 'imap',
        server,
        login,
        folder: 'INBOX',
        after,
        first: 'all',
        pollSeconds: 60,
        mostBytes: 1e6,
      },
      sending: { server, login },
      login: { kind: 'password' },
      queueId: 'q',
      members: [],
      createdAtMs: 0,
    }
    await store.mailChannel.putAccount(account, { password: 'x' })
    return account
  }

  /** The feature as a process has it. */
  function processOf(servers: FakeMailServers, killer: Killer | undefined, items: Map<string, number>) {
    const guard = <T extends object>(thing: T): T => (killer ? killer.around(thing) : thing)
    const log = silentLogger
    servers.onStep = killer ? killer.step : () => {}
    const mail = createMail({ mails: guard(store.mails), host: 'test', clock, log })
    const channel = createMailChannel({
      store: guard(store.mailChannel),
      // Mailboxes are in the store already; nobody publishes anything.
      centres: { published: () => undefined, all: () => [], draft: () => undefined },
      editor: { change: async () => undefined },
      feed: store.feed,
      files: guard(store.mailFiles),
      mails: store.mails,
      outbox: { wake: () => mail.mailer.wake(), retry: mail.retry, remove: mail.remove },
      door: servers,
      reader,
      http: { ask: async () => ({ kind: 'failed', reason: 'none' }) },
      directory: store.directory,
      notices: { publish: () => {} },
      desk: guard(fakeDesk(items)),
      host: 'test',
      clock,
      random: systemRandom,
      log,
    })
    mail.mailer.onChange((...changed) => channel.follow(...changed))
    const start = async () => {
      await mail.start()
      await channel.start()
      mail.sendVia({ send: ({ companyId: of, via = '', messageId }) => channel.send(of, via, messageId) })
    }
    return { channel, mail, start }
  }

  async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 4000; tries++) {
      if (await isSo()) return
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    throw new Error(`${what}: never`)
  }

  /** @returns whether the process was killed before it was done */
  async function receive(at: number, after: 'read' | 'delete'): Promise<boolean> {
    const account = await freshAccount(after)
    const servers = new FakeMailServers()
    const { login } = account.reading
    for (const subject of subjects)
      servers.deliver(
        login,
        `From: a@x.test\r\nMessage-ID: <${subject}@x.test>\r\nSubject: ${subject}\r\n\r\nHello\r\n`,
      )
    const isDone = () =>
      after === 'delete' ? servers.box(login).length === 0 : servers.box(login).every(({ isSeen }) => isSeen)
    const items = new Map<string, number>()
    const killer = new Killer(at)
    const first = processOf(servers, killer, items)
    await first.start().catch(() => {})
    await until('the first process', () => killer.isDead || isDone())
    const wasKilled = killer.isDead
    await first.channel.close().catch(() => {})
    const second = processOf(servers, undefined, items)
    await second.start()
    await until(
      `all is settled, killed at ${at}`,
      async () => isDone() && (await store.mailChannel.unsettled(account.id, 10)).length === 0,
    )
    await second.channel.close()
    const kept = await store.mailChannel.conversations({ companyId, accountIds: [account.id], limit: 100 })
    assert.deepEqual(kept.map(({ subject }) => subject).sort(), [...subjects].sort(), `killed at step ${at}`)
    for (const { id, mails } of kept) {
      assert.equal((await store.mailChannel.mails({ conversationId: id, limit: 10 })).length, 1)
      assert.equal(mails, 1)
      assert.equal(items.get(id), 1, `the work of a mail is lost, killed at step ${at}`)
    }
    return wasKilled
  }

  for (const what of ['read', 'delete'] as const)
    it(`has every mail once, and its work, whether mails are then marked or deleted: ${what}`, async () => {
      let at = 1
      while (await receive(at, what)) at++
      assert.ok(at > 40, `${at} steps were looked at`)
    })

  /** @returns whether the process was killed before the answer was sent */
  async function answer(at: number): Promise<boolean> {
    const account = await freshAccount('read')
    const servers = new FakeMailServers()
    servers.deliver(
      account.reading.login,
      'From: a@x.test\r\nMessage-ID: <1@x.test>\r\nSubject: Question\r\n\r\nHello\r\n',
    )
    const items = new Map<string, number>()
    const before = processOf(servers, undefined, items)
    await before.start()
    const found = async () =>
      (await store.mailChannel.conversations({ companyId, accountIds: [account.id], limit: 9 }))[0]
    await until('the question', async () => (await found()) !== undefined)
    await before.channel.close()
    const killer = new Killer(at)
    const first = processOf(servers, killer, items)
    await first.start().catch(() => {})
    const { id } = (await found())!
    const handler = first.channel.handlers.find(({ operation }) => operation.id === answerMail.id)!
    const asked = {
      params: { conversationId: id },
      query: {},
      body: { text: 'Answer' },
      principal,
      address: '',
      client: {},
    }
    const answered = await handler.perform(asked as never).catch(() => undefined)
    const outgoing = () => store.mailChannel.latest(id as never, 'out')
    await until('the first process', async () => killer.isDead || (await outgoing())?.delivery === 'sent')
    const wasKilled = killer.isDead
    await first.channel.close().catch(() => {})
    await first.mail.close().catch(() => {})
    const second = processOf(servers, undefined, items)
    await second.start()
    await until(`an end, killed at ${at}`, async () => {
      const mail = await outgoing()
      return mail === undefined || mail.delivery === 'sent' || mail.delivery === 'held'
    })
    await second.mail.close()
    await second.channel.close()
    const mail = await outgoing()
    assert.ok(servers.sent.length <= 1, `sent ${servers.sent.length} times, killed at ${at}`)
    if (answered !== undefined && !isRefusal(answered)) assert.ok(mail, 'an answer that was taken is lost')
    if (mail?.delivery === 'sent') assert.equal(servers.sent.length, 1)
    if (servers.sent.length === 1) assert.equal(servers.sent[0]!.messageId, mail?.messageId)
    assert.equal((await found())?.state, mail ? 'answered' : 'open')
    return wasKilled
  }

  it('never sends an answer twice, and never loses one that it has taken', async () => {
    let at = 1
    while (await answer(at)) at++
    assert.ok(at > 15, `${at} steps were looked at`)
  })
})

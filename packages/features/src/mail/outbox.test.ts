import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import type { KeptMail, MailOutcome, MailStore } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Outbox } from './outbox.ts'

/** Mails in memory. */
class MailsInMemory implements MailStore {
  readonly kept = new Map<string, KeptMail>()
  readonly events: string[] = []
  async add(mail: KeptMail) {
    if (!this.kept.has(mail.id)) this.kept.set(mail.id, mail)
  }
  async put(mail: KeptMail, event?: { kind: string }) {
    this.kept.set(mail.id, mail)
    if (event) this.events.push(event.kind)
  }
  async due(nowMs: number, limit: number) {
    return [...this.kept.values()].filter(({ state, atMs }) => state === 'waiting' && atMs <= nowMs).slice(0, limit)
  }
  async nextDueMs() {
    const times = [...this.kept.values()].filter(({ state }) => state === 'waiting').map(({ atMs }) => atMs)
    return times.length === 0 ? undefined : Math.min(...times)
  }
  async interrupted() {
    return [...this.kept.values()].filter(({ state }) => state === 'sending')
  }
  async find(_: CompanyId, id: string) {
    return this.kept.get(id)
  }
  async list() {
    return [...this.kept.values()]
  }
  async open() {
    return [...this.kept.values()].filter(({ state }) => state !== 'sent').length
  }
  async remove(_: CompanyId, id: string) {
    return this.kept.delete(id)
  }
  async forgetSent(beforeMs: number) {
    for (const [id, { state, atMs }] of this.kept) if (state === 'sent' && atMs < beforeMs) this.kept.delete(id)
  }
}

const company = 'c' as CompanyId
const mail = { to: 'it@example.com', subject: 'S', text: 'T' }

function outboxWith(outcomes: readonly MailOutcome[]) {
  const clock = new VirtualClock()
  const mails = new MailsInMemory()
  const tried: { atMs: number; messageId: string }[] = []
  const sender = {
    send: async ({ messageId }: { messageId: string }): Promise<MailOutcome> => {
      tried.push({ atMs: clock.now(), messageId })
      return outcomes[Math.min(tried.length, outcomes.length) - 1]!
    },
    close: () => {},
  }
  return { clock, mails, tried, outbox: new Outbox({ mails, sender, host: 'h', clock, log: silentLogger }) }
}

/** Lets promises that nothing else waits for run. */
const settle = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

describe('the outbox', () => {
  it('tries again after ever longer, with one Message-ID, until the server takes it', async () => {
    const later = { kind: 'later', reason: 'no connection' } as const
    const { clock, mails, tried, outbox } = outboxWith([later, later, { kind: 'sent' }])
    const startedMs = clock.now()
    await outbox.start()
    await outbox.queue(company, mail)
    await settle()
    assert.equal([...mails.kept.values()][0]?.fault, 'no connection')
    for (let minute = 0; minute < 10; minute++) {
      clock.advance(60_000)
      await settle()
    }
    assert.deepEqual(
      tried.map(({ atMs }) => (atMs - startedMs) / 60_000),
      [0, 1, 6],
    )
    assert.equal(new Set(tried.map(({ messageId }) => messageId)).size, 1)
    const [kept] = [...mails.kept.values()]
    assert.equal(kept?.state, 'sent')
    assert.equal(kept?.fault, undefined)
    assert.deepEqual(mails.events, ['mail.delivered'])
    await outbox.close()
  })

  it('keeps a mail of a key once, also when it has been sent already; another company’s is another one', async () => {
    const { tried, mails, outbox } = outboxWith([{ kind: 'sent' }])
    await outbox.start()
    for (let time = 0; time < 3; time++) {
      await outbox.queue(company, mail, 'report 1')
      await settle()
    }
    assert.equal(tried.length, 1)
    await outbox.queue(company, mail, 'report 2')
    await outbox.queue('d' as CompanyId, mail, 'report 1')
    await settle()
    assert.deepEqual([tried.length, mails.kept.size], [3, 3])
    await outbox.close()
  })

  it('loses nothing while the server is away for an hour, and gives the mail with its files once', async () => {
    const { clock, mails, tried, outbox } = outboxWith([])
    const backMs = clock.now() + 3_600_000
    const given: (string | undefined)[] = []
    const sender = {
      send: async (sent: {
        messageId: string
        attachments?: readonly { reference: string }[]
      }): Promise<MailOutcome> => {
        tried.push({ atMs: clock.now(), messageId: sent.messageId })
        if (clock.now() < backMs) return { kind: 'later', reason: 'connect ECONNREFUSED' }
        given.push(sent.attachments?.[0]?.reference)
        return { kind: 'sent' }
      },
      close: () => {},
    }
    const away = new Outbox({ mails, sender, host: 'h', clock, log: silentLogger })
    await away.start()
    const attachments = [{ name: 'm.wav', mediaType: 'audio/wav', reference: 'voicemail box message' }]
    await away.queue(company, { ...mail, attachments })
    for (let minute = 0; minute < 240; minute++) {
      await settle()
      clock.advance(60_000)
    }
    await settle()
    assert.deepEqual(given, ['voicemail box message'])
    assert.equal(new Set(tried.map(({ messageId }) => messageId)).size, 1)
    assert.ok(tried.length >= 4 && tried.length < 10, `${tried.length} tries`)
    assert.equal([...mails.kept.values()][0]?.state, 'sent')
    await away.close()
    await outbox.close()
  })

  it('gives up what a server refuses, and holds what may have been delivered', async () => {
    const refused = outboxWith([{ kind: 'refused', reason: '550 no such user' }])
    await refused.outbox.queue(company, mail)
    await settle()
    assert.equal([...refused.mails.kept.values()][0]?.state, 'failed')
    const unknown = outboxWith([{ kind: 'unknown', reason: 'silence' }])
    await unknown.outbox.queue(company, mail)
    await settle()
    unknown.clock.advance(86_400_000)
    await settle()
    assert.equal([...unknown.mails.kept.values()][0]?.state, 'held')
    assert.equal(unknown.tried.length, 1)
    await refused.outbox.close()
    await unknown.outbox.close()
  })

  it('holds what a process left in the middle of a try', async () => {
    const { mails, tried, outbox } = outboxWith([{ kind: 'sent' }])
    const kept: KeptMail = {
      ...mail,
      id: 'm',
      companyId: company,
      messageId: '<m@h>',
      state: 'sending',
      tries: 1,
      createdAtMs: 0,
      atMs: 0,
    }
    mails.kept.set('m', kept)
    await outbox.start()
    await settle()
    assert.equal(mails.kept.get('m')?.state, 'held')
    assert.equal(tried.length, 0)
    await outbox.close()
  })
})

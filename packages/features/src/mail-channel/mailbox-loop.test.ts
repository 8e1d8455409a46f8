import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger, Slots } from '@vaxel/base'
import { type MailAccount, MailboxFault, type OpenMailbox, type ServerMail } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { MailboxLoop } from './mailbox-loop.ts'
import type { MailChannelDependencies } from './parts.ts'

const account = {
  id: 'a',
  createdAtMs: 0,
  reading: { mostBytes: 1000, pollSeconds: 60, first: 'all', after: 'keep' },
} as unknown as MailAccount

/** A mailbox whose server refuses to give some of its mails, and what was taken of it. */
function mailbox({ tells }: { readonly tells: boolean }) {
  const clock = new VirtualClock()
  const refused = new Set<string>()
  const there: ServerMail[] = []
  const taken: string[] = []
  const asked: string[] = []
  const opened: string[] = []
  const receipts = new Set<string>()
  const put = (...keys: readonly string[]) => there.push(...keys.map((key) => ({ key, sizeBytes: 1 })))
  const open = async (): Promise<OpenMailbox> => {
    let listed = 0
    opened.push('')
    return {
      epoch: '1',
      tells,
      list: async () => there.slice(listed, (listed = there.length)),
      fetch: async ({ key }) => {
        asked.push(key)
        if (refused.has(key)) throw new MailboxFault('protocol', `the server does not give ${key}`)
        return new Uint8Array()
      },
      settle: async () => {},
      wait: (ms, signal) =>
        new Promise((resolve) => {
          clock.startTimer(ms, resolve)
          signal.addEventListener('abort', () => resolve())
        }),
      close: async () => {},
    }
  }
  const parts = {
    clock,
    log: silentLogger,
    random: () => new Uint8Array(1),
    door: { open },
    store: {
      receipts: async (_: string, keys: readonly string[]) => new Set(keys.filter((key) => receipts.has(key))),
      begin: async (some: readonly { key: string }[]) => some.forEach(({ key }) => receipts.add(key)),
      unsettled: async () => [],
      settled: async () => {},
    },
  } as unknown as MailChannelDependencies
  const loop = new MailboxLoop({
    parts,
    account,
    intake: {
      take: async (_, { key }) => {
        receipts.add(key)
        taken.push(key)
      },
    },
    tokens: { access: async () => ({ account, secrets: {} }) },
    slots: new Slots(1),
    onHealth: () => {},
  })
  const after = async (ms: number) => {
    const step = 1000
    for (let at = 0; at < ms; at += step) {
      clock.advance(Math.min(step, ms - at))
      for (let i = 0; i < 40; i++) await Promise.resolve()
    }
  }
  return { after, asked, loop, opened, put, refused, taken }
}

const minuteMs = 60_000

describe('the reader of a mailbox', () => {
  for (const tells of [true, false])
    it(`reads what comes after a mail that the server does not give, ${tells ? 'by IMAP' : 'by POP3'}`, async () => {
      const { after, asked, loop, put, refused, taken } = mailbox({ tells })
      refused.add('1.2')
      put('1.1', '1.2', '1.3')
      loop.start()
      await after(5 * minuteMs)
      assert.deepEqual(taken, ['1.1', '1.3'])
      assert.equal(loop.health.state, 'reading')
      put('1.4')
      await after(2 * minuteMs)
      assert.deepEqual(taken, ['1.1', '1.3', '1.4'])
      assert.equal(asked.filter((key) => key === '1.2').length, 3)
      await loop.stop()
    })

  for (const tells of [true, false])
    it(`asks for such a mail again later, and takes it once it is given, ${tells ? 'by IMAP' : 'by POP3'}`, async () => {
      const { after, loop, put, refused, taken } = mailbox({ tells })
      refused.add('1.2')
      put('1.1', '1.2')
      loop.start()
      await after(30 * minuteMs)
      refused.clear()
      await after(40 * minuteMs)
      assert.deepEqual(taken, ['1.1', '1.2'])
      await loop.stop()
    })

  it('begins anew with a line that was lost in the middle of a mail, and leaves nothing out', async () => {
    const { after, loop, opened, put, refused, taken } = mailbox({ tells: true })
    refused.add('1.1')
    put('1.1', '1.2')
    loop.start()
    await after(1000)
    assert.equal(loop.health.state, 'failing')
    refused.clear()
    await after(10_000)
    assert.deepEqual([taken, opened.length], [['1.1', '1.2'], 2])
    await loop.stop()
  })
})

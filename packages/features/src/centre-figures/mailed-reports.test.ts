import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, isRefusal, silentLogger } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { MailedReport } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { MailedReports } from './mailed-reports.ts'

const companyId = 'company' as CompanyId
const principal = { companyId, userId: 'boss' } as unknown as Principal
const body = {
  name: 'Every day',
  kind: 'work',
  interval: 'day',
  by: ['queue'],
  every: 'day',
  atHour: 6,
  to: ['boss@example.com'],
  language: 'en',
} as const satisfies Parameters<MailedReports['create']>[1]

/** One report that is due, and a mailer and a database that answer when they are told to. */
async function bench() {
  const clock = new VirtualClock(Date.UTC(2026, 0, 10, 5))
  const kept = new Map<string, MailedReport>()
  const waiting: (() => void)[] = []
  let isSlow = false
  const answer = () => new Promise<void>((resolve) => (isSlow ? waiting.push(resolve) : resolve()))
  const mailed: string[] = []
  const reports = new MailedReports({
    figures: {
      mailedReports: () => [...kept.values()],
      allMailedReports: () => kept.values(),
      async putMailedReport(report) {
        await answer()
        kept.set(report.id, report)
      },
      async removeMailedReport(_, id) {
        await answer()
        kept.delete(id)
      },
    },
    reports: {} as never,
    directory: {
      company: () => ({ id: companyId, name: 'C', country: 'SE', timeZone: 'UTC', limits: {}, emergencyNumbers: [] }),
    } as never,
    mailer: () => ({
      async queue(_, { to }) {
        await answer()
        mailed.push(to)
      },
    }),
    baseUrl: undefined,
    clock,
    random: (bytes) => new Uint8Array(bytes),
    log: silentLogger,
  })
  const made = await reports.create(principal, body)
  assert.ok(!isRefusal(made))
  clock.advance(86_400_000 + 2 * 3_600_000)
  isSlow = true
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  /** Lets everything end that waits, one answer after another. */
  const end = async (...tasks: readonly Promise<unknown>[]) => {
    await settled()
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      next()
      await settled()
    }
    await Promise.all(tasks)
  }
  return { reports, kept, mailed, id: made.id, end, settled }
}

describe('a report whose mails are being written', () => {
  it('stays removed when somebody removes it meanwhile', async () => {
    const { reports, kept, mailed, id, end, settled } = await bench()
    const looking = reports.look()
    await settled()
    await end(looking, reports.remove(principal, id))
    assert.deepEqual(mailed, ['boss@example.com'])
    assert.equal(kept.size, 0)
  })

  it('stays as somebody changes it meanwhile, and goes out once', async () => {
    const { reports, kept, mailed, id, end, settled } = await bench()
    const looking = reports.look()
    await settled()
    await end(looking, reports.change(principal, id, { ...body, to: ['new@example.com'], atHour: 7 }))
    const { to, atHour, sentTo } = kept.get(id)!
    assert.deepEqual([to, atHour, sentTo], [['new@example.com'], 7, '2026-01-10'])
    await end(reports.look())
    assert.deepEqual(mailed, ['boss@example.com'])
  })

  it('is not there for a change that comes after its removal', async () => {
    const { reports, kept, id, end } = await bench()
    const [removed, changed] = [reports.remove(principal, id), reports.change(principal, id, body)]
    await end(removed, changed)
    assert.ok(isRefusal(await changed))
    assert.equal(kept.size, 0)
  })
})

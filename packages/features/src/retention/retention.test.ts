import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger } from '@vaxel/base'
import type { LedgerEvent } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Retention } from './feature.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const companyId = 'c1' as CompanyId

function world(days: number | undefined, calls: number) {
  const clock = new VirtualClock()
  const startMs = clock.now()
  const company: {
    id: CompanyId
    callRetentionDays?: number
    customerRetentionDays?: number
    mailRetentionDays?: number
  } = { id: companyId }
  if (days !== undefined) company.callRetentionDays = days
  const events: LedgerEvent[] = []
  const asked: (string | undefined)[] = []
  const mailsBefore: number[] = []
  let left = Array.from({ length: calls }, (_, i) => ({ id: String(1000 + i) as CallId, atMs: startMs + i * hourMs }))
  const retention = new Retention({
    erasers: {
      calls: {
        eraseBefore: async (_, { beforeMs, after, limit }) => {
          asked.push(after)
          const found = left.filter(({ id, atMs }) => atMs < beforeMs && id > (after ?? '')).slice(0, limit)
          left = left.filter((call) => !found.includes(call))
          return { erased: found.length, ...(found.length === limit ? { after: found.at(-1)!.id } : {}) }
        },
      },
      customers: { eraseBefore: async () => Promise.reject(new Error('the database is away')) },
      mails: {
        eraseBefore: async (_, { beforeMs }) => {
          mailsBefore.push(beforeMs)
          return { erased: 1 }
        },
      },
    },
    ledger: { append: async (entry) => events.push(...entry.events) },
    directory: { companies: () => [company, { id: 'c2' as CompanyId }] as never },
    lastEntryMs: startMs,
    clock,
    log: silentLogger,
  })
  return { clock, company, retention, events, asked, mailsBefore, left: () => left.length }
}

describe('calls that a company keeps for some days', () => {
  it('go when they are older, within the hour, some at a time, and the ledger says how many', async (t) => {
    const { clock, retention, events, asked, left } = world(10, 240)
    t.after(() => retention.close())
    retention.start()
    await clock.advanceAsync(10 * dayMs)
    assert.equal(left(), 240)
    await clock.advanceAsync(24 * hourMs)
    assert.ok(left() >= 216 && left() <= 217, `${left()}`)
    assert.deepEqual(new Set(events.map(({ kind }) => kind)), new Set(['calls.erased']))
    const told = events.reduce((sum, { data }) => sum + Number(data.calls), 0)
    assert.equal(told, 240 - left())
    assert.ok(asked.every((after) => after === undefined))
  })

  it('go in many small steps where there are many', async (t) => {
    const { clock, company, retention, events, asked, left } = world(undefined, 240)
    t.after(() => retention.close())
    retention.start()
    await clock.advanceAsync(30 * dayMs)
    assert.deepEqual([left(), asked.length], [240, 0])
    company.callRetentionDays = 5
    await clock.advanceAsync(2 * hourMs)
    assert.equal(left(), 0)
    assert.deepEqual([asked.length >= 5, events.length], [true, 1])
  })

  it('do not go by a clock that was set forward, for a day', async (t) => {
    const { clock, retention, left } = world(10, 24)
    t.after(() => retention.close())
    retention.start()
    await clock.advanceAsync(2 * hourMs)
    clock.setWallClock(1000 * dayMs)
    await clock.advanceAsync(20 * hourMs)
    assert.equal(left(), 24)
    await clock.advanceAsync(6 * hourMs)
    assert.equal(left(), 0)
  })

  it('go though what is to go before them cannot, each kind after its own time, and the ledger says which', async (t) => {
    const { clock, company, retention, events, mailsBefore } = world(undefined, 0)
    t.after(() => retention.close())
    Object.assign(company, { customerRetentionDays: 30, mailRetentionDays: 7 })
    await retention.work()
    assert.deepEqual(mailsBefore, [clock.now() - 7 * dayMs])
    assert.deepEqual(
      events.map(({ kind, data }) => [kind, data]),
      [['mails.erased', { mails: 1, beforeMs: clock.now() - 7 * dayMs, days: 7 }]],
    )
  })

  it('wait when the server stops in the middle', async () => {
    const { clock, company, retention, left } = world(undefined, 240)
    retention.start()
    await clock.advanceAsync(30 * dayMs)
    company.callRetentionDays = 1
    const working = retention.work()
    await new Promise((resolve) => setImmediate(resolve))
    await retention.close()
    await working
    assert.ok(left() > 0)
  })
})

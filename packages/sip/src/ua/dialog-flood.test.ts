import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { twoPhones } from './testing/two-phones.ts'

describe('a peer that asks without end in its dialog', () => {
  it('has 100 requests at once and 20 a second, in each of its calls, and may hang up', async () => {
    const { clock, told, anna, bo, connect, finish } = twoPhones()
    const { call, leg, boTold } = await connect()
    const { leg: other } = await connect()
    const ask = async (usage: typeof leg, times: number): Promise<Record<number, number>> => {
      const sent = Array.from({ length: times }, () => usage.info('application/dtmf-relay', 'Signal=1'))
      await clock.advance(10)
      return (await Promise.all(sent)).reduce<Record<number, number>>(
        (sums, status) => ({ ...sums, [status]: (sums[status] ?? 0) + 1 }),
        {},
      )
    }
    assert.deepEqual(await ask(leg, 150), { 200: 100, 503: 50 })
    assert.equal(told.lines.filter((line) => line.startsWith('info')).length, 100)
    await clock.advance(990)
    assert.deepEqual(await ask(leg, 50), { 200: 20, 503: 30 })
    const change = leg.reoffer('hold')
    await clock.advance(10)
    assert.deepEqual(await change, { kind: 'refused', status: 503 })
    assert.deepEqual(await ask(other, 100), { 200: 100 })
    assert.deepEqual(anna.errors, [])
    leg.end()
    await clock.advance(10)
    assert.equal(call.state, 'ended')
    assert.equal(boTold.lines.at(-1), 'ended us')
    bo.invites[1]!.end()
    await finish()
  })
})

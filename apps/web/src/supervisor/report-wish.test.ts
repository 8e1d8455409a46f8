import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressOf, queryOf, readWish } from './report-wish.ts'

const read = (address: string) => readWish(new URLSearchParams(address.split('?')[1]), '2026-11-21')

describe('what is asked of reports', () => {
  it('is today by queue where nothing is said', () => {
    assert.deepEqual(read('/supervisor/reports'), {
      kind: 'work',
      from: '2026-11-21',
      to: '2026-11-21',
      interval: 'none',
      by: ['queue'],
      queueId: '',
    })
  })

  it('comes back from its address', () => {
    const wish = { ...read(''), interval: 'hour', by: ['agent', 'channel'], queueId: 'q1', from: '2026-11-01' } as const
    assert.deepEqual(read(addressOf(wish)), wish)
    assert.deepEqual(read(addressOf({ ...wish, by: [] })).by, [])
    assert.equal(queryOf(wish).by, 'agent,channel')
    assert.equal(queryOf({ ...wish, by: [] }).by, undefined)
  })

  it('takes nothing from an address that it does not know', () => {
    const wish = read('/supervisor/reports?from=yesterday&interval=minute&by=queue,colour&kind=all')
    assert.deepEqual([wish.from, wish.interval, wish.by, wish.kind], ['2026-11-21', 'none', ['queue'], 'work'])
  })
})

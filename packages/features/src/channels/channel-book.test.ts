import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId } from '@vaxel/base'
import type { CallState } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { ChannelBook } from './channel-book.ts'

const state = (id: string, companyId: string, name: CallState['name'], service?: string): CallState =>
  ({ name, ...(service ? { service } : {}), call: { id: id as CallId, companyId: companyId as CompanyId } }) as never

const acme = 'acme' as CompanyId

describe('the book of channels', () => {
  it('counts what calls do now, and the most of the day', () => {
    const clock = new VirtualClock()
    const book = new ChannelBook(clock)
    book.follow(state('1', 'acme', 'alerting'))
    book.follow(state('1', 'acme', 'connected'))
    book.follow(state('2', 'acme', 'inService', 'voicemail'))
    book.follow(state('3', 'beta', 'inService', 'voicemail'))
    const { now, mostToday, uses } = book.company(acme)
    assert.deepEqual([now, mostToday], [2, 2])
    assert.deepEqual(uses, [
      { use: 'conversation', now: 1 },
      { use: 'voicemail', now: 1 },
    ])
    assert.equal(book.all.now, 3)
    book.follow(state('1', 'acme', 'ended'))
    book.follow(state('2', 'acme', 'connected'))
    assert.deepEqual(book.company(acme).uses, [{ use: 'conversation', now: 1 }])
    assert.equal(book.company(acme).mostToday, 2)
    assert.equal(book.company(acme).mostServices, 1)
  })

  it('begins the day anew with what there is then', async () => {
    const clock = new VirtualClock()
    const book = new ChannelBook(clock)
    for (const id of ['1', '2', '3']) book.follow(state(id, 'acme', 'connected'))
    book.refused(acme)
    book.follow(state('3', 'acme', 'ended'))
    assert.deepEqual([book.company(acme).mostToday, book.company(acme).refusedToday], [3, 1])
    await clock.advanceAsync(86_400_000)
    assert.deepEqual([book.company(acme).mostToday, book.company(acme).refusedToday], [2, 0])
  })

  it('knows nothing of a company that never called', () => {
    const { now, mostToday, refusedToday } = new ChannelBook(new VirtualClock()).company(acme)
    assert.deepEqual([now, mostToday, refusedToday], [0, 0, 0])
  })
})

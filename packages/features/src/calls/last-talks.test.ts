import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HistoryReader } from '@vaxel/core'
import { MemoryDirectory } from '@vaxel/testkit/calls/memory-directory'
import { LastTalks } from './last-talks.ts'

describe('who talked last', () => {
  it('is read from the ledger for the groups that ask for it, and never goes back', async () => {
    const directory = new MemoryDirectory()
    const company = directory.addCompany('acme')
    const [anna, bo, cesar] = ['201', '202', '203'].map((name) => directory.addUser(company, name))
    const userIds = [anna!.id, bo!.id]
    directory.addNumber(company, '230', { kind: 'group', name: 'Sales', userIds, mode: 'longestIdle' })
    directory.addNumber(company, '231', { kind: 'group', name: 'All', userIds: [cesar!.id] })
    const asked: string[] = []
    const leg = (userId: string, answeredAtMs: number | undefined, endedAtMs: number) => ({
      party: { number: '1', userId },
      ...(answeredAtMs === undefined ? {} : { answeredAtMs }),
      endedAtMs,
    })
    const legs: Record<string, object[]> = {
      // Bo rang in the newer call, and talked in the older one.
      newer: [leg(anna!.id, 5, 90), leg(bo!.id, undefined, 6)],
      older: [leg(bo!.id, 3, 40)],
    }
    const history = {
      calls: async ({ userId }: { userId?: string }) => {
        asked.push(String(userId))
        return [{ id: 'newer' }, { id: 'older' }]
      },
      call: async (id: string) => ({ legs: legs[id] }),
    } as unknown as HistoryReader
    const talks = new LastTalks()
    talks.ended(anna!.id, 100)
    await talks.load(directory, history)
    assert.deepEqual(asked, userIds)
    assert.deepEqual([talks.of(anna!.id), talks.of(bo!.id), talks.of(cesar!.id)], [100, 40, undefined])
  })
})

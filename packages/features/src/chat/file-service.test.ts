import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { ChatParts, Person } from './dependencies.ts'
import { FileService } from './file-service.ts'

/** A disk that makes a place for a file when it is told to. */
function world(quotaBytes: number) {
  const made = Promise.withResolvers<void>()
  let fails = false
  const files = new FileService({
    clock: new VirtualClock(),
    random: (count: number) => new Uint8Array(count).map(() => Math.random() * 256),
    chat: {
      policy: () => ({ mostFileBytes: 1000, quotaBytes }),
      usedBytes: () => 0,
      conversation: () => ({ id: 'c', companyId: 'company', members: [{ userId: 'anna' }] }),
      member: () => ({ userId: 'anna' }),
    },
    chatFiles: {
      begin: async () => {
        await made.promise
        if (fails) throw new Error('no disk')
        return { uploadedBytes: 0, abandon: async () => {} }
      },
    },
  } as unknown as ChatParts)
  const person = { companyId: 'company', userId: 'anna' } as unknown as Person
  const begin = (count: number) => {
    const asked = Array.from({ length: count }, () => files.begin(person, 'c', { name: 'a.txt', sizeBytes: 100 }))
    made.resolve()
    return Promise.allSettled(asked)
  }
  const codes = async (count: number) =>
    Map.groupBy(await begin(count), (one) =>
      one.status === 'rejected' ? 'failed' : 'code' in one.value ? one.value.code : 'begun',
    )
  return { codes, files, fail: (now: boolean) => void (fails = now) }
}

describe('files that begin in the same moment', () => {
  it('are as many as may be on their way, and no more', async () => {
    const { codes, files } = world(1_000_000)
    const told = await codes(25)
    assert.deepEqual([told.get('begun')?.length, told.size], [20, 2])
    await files.close()
  })

  it('have room together', async () => {
    const { codes, files } = world(1000)
    assert.equal((await codes(15)).get('begun')?.length, 10)
    await files.close()
  })

  it('leave their place when the disk refuses them', async () => {
    const { codes, files, fail } = world(1_000_000)
    fail(true)
    assert.equal((await codes(20)).get('failed')?.length, 20)
    fail(false)
    assert.equal((await codes(20)).get('begun')?.length, 20)
    await files.close()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { DiskWatch } from './disk-watch.ts'

describe('the room on a disk', () => {
  it('is told while there is still some, and no more when there is enough again', async () => {
    const clock = new VirtualClock()
    let free = 5e9
    const watch = new DiskWatch({ clock, folders: ['/data', '/data'], leastBytes: 4e9, read: async () => free })
    await watch.look()
    assert.deepEqual(watch.warnings(), [])
    free = 3.21e9
    clock.advance(60_000)
    await setImmediate()
    assert.equal(watch.warnings().length, 1)
    assert.match(watch.warnings()[0]!, /^Only 3\.2 GB are free where \/data is\./)
    free = 9e9
    clock.advance(60_000)
    await setImmediate()
    assert.deepEqual(watch.warnings(), [])
    watch.close()
  })

  it('is no reason to fail where it cannot be read', async () => {
    const watch = new DiskWatch({
      clock: new VirtualClock(),
      folders: ['/gone'],
      leastBytes: 4e9,
      read: () => Promise.reject(new Error('ENOENT')),
    })
    await watch.look()
    assert.deepEqual(watch.warnings(), [])
    watch.close()
  })
})

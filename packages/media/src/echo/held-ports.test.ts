import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemRandom } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { PortPool } from '../engine/port-pool.ts'
import { HeldPorts } from './held-ports.ts'

function ports({ from = 10_000, to = 10_199, occupied = [] as readonly number[] } = {}) {
  const pool = new PortPool({ range: [from, to], clock: new VirtualClock(), drainMs: 5_000, random: systemRandom })
  const open = new Set<number>()
  const held = new HeldPorts({
    pool,
    range: [from, to],
    doors: {
      open: async (port) => {
        await Promise.resolve()
        if (occupied.includes(port)) return false
        open.add(port)
        return true
      },
      close: async (port) => void open.delete(port),
    },
  })
  return { pool, open, held }
}

describe('ports that are open for checks', () => {
  it('come out of the pool of the calls and go back to it', async () => {
    const { pool, open, held } = ports()
    assert.equal(await held.hold('a', 10_007), 'open')
    assert.deepEqual([...open], [10_007])
    assert.equal(pool.inUse, 1)
    assert.equal(held.isOpenFor('a', 10_007), true)
    assert.equal(held.isOpenFor('b', 10_007), false)
    await held.release('a')
    assert.equal(open.size, 0)
    assert.equal(pool.inUse, 0)
    assert.equal(pool.draining, 1)
  })

  it('are never one of a call, nor given to one while they are open', async () => {
    const { pool, held } = ports()
    const taken = pool.take()!
    assert.equal(await held.hold('a', taken), 'in-use')
    assert.equal(await held.hold('a', taken + 1), 'in-use')
    await held.hold('a', taken === 10_000 ? 10_002 : 10_000)
    const given = new Set<number>()
    for (let port = pool.take(); port !== undefined; port = pool.take()) given.add(port)
    assert.equal(given.has(taken === 10_000 ? 10_002 : 10_000), false)
  })

  it('are shared by all checks that want them, until the last has ended', async () => {
    const { open, held, pool } = ports()
    assert.deepEqual(await Promise.all([held.hold('a', 10_000), held.hold('b', 10_000)]), ['open', 'open'])
    assert.equal(await held.hold('b', 10_001), 'open')
    assert.equal(pool.inUse, 1)
    await held.release('b')
    assert.deepEqual([...open], [10_000])
    assert.equal(pool.inUse, 1)
    await held.release('a')
    assert.equal(pool.inUse, 0)
  })

  it('leave three quarters of all pairs to the calls, and none is taken where a quarter is left', async () => {
    const { held, pool } = ports()
    let open = 0
    for (let port = 10_000; port < 10_200; port += 2) if ((await held.hold('a', port)) === 'open') open += 1
    assert.equal(open, 25)
    assert.equal(await held.hold('a', 10_180), 'too-many')
    await held.release('a')
    while (pool.available > 25) pool.take()
    assert.equal(held.hasPortsToSpare, false)
    assert.equal(held.keepOneClosed('b'), undefined)
  })

  it('are refused outside the range, and where another program has them', async () => {
    const { held, pool } = ports({ from: 10_001, to: 10_100, occupied: [10_010] })
    for (const port of [9_999, 10_001, 10_100, 10_101])
      assert.equal(await held.hold('a', port), 'outside-range', `${port}`)
    assert.equal(await held.hold('a', 10_010), 'in-use')
    assert.equal(pool.inUse, 0)
  })

  it('do not hold the one that is to stay closed, the same for all', async () => {
    const { held, pool, open } = ports()
    const closed = held.keepOneClosed('a')!
    assert.equal(held.keepOneClosed('b'), closed)
    assert.equal(await held.hold('b', closed), 'kept-closed')
    assert.equal(open.size, 0)
    assert.equal(pool.inUse, 1)
    await held.release('a')
    assert.equal(pool.inUse, 1)
    await held.release('b')
    assert.equal(pool.inUse, 0)
  })

  it('go back when a check ends while its port is being opened', async () => {
    const { held, pool, open } = ports()
    const opening = held.hold('a', 10_000)
    await held.release('a')
    assert.equal(await opening, 'in-use')
    assert.equal(open.size, 0)
    assert.equal(pool.inUse, 0)
  })

  it('go back when their thread has died', async () => {
    const { held, pool } = ports()
    await held.hold('a', 10_000)
    await held.hold('a', 10_001)
    held.keepOneClosed('a')
    held.lost()
    assert.equal(pool.inUse, 0)
    assert.equal(held.open.size, 0)
    await held.release('a')
    assert.equal(pool.inUse, 0)
  })
})

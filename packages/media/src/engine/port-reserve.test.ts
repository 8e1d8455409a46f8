import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemRandom } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { MediaPlane } from './media-plane.ts'
import { PortPool } from './port-pool.ts'
import { PortReserve } from './port-reserve.ts'

const address = '127.0.0.1'
const settled = () => new Promise((resolve) => setImmediate(resolve))

function reserve(pairs: number, planes = 1) {
  const pool = new PortPool({
    range: [10_000, 10_000 + 2 * pairs],
    clock: new VirtualClock(),
    drainMs: 0,
    random: systemRandom,
  })
  const open = Array.from({ length: planes }, () => new Set<number>())
  const plane = (home: number) =>
    ({
      reserve: async ({ rtpPort }: { rtpPort: number }) => {
        open[home]!.add(rtpPort)
        return 'opened' as const
      },
      unreserve: async ({ rtpPort }: { rtpPort: number }) => void open[home]!.delete(rtpPort),
    }) as unknown as MediaPlane
  const all = open.map((_, home) => plane(home))
  return { pool, open, reserve: new PortReserve(pool, (home) => all[home]) }
}

describe('Ports that are open before a call needs them', () => {
  it('are there from the second call on, and as many again after each', async () => {
    const { reserve: ports, open } = reserve(640)
    assert.equal(ports.take(0, address), undefined)
    await settled()
    assert.equal(open[0]!.size, 10)
    const port = ports.take(0, address)
    assert.ok(port !== undefined && open[0]!.has(port))
    await settled()
    assert.equal(open[0]!.size, 11)
  })

  it('are not kept where there are few', async () => {
    const { reserve: ports, open, pool } = reserve(40)
    assert.equal(ports.take(0, address), undefined)
    await settled()
    assert.equal(open[0]!.size, 0)
    assert.equal(pool.available, 40)
  })

  it('go back to the pool when another place needs them', async () => {
    const { reserve: ports, open, pool } = reserve(64, 2)
    ports.take(0, address)
    await settled()
    assert.equal(open[0]!.size, 1)
    while (pool.take() !== undefined);
    const port = await ports.giveBack()
    assert.ok(port !== undefined)
    assert.equal(open[0]!.size, 0)
    assert.equal(await ports.giveBack(), undefined)
  })

  it('rest again when somebody speaks to them, unless a call has them by now', async () => {
    const { reserve: ports, open, pool } = reserve(256)
    ports.take(0, address)
    await settled()
    const [spokenTo, taken] = [...open[0]!]
    await ports.setAside(spokenTo!)
    assert.equal(open[0]!.has(spokenTo!), false)
    assert.equal(pool.inUse, 3)
    assert.equal(ports.take(0, address), taken)
    await settled()
    await ports.setAside(taken!)
    assert.equal(open[0]!.has(taken!), true)
    assert.equal(pool.inUse, 5)
  })

  it('are given back when their plane has died', async () => {
    const { reserve: ports, pool } = reserve(128)
    ports.take(0, address)
    await settled()
    assert.equal(pool.inUse, 2)
    ports.planeDied(0)
    assert.equal(pool.inUse, 0)
    assert.equal(ports.take(0, address), undefined)
  })
})

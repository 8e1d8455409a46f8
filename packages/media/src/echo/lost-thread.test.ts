import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { silentLogger, systemRandom } from '@vaxel/base'
import type { EchoLimits, MediaEngine } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { CheckPlane, PlaneEvent } from '../engine/media-plane.ts'
import { PortPool } from '../engine/port-pool.ts'
import { EmbeddedSiteEcho } from './embedded-site-echo.ts'

const limits: EchoLimits = {
  packetsPerSecond: 1,
  packets: 1,
  hellos: 1,
  longestPacketBytes: 1,
  sourceAddresses: 1,
  fiveTuples: 1,
}

/** An echo whose planes are counted and can be made to die. */
function echo({ starts = true } = {}) {
  const clock = new VirtualClock()
  const pool = new PortPool({ range: [10_000, 10_199], clock, drainMs: 0, random: systemRandom })
  const planes: { die(): void; isClosed: boolean }[] = []
  const made = new EmbeddedSiteEcho({
    clock,
    log: silentLogger,
    random: systemRandom,
    ports: pool,
    range: [10_000, 10_199],
    bindAddresses: ['127.0.0.1'],
    startPlane: async (onEvent: (event: PlaneEvent) => void) => {
      if (!starts) throw new Error('no more threads')
      const plane = { die: () => onEvent({ kind: 'died', reason: 'test' }), isClosed: false }
      planes.push(plane)
      return {
        openCheckPort: async () => 'opened',
        closeCheckPort: async () => {},
        addCheck: () => {},
        removeCheck: () => {},
        close: async () => {
          plane.isClosed = true
        },
      } as unknown as CheckPlane
    },
    engine: { onEvent: () => {} } as unknown as MediaEngine,
    sharedPort: undefined,
    fingerprint: undefined,
    advertise: () => '127.0.0.1',
    candidatesFor: (address) => [address],
  })
  const begin = async (id: string) => made.begin({ id, key: randomBytes(32), limits })
  return { made, clock, pool, planes, begin }
}

describe('the thread of the checks', () => {
  it('is started by the first and ended a minute after the last', async () => {
    const { made, clock, planes, begin } = echo()
    assert.equal(planes.length, 0)
    assert.deepEqual(await Promise.all([begin('a'), begin('b')]), [true, true])
    assert.equal(planes.length, 1)
    await made.end('a')
    await made.end('b')
    clock.advance(59_999)
    assert.equal(await begin('c'), true)
    await made.end('c')
    clock.advance(60_000)
    assert.equal(planes[0]?.isClosed, true)
    assert.equal(await begin('d'), true)
    assert.equal(planes.length, 2)
    await made.close()
    assert.equal(planes[1]?.isClosed, true)
  })

  it('takes its checks with it when it dies, gives their ports back, and leaves its place to a new one', async () => {
    const { made, pool, planes, begin } = echo()
    const lost: string[][] = []
    made.onLost((ids) => lost.push([...ids]))
    await begin('a')
    await made.openPort('a', 10_000)
    made.keepOneClosed('a')
    assert.equal(pool.inUse, 2)
    planes[0]!.die()
    assert.deepEqual(lost, [['a']])
    assert.equal(pool.inUse, 0)
    assert.equal(await made.openPort('a', 10_002), 'in-use')
    assert.equal(await begin('b'), true)
    assert.equal(await made.openPort('b', 10_000), 'open')
    assert.equal(planes.length, 2)
    await made.close()
    assert.equal(pool.inUse, 0)
  })

  it('that does not start refuses the check, and the next one tries again', async () => {
    const { begin, made } = echo({ starts: false })
    assert.equal(await begin('a'), false)
    assert.equal(await begin('b'), false)
    assert.equal(await made.openPort('a', 10_000), 'in-use')
    await made.close()
  })
})

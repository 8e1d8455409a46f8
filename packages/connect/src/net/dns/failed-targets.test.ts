import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { FailedTargets } from './failed-targets.ts'

const target = (port: number) => ({ protocol: 'tcp', address: '192.0.2.1', port }) as const
const ports = (targets: readonly { port: number }[]) => targets.map(({ port }) => port)

describe('a target that failed lately', () => {
  it('is tried behind the others for half a minute', () => {
    const clock = new VirtualClock()
    const failures = new FailedTargets(clock)
    failures.failed(target(1))
    assert.deepEqual(ports(failures.lastOnes([target(1), target(2), target(3)])), [2, 3, 1])
    clock.advance(30_000)
    assert.deepEqual(ports(failures.lastOnes([target(1), target(2), target(3)])), [1, 2, 3])
  })

  it('is still tried when all have failed, in the old order', () => {
    const failures = new FailedTargets(new VirtualClock())
    failures.failed(target(2))
    failures.failed(target(1))
    assert.deepEqual(ports(failures.lastOnes([target(1), target(2)])), [1, 2])
  })

  it('is as good as the others once it worked', () => {
    const failures = new FailedTargets(new VirtualClock())
    failures.failed(target(1))
    failures.worked(target(1))
    assert.deepEqual(ports(failures.lastOnes([target(1), target(2)])), [1, 2])
  })
})

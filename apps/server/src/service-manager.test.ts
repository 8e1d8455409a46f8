import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { ServiceManager } from './service-manager.ts'

describe('the service manager', () => {
  const world = (environment: NodeJS.ProcessEnv) => {
    const clock = new VirtualClock()
    const told: { atMs: number; line: string }[] = []
    const beganMs = clock.monotonicMs()
    const manager = new ServiceManager({
      environment,
      clock,
      log: silentLogger,
      notify: (lines, done) => {
        for (const line of lines) told.push({ atMs: clock.monotonicMs() - beganMs, line })
        done(null)
      },
    })
    return { clock, told, manager }
  }

  it('is asked for more time while a start goes on, long before it is over, and no more once the server is ready', () => {
    const { clock, told, manager } = world({ NOTIFY_SOCKET: '/run/systemd/notify' })
    clock.advance(3_600_000)
    const asked = told.filter(({ line }) => line === 'EXTEND_TIMEOUT_USEC=120000000')
    assert.equal(asked.length, 121)
    assert.equal(told[0]!.atMs, 0)
    manager.ready()
    assert.deepEqual(
      told.slice(-2).map(({ line }) => line),
      ['READY=1', 'STATUS=Serving'],
    )
    const { length } = told
    clock.advance(3_600_000)
    assert.equal(told.length, length)
    manager.close()
    assert.equal(clock.waiting, 0)
  })

  it('is told nothing where there is none', () => {
    const { clock, told, manager } = world({})
    manager.ready()
    manager.stopping()
    assert.deepEqual(told, [])
    assert.equal(clock.waiting, 0)
  })
})

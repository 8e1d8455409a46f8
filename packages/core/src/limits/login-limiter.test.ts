import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { LoginLimiter } from './login-limiter.ts'

const fail = (limiter: LoginLimiter, times: number, login: string, address: string) => {
  for (let i = 0; i < times; i++) limiter.failed(login, address)
}

describe('slowing down guesses', () => {
  it('lets five pass, then doubles the wait up to five minutes', () => {
    const limiter = new LoginLimiter(new VirtualClock())
    const waits = Array.from({ length: 16 }, () => {
      limiter.failed('anna', '192.0.2.1')
      return limiter.waitMs('anna', '192.0.2.1')
    })
    assert.deepEqual(waits.slice(0, 8), [0, 0, 0, 0, 1000, 2000, 4000, 8000])
    assert.equal(waits.at(-1), 300_000)
  })

  it('does not lock the owner out from elsewhere until very many have guessed', () => {
    const limiter = new LoginLimiter(new VirtualClock())
    fail(limiter, 20, 'anna', '192.0.2.1')
    assert.equal(limiter.waitMs('anna', '192.0.2.9'), 0)
    fail(limiter, 40, 'anna', '192.0.2.2')
    assert.ok(limiter.waitMs('anna', '192.0.2.9') > 0)
    assert.ok(limiter.waitMs('anna', '192.0.2.9') <= 60_000)
  })

  it('slows down an address that tries many logins', () => {
    const limiter = new LoginLimiter(new VirtualClock())
    for (let i = 0; i < 60; i++) limiter.failed(`user-${i}`, '192.0.2.1')
    assert.ok(limiter.waitMs('somebody', '192.0.2.1') > 0)
    assert.equal(limiter.waitMs('somebody', '192.0.2.2'), 0)
  })

  it('forgets after a quarter of an hour without a failure, and after a success', () => {
    const clock = new VirtualClock()
    const limiter = new LoginLimiter(clock)
    fail(limiter, 8, 'anna', '192.0.2.1')
    clock.advance(15 * 60_000)
    limiter.failed('anna', '192.0.2.1')
    assert.equal(limiter.waitMs('anna', '192.0.2.1'), 0)
    fail(limiter, 3, 'anna', '192.0.2.1')
    limiter.succeeded('anna', '192.0.2.1')
    fail(limiter, 4, 'anna', '192.0.2.1')
    assert.equal(limiter.waitMs('anna', '192.0.2.1'), 0)
  })

  it('remembers only so many, whatever is thrown at it', () => {
    const limiter = new LoginLimiter(new VirtualClock())
    for (let i = 0; i < 30_000; i++) limiter.failed(`user-${i}`, `192.0.${i % 250}.${i % 199}`)
    assert.equal(limiter.waitMs('user-0', '198.51.100.1'), 0)
  })
})

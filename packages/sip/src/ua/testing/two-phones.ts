import assert from 'node:assert/strict'
import type { InviteOptions, InviteUas, InviteUsage } from '../invite-usage.ts'
import type { Protocol } from '../transport.ts'
import { InMemoryNetwork } from './in-memory-network.ts'
import { TestClock } from './test-clock.ts'
import { TestPhone, Told } from './test-phone.ts'

const empty = { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 }

/** Two phones, Anna at `10.0.0.1` and Bo at `10.0.0.2`, on one network. */
export function twoPhones(options: { protocols?: Protocol[] } = {}) {
  const clock = new TestClock()
  const network = new InMemoryNetwork(clock)
  const protocols = options.protocols ?? ['udp', 'tcp']
  const anna = new TestPhone(network.host('10.0.0.1', { protocols }), { clock })
  const bo = new TestPhone(network.host('10.0.0.2', { protocols }), { clock })
  const told = new Told()

  /** Anna calls Bo and Bo answers at once. */
  const connect = async (
    callOptions: Partial<InviteOptions> = {},
  ): Promise<{ call: InviteUsage; leg: InviteUas; boTold: Told }> => {
    const call = anna.call('10.0.0.2', told, callOptions)
    await clock.advance(5)
    const leg = bo.invites.at(-1)!
    leg.accept('answer')
    await clock.advance(5)
    assert.equal(call.state, 'confirmed')
    assert.equal(leg.state, 'confirmed')
    return { call, leg, boTold: bo.told.at(-1)! }
  }

  /** All transactions run out; then nothing may be left and nothing may have failed. */
  const finish = async (): Promise<void> => {
    await clock.advance(200_000)
    assert.deepEqual(anna.stack.counts(), empty)
    assert.deepEqual(bo.stack.counts(), empty)
    assert.equal(clock.waitingCount, 0)
    assert.deepEqual([...anna.errors, ...bo.errors], [])
  }
  return { clock, network, anna, bo, told, connect, finish }
}

/** Loses the packets whose ladder line matches, as many as given. */
export function lose(network: InMemoryNetwork, line: RegExp, count = Number.POSITIVE_INFINITY): void {
  let left = count
  network.fate = () => {
    if (left > 0 && line.test(network.ladder().at(-1)!)) {
      left--
      return []
    }
    return [1]
  }
}

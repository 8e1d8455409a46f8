import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InMemoryNetwork } from './testing/in-memory-network.ts'
import { TestClock } from './testing/test-clock.ts'
import { TestPhone, Told } from './testing/test-phone.ts'

const empty = { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 }

/** Two phones, `10.0.0.1` and `10.0.0.2`, and at the end nothing may be left. */
function twoPhones() {
  const clock = new TestClock()
  const network = new InMemoryNetwork(clock)
  const anna = new TestPhone(network.host('10.0.0.1'), { clock })
  const bo = new TestPhone(network.host('10.0.0.2'), { clock })
  const told = new Told()
  const finish = async (): Promise<void> => {
    await clock.advance(200_000)
    assert.deepEqual(anna.stack.counts(), empty)
    assert.deepEqual(bo.stack.counts(), empty)
    assert.deepEqual([...anna.errors, ...bo.errors], [])
  }
  return { clock, network, anna, bo, told, finish }
}

describe('a call between two stacks', () => {
  it('is set up with INVITE, 180, 200 and ACK, and cleared with BYE', async () => {
    const { clock, network, anna, bo, told, finish } = twoPhones()
    const call = anna.call('10.0.0.2', told)
    await clock.advance(10)
    bo.invites[0]!.progress(180)
    await clock.advance(10)
    assert.equal(call.state, 'early')
    bo.invites[0]!.accept('answer')
    await clock.advance(10)
    assert.equal(call.state, 'confirmed')
    assert.equal(bo.invites[0]!.state, 'confirmed')
    call.end()
    await clock.advance(10)
    assert.deepEqual(told.lines, ['provisional 180', 'accepted answer', 'ended us'])
    assert.deepEqual(bo.told[0]!.lines, ['confirmed', 'ended peer'])
    assert.deepEqual(network.ladder(), [
      '10.0.0.1 INVITE',
      '10.0.0.2 100 INVITE',
      '10.0.0.2 180 INVITE',
      '10.0.0.2 200 INVITE',
      '10.0.0.1 ACK',
      '10.0.0.1 BYE',
      '10.0.0.2 200 BYE',
    ])
    await finish()
  })
})

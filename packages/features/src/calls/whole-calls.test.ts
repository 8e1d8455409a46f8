import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit'

describe('a call to a person', () => {
  it('rings, is answered, joins the two, and ends for both when one hangs up', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(call.lines, ['180'])
    bo.last.answer()
    await world.pass()
    assert.ok(call.isUp && bo.last.isUp)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.pass()
    assert.deepEqual(bo.last.lines, ['confirmed', 'ended peer'])
    const [record] = world.ledger.calls.values()
    assert.deepEqual(record?.termination, { blame: 'nobody', reason: 'caller-hung-up' })
    await world.finish()
  })
})

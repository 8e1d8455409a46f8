import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

describe('the ledger', () => {
  it('has the call before the 200 goes to the caller, however slow the disk is', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    bo.onCall = (call) => call.answer()
    world.ledger.delayMs = 500
    const call = anna.call('202')
    await world.pass(400)
    assert.ok(bo.last.isUp)
    assert.equal(call.isUp, false)
    const isRecorded = (): boolean => world.ledger.events.some((event) => event.kind === 'call.established')
    assert.equal(isRecorded(), false)
    world.ledger.onDurable = ({ events }) => {
      if (events.some((event) => event.kind === 'call.established'))
        assert.ok(!world.network.ladder('10.0.0.100', anna.address).includes('200 INVITE'))
    }
    await world.pass(200)
    assert.ok(isRecorded() && call.isUp)
    call.hangUp()
    await world.pass(2000)
    await world.finish()
  })

  it('that takes nothing gets new calls refused with 503, and leaves those that talk alone', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    bo.onCall = (call) => call.answer()
    const call = anna.call('202')
    await world.pass()
    world.expectedErrors = /the ledger refused an entry/
    world.ledger.failure = new Error('disk full')
    const refused = world.phone('203').call('202')
    await world.pass(100)
    assert.equal(refused.failure, 503)
    const held = call.offer('sendonly')
    await world.pass()
    await held
    assert.ok(call.isUp)
    world.ledger.failure = undefined
    call.hangUp()
    await world.finish()
  })

  it('that took nothing of an emergency call has all of it later, in order, and that it went on without a record', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201')
    world.expectedErrors = /without a record/
    world.ledger.failure = new Error('disk full')
    const call = anna.call('112')
    await world.pass(2000)
    assert.ok(call.isUp)
    assert.equal(world.ledger.events.length, 0)
    world.ledger.failure = undefined
    call.hangUp()
    await world.pass()
    const kinds = world.ledger.events.map(({ kind }) => kind)
    for (const kind of ['call.originated', 'call.established', 'call.ended'])
      assert.equal(kinds.filter((one) => one === kind).length, 1, kind)
    assert.ok(kinds.indexOf('call.originated') < kinds.indexOf('call.established'))
    const noticed = world.ledger.events.filter(({ data }) => data['code'] === 'unrecorded')
    assert.equal(noticed.length, 1)
    assert.match(String(noticed[0]!.data['text']), /went on without a record/)
    await world.finish()
  })

  it('that fails between ringing and answering gets neither side into an unrecorded call', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass()
    world.expectedErrors = /the ledger refused an entry/
    world.ledger.failure = new Error('disk full')
    bo.last.answer()
    await world.pass()
    world.ledger.failure = undefined
    await world.pass(100)
    assert.equal(call.failure, 503)
    assert.ok(bo.last.isOver)
    // The end could not be written either; the next start closes such calls.
    world.ledger.events.length = 0
    world.ledger.legs.clear()
    await world.finish()
  })

  it('has the caller who hangs up while the answer waits for the disk', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    bo.onCall = (call) => call.answer()
    world.ledger.delayMs = 500
    const call = anna.call('202')
    await world.pass(100)
    call.hangUp()
    await world.pass(2000)
    assert.ok(call.isOver && bo.last.isOver)
    await world.finish()
  })
})

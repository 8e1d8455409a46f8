import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

describe('a caller over a trunk', () => {
  it('with a number that is cut in the middle of a character rings all the same', async () => {
    const world = new CallWorld()
    const anna = world.phone('202')
    anna.onCall = (call) => call.answer()
    const user = `${'x'.repeat(99)}😀`
    const call = world.trunk().carrier.call('202', { from: `<sip:${user}@carrier.test>` })
    await world.pass(100)
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('shows names and numbers without control characters', async () => {
    const world = new CallWorld()
    const anna = world.phone('202')
    anna.onCall = (call) => call.answer()
    const call = world
      .trunk()
      .carrier.call('202', { from: `"Ev\u202Ea\u2028b" <sip:070%0d%0a%00%e2%80%a8123@carrier.test>` })
    await world.pass(100)
    assert.ok(call.isUp)
    const { number, name } = [...world.ledger.calls.values()].at(-1)!.caller
    assert.deepEqual([number, name], ['+46070123', 'Eva b'])
    call.hangUp()
    await world.finish()
  })

  it('is asserted to telephones by a number of the outside, not by an extension (RFC 3325 §5)', async () => {
    for (const [told, asserted] of [
      ['201', undefined],
      ['0701740605', '<sip:+46701740605@acme.test>'],
    ]) {
      const world = new CallWorld()
      const anna = world.phone('202')
      const call = world.trunk().carrier.call('202', { from: `<sip:${told}@carrier.test>` })
      await world.pass()
      assert.equal(anna.last.invite?.request.headers.get('P-Asserted-Identity'), asserted)
      call.hangUp()
      await world.finish()
    }
  })
})

describe('a name that was typed here', () => {
  it('stands in a header field without control characters', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    Object.assign(world.user('201'), { displayName: 'An\0na\r\nVia: x"\\' })
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass()
    assert.equal(bo.last.invite?.request.from.displayName, 'An na  Via: x"\\')
    bo.last.answer()
    await world.pass()
    call.hangUp()
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { createCallFeatures } from './call-features.ts'

const setsForwarding = '*21*203'

/** 201 calls 202. `ran` is by whom the code for forwarding was run. */
function setUp() {
  const world = new CallWorld()
  const ran: (string | undefined)[] = []
  createCallFeatures(world.service).actions.register('forwardAlways', async ({ user }) => void ran.push(user?.name))
  const [anna, bo, cesar] = [world.phone('201'), world.phone('202'), world.phone('203')]
  return { world, ran, anna, bo, cesar }
}

describe('codes, at which what belongs to whoever dials them is set and taken', () => {
  it('serve who dials them', async () => {
    const { world, ran, anna } = setUp()
    anna.call(setsForwarding)
    await world.pass()
    assert.deepEqual(ran, ['201'])
    await world.finish()
  })

  it('serve nobody whom a telephone redirects there', async () => {
    const { world, ran, anna, bo } = setUp()
    bo.onCall = (c) => c.refuse(302, [['Contact', `<sip:${setsForwarding}@acme.test>`]])
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(ran, [])
    assert.equal(call.failure, 403)
    await world.finish()
  })

  it('serve nobody whose call is deflected there', async () => {
    const { world, ran, anna, bo } = setUp()
    const call = anna.call('202')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    const refusal = await world.commands.command(me, world.onlyCallId, 'deflect', { to: setsForwarding })
    assert.equal('code' in refusal && refusal.code, 'NUMBER_NOT_ALLOWED')
    assert.deepEqual(ran, [])
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('serve nobody who is transferred there: they come back', async () => {
    const { world, ran, anna, bo } = setUp()
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const status = bo.last.transferTo(`sip:${setsForwarding}@acme.test`)
    await world.pass()
    assert.equal(await status, 202)
    assert.deepEqual(ran, [])
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('serve nobody whom a rule leads there: it is passed over', async () => {
    const { world, ran, anna, bo } = setUp()
    world.handling.set(world.user('202').id, { callWaiting: true, always: { to: setsForwarding } })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(ran, [])
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('give nobody a parked call who only called somebody', async () => {
    const { world, anna, bo, cesar } = setUp()
    const parked = world.phone('204').call('203')
    await world.pass()
    cesar.last.answer()
    await world.pass()
    const status = cesar.last.transferTo('sip:701@acme.test')
    await world.pass()
    assert.equal(await status, 202)
    bo.onCall = (c) => c.refuse(302, [['Contact', '<sip:701@acme.test>']])
    const call = anna.call('202')
    await world.pass()
    assert.equal(call.failure, 403)
    assert.ok(parked.isUp)
    parked.hangUp()
    await world.finish()
  })
})

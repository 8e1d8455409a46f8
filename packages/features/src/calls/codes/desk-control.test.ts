import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { PhoneCall, ServicePhone } from '@vaxel/testkit/calls/service-phone'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { createCallFeatures } from './call-features.ts'

const headersOf = (call: PhoneCall) => call.invite!.request.headers

/** Rings, and says that it can be told to talk and to hold; notes what it is told. */
function controllable(phone: ServicePhone): string[] {
  const told: string[] = []
  phone.onCall = (call) => call.invite!.progress(180, { headers: [['Allow-Events', 'talk, hold']] })
  phone.onEvent = (event, call) => {
    told.push(event)
    if (event === 'talk') call.answer()
  }
  return told
}

describe('control of a desk phone', () => {
  it('answers by the talk event where the phone says that it can', async () => {
    const world = new CallWorld()
    const caller = world.phone('203')
    const desk = world.phone('201')
    const told = controllable(desk)
    const call = caller.call('201')
    await world.pass()
    const user = world.user('201')
    const commander = { companyId: user.companyId, userId: user.id }
    const done = world.commands.command(commander, world.onlyCallId, 'answer', {})
    await world.pass(50)
    assert.ok(!isRefusal(await done))
    assert.deepEqual(told, ['talk'])
    assert.ok(call.isUp)
    world.assertJoined('203', '201')
    call.hangUp()
    await world.finish()
  })

  it('rings another phone anew and asks it to answer by itself, once', async () => {
    const world = new CallWorld()
    const caller = world.phone('203')
    const desk = world.phone('201')
    const call = caller.call('201')
    await world.pass()
    assert.equal(headersOf(desk.last).has('Answer-Mode'), false)
    const user = world.user('201')
    const commander = { companyId: user.companyId, userId: user.id }
    assert.ok(!isRefusal(await world.commands.command(commander, world.onlyCallId, 'answer', {})))
    await world.pass()
    assert.equal(headersOf(desk.last).get('Answer-Mode'), 'Auto')
    assert.match(headersOf(desk.last).get('Call-Info') ?? '', /answer-after=0/)
    const again = await world.commands.command(commander, world.onlyCallId, 'answer', {})
    assert.ok(isRefusal(again) && again.code === 'CALL_VERB_NOT_SUPPORTED')
    desk.last.answer()
    await world.pass()
    world.assertJoined('203', '201')
    call.hangUp()
    await world.finish()
  })

  it('asks the own device to answer a call that its person makes by command, and shows whom it is for', async () => {
    const world = new CallWorld()
    const desk = world.phone('201')
    const callee = world.phone('202')
    const user = world.user('201')
    await world.commands.makeCall({
      companyId: user.companyId,
      fromUserId: user.id,
      to: '202',
      answersItself: true,
    })
    await world.pass()
    assert.equal(headersOf(desk.last).get('Answer-Mode'), 'Auto')
    assert.equal(desk.last.invite!.request.from.uri.user, '202')
    desk.last.answer()
    await world.pass()
    assert.equal(headersOf(callee.last).has('Answer-Mode'), false, 'nobody else is made to answer')
    callee.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    desk.last.hangUp()
    await world.finish()
  })
})

describe('intercom', () => {
  /** @param allows who lets phones answer by themselves */
  function house(allows: readonly string[]) {
    const world = new CallWorld()
    createCallFeatures(world.service)
    for (const name of allows) world.set(name, 'intercom', { isAllowed: true })
    return world
  }

  it('asks the phone to answer by itself where its person allows it', async () => {
    const world = house(['202'])
    const caller = world.phone('201')
    const callee = world.phone('202')
    const call = caller.call('*80202')
    await world.pass()
    assert.equal(headersOf(callee.last).get('Answer-Mode'), 'Auto')
    callee.last.answer()
    await world.pass()
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('rings where its person does not, is on the phone, or the caller asks by a header of its own', async () => {
    const world = house([])
    const caller = world.phone('201')
    const callee = world.phone('202')
    const call = caller.call('*80202')
    await world.pass()
    assert.equal(headersOf(callee.last).has('Answer-Mode'), false)
    call.hangUp()
    await world.pass()
    const sly = caller.call('202', { headers: [['Alert-Info', '<http://x>;info=alert-autoanswer']] })
    await world.pass()
    assert.equal(headersOf(callee.last).get('Alert-Info'), '<urn:alert:source:internal>')
    sly.hangUp()
    await world.finish()
  })

  it('rings, too, for whoever was sent there: by a rule, a redirection or a transfer', async () => {
    const world = house(['202'])
    const { carrier } = world.trunk()
    const callee = world.phone('202')
    const anna = world.phone('201')
    const ringsOnly = async (how: string): Promise<void> => {
      await world.pass()
      assert.ok(!callee.last.isOver, how)
      assert.equal(headersOf(callee.last).has('Answer-Mode'), false, how)
      callee.last.refuse(486)
      await world.pass()
    }
    world.handling.set(world.user('201').id, { callWaiting: true, always: { to: '*80202' } })
    carrier.call('201')
    await ringsOnly('rule')
    world.handling.delete(world.user('201').id)
    anna.onCall = (call) => call.refuse(302, [['Contact', '<sip:*80202@acme.test>']])
    carrier.call('201')
    await ringsOnly('redirection')
    anna.onCall = (call) => call.answer()
    const outside = carrier.call('201')
    await world.pass()
    void anna.last.transferTo('sip:*80202@acme.test')
    await ringsOnly('transfer')
    outside.hangUp()
    await world.finish()
  })
})

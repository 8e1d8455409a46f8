import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'

/** 201 talks with 202; 203 is there too. */
async function talking() {
  const world = new CallWorld()
  const anna = world.phone('201')
  const bo = world.phone('202')
  const cesar = world.phone('203')
  const call = anna.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass()
  return { world, anna, bo, cesar, call, callee: bo.last }
}

/** The first person consults 203 while 202 is on hold. */
async function consulting() {
  const all = await talking()
  const { world, anna, call, cesar } = all
  const held = call.offer('sendonly')
  await world.pass()
  await held
  const second = anna.call('203')
  await world.pass()
  return { ...all, second, consulted: cesar.last }
}

async function refer(world: CallWorld, status: Promise<number>): Promise<number> {
  await world.pass()
  return status
}

/** Replaces of a dialog as its phone would put it into an INVITE for someone else. */
const replacing = (call: PhoneCall): string =>
  `${call.usage.sipCallId};to-tag=${call.usage.remoteTag};from-tag=${call.usage.localTag}`

describe('a blind transfer by the phone', () => {
  it('connects the other with the target, and ends the call of who transfers', async () => {
    const { world, cesar, call, callee } = await talking()
    assert.equal(await refer(world, callee.transferTo('sip:203@acme.test')), 202)
    assert.deepEqual(world.engine.legs.get(world.mediaOf('201'))?.plays?.kind, 'tone')
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    assert.deepEqual(callee.notified, [100, 180, 200])
    assert.ok(callee.isOver && call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('shows the target whom it will talk with, not who transfers', async () => {
    const { world, cesar, call, callee } = await talking()
    await refer(world, call.transferTo('sip:203@acme.test'))
    assert.equal(cesar.last.invite?.request.from.uri.user, '202')
    cesar.last.answer()
    await world.pass()
    world.assertJoined('202', '203')
    callee.hangUp()
    await world.finish()
  })

  it('dials the number of Refer-To and sends nothing to the host that it names', async () => {
    for (const host of ['127.0.0.1:22', '169.254.169.254', '10.0.0.77:6379;transport=tcp', '239.255.255.250:1900']) {
      const { world, cesar, call, callee } = await talking()
      assert.equal(await refer(world, callee.transferTo(`sip:203@${host}`)), 202, host)
      cesar.last.answer()
      await world.pass()
      world.assertJoined('201', '203')
      const named = host.replace(/[:;].*/, '')
      assert.ok(!world.network.packets.some(({ to }) => to.startsWith(named)))
      call.hangUp()
      await world.finish()
    }
  })

  it('to a person who is busy comes back to who transfers', async () => {
    const { world, cesar, call, callee } = await talking()
    cesar.onCall = (c) => c.refuse(486)
    await refer(world, callee.transferTo('sip:203@acme.test'))
    await world.pass()
    assert.equal(callee.notified.at(-1), 486)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('goes on when who transfers hangs up meanwhile', async () => {
    const { world, cesar, call, callee } = await talking()
    await refer(world, callee.transferTo('sip:203@acme.test'))
    callee.hangUp()
    await world.pass()
    assert.ok(call.isUp)
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('ends everywhere when the one who is transferred hangs up', async () => {
    const { world, cesar, call, callee } = await talking()
    await refer(world, callee.transferTo('sip:203@acme.test'))
    call.hangUp()
    await world.pass(100)
    assert.ok(cesar.last.isOver && callee.isOver)
    assert.equal(callee.notified.at(-1), 487)
    await world.finish()
  })

  it('is refused to somebody in the call, to nobody, and while it rings', async () => {
    const { world, call, callee, cesar } = await talking()
    assert.equal(await refer(world, callee.transferTo('sip:201@acme.test')), 403)
    assert.equal(await refer(world, callee.transferTo('sip:acme.test')), 400)
    assert.ok(await refer(world, callee.transferTo('sip:203@acme.test')))
    assert.equal(await refer(world, call.transferTo('sip:204@acme.test')), 491)
    cesar.last.answer()
    await world.pass()
    call.hangUp()
    await world.finish()
  })

  it('to a conference joins that conference', async () => {
    const { world, call, callee } = await talking()
    world.directory.addNumber(world.acme, '400', { kind: 'service', service: 'conference' })
    await refer(world, callee.transferTo('sip:400@acme.test'))
    await world.pass()
    assert.equal(world.engine.legs.get(world.mediaOf('201'))?.hears, `mix-${world.acme.id}-400`)
    call.hangUp()
    await world.finish()
  })
})

describe('an attended transfer by the phone', () => {
  it('joins the two others, and both calls of who transfers end', async () => {
    const { world, call, callee, second, consulted } = await consulting()
    consulted.answer()
    await world.pass()
    assert.equal(await refer(world, call.joinWith(second, '203')), 202)
    await world.pass()
    world.assertJoined('202', '203')
    assert.ok(call.isOver && second.isOver && callee.isUp && consulted.isUp)
    assert.equal(world.service.count, 1)
    consulted.hangUp()
    await world.pass()
    assert.ok(callee.isOver)
    await world.finish()
  })

  it('before the consulted person answers goes to the number that was dialled', async () => {
    const { world, cesar, call, callee, second } = await consulting()
    assert.equal(await refer(world, call.joinWith(second, '203')), 202)
    await world.pass()
    assert.ok(second.isOver)
    cesar.last.answer()
    await world.pass()
    world.assertJoined('202', '203')
    callee.hangUp()
    await world.finish()
  })

  it('with a call that is over, or not one of this person, leaves the call as it is', async () => {
    const { world, call, callee, second, consulted, bo } = await consulting()
    consulted.answer()
    await world.pass()
    const foreign = world.phone('204').call('203')
    await world.pass()
    assert.equal(await refer(world, call.joinWith(foreign, '203')), 403)
    second.hangUp()
    await world.pass()
    assert.equal(await refer(world, call.joinWith(second, '203')), 404)
    assert.ok(call.isUp && callee.isUp)
    assert.equal(bo.calls.length, 1)
    foreign.hangUp()
    call.hangUp()
    await world.finish()
  })

  it('with a call that rings at who transfers is refused', async () => {
    const { world, anna, cesar, call } = await talking()
    const third = cesar.call('201')
    await world.pass()
    assert.equal(await refer(world, call.joinWith(anna.last, '203')), 491)
    third.hangUp()
    call.hangUp()
    await world.finish()
  })
})

describe('INVITE with Replaces', () => {
  it('takes a call over on another device of the same person', async () => {
    const { world, call, callee } = await talking()
    const mobile = world.phone('202')
    const taken = mobile.call('201', { headers: [['Replaces', replacing(callee)]] })
    await world.pass()
    assert.ok(taken.isUp && callee.isOver && call.isUp)
    world.assertJoined('201', '202')
    taken.hangUp()
    await world.pass()
    assert.ok(call.isOver)
    await world.finish()
  })

  it('picks up a call that rings at a colleague', async () => {
    const world = new CallWorld()
    const bo = world.phone('202')
    const again = world.phone('204').call('202')
    await world.pass()
    const picked = world.phone('203').call('202', { headers: [['Replaces', replacing(bo.last)]] })
    await world.pass()
    assert.ok(picked.isUp && again.isUp && bo.last.isOver)
    world.assertJoined('204', '203')
    again.hangUp()
    await world.finish()
  })

  it('does not let a colleague take a conversation, nor replace what is unknown', async () => {
    const { world, cesar, call, callee } = await talking()
    const stolen = cesar.call('201', { headers: [['Replaces', replacing(callee)]] })
    const unknown = cesar.call('201', { headers: [['Replaces', 'nothing;to-tag=1;from-tag=2']] })
    await world.pass()
    assert.deepEqual([stolen.failure, unknown.failure], [403, 481])
    assert.ok(call.isUp && callee.isUp)
    call.hangUp()
    await world.finish()
  })

  for (const outcome of ['gives up', 'finds the call ended'] as const)
    it(`is answered also when the one who takes over ${outcome} meanwhile`, async () => {
      const { world, call, callee } = await talking()
      let go = (): void => {}
      const open = new Promise<void>((resolve) => (go = resolve))
      world.engine.before = (step) => (step === 'receiveOffer' ? open : undefined)
      const taken = world.phone('202').call('201', { headers: [['Replaces', replacing(callee)]] })
      await world.pass()
      if (outcome === 'gives up') taken.hangUp()
      else call.hangUp()
      await world.pass()
      go()
      await world.pass(100)
      assert.ok(taken.isOver)
      if (outcome === 'gives up') assert.ok(call.isUp && callee.isUp)
      call.hangUp()
      await world.finish()
    })
})

describe('commands', () => {
  it('make a call: the own device rings first, then the other', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const { id: fromUserId, companyId } = world.user('201')
    const made = await world.commands.makeCall({ companyId, fromUserId, to: '202' })
    assert.ok('callId' in made)
    await world.pass()
    assert.equal(bo.calls.length, 0)
    anna.last.answer()
    await world.pass()
    assert.equal(world.engine.legs.get(world.mediaOf('201'))?.plays?.kind, 'tone')
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    anna.last.hangUp()
    await world.finish()
  })

  it('make a call that ends when nobody answers at the own device', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const { id: fromUserId, companyId } = world.user('201')
    await world.commands.makeCall({ companyId, fromUserId, to: '202' })
    await world.pass()
    anna.last.refuse(486)
    await world.finish()
  })

  it('consult another person, and join the two calls', async () => {
    const { world, anna, cesar, call, callee } = await talking()
    const first = world.onlyCallId
    const me = { companyId: world.acme.id, userId: world.user('201').id }
    const consult = world.commands.command(me, first, 'consult', { to: '203' })
    await world.pass()
    const made = await consult
    assert.ok('callId' in made)
    anna.last.answer()
    await world.pass()
    cesar.last.answer()
    await world.pass()
    assert.deepEqual(await world.commands.command(me, first, 'transfer', { otherCallId: made.callId }), {
      callId: first,
    })
    await world.pass()
    world.assertJoined('202', '203')
    assert.ok(call.isOver && anna.last.isOver)
    callee.hangUp()
    await world.finish()
  })

  it('transfer blindly, and clear one connection or the whole call', async () => {
    const { world, cesar, call, callee } = await talking()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    await world.commands.command(me, world.onlyCallId, 'transfer', { to: '203' })
    await world.pass()
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    assert.ok(callee.isOver)
    const supervisor = { companyId: world.acme.id }
    await world.commands.command(supervisor, world.onlyCallId, 'clear', {})
    await world.pass()
    assert.ok(call.isOver && cesar.last.isOver)
    await world.finish()
  })

  it('deflect a call that rings; a number that is nobody leaves it ringing', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cesar = world.phone('203')
    const call = anna.call('202')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    const id = world.onlyCallId
    const nobody = await world.commands.command(me, id, 'deflect', { to: '299' })
    assert.equal('code' in nobody && nobody.code, 'NUMBER_UNKNOWN')
    const caller = { companyId: world.acme.id, userId: world.user('201').id }
    const mine = await world.commands.command(caller, id, 'deflect', { to: '203' })
    assert.equal('code' in mine && mine.code, 'CALL_STATE_WRONG')
    await world.pass()
    assert.equal(bo.last.isOver, false)
    await world.commands.command(me, id, 'deflect', { to: '203' })
    await world.pass()
    assert.ok(bo.last.isOver)
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('hold a leg that a transfer takes to another call before its telephone has answered', async () => {
    const world = new CallWorld()
    const [anna, bo, cesar] = [world.phone('201'), world.phone('202'), world.phone('203')]
    for (const phone of [bo, cesar]) phone.onCall = (c) => c.answer()
    const first = anna.call('202')
    await world.pass()
    const before = world.onlyCallId
    const second = anna.call('203')
    await world.pass()
    const id = [...world.service.states()].find(({ call }) => call.id !== before)!.call.id
    const late = Promise.withResolvers<void>()
    const { onOffer } = cesar.last
    cesar.last.onOffer = (offer, reply) => void late.promise.then(() => onOffer(offer, reply))
    const me = { companyId: world.acme.id, userId: world.user('203').id }
    const held = world.commands.command(me, id, 'hold', {})
    await world.pass()
    const joined = first.joinWith(second, '203')
    await world.pass()
    assert.equal(await joined, 202)
    late.resolve()
    await world.pass()
    assert.equal('code' in (await held), false)
    assert.deepEqual(world.engine.legs.get(world.mediaOf('202'))?.plays, { kind: 'music' })
    const retrieved = world.commands.command(me, world.onlyCallId, 'retrieve', {})
    await world.pass()
    assert.equal('code' in (await retrieved), false)
    assert.equal(cesar.last.lines.at(-1), 'offer sendrecv')
    world.assertJoined('202', '203')
    bo.last.hangUp()
    await world.finish()
  })

  it('do nothing to a call of others: not of whom it rang at once, and a group member declines for nobody else', async () => {
    const world = new CallWorld()
    const userIds = [world.user('202').id, world.user('203').id]
    world.directory.addNumber(world.acme, '230', { kind: 'group', userIds, name: 'Sales' })
    const anna = world.phone('201')
    const [bo, second, cesar] = [world.phone('202'), world.phone('202'), world.phone('203')]
    const call = anna.call('230')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    const id = world.onlyCallId
    assert.deepEqual(await world.commands.command(me, id, 'clear', {}), { callId: id })
    await world.pass()
    assert.deepEqual([bo.last.isOver, second.last.isOver, cesar.last.isOver], [true, true, false])
    cesar.last.answer()
    await world.pass()
    const late = await world.commands.command(me, id, 'clear', {})
    assert.equal('code' in late && late.code, 'CONNECTION_NOT_YOURS')
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('clear an origin that waits for its answer', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('201').id }
    await world.commands.command(me, world.onlyCallId, 'clear', {})
    await world.pass(100)
    assert.ok(call.failure !== undefined && bo.last.isOver)
    await world.finish()
  })
})

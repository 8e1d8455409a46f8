import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'
import { createCallFeatures } from './call-features.ts'

const codes = (world: CallWorld): unknown[] =>
  world.ledger.events.filter(({ kind }) => kind === 'service.noted').map(({ data }) => data['code'])

/** 201 has called 202, and they talk. */
async function talking() {
  const world = new CallWorld()
  createCallFeatures(world.service)
  const [anna, bo] = [world.phone('201'), world.phone('202')]
  const call = anna.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass()
  return { world, anna, bo, call }
}

/** 201 has called 202, who transfers them to 203 and hangs up while it rings there. */
async function left(parking: Partial<{ first: string; count: number; recallSeconds: number; fallback: string }> = {}) {
  const { world, anna, bo, call } = await talking()
  if (parking.fallback !== undefined)
    Object.assign(world.acme, { parking: { first: '701', count: 2, recallSeconds: 30, ...parking } })
  const cesar = world.phone('203')
  await transfer(world, bo.last, '203')
  return { world, anna, bo, cesar, call }
}

async function transfer(world: CallWorld, phone: PhoneCall, to: string): Promise<void> {
  const status = phone.transferTo(`sip:${to}@acme.test`)
  await world.pass()
  assert.equal(await status, 202)
  phone.hangUp()
  await world.pass()
}

describe('a transfer that nobody takes after who transferred has hung up', () => {
  it('rings at who transferred, who sees that it comes back, and talks with who was left', async () => {
    const { world, bo, cesar, call } = await left()
    cesar.last.refuse(486)
    await world.pass()
    assert.ok(call.isUp)
    assert.equal(world.engine.legs.get(world.mediaOf('201'))?.plays?.kind, 'music')
    assert.match(String(bo.last.invite?.request.from.displayName), /^Back: /)
    assert.match(bo.last.invite?.request.headers.getAll('Alert-Info').join(', ') ?? '', /recall/)
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.deepEqual(codes(world), ['transfer-recall'])
    call.hangUp()
    await world.finish()
  })

  it('goes nowhere else where the phone of who transferred redirects it: they are called again', async () => {
    const { world, bo, cesar, call } = await left()
    const ada = world.phone('204')
    cesar.last.refuse(486)
    await world.pass()
    const first = bo.last
    first.refuse(302, [['Contact', '<sip:204@acme.test>']])
    await world.pass(15_100)
    assert.equal(ada.calls.length, 0)
    assert.notEqual(bo.last, first)
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('comes back from a number that is nobody, too', async () => {
    const { world, bo, call } = await talking()
    const status = bo.last.transferTo('sip:999@acme.test')
    bo.last.hangUp()
    await world.pass()
    await status
    assert.ok(call.isUp)
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('is not called back who talks again for a while, and hangs up then', async () => {
    const { world, bo, call } = await talking()
    const status = bo.last.transferTo('sip:999@acme.test')
    await world.pass(5_100)
    await status
    world.assertJoined('201', '202')
    bo.last.hangUp()
    await world.pass(100)
    assert.ok(call.isOver && bo.last.isOver)
    await world.finish()
  })

  it('comes back when the telephone of who transferred died meanwhile, which sends nothing once the transfer has failed', async () => {
    const { world, bo, call } = await talking()
    const media = world.mediaOf('202')
    world.engine.tell({ kind: 'audioStarted', leg: media })
    const status = bo.last.transferTo('sip:999@acme.test')
    await world.pass()
    await status
    world.assertJoined('201', '202')
    const first = bo.last
    world.engine.tell({ kind: 'silent', leg: media, sinceMs: 60_000 })
    await world.pass(10_000)
    assert.ok(call.isUp && !first.isOver, 'it may only have paused for its transfer')
    world.engine.tell({ kind: 'silent', leg: media, sinceMs: 70_000 })
    await world.pass(1_000)
    assert.ok(call.isUp && first.isOver && bo.last !== first)
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.deepEqual(codes(world), ['transfer-recall'])
    call.hangUp()
    await world.finish()
  })

  it('ends when a telephone that had talked on for minutes after its failed transfer is lost', async () => {
    const { world, bo, call } = await talking()
    const media = world.mediaOf('202')
    world.engine.tell({ kind: 'audioStarted', leg: media })
    const status = bo.last.transferTo('sip:999@acme.test')
    await world.pass(125_000)
    await status
    world.engine.tell({ kind: 'silent', leg: media, sinceMs: 60_000 })
    await world.pass(1_000)
    assert.ok(call.isOver && bo.last.isOver)
    await world.finish()
  })

  it('is not called back who talks again and hangs up by command', async () => {
    const { world, bo, call } = await talking()
    const status = bo.last.transferTo('sip:999@acme.test')
    await world.pass(1000)
    await status
    const userId = world.user('202').id
    const [state] = world.service.states()
    const own = [...(state?.call.legs.values() ?? [])].find(({ party }) => party.userId === userId)
    assert.ok(own)
    await world.commands.command({ companyId: world.acme.id, userId }, world.onlyCallId, 'clear', { legId: own.id })
    await world.pass()
    assert.ok(call.isOver && bo.last.isOver)
    await world.finish()
  })

  it('waits until who transferred has ended another call', async () => {
    const { world, bo, cesar, call } = await left()
    const dora = world.phone('204')
    const [before, other] = [bo.last, bo.call('204')]
    await world.pass()
    dora.last.answer()
    await world.pass()
    cesar.last.refuse(486)
    await world.pass()
    assert.ok(bo.last === before, 'no second call rings in the ear')
    assert.ok(call.isUp && !dora.last.isOver)
    other.hangUp()
    await world.pass(15_100)
    assert.ok(bo.last !== before && !bo.last.isOver)
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('goes to the fallback of parked calls when they do not answer', async () => {
    const { world, bo, cesar, call } = await left({ fallback: '204' })
    const dora = world.phone('204')
    cesar.last.refuse(486)
    await world.pass(30_500)
    assert.ok(bo.last.isOver)
    await world.pass(15_000)
    assert.ok(!bo.last.isOver && !bo.last.isUp)
    await world.pass(45_500)
    dora.last.answer()
    await world.pass()
    world.assertJoined('201', '204')
    call.hangUp()
    await world.finish()
  })

  it('ends with a sentence when nobody is to be had, and at once when who was left hangs up', async () => {
    const { world, cesar, call } = await left()
    cesar.last.refuse(486)
    for (let i = 0; i < 4; i++) await world.pass(45_500)
    assert.ok(call.isUp, 'the sentence is said')
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('201') })
    await world.pass(500)
    assert.ok(call.isOver)
    await world.finish()

    const again = await left()
    again.cesar.last.refuse(486)
    await again.world.pass()
    again.call.hangUp()
    await again.world.pass()
    assert.ok(again.bo.last.isOver)
    await again.world.finish()
  })

  it('calls back who transferred last, not who did so before', async () => {
    const { world, anna, bo, cesar, call } = await left()
    const dora = world.phone('204')
    const talked = bo.last
    cesar.last.answer()
    await world.pass()
    await transfer(world, call, '204')
    dora.last.refuse(486)
    await world.pass()
    assert.ok(bo.last === talked, '202 has left long ago')
    assert.ok(!anna.last.isOver, 'the phone of 201 rings')
    anna.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    anna.last.hangUp()
    await world.pass()
    await world.finish()
  })
})

describe('a transfer that nobody takes, of somebody whom a trunk had reached and who has hung up', () => {
  /** 201 has called somebody outside, whose carrier (or Teams) transfers them to 202 and hangs up while it rings there. */
  async function leftByTrunk() {
    const world = new CallWorld()
    createCallFeatures(world.service)
    const { carrier } = world.trunk()
    const bo = world.phone('202')
    const call = world.phone('201').call('+46701740610')
    await world.pass()
    carrier.last.answer()
    await world.pass()
    const first = carrier.last
    await transfer(world, first, '202')
    return { world, carrier, bo, call, first }
  }

  it('calls them again the way they were called, and they talk', async () => {
    const { world, carrier, bo, call, first } = await leftByTrunk()
    bo.last.refuse(486)
    await world.pass()
    assert.ok(call.isUp, 'who was left waits')
    assert.equal(world.engine.legs.get(world.mediaOf('201'))?.plays?.kind, 'music')
    assert.notEqual(carrier.last, first)
    assert.equal(carrier.last.invite?.request.uri, first.invite?.request.uri)
    carrier.last.answer()
    await world.pass()
    call.hangUp()
    await world.pass()
    assert.ok(carrier.last.isOver)
    assert.deepEqual(codes(world), ['transfer-recall'])
    await world.finish()
  })

  it('ends with a sentence when they are not to be had, after the fallback of parked calls', async () => {
    const { world, carrier, bo, call } = await leftByTrunk()
    const dora = world.phone('204')
    Object.assign(world.acme, { parking: { first: '701', count: 2, recallSeconds: 30, fallback: '204' } })
    carrier.onCall = (again) => again.refuse(486)
    bo.last.refuse(486)
    await world.pass(31_000)
    assert.equal(carrier.calls.length, 3)
    dora.last.refuse(486)
    await world.pass(500)
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('201') })
    await world.pass(500)
    assert.ok(call.isOver)
    await world.finish()
  })

  it('calls nobody again who had called in over the trunk: whose number that is, nobody knows', async () => {
    const world = new CallWorld()
    createCallFeatures(world.service)
    const { carrier } = world.trunk()
    const [anna, bo] = [world.phone('201'), world.phone('202')]
    const inbound = carrier.call('201')
    await world.pass()
    anna.last.answer()
    await world.pass()
    await transfer(world, inbound, '202')
    bo.last.refuse(486)
    await world.pass()
    assert.ok(anna.last.isOver)
    assert.equal(carrier.calls.length, 0)
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { Parking, ServiceLine } from '@vaxel/core'
import { MemoryOwed } from '@vaxel/testkit'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { createCallFeatures } from './call-features.ts'

/** A company with all features; 201 and 202 pick up each other's calls. */
function office() {
  const world = new CallWorld()
  const features = createCallFeatures(world.service)
  const group = { name: 'sales', userIds: [world.user('201').id, world.user('202').id] }
  Object.assign(world.acme, { pickupGroups: [group] })
  return { world, features }
}

const codes = (world: CallWorld): unknown[] =>
  world.ledger.events.filter(({ kind }) => kind === 'service.noted').map(({ data }) => data['code'])

/** What was said on the leg is over, so that the service goes on. */
async function heard(world: CallWorld, number: string): Promise<void> {
  for (let i = 0; i < 8; i++) {
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf(number) })
    await world.pass()
    if (
      ![...world.service.states()].some((s) =>
        [...s.call.legs.values()].some((l) => l.party.number === number && !l.endedAtMs),
      )
    )
      return
  }
}

describe('pickup', () => {
  it('takes what rings at a member of the own group, and says so in the timeline', async () => {
    const { world } = office()
    const caller = world.phone('203')
    const ringing = world.phone('202')
    const colleague = world.phone('201')
    const call = caller.call('202')
    await world.pass()
    const picking = colleague.call('*8')
    await world.pass()
    assert.ok(call.isUp && picking.isUp)
    assert.ok(ringing.last.isOver, 'the other phone rings no more')
    world.assertJoined('203', '201')
    assert.deepEqual(codes(world), ['picked-up'])
    assert.equal([...world.service.states()].length, 1, 'one call is left')
    call.hangUp()
    await world.finish()
  })

  it('takes what rings at one extension, for whoever dials its code', async () => {
    const { world } = office()
    const caller = world.phone('202')
    world.phone('203')
    const other = world.phone('204')
    const call = caller.call('203')
    await world.pass()
    const picking = other.call('**203')
    await world.pass()
    world.assertJoined('202', '204')
    picking.hangUp()
    await world.pass()
    assert.ok(call.isOver)
    await world.finish()
  })

  it('takes nothing that rings outside: a colleague would take the place of the emergency centre', async () => {
    const { world } = office()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.ring()
    const call = world.phone('201').call('112')
    await world.pass()
    const picking = world.phone('202').call('**112')
    await world.pass()
    assert.deepEqual([carrier.last.isOver, call.isUp], [false, false])
    carrier.last.answer()
    await world.pass()
    world.assertJoined('201', '112')
    for (const one of [call, picking]) one.hangUp()
    await world.finish()
  })

  it('says that nothing rings, and that somebody is in no group', async () => {
    const { world } = office()
    const said: string[] = []
    const play = world.engine.play.bind(world.engine)
    world.engine.play = (leg, source) => {
      if (source.kind === 'file') said.push(source.path.split('/').at(-1)!)
      play(leg, source)
    }
    for (const name of ['201', '203']) {
      const phone = world.phone(name)
      const call = phone.call('*8')
      await world.pass()
      await heard(world, name)
      assert.ok(call.isOver)
    }
    assert.deepEqual(said, ['pickup-nothing-rings.wav', 'pickup-no-group.wav'])
    await world.finish()
  })

  it('finds nothing when the called person answers first', async () => {
    const { world } = office()
    const caller = world.phone('203')
    const ringing = world.phone('202')
    const colleague = world.phone('201')
    const call = caller.call('202')
    await world.pass()
    const picking = colleague.call('*8')
    ringing.last.answer()
    await world.pass()
    assert.ok(call.isUp)
    if (ringing.last.isUp) world.assertJoined('203', '202')
    else world.assertJoined('203', '201')
    picking.hangUp()
    call.hangUp()
    await world.finish()
  })

  it('never reaches into another company, nor serves callers from outside', async () => {
    const { world } = office()
    const caller = world.phone('203', { company: world.beta })
    world.phone('202', { company: world.beta })
    const call = caller.call('202')
    await world.pass()
    const phone = world.phone('201')
    const picking = phone.call('**202')
    await world.pass()
    await heard(world, '201')
    assert.ok(picking.isOver && !call.isUp)
    const { carrier } = world.trunk()
    const outside = carrier.call('*8')
    await world.pass()
    assert.equal(outside.failure, 404)
    call.hangUp()
    await world.finish()
  })
})

/** 203 talks with 201 and is parked by a blind transfer of 201's phone. */
async function parked(to: string, parking?: Parking) {
  const { world, features } = office()
  if (parking) Object.assign(world.acme, { parking })
  const caller = world.phone('203')
  const parker = world.phone('201')
  const call = caller.call('201')
  await world.pass()
  parker.last.answer()
  await world.pass()
  const status = await Promise.all([parker.last.transferTo(`sip:${to}@acme.test`), world.pass(50)]).then(([s]) => s)
  assert.equal(status, 202)
  await world.pass(100)
  return { world, features, caller, parker, call }
}

describe('parking', () => {
  it('parks whom a phone transfers to a place, with music, and gives them to whoever dials it', async () => {
    const { world, features, call, parker } = await parked('703')
    assert.ok(parker.last.isOver, 'the one who parked is free')
    assert.deepEqual(
      features.parking.lot.all(world.acme.id).map(({ place, who, byName }) => [place, who, byName]),
      [['703', world.user('203').displayName, world.user('201').displayName]],
    )
    assert.equal(world.engine.legs.get(world.mediaOf('203'))?.plays?.kind, 'music')
    const phone = world.phone('202')
    const fetching = phone.call('703')
    await world.pass()
    assert.ok(fetching.isUp)
    world.assertJoined('203', '202')
    assert.deepEqual(features.parking.lot.all(world.acme.id), [])
    assert.deepEqual(codes(world), ['parked', 'fetched'])
    call.hangUp()
    await world.finish()
  })

  it('parks what a person has on hold, says the place, and gives it back by the code alone', async () => {
    const { world, features } = office()
    const caller = world.phone('203')
    const parker = world.phone('201')
    const call = caller.call('201')
    await world.pass()
    parker.last.answer()
    await world.pass()
    const first = parker.last
    await Promise.all([first.offer('sendonly'), world.pass()])
    const parking = parker.call('*68')
    await world.pass()
    assert.equal(features.parking.lot.all(world.acme.id)[0]?.place, '701')
    assert.ok(first.isOver)
    await heard(world, '201')
    assert.ok(parking.isOver)
    const fetching = parker.call('*69')
    await world.pass()
    world.assertJoined('203', '201')
    fetching.hangUp()
    await world.pass()
    assert.ok(call.isOver)
    await world.finish()
  })

  it('calls whoever parked the call after a while, and the fallback after that', async () => {
    const { world, features, parker, call } = await parked('*68', {
      first: '701',
      count: 2,
      recallSeconds: 30,
      fallback: '204',
    })
    const fallback = world.phone('204')
    await world.pass(30_500)
    const recall = parker.last
    assert.ok(!recall.isOver && !recall.isUp, 'the phone of 201 rings')
    assert.equal(features.parking.lot.all(world.acme.id)[0]?.isRecalling, true)
    await world.pass(20_500)
    assert.ok(recall.isOver)
    await world.pass(30_500)
    fallback.last.answer()
    await world.pass()
    world.assertJoined('203', '204')
    assert.deepEqual(features.parking.lot.all(world.acme.id), [])
    assert.deepEqual(codes(world), ['parked', 'park-recall', 'park-recall'])
    call.hangUp()
    await world.finish()
  })

  it('can be fetched while it is recalled, and never waits for ever', async () => {
    const { world, parker, call } = await parked('701')
    await world.pass(61_000)
    const phone = world.phone('202')
    const fetching = phone.call('701')
    await world.pass()
    world.assertJoined('203', '202')
    assert.ok(parker.last.isOver)
    fetching.hangUp()
    await world.pass()
    assert.ok(call.isOver)
    await world.finish()

    const again = await parked('701')
    for (let i = 0; i < 3; i++) await again.world.pass(81_000)
    await heard(again.world, '203')
    assert.ok(again.call.isOver, 'the caller is let go')
    assert.deepEqual(again.features.parking.lot.all(again.world.acme.id), [])
    await again.world.finish()
  })

  it('frees the place when the parked caller hangs up, or all calls are ended', async () => {
    const one = await parked('701')
    one.call.hangUp()
    await one.world.pass()
    assert.deepEqual(one.features.parking.lot.all(one.world.acme.id), [])
    await one.world.finish()
    const two = await parked('701')
    await Promise.all([two.world.service.close(), two.world.pass(500)])
    assert.deepEqual(two.features.parking.lot.all(two.world.acme.id), [])
    await two.world.finish()
  })
})

describe('flip', () => {
  it("takes the person's own call over to the phone that asks", async () => {
    const { world } = office()
    const caller = world.phone('203')
    const desk = world.phone('201')
    const mobile = world.phone('201')
    const call = caller.call('201')
    await world.pass()
    desk.last.answer()
    await world.pass()
    const flipping = mobile.call('*40')
    await world.pass()
    assert.ok(flipping.isUp && desk.last.isOver && call.isUp)
    world.assertJoined('203', '201')
    assert.deepEqual(codes(world), ['flipped'])
    call.hangUp()
    await world.pass()
    assert.ok(flipping.isOver)
    await world.finish()
  })
})

describe('feature codes', () => {
  it('do what parts of the platform register for them, with the digits after the code', async () => {
    const { world, features } = office()
    const seen: string[] = []
    features.actions.register('forwardAlways', async (line: ServiceLine, argument) => {
      seen.push(`${line.user?.name} ${argument}`)
    })
    const phone = world.phone('201')
    const call = phone.call('*21*0701740605#')
    await world.pass()
    assert.deepEqual(seen, ['201 0701740605'])
    assert.ok(call.isOver)
    await world.finish()
  })
})

describe('call-back when free', () => {
  it('calls whoever asked, and then the other one, as soon as both are off the phone', async () => {
    const { world, features } = office()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cleo = world.phone('203')
    const talk = bo.call('203')
    await world.pass()
    cleo.last.answer()
    await world.pass()
    bo.onCall = (call) => call.refuse(486)
    const inVain = anna.call('202')
    await world.pass()
    assert.equal(inVain.failure, 486)
    const code = anna.call('*37')
    await world.pass()
    await heard(world, '201')
    assert.ok(code.isOver)
    assert.equal(features.callBacks(world.user('201').id).length, 1)
    bo.onCall = (ringing) => ringing.ring()
    await world.pass(10_000)
    talk.hangUp()
    await world.pass(2500)
    anna.last.answer()
    await world.pass()
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.deepEqual(codes(world), ['call-back-set', 'call-back'])
    anna.last.hangUp()
    await world.pass()
    assert.equal(features.callBacks(world.user('201').id).length, 0)
    features.close()
    await world.finish()
  })

  it('waits for who did not answer until they have used their phone', async () => {
    const { world, features } = office()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cleo = world.phone('203')
    const inVain = anna.call('202')
    await world.pass(5000)
    inVain.hangUp()
    await world.pass()
    await features.callBacksOf.set(
      world.user('201'),
      world.user('202'),
      features.callBacksOf.last.of(world.user('201').id)!.reason,
    )
    await world.pass(10_000)
    assert.equal(world.service.count, 0, 'nobody is disturbed')
    const talk = bo.call('203')
    await world.pass()
    cleo.last.answer()
    await world.pass(5000)
    talk.hangUp()
    await world.pass(2500)
    assert.ok(!anna.last.isOver, 'the phone of 201 rings')
    anna.last.refuse(486)
    await world.pass(5000)
    assert.equal(features.callBacks(world.user('201').id).length, 0, 'who does not want it any more has said so')
    features.close()
    await world.finish()
  })

  it('outlives the process: who asked is called after the restart, and what is too late is told in the ledger', async () => {
    const { world, features } = office()
    const owed = new MemoryOwed()
    const [anna, bo, cleo] = ['201', '202', '203'].map((name) => world.user(name))
    features.close()
    const first = createCallFeatures(world.service, { owed })
    const phone = world.phone('201')
    const called = world.phone('202')
    const talk = called.call('203')
    await world.pass()
    assert.ok(!isRefusal(await first.callBacksOf.set(anna!, bo!, 'busy')))
    assert.ok(!isRefusal(await first.callBacksOf.set(anna!, cleo!, 'busy')))
    assert.equal(first.callBacksOf.cancel(anna!.id, first.callBacks(anna!.id)[1]!.id), 1)
    assert.equal(owed.kept.size, 1, 'what was cancelled is not owed')
    owed.isAway = true
    assert.ok(isRefusal(await first.callBacksOf.set(cleo!, bo!, 'busy')), 'what cannot be kept is not promised')
    owed.isAway = false
    await owed.put({ ...[...owed.kept.values()][0]!, id: 'late', untilMs: world.clock.now() })
    first.close()
    talk.hangUp()
    await world.pass()
    const second = createCallFeatures(world.service, { owed })
    await second.resume()
    assert.deepEqual(
      owed.events.map(({ kind, data }) => [kind, data['why'], data['name']]),
      [['callBack.dropped', 'expired', bo!.displayName]],
    )
    assert.equal(second.callBacks(anna!.id).length, 1)
    await world.pass(16_000)
    phone.last.answer()
    await world.pass()
    called.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    phone.last.hangUp()
    await world.pass()
    assert.equal(owed.kept.size, 0)
    second.close()
    await world.finish()
  })

  it('ends after 45 minutes, by its code, and never for oneself', async () => {
    const { world, features } = office()
    const [anna, bo] = [world.user('201'), world.user('202')]
    const back = () => features.callBacksOf.set(anna, bo, 'noAnswer')
    await back()
    assert.equal(features.callBacksOf.waitingFor(bo.id).length, 1)
    await world.pass(45 * 60_000)
    assert.equal(features.callBacks(anna.id).length, 0)
    await back()
    const phone = world.phone('201')
    phone.call('#37')
    await world.pass()
    await heard(world, '201')
    assert.equal(features.callBacks(anna.id).length, 0)
    assert.ok(isRefusal(await features.callBacksOf.set(anna, anna, 'busy')))
    features.close()
    await world.finish()
  })
})

describe('the code of the conference', () => {
  it("leads to the company's first room, and says so where there is none", async () => {
    const { world } = office()
    const phone = world.phone('201')
    const refused = phone.call('*5')
    await world.pass()
    assert.equal(refused.failure, 404)
    world.directory.addNumber(world.acme, '401', { kind: 'service', service: 'conference' })
    world.directory.addNumber(world.acme, '400', { kind: 'service', service: 'conference' })
    const call = phone.call('*5')
    await world.pass()
    assert.ok(call.isUp)
    assert.equal(world.onlyCall.name === 'inService' && world.onlyCall.number, '400')
    call.hangUp()
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HuntGroup, SharedLine } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall, ServicePhone } from '@vaxel/testkit/calls/service-phone'

const told = (world: CallWorld, kind: string) => world.ledger.events.filter((event) => event.kind === kind)
const decisionsOf = (world: CallWorld) =>
  told(world, 'call.routed').flatMap(({ data }) => data.decisions as { code: string; [name: string]: unknown }[])
const passedOf = (world: CallWorld) =>
  decisionsOf(world).flatMap(({ code, name, why }) =>
    code === 'member-passed' ? [`${String(name)}: ${String(why)}`] : [],
  )

/** Anna calls Sales (230), of which Bo, Cesar and David are members; all phones ring. */
function sales(more: Partial<HuntGroup> = {}) {
  const world = new CallWorld()
  const [anna, bo, cesar, david] = ['201', '202', '203', '204'].map((name) => world.phone(name)) as ServicePhone[]
  for (const phone of [anna!, bo!, cesar!, david!]) phone.onCall = (call) => call.ring()
  const userIds = ['202', '203', '204'].map((name) => world.user(name).id)
  world.directory.addNumber(world.acme, '230', { kind: 'group', name: 'Sales', userIds, ...more })
  const rings = () => [bo!, cesar!, david!].map((phone) => phone.calls.filter((call) => !call.isOver).length)
  return { world, anna: anna!, bo: bo!, cesar: cesar!, david: david!, rings }
}

const fromOf = (phone: ServicePhone) => phone.last.invite?.request.from.displayName

describe('a hunt group', () => {
  it('rings all its members at once, with its name before the caller', async () => {
    const { world, anna, cesar, rings } = sales()
    const call = anna.call('230')
    await world.pass()
    assert.deepEqual(rings(), [1, 1, 1])
    assert.equal(fromOf(cesar), 'Sales: Person 201')
    cesar.last.answer()
    await world.pass()
    assert.deepEqual(rings(), [0, 1, 0])
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('shows the caller alone where it hides its name', async () => {
    const { world, anna, bo } = sales({ hidesName: true })
    const call = anna.call('230')
    await world.pass()
    assert.equal(fromOf(bo), 'Person 201')
    call.hangUp()
    await world.finish()
  })

  it('shows its name alone for callers who withhold their number', async () => {
    const { world, anna, bo } = sales()
    const call = anna.call('230', { headers: [['Privacy', 'id']] })
    await world.pass()
    assert.deepEqual([fromOf(bo), bo.last.invite?.request.from.uri.user], ['Sales', 'anonymous'])
    call.hangUp()
    await world.finish()
  })

  it('asks its members one after another, each for its time', async () => {
    const { world, anna, rings } = sales({ mode: 'inOrder', memberSeconds: 10 })
    const call = anna.call('230')
    await world.pass()
    assert.deepEqual(rings(), [1, 0, 0])
    await world.pass(10_000)
    assert.deepEqual(rings(), [0, 1, 0])
    await world.pass(10_000)
    assert.deepEqual(rings(), [0, 0, 1])
    await world.pass(10_000)
    assert.equal(call.failure, 480)
    await world.finish()
  })

  it('begins again with the first until the longest wait is over', async () => {
    const { world, anna, rings } = sales({ mode: 'inOrder', memberSeconds: 10, longestWaitSeconds: 35 })
    const call = anna.call('230')
    await world.pass(30_100)
    assert.deepEqual(rings(), [1, 0, 0])
    await world.pass(4000)
    assert.equal(call.failure, undefined)
    await world.pass(1000)
    assert.equal(call.failure, 480)
    await world.finish()
  })

  it('goes on at once from a member who declines, also for all of their devices, and lets the others ring', async () => {
    const { world, anna, bo, rings } = sales({ mode: 'inOrder' })
    bo.onCall = (call) => call.refuse(603)
    const call = anna.call('230')
    await world.pass()
    assert.deepEqual(rings(), [0, 1, 0])
    call.hangUp()
    await world.finish()
    const together = sales()
    together.bo.onCall = (one) => one.refuse(603)
    const second = together.anna.call('230')
    await together.world.pass()
    assert.deepEqual(together.rings(), [0, 1, 1])
    second.hangUp()
    await together.world.finish()
  })

  describe('of which a member’s phone sends the call elsewhere', () => {
    const elsewhere = (to: string) => (call: PhoneCall) => call.refuse(302, [['Contact', `<sip:${to}@acme.test>`]])

    it('asks the next one when nobody answers there, also when it is outside and busy', async () => {
      const { world, anna, bo, cesar, rings } = sales({ mode: 'inOrder', memberSeconds: 10 })
      const { carrier } = world.trunk()
      carrier.onCall = (call) => call.refuse(486)
      bo.onCall = elsewhere('+46701740610')
      cesar.onCall = elsewhere('201')
      const own = world.phone('201')
      const call = anna.call('230')
      await world.pass()
      assert.equal(carrier.calls.length, 1)
      assert.equal(own.calls.length, 1)
      assert.deepEqual(rings(), [0, 0, 0])
      await world.pass(world.user('201').ringSeconds * 1000)
      assert.deepEqual(rings(), [0, 0, 1])
      call.hangUp()
      await world.finish()
    })

    it('has the others ring as long as before, and goes where it overflows to in the end', async () => {
      const { world, anna, bo, rings } = sales()
      const group = { name: 'Sales', longestWaitSeconds: 50, overflow: { noAnswer: '204' } }
      const userIds = [world.user('202').id, world.user('203').id]
      world.directory.addNumber(world.acme, '231', { kind: 'group', userIds, ...group })
      bo.onCall = elsewhere('+46701740610')
      const { carrier } = world.trunk()
      const call = anna.call('231')
      await world.pass(45_000)
      assert.deepEqual([rings(), carrier.last.isOver], [[0, 1, 0], false])
      await world.pass(6000)
      assert.deepEqual([rings(), carrier.last.isOver], [[0, 0, 1], true])
      call.hangUp()
      await world.finish()
    })
  })

  it('passes over who is on the phone, logged out or not to be disturbed, and says why', async () => {
    const { world, anna, bo, rings } = sales()
    const talk = bo.call('201')
    await world.pass()
    anna.last.answer()
    await world.pass()
    world.set('203', 'memberships', { loggedOutOf: ['230'] })
    world.handling.set(world.user('204').id, {
      callWaiting: true,
      doNotDisturb: { exceptions: [], usesBusyRule: false },
    })
    const { carrier } = world.trunk()
    world.directory.addNumber(world.acme, '+46846500430', { kind: 'short', to: '230' })
    const refused = carrier.call('+46846500430')
    await world.pass()
    assert.equal(refused.failure, 486)
    assert.deepEqual(passedOf(world), ['Person 202: busy', 'Person 203: loggedOut', 'Person 204: doNotDisturb'])
    assert.deepEqual(rings(), [0, 0, 0])
    talk.hangUp()
    await world.finish()
  })
})

describe("a group's order", () => {
  it('begins with who has not talked longest', async () => {
    const { world, anna, bo, cesar, rings } = sales({ mode: 'longestIdle' })
    for (const phone of [bo, cesar]) {
      const talk = anna.call(phone.name)
      await world.pass()
      phone.last.answer()
      await world.pass(1000)
      talk.hangUp()
      await world.pass()
    }
    const call = anna.call('230')
    await world.pass()
    assert.deepEqual(rings(), [0, 0, 1])
    const [order] = decisionsOf(world).filter(({ code }) => code === 'group-order')
    assert.equal(order?.members, 'Person 204, Person 202, Person 203')
    call.hangUp()
    await world.finish()
  })

  it('comes from the call alone when it is by lot, and is told', async () => {
    const { world, anna, rings } = sales({ mode: 'random', memberSeconds: 5 })
    const firsts = new Set<string>()
    // Ids of calls are random: a dozen calls leave somebody out once in forty times.
    for (let i = 0; i < 200 && firsts.size < 3; i++) {
      const call = anna.call('230')
      await world.pass()
      assert.equal(rings().filter((ringing) => ringing > 0).length, 1)
      call.hangUp()
      await world.pass()
      firsts.add(String(decisionsOf(world).findLast(({ code }) => code === 'group-order')?.members).slice(0, 10))
    }
    assert.equal(firsts.size, 3, 'each member is the first of some call')
    await world.finish()
  })

  it('asks a member whom the caller may disturb', async () => {
    const { world, anna, bo, rings } = sales({ mode: 'inOrder' })
    world.handling.set(world.user('202').id, {
      callWaiting: true,
      doNotDisturb: { exceptions: ['201'], usesBusyRule: false },
    })
    const call = anna.call('230')
    await world.pass()
    assert.deepEqual([bo.calls.length, rings()], [1, [1, 0, 0]])
    call.hangUp()
    await world.finish()
  })

  it('passes over a member who got on the phone while others rang', async () => {
    const { world, anna, cesar, rings } = sales({ mode: 'inOrder', memberSeconds: 10 })
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const call = anna.call('230')
    await world.pass()
    const talk = cesar.call('+46701740699')
    await world.pass(10_000)
    assert.deepEqual(rings(), [0, 0, 1], 'Cesar talks, David is asked')
    call.hangUp()
    talk.hangUp()
    await world.finish()
  })
})

describe("a group's overflow", () => {
  it('takes the call when nobody is free, on behalf of the company', async () => {
    const { world, anna } = sales({ overflow: { busy: '+46701740699' } })
    for (const name of ['202', '203', '204']) world.set(name, 'memberships', { loggedOutOf: ['230'] })
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const call = anna.call('230')
    await world.pass()
    assert.equal(carrier.calls.length, 1)
    assert.deepEqual(carrier.last.invite?.request.headers.getAll('Diversion'), ['<sip:230@acme.test>;reason=user-busy'])
    assert.equal([...world.ledger.calls.values()].at(-1)?.called.name, 'Sales')
    call.hangUp()
    await world.finish()
  })

  it('takes the call of somebody outside, when nobody has answered in time', async () => {
    const { world, anna, rings } = sales({ longestWaitSeconds: 20, overflow: { noAnswer: '201' } })
    world.directory.addNumber(world.acme, '+46846500430', world.directory.number(world.acme.id, '230')!.target)
    const { carrier } = world.trunk()
    const call = carrier.call('+46846500430')
    await world.pass(19_000)
    assert.deepEqual(rings(), [1, 1, 1])
    await world.pass(2000)
    anna.last.answer()
    await world.pass()
    world.assertJoined('+46701740605', '201')
    call.hangUp()
    await world.finish()
  })

  it('is passed over when it leads back, and the caller hears that all are busy', async () => {
    const { world, anna } = sales({ overflow: { busy: '231' } })
    const userIds = [world.user('204').id]
    world.directory.addNumber(world.acme, '231', { kind: 'group', name: 'More', userIds, overflow: { busy: '230' } })
    for (const name of ['202', '203', '204']) world.set(name, 'memberships', { loggedOutOf: ['230', '231'] })
    const call = anna.call('230')
    await world.pass()
    assert.equal(call.failure, 486)
    assert.ok(decisionsOf(world).some(({ code }) => code === 'rule-passed-over'))
    await world.finish()
  })
})

/** Reception (240) is a line of Bo and Cesar, who also has a second device. */
function reception(more: Partial<SharedLine> = {}) {
  const world = new CallWorld()
  const [anna, bo, cesar, mobile, david] = ['201', '202', '203', '203', '204'].map((name) => world.phone(name))
  for (const phone of [anna!, bo!, cesar!, mobile!, david!]) phone.onCall = (call) => call.ring()
  const userIds = ['202', '203'].map((name) => world.user(name).id)
  world.directory.addNumber(world.acme, '240', { kind: 'shared', name: 'Reception', userIds, ...more })
  return { world, anna: anna!, bo: bo!, cesar: cesar!, mobile: mobile!, david: david! }
}

describe('a shared line', () => {
  it('rings on every device of its people, and is busy for all while one talks on it', async () => {
    const { world, anna, bo, cesar, mobile, david } = reception()
    const call = anna.call('240')
    await world.pass()
    assert.deepEqual(
      [bo, cesar, mobile].map((phone) => phone.calls.length),
      [1, 1, 1],
    )
    bo.last.answer()
    await world.pass()
    const second = david.call('240')
    await world.pass()
    assert.equal(second.failure, 486)
    assert.ok(decisionsOf(world).some(({ code }) => code === 'line-busy'))
    call.hangUp()
    await world.pass()
    const third = david.call('240')
    await world.pass()
    assert.equal(cesar.calls.length, 2)
    third.hangUp()
    await world.finish()
  })

  it('is busy for all also when only one of its people could be asked', async () => {
    const { world, anna, bo, david } = reception()
    world.set('203', 'memberships', { loggedOutOf: ['240'] })
    const call = anna.call('240')
    await world.pass()
    bo.last.answer()
    await world.pass()
    assert.deepEqual(world.onlyCall.call.called, { number: '240', name: 'Reception' })
    const second = david.call('240')
    await world.pass()
    assert.equal(second.failure, 486)
    call.hangUp()
    await world.finish()
  })

  it('gives a held call to who dials its number, and not one that somebody else talks on', async () => {
    const { world, anna, bo, cesar } = reception({ takesSecondCall: true })
    const call = anna.call('240')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const talk = cesar.call('240')
    await world.pass()
    assert.equal(talk.isUp, false, 'Bo talks: the line is called, not taken')
    talk.hangUp()
    await world.pass()
    void bo.calls[0]!.offer('sendonly')
    await world.pass()
    const taken = cesar.call('240')
    await world.pass()
    assert.ok(taken.isUp)
    assert.ok(bo.calls[0]!.isOver)
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('gives a call that rings to who dials its number from it', async () => {
    const { world, anna, bo } = reception()
    const call = anna.call('240')
    await world.pass()
    const taken = bo.call('240')
    await world.pass()
    assert.ok(taken.isUp && call.isUp)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })
})

describe('one number on several devices of a person', () => {
  it('takes the call over that goes on at another one, by dialling the own number', async () => {
    const { world, anna, cesar, mobile } = reception()
    const call = anna.call('203')
    await world.pass()
    cesar.last.answer()
    await world.pass()
    const taken = mobile.call('203')
    await world.pass()
    assert.ok(taken.isUp && cesar.last.isOver)
    assert.equal(world.onlyCall.name, 'connected')
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('answers there what rings here', async () => {
    const { world, anna, cesar, mobile } = reception()
    mobile.onCall = (call) => call.refuse(486)
    const call = anna.call('203')
    await world.pass()
    const taken = mobile.call('203')
    await world.pass()
    assert.ok(taken.isUp && call.isUp && cesar.last.isOver)
    call.hangUp()
    await world.finish()
  })

  it('rings the others when there is nothing to take', async () => {
    const { world, cesar, mobile } = reception()
    const call = mobile.call('203')
    await world.pass()
    assert.equal(cesar.calls.length, 1)
    call.hangUp()
    await world.finish()
  })
})

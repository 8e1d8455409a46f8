import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { QueueWorld } from '@vaxel/testkit/calls/queue-world'

const mobile = '+46701740605'

/** The agent 202 has a mobile telephone outside, which the carrier of the trunk reaches. */
async function withPhoneOutside(isKept: boolean) {
  const world = await QueueWorld.begin({ line: { kind: 'number', number: mobile, isKept } })
  const { carrier } = world.trunk()
  return { world, carrier }
}

describe('an agent at a number outside', () => {
  it('is called for each customer, and takes them by key', async () => {
    const { world, carrier } = await withPhoneOutside(false)
    carrier.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    assert.deepEqual(await world.listen(mobile, 3), ['queue-agent-offer', 'Sales', 'queue-agent-press-one'])
    assert.equal(world.agentState('202'), 'ready')
    world.press(mobile, '1')
    await world.pass()
    world.assertJoined('201', mobile)
    assert.equal(world.agentState('202'), 'busy')
    assert.equal(world.service.count, 1, 'the call to the agent is part of the customer’s')
    carrier.last.hangUp()
    await world.pass()
    assert.equal(call.isOver, true)
    assert.equal(world.fact('work.finished').by, 'agent')
    assert.equal(world.agentState('202'), 'ready')
    await world.finish()
  })

  for (const [why, name, names] of [
    ['that no voice can say', '客户服务', () => '/names/never.wav'],
    ['for which there is no voice', 'Sales', () => undefined],
    ['that a voice does not say in time', 'Sales', () => new Promise<undefined>(() => {})],
    ['at which a voice breaks', 'Sales', () => Promise.reject(new Error('broken'))],
  ] as const) {
    it(`hears the number of a queue with a name ${why}`, async () => {
      const world = await QueueWorld.begin({
        line: { kind: 'number', number: mobile, isKept: false },
        queues: [{ name }],
      })
      const { carrier } = world.trunk()
      world.names = names
      carrier.onCall = (incoming) => incoming.answer()
      await world.ready('202')
      const call = world.phone('201').call('300')
      await world.pass(2000)
      const offer = ['queue-agent-offer', 'number-3', 'number-0', 'number-0', 'queue-agent-press-one']
      assert.deepEqual(await world.listen(mobile, 5), offer)
      call.hangUp()
      await world.finish()
    })
  }

  it('hears a name of digits digit by digit', async () => {
    const world = await QueueWorld.begin({
      line: { kind: 'number', number: mobile, isKept: false },
      queues: [{ name: '112' }],
    })
    const { carrier } = world.trunk()
    carrier.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    const offer = ['queue-agent-offer', 'number-1', 'number-1', 'number-2', 'queue-agent-press-one']
    assert.deepEqual(await world.listen(mobile, 5), offer)
    call.hangUp()
    await world.finish()
  })

  it('never gives a customer to a mailbox that answers', async () => {
    const { world, carrier } = await withPhoneOutside(false)
    carrier.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    for (let n = 0; n < 3; n++) {
      await world.listen(mobile, 5)
      await world.pass(3000)
    }
    await world.pass(100)
    assert.equal(carrier.last.isOver, true)
    assert.equal(world.agentState('202'), 'notReady missedOffer')
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('is not rung any more when the customer has left, and hears so when they press too late', async () => {
    const { world, carrier } = await withPhoneOutside(false)
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    assert.equal(carrier.last.isOver, false)
    call.hangUp()
    await world.pass()
    assert.equal(carrier.last.isOver, true)
    assert.equal(world.agentState('202'), 'ready')
    await world.finish()
  })
})

describe('an agent whose line is kept', () => {
  it('is called at login, hears a tone before each customer, and ends calls and work by key', async () => {
    const { world, carrier } = await withPhoneOutside(true)
    carrier.onCall = (incoming) => incoming.answer()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.centre.agentDesk.logIn(by, by.userId))
    await world.pass()
    assert.deepEqual(await world.listen(mobile), ['queue-agent-login'])
    world.press(mobile, '1')
    await world.pass()
    assert.deepEqual(await world.listen(mobile), ['queue-agent-connected'])
    assert.equal(world.hears(mobile), 'silence')
    world.press(mobile, '1')
    await world.pass()
    assert.deepEqual(await world.listen(mobile), ['queue-agent-ready'])
    assert.equal(world.agentState('202'), 'ready')

    for (const endsFirst of ['agent', 'customer'] as const) {
      const call = world.phone('201').call('300')
      await world.pass()
      assert.equal(world.hears(mobile), 'sine', 'a tone')
      await world.pass(400)
      await world.listen(mobile, 4)
      const mixOf = (number: string) => world.engine.legs.get(world.mediaOf(number))?.hears
      assert.match(mixOf(mobile) ?? '', /^queue-/)
      assert.equal(mixOf('201'), mixOf(mobile))
      assert.equal(world.agentState('202'), 'busy')
      if (endsFirst === 'agent') world.press(mobile, '#')
      else call.hangUp()
      await world.pass(50)
      assert.equal(call.isOver, true)
      assert.equal(world.fact('work.finished').by, endsFirst)
      assert.equal(world.hears(mobile), 'silence')
      assert.equal(world.agentState('202'), 'ready')
    }
    world.press(mobile, '*')
    await world.pass()
    assert.deepEqual(await world.listen(mobile), ['queue-agent-logged-off'])
    await world.pass()
    assert.equal(carrier.last.isOver, true)
    assert.match(world.agentState('202'), /^loggedOff/)
    await world.finish()
  })

  it('is let go when the agent is none any more', async (t) => {
    const { world, carrier } = await withPhoneOutside(true)
    t.after(() => world.centre.close())
    carrier.onCall = (incoming) => incoming.answer()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.centre.agentDesk.logIn(by, by.userId))
    await world.pass()
    world.press(mobile, '1')
    await world.pass()
    await world.listen(mobile)
    const { directory, ledger } = world
    const { user } = directory
    directory.user = (id) => (id === by.userId ? undefined : user(id))
    const { companyId } = by
    await ledger.append({ events: [{ kind: 'configuration.changed', atMs: world.clock.now(), companyId, data: {} }] })
    await world.pass()
    assert.equal(world.agentState('202'), 'unknown')
    await world.listen(mobile)
    await world.pass()
    assert.equal(carrier.last.isOver, true)
    await world.finish()
  })

  it('gives the customer back to the front when the line drops, and is not ready then', async () => {
    const { world, carrier } = await withPhoneOutside(true)
    carrier.onCall = (incoming) => incoming.answer()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.centre.agentDesk.logIn(by, by.userId))
    await world.pass()
    world.press(mobile, '1')
    await world.pass()
    await world.listen(mobile)
    world.press(mobile, '1')
    await world.pass()
    const call = world.phone('201').call('300')
    await world.pass()
    await world.pass(400)
    await world.listen(mobile, 4)
    carrier.last.hangUp()
    await world.pass(50)
    assert.ok(call.isUp)
    assert.equal(world.hears('201'), 'queue-back')
    assert.equal(world.agentState('202'), 'notReady unreachable')
    call.hangUp()
    await world.finish()
  })

  it('is ended on the line, too, when the agent ends it in the console', async () => {
    const { world, carrier } = await withPhoneOutside(true)
    carrier.onCall = (incoming) => incoming.answer()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.centre.agentDesk.logIn(by, by.userId))
    await world.pass()
    world.press(mobile, '1')
    await world.pass()
    await world.listen(mobile)
    world.press(mobile, '1')
    await world.pass()
    const call = world.phone('201').call('300')
    await world.pass()
    await world.pass(400)
    await world.listen(mobile, 4)
    const item = world.centre.agentDesk.agent(by.companyId, by.userId)?.items[0]?.item
    assert.ok(item)
    assert.equal(await world.during(world.centre.agentDesk.finish(by, item.id)), undefined)
    await world.pass(50)
    assert.equal(call.isOver, true)
    assert.equal(carrier.last.isOver, false)
    await world.during(world.centre.agentDesk.logOff(by, by.userId))
    await world.pass()
    await world.listen(mobile)
    await world.finish()
  })

  it('is called again when the agent is ready after a break, and has the customer as soon as it is connected', async () => {
    const { world, carrier } = await withPhoneOutside(true)
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    const { agentDesk } = world.centre
    await world.during(agentDesk.logIn(by, by.userId))
    await world.pass()
    carrier.last.refuse(486)
    await world.pass()
    assert.equal(world.agentState('202'), 'notReady unreachable')
    const call = world.phone('201').call('300')
    await world.pass()
    carrier.onCall = (incoming) => incoming.answer()
    await world.during(agentDesk.ready(by, by.userId))
    await world.pass()
    world.press(mobile, '1')
    await world.pass()
    await world.listen(mobile, 1)
    await world.pass(400)
    await world.listen(mobile, 4)
    assert.equal(world.agentState('202'), 'busy')
    const item = agentDesk.agent(by.companyId, by.userId)?.items[0]?.item
    assert.ok(item)
    await world.during(agentDesk.giveBack(by, item.id, 'not mine'))
    await world.pass()
    assert.ok(call.isUp)
    assert.notEqual(world.hears('201'), 'queue-back', 'nothing was lost')
    call.hangUp()
    await world.during(agentDesk.logOff(by, by.userId))
    await world.pass()
    await world.listen(mobile)
    await world.finish()
  })
})

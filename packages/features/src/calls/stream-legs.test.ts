import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { ServicePhone } from '@vaxel/testkit/calls/service-phone'

/** 201 on UDP talks with 202 on TCP behind a NAT: its Contact leads nowhere. */
async function talking(caller: '201' | '202') {
  const world = new CallWorld()
  const [anna, bo] = [world.phone('201'), world.phone('202', { protocol: 'tcp' })]
  const carry = world.network.carry.bind(world.network)
  world.network.carry = (packet, bytes) => {
    if (packet.from !== bo.address) return carry(packet, bytes)
    const text = packet.text.replace(/^Contact: <.*>/m, 'Contact: <sip:202@192.168.1.5:40123;transport=tcp>')
    carry({ ...packet, text }, new TextEncoder().encode(text))
  }
  const [from, to]: readonly [ServicePhone, ServicePhone] = caller === '201' ? [anna, bo] : [bo, anna]
  const call = from.call(
    to === bo ? '202' : '201',
    from === bo ? { routes: ['<sip:10.0.0.100;transport=tcp;lr>'] } : {},
  )
  await world.pass()
  to.last.answer()
  await world.pass()
  const near = caller === '201' ? call : to.last
  const far = caller === '201' ? to.last : call
  assert.ok(near.isUp && far.isUp)
  return { world, bo, near, far }
}

describe('a telephone over TCP whose connection breaks in mid-call', () => {
  for (const caller of ['201', '202'] as const)
    it(`learns over its next one that the other side has hung up; ${caller} had called`, async () => {
      const { world, bo, near, far } = await talking(caller)
      world.connectAgain(bo)
      await world.pass()
      near.hangUp()
      await world.pass(100)
      assert.equal(far.isOver, true)
      await world.finish()
    })

  it('has its session refreshed there', async () => {
    const { world, bo, near, far } = await talking('201')
    world.connectAgain(bo)
    await world.pass(60 * 60_000)
    assert.ok(near.isUp && far.isUp)
    near.hangUp()
    await world.finish()
  })

  it('is found by its instance where its binding is another one, and not taken for another telephone', async () => {
    const { world, bo, near } = await talking('201')
    const owner = world.service.owner(world.onlyCallId)!
    const leg = [...owner.legs.values()].find(({ isIncoming }) => !isIncoming)!
    const before = leg.usage!.flow
    world.connectAgain(bo, { id: 'another telephone', instanceId: '<urn:uuid:2>' })
    await world.pass()
    assert.equal(leg.usage!.flow, before)
    world.connectAgain(bo)
    await world.pass()
    assert.equal(leg.usage!.flow?.isOpen, true)
    near.hangUp()
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

const minuteMs = 60_000

/** 201 talks with 202; the named telephone knows no UPDATE and leaves refreshing to the server. */
async function talking(without: 'caller' | 'callee' | undefined) {
  const world = new CallWorld()
  const [anna, bo] = [world.phone('201'), world.phone('202')]
  const old = without === 'caller' ? anna : without === 'callee' ? bo : undefined
  const carry = world.network.carry.bind(world.network)
  if (old)
    world.network.carry = (packet, bytes) => {
      if (packet.from !== old.address) return carry(packet, bytes)
      const text = packet.text
        .replace(/^(Allow: .*), UPDATE/m, '$1')
        .replace(/^(Session-Expires: \d+)\r/m, '$1;refresher=uas\r')
      carry({ ...packet, text }, new TextEncoder().encode(text))
    }
  const call = anna.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass()
  world.assertJoined('201', '202')
  const end = async () => {
    call.hangUp()
    await world.finish()
  }
  return { world, anna, bo, call, callee: bo.last, end }
}

describe('a call that is changed', () => {
  for (const side of ['caller', 'callee'] as const)
    it(`outlives the refreshes of its session (RFC 4028) where the ${side} knows no UPDATE, also held and taken back`, async () => {
      const { world, call, callee, end } = await talking(side)
      const old = side === 'caller' ? call : callee
      for (const direction of ['sendonly', 'sendrecv'] as const) {
        const offered = old.offer(direction)
        await world.pass(100)
        assert.equal(await offered, 'answered')
        await world.pass(20 * minuteMs)
        assert.ok(call.isUp && callee.isUp, `after ${direction}`)
      }
      assert.ok(old.lines.includes('offer sendrecv'), 'it was refreshed by INVITE')
      world.assertJoined('201', '202')
      await end()
    })

  it('stays on hold from here when its session is refreshed', async () => {
    const { world, callee, end } = await talking('callee')
    const owner = world.service.owner(world.onlyCallId)!
    const leg = [...owner.legs.values()].find(({ isIncoming }) => !isIncoming)!
    const held = leg.reoffer('inactive')
    await world.pass(100)
    assert.equal(await held, true)
    await world.pass(40 * minuteMs)
    const offers = callee.lines.filter((line) => line.startsWith('offer'))
    assert.ok(offers.length > 1)
    assert.deepEqual([...new Set(offers)], ['offer inactive'])
    await end()
  })

  it('comes through where both sides change it at the same moment (glare, RFC 3261 §14.1)', async () => {
    const { world, callee, end } = await talking(undefined)
    const owner = world.service.owner(world.onlyCallId)!
    const leg = [...owner.legs.values()].find(({ isIncoming }) => !isIncoming)!
    const [ours, theirs] = [leg.reoffer('inactive'), callee.offer('sendonly')]
    await world.pass(10_000)
    assert.deepEqual(await Promise.all([ours, theirs]), [true, 'answered'])
    await end()
  })

  it('hears the peer that changes it while an offer of ours is being made', async () => {
    const { world, callee, end } = await talking(undefined)
    const owner = world.service.owner(world.onlyCallId)!
    const leg = [...owner.legs.values()].find(({ isIncoming }) => !isIncoming)!
    const made = Promise.withResolvers<void>()
    let isFirst = true
    world.engine.before = (step, id) => {
      if (step !== 'createOffer' || id !== leg.media || !isFirst) return undefined
      isFirst = false
      return made.promise
    }
    const ours = leg.reoffer('inactive')
    await world.pass(10)
    const theirs = callee.offer('sendonly')
    await world.pass(10)
    made.resolve()
    await world.pass(10_000)
    assert.deepEqual(await Promise.all([ours, theirs]), [true, 'answered'])
    await end()
  })
})

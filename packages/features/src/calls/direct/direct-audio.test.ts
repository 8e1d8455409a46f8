import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'
import { areInOneNetwork } from './same-network.ts'

const server = '10.0.0.100'
/** Where a telephone was told last to send its audio. */
const sendsTo = ({ sdp }: PhoneCall): string | undefined => /^c=IN IP4 (\S+)/m.exec(sdp ?? '')?.[1]
const told = (world: CallWorld): string[] =>
  world.ledger.events.filter(({ kind }) => kind.startsWith('audio.')).map(({ kind }) => kind)

/** 201 talks with 202, both in a network that is listed. */
async function talk(prepare: (world: CallWorld) => void = () => {}) {
  const world = new CallWorld()
  Object.assign(world.acme, { directAudioNetworks: ['10.0.0.0/24'] })
  prepare(world)
  const [from, to] = [world.phone('201'), world.phone('202')]
  to.onCall = (call) => call.answer()
  const caller = from.call('202')
  await world.pass()
  return { world, from, to, caller, callee: to.last }
}

function assertDirect({ caller, callee, from, to }: Awaited<ReturnType<typeof talk>>): void {
  assert.deepEqual([sendsTo(caller), sendsTo(callee)], [to.address, from.address])
}

function assertAnchored({ caller, callee }: Awaited<ReturnType<typeof talk>>): void {
  assert.deepEqual([sendsTo(caller), sendsTo(callee)], [server, server])
}

describe('audio between telephones of one network', () => {
  it('goes directly once the call is steady, and the call’s time is noted on', async () => {
    const talked = await talk()
    const { world, caller } = talked
    assertAnchored(talked)
    const noted: number[] = []
    world.ledger.noteAudio = (calls: readonly { atMs: number }[] = []) =>
      void noted.push(...calls.map(({ atMs }) => atMs))
    await world.pass(1500)
    assertDirect(talked)
    assert.deepEqual(told(world), ['audio.released'])
    await world.pass(60_000)
    assert.ok(noted.length >= 59 && world.clock.now() - noted.at(-1)! <= 1000, noted.slice(-3).join(' '))
    assert.deepEqual(told(world), ['audio.released'])
    caller.hangUp()
    await world.finish()
    assert.deepEqual(told(world), ['audio.released'])
  })

  it('comes back for music on hold, and goes directly again after it', async () => {
    const talked = await talk()
    const { world, caller } = talked
    await world.pass(1500)
    assert.equal(
      await Promise.all([caller.offer('sendonly'), world.pass(500)]).then(([outcome]) => outcome),
      'answered',
    )
    assertAnchored(talked)
    assert.equal(world.engine.legs.get(world.mediaOf('202'))?.plays?.kind, 'music')
    await world.pass(5000)
    assertAnchored(talked)
    await Promise.all([caller.offer('sendrecv'), world.pass(500)])
    world.assertJoined('201', '202')
    await world.pass(1500)
    assertDirect(talked)
    assert.deepEqual(told(world), ['audio.released', 'audio.anchored', 'audio.released'])
    caller.hangUp()
    await world.finish()
  })

  it('comes back before it is recorded, and stays', async () => {
    const talked = await talk()
    const { world, caller } = talked
    await world.pass(1500)
    const owner = world.service.owner(world.onlyCallId)!
    assert.equal(await world.service.recordings.start(owner, [...owner.legs.values()][0]!), undefined)
    await world.pass(500)
    assertAnchored(talked)
    await world.pass(30_000)
    assertAnchored(talked)
    caller.hangUp()
    await world.finish()
  })

  it('never leaves where it is recorded from the beginning', async () => {
    const talked = await talk((world) => {
      world.recordings.rule = { ...world.recordings.rule, mode: 'always' }
    })
    await talked.world.pass(5000)
    assertAnchored(talked)
    assert.deepEqual(told(talked.world), [])
    talked.caller.hangUp()
    await talked.world.finish()
  })

  it('stays where no network is listed, or another one', async () => {
    for (const directAudioNetworks of [undefined, ['192.0.2.0/24']]) {
      const talked = await talk((world) => void Object.assign(world.acme, { directAudioNetworks }))
      await talked.world.pass(5000)
      assertAnchored(talked)
      talked.caller.hangUp()
      await talked.world.finish()
    }
  })

  it('stays with a trunk and with a browser', async () => {
    const world = new CallWorld()
    Object.assign(world.acme, { directAudioNetworks: ['10.0.0.0/16'] })
    const { carrier } = world.trunk()
    const [from, browser] = [world.phone('201'), world.browser('202')]
    for (const phone of [carrier, browser]) phone.onCall = (call) => call.answer()
    for (const [number, phone] of [
      ['0046701740605', carrier],
      ['202', browser],
    ] as const) {
      const caller = from.call(number)
      await world.pass(5000)
      assert.ok(caller.isUp)
      assert.deepEqual([sendsTo(caller), sendsTo(phone.last)], [server, server])
      caller.hangUp()
      await world.pass(100)
    }
    await world.finish()
  })

  it('comes back where the second telephone will not, and nothing is asked again', async () => {
    const talked = await talk()
    const { world, caller, callee } = talked
    const answer = callee.onOffer
    callee.onOffer = (offer, reply) => {
      callee.lines.push('offered')
      if (offer.includes(`c=IN IP4 ${server}`)) return answer(offer, reply)
      callee.lines.push('refused')
      ;(reply as unknown as { refuse(status: number): void }).refuse(488)
    }
    await world.pass(10_000)
    assertAnchored(talked)
    assert.deepEqual(told(world), [])
    assert.equal(callee.lines.filter((line) => line === 'refused').length, 1)
    assert.equal(callee.lines.filter((line) => line === 'offered').length, 1, 'what it refused changed nothing')
    caller.hangUp()
    await world.finish()
  })

  it('comes back for a transfer, and goes directly between those who talk then', async () => {
    const talked = await talk()
    const { world, caller, from } = talked
    await world.pass(1500)
    const third = world.phone('203')
    third.onCall = (call) => call.answer()
    const transferred = talked.callee.transferTo('sip:203@acme.test')
    await world.pass(500)
    assert.equal(await transferred, 202)
    world.assertJoined('201', '203')
    await world.pass(2000)
    assert.deepEqual([sendsTo(caller), sendsTo(third.last)], [third.address, from.address])
    caller.hangUp()
    await world.finish()
  })

  it('is left alone by who hangs up while a telephone is being asked', async () => {
    const { world, caller, callee } = await talk()
    caller.onOffer = () => {}
    await world.pass(1100)
    callee.hangUp()
    await world.finish()
    assert.deepEqual(told(world), [])
  })

  it('goes to and fro for a telephone that offers anew each time, but not for ever', async () => {
    const talked = await talk()
    const { world, caller } = talked
    for (let i = 0; i < 12; i++) {
      await world.pass(1500)
      await Promise.all([caller.offer('sendrecv'), world.pass(500)])
    }
    await world.pass(5000)
    assertAnchored(talked)
    assert.equal(told(world).filter((kind) => kind === 'audio.released').length, 4)
    caller.hangUp()
    await world.finish()
  })
})

describe('one network', () => {
  it('is one that is listed and has both', () => {
    assert.ok(areInOneNetwork(['192.0.2.7'], '192.0.2.7', '192.0.2.7'))
    assert.ok(areInOneNetwork(['192.0.2.7', '10.0.0.0/8'], '10.1.2.3', '10.200.0.1'))
    assert.ok(areInOneNetwork(['2001:db8::/32'], '2001:db8::1', '2001:db8:1::2'))
    assert.ok(!areInOneNetwork(['10.1.0.0/16', '10.2.0.0/16'], '10.1.0.1', '10.2.0.1'))
    assert.ok(!areInOneNetwork(undefined, '10.0.0.1', '10.0.0.1'))
    assert.ok(!areInOneNetwork(['nonsense', ''], '10.0.0.1', '10.0.0.1'))
  })
})

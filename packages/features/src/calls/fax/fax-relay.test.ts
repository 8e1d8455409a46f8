import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MediaLegId } from '@vaxel/core'
import type { ReofferOutcome } from '@vaxel/sip'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'

const describeFax = (port: number, more = ''): string =>
  `v=0\r\no=- 1 ${port} IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=image ${port} udptl t38\r\na=T38FaxVersion:0\r\n${more}`

/** 201 talks with 202, each with a fax machine that takes T.38 at a port of its own. */
async function talk() {
  const world = new CallWorld()
  const [from, to] = [world.phone('201'), world.phone('202')]
  to.onCall = (call) => call.answer()
  const caller = from.call('202')
  await world.pass()
  const callee = to.last
  const offers: string[] = []
  for (const [call, port] of [
    [caller, 6001],
    [callee, 6002],
  ] as const)
    call.onOffer = (offer, reply) => {
      offers.push(`${port} ${/m=(\w+)/.exec(offer)?.[1]} ${/T38MaxBitRate:(\d+)/.exec(offer)?.[1] ?? ''}`.trim())
      reply.accept(offer.includes('m=image') ? describeFax(port, 'a=T38FaxUdpEC:t38UDPFEC\r\n') : call.describe())
    }
  return { world, caller, callee, offers }
}

const reoffer = async (world: CallWorld, call: PhoneCall, sdp: string): Promise<ReofferOutcome> => {
  const outcome = call.usage.reoffer(sdp)
  await world.pass(100)
  return outcome
}
const told = (world: CallWorld): string[] =>
  world.ledger.events.filter(({ kind }) => kind.startsWith('fax.')).map(({ kind }) => kind)
const ported = (world: CallWorld): string[] => world.engine.faxes.map((fax) => fax.replace(/[^ :]+:/g, ''))

describe('fax data within a call', () => {
  it('begins when one side asks and the other takes it, each told of the other, and ends for both', async () => {
    const { world, caller, callee, offers } = await talk()
    const over = await reoffer(world, callee, describeFax(6002, 'a=T38MaxBitRate:9600\r\n'))
    assert.deepEqual(offers, ['6001 image 9600'])
    assert.ok(over.kind === 'answered' && over.answer.includes('T38FaxUdpEC:t38UDPFEC'))
    assert.deepEqual(ported(world), ['6002 6001'])
    const back = await reoffer(world, callee, callee.describe())
    assert.equal(back.kind, 'answered')
    assert.deepEqual(offers, ['6001 image 9600', '6001 audio'])
    assert.deepEqual(told(world), ['fax.relayed', 'fax.relayEnded'])
    caller.hangUp()
    await world.finish()
  })

  it('does not ask the other side again when it is only offered anew', async () => {
    const { world, caller, callee, offers } = await talk()
    await reoffer(world, callee, describeFax(6002))
    const again = await reoffer(world, callee, describeFax(6002))
    assert.equal(again.kind, 'answered')
    assert.equal(offers.length, 1)
    assert.deepEqual(told(world), ['fax.relayed'])
    caller.hangUp()
    await world.finish()
  })

  it('does not begin when the other side refuses it; the sound goes on', async () => {
    const { world, caller, callee } = await talk()
    caller.onOffer = (_offer, reply) => (reply as unknown as { refuse(status: number): void }).refuse(488)
    assert.deepEqual(await reoffer(world, callee, describeFax(6002)), { kind: 'refused', status: 488 })
    assert.deepEqual(told(world), ['fax.relayRefused'])
    assert.deepEqual(world.engine.faxes, [])
    world.assertJoined('201', '202')
    caller.hangUp()
    await world.finish()
  })

  it('does not begin where it cannot be passed on, as with encrypted audio', async () => {
    const { world, caller, callee, offers } = await talk()
    world.engine.canRelayFax = () => false
    assert.deepEqual(await reoffer(world, callee, describeFax(6002)), { kind: 'refused', status: 488 })
    assert.deepEqual(offers, [])
    caller.hangUp()
    await world.finish()
  })

  it('begins where both sides ask at the same moment', async () => {
    const { world, caller, callee } = await talk()
    const both = [caller.usage.reoffer(describeFax(6001)), callee.usage.reoffer(describeFax(6002))]
    await world.pass(60_000)
    const kinds = await Promise.all(both.map((one) => Promise.race([one, Promise.resolve({ kind: 'open' })])))
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['answered', 'answered'],
    )
    assert.equal(world.engine.faxes.length, 1)
    caller.hangUp()
    await world.finish()
  })

  it('goes on when a session is refreshed in it, and ends when the peer asks for an offer', async () => {
    const { world, caller, callee, offers } = await talk()
    await reoffer(world, callee, describeFax(6002))
    assert.deepEqual(offers, ['6001 image'])
    await world.pass(40 * 60_000)
    assert.deepEqual(told(world), ['fax.relayed'])
    assert.ok(caller.isUp && callee.isUp)
    caller.hangUp()
    await world.finish()
  })

  it('ends with the call, also while the other side is being asked', async () => {
    const { world, caller, callee } = await talk()
    caller.onOffer = () => {}
    void callee.usage.reoffer(describeFax(6002))
    await world.pass(100)
    callee.hangUp()
    await world.finish()
    assert.deepEqual(world.engine.faxes, [])
  })

  it('as sound: when a machine is heard, a side with another codec is asked to take the same', async () => {
    const { world, caller, offers } = await talk()
    const codecs = { [world.mediaOf('201')]: 'PCMA', [world.mediaOf('202')]: 'PCMU' } as const
    const direction = { packets: 1, lossRatio: 0, jitterMs: 0 }
    Object.assign(world.engine, {
      quality: async (leg: MediaLegId) => ({ received: direction, sent: direction, codec: codecs[leg] }),
    })
    world.engine.tell({ kind: 'fax', leg: world.mediaOf('202'), tone: 'CED' })
    await world.pass(100)
    assert.deepEqual(offers, ['6001 audio'])
    Object.assign(codecs, { [world.mediaOf('201')]: 'PCMU' })
    world.engine.tell({ kind: 'fax', leg: world.mediaOf('201'), tone: 'CNG' })
    await world.pass(100)
    assert.deepEqual(offers, ['6001 audio'])
    assert.deepEqual(told(world), ['fax.detected', 'fax.detected'])
    caller.hangUp()
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'
import { createCallFeatures } from '../codes/call-features.ts'
import { isHookFlash } from './read-hook-flash.ts'

/** 201 has an analogue telephone and talks with 202; 203 can be asked. */
async function talk() {
  const world = new CallWorld()
  createCallFeatures(world.service)
  const [analogue, anna, cecilia] = [world.phone('201'), world.phone('202'), world.phone('203')]
  anna.onCall = (call) => call.answer()
  cecilia.onCall = (call) => call.answer()
  const call = analogue.call('202')
  await world.pass()
  world.assertJoined('201', '202')
  return { world, analogue, anna, cecilia, call }
}

const flash = async (world: CallWorld, call: PhoneCall) => {
  void call.usage.info('application/hook-flash', '')
  await world.pass()
}
const dial = async (world: CallWorld, call: PhoneCall, digits: string) => {
  for (const digit of digits) void call.usage.info('application/dtmf-relay', `Signal=${digit}\r\nDuration=100\r\n`)
  await world.pass(5_000)
}
const playing = (world: CallWorld, number: string): string | undefined => {
  const source = world.engine.legs.get(world.mediaOf(number))?.plays
  return source?.kind === 'tone' ? source.tone : source?.kind
}

describe('the hook of an analogue telephone', () => {
  it('holds the other side, gives the dial tone, and changes between two after that', async () => {
    const { world, call, anna, cecilia } = await talk()
    await flash(world, call)
    assert.equal(playing(world, '201'), 'dial')
    assert.equal(playing(world, '202'), 'music')
    await dial(world, call, '203')
    world.assertJoined('201', '203')
    assert.equal(playing(world, '202'), 'music')
    await flash(world, call)
    world.assertJoined('201', '202')
    assert.equal(playing(world, '203'), 'music')
    await flash(world, call)
    world.assertJoined('201', '203')
    assert.ok(call.isUp && anna.last.isUp && cecilia.last.isUp)
    cecilia.last.hangUp()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.pass()
    assert.ok(anna.last.isOver)
    await world.finish()
  })

  it('joins all three by the key 3 right after the flash, and leaves the two others together', async () => {
    const { world, call, anna, cecilia } = await talk()
    world.service.openAdHoc = () => 'ad-hoc-1'
    await flash(world, call)
    await dial(world, call, '203')
    await flash(world, call)
    void call.usage.info('application/dtmf-relay', 'Signal=3\r\nDuration=100\r\n')
    await world.pass()
    const mixes = ['201', '202', '203'].map((number) => world.engine.legs.get(world.mediaOf(number))?.hears)
    assert.equal(new Set(mixes).size, 1, mixes.join())
    assert.match(mixes[0]!, /ad-hoc-1/)
    assert.equal([...world.service.states()].filter(({ name }) => name === 'inService').length, 3)
    call.hangUp()
    await world.pass()
    assert.ok(anna.last.isUp && cecilia.last.isUp)
    for (const other of [anna, cecilia]) other.last.hangUp()
    await world.finish()
  })

  it('has other keys, a late 3, and a 3 without anybody waiting go to the one who talks', async () => {
    const { world, call } = await talk()
    world.service.openAdHoc = () => 'ad-hoc-1'
    await flash(world, call)
    await dial(world, call, '203')
    for (const [digit, afterMs] of [
      ['4', 0],
      ['3', 4_500],
    ] as const) {
      await flash(world, call)
      await world.pass(afterMs)
      void call.usage.info('application/dtmf-relay', `Signal=${digit}\r\nDuration=100\r\n`)
      await world.pass()
    }
    world.assertJoined('201', '203')
    assert.deepEqual(
      world.engine.digits.map((sent) => sent.split(' ').at(-1)),
      ['4', '3'],
    )
    call.hangUp()
    await world.pass()
    world.assertJoined('202', '203')
    for (const owner of world.service.states())
      world.service.owner(owner.call.id)?.clear({ blame: 'nobody', reason: 'cleared' })
    await world.finish()
  })

  it('joins the two others when it hangs up', async () => {
    const { world, call, cecilia } = await talk()
    await flash(world, call)
    await dial(world, call, '203')
    call.hangUp()
    await world.pass()
    world.assertJoined('202', '203')
    cecilia.last.hangUp()
    await world.finish()
  })

  it('goes back while the one who is asked rings, is busy, or when nothing is dialled', async () => {
    const { world, call, cecilia } = await talk()
    cecilia.onCall = (ringing) => ringing.ring()
    await flash(world, call)
    await dial(world, call, '203')
    assert.equal(cecilia.last.isOver, false)
    await flash(world, call)
    world.assertJoined('201', '202')
    assert.ok(cecilia.last.isOver, 'it rings no more')
    cecilia.onCall = (busy) => busy.refuse(486)
    await flash(world, call)
    await dial(world, call, '203')
    assert.equal(playing(world, '201'), 'busy')
    await flash(world, call)
    world.assertJoined('201', '202')
    await flash(world, call)
    await world.pass(15_000)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('rings again when it hangs up while somebody waits and nobody else is there, with a ring of its own', async () => {
    const { world, call, analogue } = await talk()
    await flash(world, call)
    call.hangUp()
    await world.pass(1_000)
    const recall = analogue.last
    assert.equal(recall.isOver, false)
    assert.match(recall.invite!.request.headers.getAll('Alert-Info').join(), /recall/)
    recall.answer()
    await world.pass()
    world.assertJoined('201', '202')
    recall.hangUp()
    await world.finish()
  })

  it('leaves nothing when the one who waits hangs up meanwhile', async () => {
    const { world, call, anna, cecilia } = await talk()
    await flash(world, call)
    anna.last.hangUp()
    await world.pass()
    await dial(world, call, '203')
    world.assertJoined('201', '203')
    await flash(world, call)
    assert.equal(playing(world, '203'), 'music')
    cecilia.last.hangUp()
    await world.pass()
    assert.equal(playing(world, '201'), 'dial')
    call.hangUp()
    await world.finish()
  })

  it('is told by a telephone event too', async () => {
    const { world, call, anna } = await talk()
    world.engine.tell({ kind: 'digit', leg: world.mediaOf('201'), digit: '!', durationMs: 250 })
    await world.pass()
    assert.equal(playing(world, '201'), 'dial')
    assert.equal(playing(world, '202'), 'music')
    call.hangUp()
    anna.last.hangUp()
    await world.finish()
  })

  it('is told in several ways', () => {
    assert.ok(isHookFlash('application/hook-flash', ''))
    assert.ok(isHookFlash('application/dtmf-relay', 'Signal=16\r\nDuration=250'))
    assert.ok(isHookFlash('application/dtmf-relay', 'Signal= !\r\nDuration=250'))
    assert.ok(isHookFlash('application/dtmf-relay', 'signal=hf'))
    assert.ok(isHookFlash('application/broadsoft', 'event flashhook'))
    for (const digit of ['1', '10', '11', '*', '#', 'A'])
      assert.ok(!isHookFlash('application/dtmf-relay', `Signal=${digit}`))
  })
})

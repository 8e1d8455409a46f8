import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'
import { createCallFeatures } from './call-features.ts'

/** Bo (202) is busy for everybody who calls. */
function busyOffice(offersCallBack = true) {
  const world = new CallWorld()
  if (offersCallBack) world.directory.setCompany(world.acme, { offersCallBack })
  const features = createCallFeatures(world.service)
  const [anna, bo] = [world.phone('201'), world.phone('202')]
  bo.onCall = (call) => call.refuse(486)
  const backs = () => features.callBacks(world.user('201').id)
  const playsTo = (number: string) => world.engine.legs.get(world.mediaOf(number))?.plays
  const said = async () => {
    world.engine.tell({ kind: 'playEnded', leg: world.mediaOf('201') })
    await world.pass()
  }
  const press = async (digit: string) => {
    world.engine.tell({ kind: 'digit', leg: world.mediaOf('201'), digit, durationMs: 100 })
    await world.pass()
  }
  const finish = async () => {
    features.close()
    await world.finish()
  }
  return { world, features, anna, bo, backs, playsTo, said, press, finish }
}

const isRefusedAsBusy = (call: PhoneCall) => assert.equal(call.failure, 486)

describe('the offer to be called back during the busy tone', () => {
  it('is said as early media, and one key takes it: the refusal follows, and the call-back comes when both are free', async () => {
    const { world, anna, bo, backs, playsTo, said, press, finish } = busyOffice()
    const call = anna.call('202')
    await world.pass()
    assert.equal(call.isOver, false)
    assert.ok(call.lines.includes('183 audio'))
    assert.deepEqual(playsTo('201'), { kind: 'file', path: '/prompts/en/busy-offer.wav' })
    await said()
    assert.deepEqual(playsTo('201'), { kind: 'tone', tone: 'busy', country: 'se' })
    await press('5')
    assert.deepEqual(playsTo('201'), { kind: 'file', path: '/prompts/en/camp-on-set.wav' })
    assert.equal(backs().length, 1)
    await said()
    isRefusedAsBusy(call)
    assert.ok(
      world.ledger.events.some(({ kind, data }) => kind === 'service.noted' && data['code'] === 'call-back-set'),
    )
    bo.onCall = (ringing) => ringing.answer()
    await world.pass(2500)
    anna.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    anna.last.hangUp()
    await finish()
  })

  it('may be taken before it is said to the end, once', async () => {
    const { world, anna, backs, playsTo, said, press, finish } = busyOffice()
    const call = anna.call('202')
    await world.pass()
    await press('5')
    await press('5')
    assert.deepEqual(playsTo('201'), { kind: 'file', path: '/prompts/en/camp-on-set.wav' })
    assert.equal(backs().length, 1)
    await said()
    isRefusedAsBusy(call)
    await finish()
  })

  it('is let go by: other keys do nothing, the busy tone ends by itself, and nobody is called back', async () => {
    const { world, anna, backs, said, press, finish } = busyOffice()
    const call = anna.call('202')
    await world.pass()
    await said()
    await press('4')
    await world.pass(19_000)
    assert.equal(call.isOver, false)
    await world.pass(1_500)
    isRefusedAsBusy(call)
    assert.equal(backs().length, 0)
    await finish()
  })

  it('is left out when its sentence is not there in time: the refusal is late by two seconds at most', async () => {
    const { world, anna, finish } = busyOffice()
    Object.assign(world.service.options, { soundOf: () => new Promise(() => {}) })
    const call = anna.call('202')
    await world.pass(1_900)
    assert.equal(call.isOver, false)
    await world.pass(200)
    isRefusedAsBusy(call)
    await finish()
  })

  it('ends when the caller hangs up in it', async () => {
    const { world, anna, backs, finish } = busyOffice()
    const call = anna.call('202')
    await world.pass()
    call.hangUp()
    await world.pass()
    assert.ok(call.isOver)
    assert.equal(backs().length, 0)
    await finish()
  })

  it('is made to colleagues of a company that wants it: not without, not from outside, not for lines of several people', async () => {
    const plain = busyOffice(false)
    const call = plain.anna.call('202')
    await plain.world.pass()
    isRefusedAsBusy(call)
    await plain.finish()

    const { world, anna, finish } = busyOffice()
    const { carrier } = world.trunk()
    const fromOutside = carrier.call('202')
    await world.pass()
    isRefusedAsBusy(fromOutside)
    world.directory.addNumber(world.acme, '240', { kind: 'group', name: 'Sales', userIds: [world.user('202').id] })
    const toGroup = anna.call('240')
    await world.pass()
    isRefusedAsBusy(toGroup)
    await finish()
  })

  it('takes a key that comes by INFO as well', async () => {
    const { world, anna, backs, said, finish } = busyOffice()
    const call = anna.call('202')
    await world.pass()
    await said()
    void call.usage.info('application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n')
    await world.pass()
    assert.equal(backs().length, 1)
    await said()
    isRefusedAsBusy(call)
    await finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { ServicePhone } from '@vaxel/testkit/calls/service-phone'

describe('diversion by a device', () => {
  it('goes to where the device says, with a Diversion header field', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cesar = world.phone('203')
    bo.onCall = (c) => c.refuse(302, [['Contact', '<sip:203@acme.test>']])
    const call = anna.call('202')
    await world.pass()
    assert.equal(cesar.last.invite?.request.headers.get('Diversion'), '<sip:202@acme.test>;reason=unconditional')
    assert.deepEqual(cesar.last.invite?.request.headers.getAll('History-Info'), [
      '<sip:202@acme.test?Reason=SIP%3Bcause%3D302>;index=1',
      '<sip:203@acme.test>;index=1.1',
    ])
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('in a circle ends after a few rounds', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    for (const [name, to] of [
      ['202', '203'],
      ['203', '202'],
    ] as const)
      world.phone(name).onCall = (c) => c.refuse(302, [['Contact', `<sip:${to}@acme.test>`]])
    const call = anna.call('202')
    await world.pass(200)
    assert.equal(call.failure, 483)
    await world.finish()
  })

  it('of one member of a group leaves the others ringing', async () => {
    const world = new CallWorld()
    const userIds = [world.user('202').id, world.user('203').id]
    world.directory.addNumber(world.acme, '230', { kind: 'group', userIds, name: 'Sales' })
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cesar = world.phone('203')
    const david = world.phone('204')
    bo.onCall = (c) => c.refuse(302, [['Contact', '<sip:204@acme.test>']])
    const call = anna.call('230')
    await world.pass()
    assert.equal(cesar.last.isOver, false)
    assert.equal(david.calls.length, 1)
    cesar.last.answer()
    await world.pass()
    assert.ok(david.last.isOver)
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('of one member of a group leaves it the members whose turn comes later, and its overflow, when nobody answers there', async () => {
    const world = new CallWorld()
    const userIds = [world.user('202').id, world.user('203').id]
    const group = { kind: 'group', userIds, name: 'Sales', mode: 'inOrder', memberSeconds: 10 } as const
    world.directory.addNumber(world.acme, '+46846500430', { ...group, overflow: { noAnswer: '201' } })
    const [anna, bo, cesar, david] = ['201', '202', '203', '204'].map((name) => world.phone(name)) as ServicePhone[]
    for (const phone of [anna!, cesar!, david!]) phone.onCall = (c) => c.ring()
    bo!.onCall = (c) => c.refuse(302, [['Contact', '<sip:204@acme.test>']])
    const call = world.trunk().carrier.call('+46846500430')
    await world.pass()
    assert.equal(david!.last.isOver, false)
    await world.pass(world.user('204').ringSeconds * 1000)
    assert.deepEqual([david!.last.isOver, cesar!.last.isOver], [true, false])
    await world.pass(10_000)
    assert.ok(cesar!.last.isOver)
    anna!.last.answer()
    await world.pass()
    assert.ok(call.isUp)
    assert.deepEqual([bo!.calls.length, cesar!.calls.length, david!.calls.length], [1, 1, 1])
    call.hangUp()
    await world.finish()
  })

  it('of one member of a group to somebody without a device leaves it its overflow', async () => {
    const world = new CallWorld()
    const userIds = [world.user('202').id, world.user('203').id]
    const group = { kind: 'group', userIds, name: 'Sales', longestWaitSeconds: 30 } as const
    world.directory.addNumber(world.acme, '+46846500430', { ...group, overflow: { noAnswer: '201' } })
    const [anna, bo, cesar] = ['201', '202', '203'].map((name) => world.phone(name)) as ServicePhone[]
    for (const phone of [anna!, cesar!]) phone.onCall = (c) => c.ring()
    bo!.onCall = (c) => c.refuse(302, [['Contact', '<sip:204@acme.test>']])
    const call = world.trunk().carrier.call('+46846500430')
    await world.pass(30_100)
    assert.equal(cesar!.last.isOver, true)
    anna!.last.answer()
    await world.pass()
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('to what the platform answers itself: the caller talks with it, and a mailbox is that person’s', async () => {
    const world = new CallWorld()
    world.directory.addNumber(world.acme, '700', { kind: 'service', service: 'voicemail' })
    const heard: unknown[] = []
    world.service.voice.provide('voicemail', async (line) => {
      heard.push(line.number, line.called.number, line.diversions.at(-1)?.userId)
      await line.wait(60_000)
    })
    const [anna, bo, desk] = [world.phone('201'), world.phone('202'), world.phone('202')]
    desk.onCall = (c) => c.ring()
    bo.onCall = (c) => c.refuse(302, [['Contact', '<sip:700@acme.test>']])
    const call = anna.call('202')
    await world.pass()
    assert.ok(call.isUp && desk.last.isOver, 'the other telephone of that person rings no more')
    assert.deepEqual(heard, ['700', '202', world.user('202').id])
    await world.pass(60_100)
    assert.ok(call.isOver)
    await world.finish()
  })

  it('by command to what the platform answers itself', async () => {
    const world = new CallWorld()
    world.directory.addNumber(world.acme, '700', { kind: 'service', service: 'voicemail' })
    world.service.voice.provide('voicemail', (line) => line.wait(60_000))
    const [anna, bo] = [world.phone('201'), world.phone('202')]
    const call = anna.call('202')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    await world.commands.command(me, world.onlyCallId, 'deflect', { to: '700' })
    await world.pass()
    assert.ok(call.isUp && bo.last.isOver)
    call.hangUp()
    await world.finish()
  })

  it('of one member of a group to a service takes the call from nobody else', async () => {
    const world = new CallWorld()
    const userIds = [world.user('202').id, world.user('203').id]
    world.directory.addNumber(world.acme, '230', { kind: 'group', userIds, name: 'Sales' })
    world.directory.addNumber(world.acme, '700', { kind: 'service', service: 'voicemail' })
    world.service.voice.provide('voicemail', (line) => line.wait(60_000))
    const [anna, bo, cesar] = [world.phone('201'), world.phone('202'), world.phone('203')]
    bo.onCall = (c) => c.refuse(302, [['Contact', '<sip:700@acme.test>']])
    const call = anna.call('230')
    await world.pass()
    assert.ok(!call.isUp && !cesar.last.isOver)
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('after a transfer to what the platform answers itself puts the one who was transferred there', async () => {
    const world = new CallWorld()
    world.directory.addNumber(world.acme, '700', { kind: 'service', service: 'voicemail' })
    world.service.voice.provide('voicemail', (line) => line.wait(60_000))
    const [anna, bo, cesar] = [world.phone('201'), world.phone('202'), world.phone('203')]
    cesar.onCall = (c) => c.refuse(302, [['Contact', '<sip:700@acme.test>']])
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const status = bo.last.transferTo('sip:203@acme.test')
    await world.pass()
    assert.equal(await status, 202)
    assert.ok(call.isUp && bo.last.isOver)
    assert.equal(bo.last.notified.at(-1), 200)
    call.hangUp()
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, isRefusal } from '@vaxel/base'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { queueCalls } from './queue-calls.ts'

const priced = { pricePerMinuteMicros: { '': 60_000 } }
const outside = '+46701740610'

/** The carrier answers what comes. */
function withTrunk(more: Parameters<CallWorld['trunk']>[0] = {}) {
  const world = new CallWorld()
  const { trunk, carrier } = world.trunk(more)
  carrier.onCall = (call) => call.answer()
  return { world, trunk, carrier, anna: world.phone('201') }
}

describe('limits', () => {
  it('of calls at once hold for a company and for a person, and are free again afterwards', async () => {
    const { world, anna } = withTrunk()
    world.directory.setLimits(world.user('201'), { callsAtOnce: 1 })
    const first = anna.call(outside)
    await world.pass()
    const second = anna.call(outside)
    const other = world.phone('202').call(outside)
    await world.pass()
    assert.ok(first.isUp && other.isUp)
    assert.equal(second.failure, 486)
    first.hangUp()
    await world.pass()
    world.directory.setLimits(world.acme, { callsAtOnce: 2 })
    const third = anna.call(outside)
    await world.pass()
    const fourth = world.phone('203').call(outside)
    await world.pass()
    assert.ok(third.isUp)
    assert.equal(fourth.failure, 486)
    for (const call of [third, other]) call.hangUp()
    await world.finish()
  })

  it('of calls a minute hold, and say when to try again', async () => {
    const { world, anna } = withTrunk()
    world.directory.setLimits(world.acme, { callsPerMinute: 2 })
    const calls = [anna.call('299'), anna.call('299')]
    await world.pass()
    const third = anna.call('299')
    await world.pass()
    assert.deepEqual(
      [...calls, third].map((c) => c.failure),
      [404, 404, 503],
    )
    assert.equal(third.ends[0]?.response?.headers.get('Retry-After'), '60')
    await world.pass(61_000)
    const later = anna.call('299')
    await world.pass()
    assert.equal(later.failure, 404)
    await world.finish()
  })

  it('of destinations hold also for transfers and diversions', async () => {
    const { world, anna, carrier } = withTrunk()
    world.directory.setLimits(world.acme, { blockedDestinations: ['+4670'] })
    const bo = world.phone('202')
    const direct = anna.call(outside)
    await world.pass()
    assert.equal(direct.failure, 403)
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const status = bo.last.transferTo(`sip:${outside}@acme.test`)
    await world.pass()
    await status
    assert.equal(bo.last.notified.at(-1), 403)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.pass()
    bo.onCall = (c) => c.refuse(302, [['Contact', `<sip:${outside}@acme.test>`]])
    const diverted = anna.call('202')
    await world.pass()
    assert.equal(diverted.failure, 403)
    assert.equal(carrier.calls.length, 0)
    await world.finish()
  })

  it('of money end a call when the money is used up, and refuse the next one', async () => {
    const { world, anna, carrier } = withTrunk(priced)
    world.directory.setLimits(world.acme, { spendPerDayMicros: 10_000 })
    const call = anna.call(outside)
    await world.pass(9000)
    assert.ok(call.isUp)
    await world.pass(2500)
    assert.ok(call.isOver && carrier.last.isOver)
    const [record] = world.ledger.calls.values()
    assert.equal(record?.termination?.reason, 'spend-limit')
    const cost = record?.costMicros ?? 0
    assert.ok(cost >= 10_000 && cost <= 12_000)
    const next = anna.call(outside)
    await world.pass()
    assert.equal(next.failure, 403)
    await world.finish()
  })

  it('of money cannot be escaped by digits behind the number, or a service code before it', async () => {
    for (const dialled of ['0900123456789012', '*31#0900123456']) {
      const { world, anna } = withTrunk({ prefixes: [''], pricePerMinuteMicros: { '': 0, '+46900': 60_000 } })
      world.directory.setLimits(world.acme, { spendPerDayMicros: 10_000 })
      const call = anna.call(dialled)
      await world.pass(9000)
      assert.ok(call.isUp)
      await world.pass(2500)
      assert.ok(call.isOver, dialled)
      await world.finish()
    }
  })

  it('of money cannot be escaped by a conference', async () => {
    const { world, anna, carrier } = withTrunk(priced)
    world.directory.setLimits(world.user('201'), { spendPerDayMicros: 20_000 })
    world.service.openAdHoc = () => '400'
    const bo = world.phone('202')
    bo.onCall = (c) => c.answer()
    const first = anna.call('202')
    await world.pass(1000)
    const otherCallId = world.onlyCallId
    const second = anna.call(outside)
    await world.pass(5000)
    const callId = [...world.service.states()].find(({ call }) => call.id !== otherCallId)!.call.id
    const me = { companyId: world.acme.id, userId: world.user('201').id }
    assert.deepEqual(await world.commands.command(me, callId, 'conference', { otherCallId }), { callId })
    await world.pass(10_000)
    assert.ok(carrier.last.isUp)
    await world.pass(8000)
    assert.deepEqual([carrier.last.isOver, second.isUp, bo.last.isUp], [true, true, true])
    for (const call of [first, second, bo.last].filter(({ isOver }) => !isOver)) call.hangUp()
    await world.finish()
  })

  it('of money cannot be escaped by an attended transfer', async () => {
    const { world, anna, carrier } = withTrunk(priced)
    world.directory.setLimits(world.user('201'), { spendPerDayMicros: 20_000 })
    const bo = world.phone('202')
    bo.onCall = (c) => c.answer()
    const first = anna.call('202')
    await world.pass(30_000)
    const second = anna.call(outside)
    await world.pass(5000)
    const joined = first.joinWith(second, outside)
    await world.pass()
    assert.equal(await joined, 202)
    await world.pass()
    assert.ok(carrier.last.isUp && bo.last.isUp && first.isOver && second.isOver)
    await world.pass(18_000)
    assert.ok(carrier.last.isOver && bo.last.isOver)
    const costs = [...world.ledger.calls.values()].map((c) => c.costMicros ?? 0)
    const total = costs.reduce((sum, cost) => sum + cost)
    assert.ok(total >= 20_000 && total < 24_000, `cost ${total}`)
    await world.finish()
  })

  it('of money begin when the outside answers, not when the people inside began to talk', async () => {
    const { world, anna } = withTrunk(priced)
    const bo = world.phone('202')
    bo.onCall = (c) => c.answer()
    const call = anna.call('202')
    await world.pass(3_600_000)
    const status = bo.last.transferTo(`sip:${outside}@acme.test`)
    await world.pass(10_000)
    assert.equal(await status, 202)
    call.hangUp()
    await world.pass()
    const [record] = world.ledger.calls.values()
    assert.ok((record?.costMicros ?? 0) <= 11_000, `cost ${record?.costMicros}`)
    assert.ok((record?.costMicros ?? 0) >= 9_000)
    await world.finish()
  })

  it('of channels hold for both directions of a trunk', async () => {
    const { world, anna, carrier } = withTrunk({ channels: 1 })
    const first = anna.call(outside)
    await world.pass()
    const second = world.phone('202').call(outside)
    await world.pass()
    assert.ok(first.isUp)
    assert.equal(second.failure, 503)
    first.hangUp()
    await world.pass()
    world.directory.addNumber(world.acme, '+46846500403', { kind: 'user', userId: world.user('203').id })
    const cesar = world.phone('203')
    const inbound = carrier.call('+46846500403')
    await world.pass()
    cesar.last.answer()
    await world.pass()
    const third = anna.call(outside)
    await world.pass()
    assert.ok(inbound.isUp)
    assert.equal(third.failure, 503)
    inbound.hangUp()
    await world.finish()
  })

  it('of the whole installation refuse politely', async () => {
    const world = new CallWorld({ maxCalls: 1 })
    const anna = world.phone('201')
    world.phone('202')
    const first = anna.call('202')
    await world.pass()
    const second = world.phone('203').call('202')
    await world.pass()
    assert.equal(second.failure, 503)
    first.hangUp()
    await world.finish()
  })

  it('of the whole installation, and of what the machine can take, hold for what is begun by command, for a queue and for a conference', async () => {
    const world = new CallWorld({ maxCalls: 1 })
    const { id: companyId } = world.acme
    const [anna] = [world.phone('201'), world.phone('202')]
    const user = world.user('202')
    const begin = async (callId: string) => [
      await world.commands.makeCall({ companyId, fromUserId: user.id, to: '203' }),
      await queueCalls(world.service).callOut({
        callId: `${callId}-queue` as CallId,
        companyId,
        to: { kind: 'devices', userId: user.id },
        caller: { number: '300' },
        number: '300',
        ringMs: 10_000,
      }),
      await world.conferenceCalls.invite({
        callId: `${callId}-room` as CallId,
        companyId,
        by: user.id,
        to: '202',
        room: '600',
        roomName: '',
      }),
    ]
    const refused = (made: Awaited<ReturnType<typeof begin>>) => made.map((one) => one && isRefusal(one) && one.code)
    const first = anna.call('202')
    await world.pass()
    assert.deepEqual(refused(await begin('full')), ['OVERLOADED', 'OVERLOADED', 'OVERLOADED'])
    first.hangUp()
    await world.pass(100)
    const asked: string[] = []
    world.service.overload = { admits: (source) => asked.push(source) < 0 }
    assert.deepEqual(refused(await begin('busy')), ['OVERLOADED', 'OVERLOADED', 'OVERLOADED'])
    assert.deepEqual(asked, [companyId, companyId, companyId])
    const emergency = await world.commands.makeCall({ companyId, fromUserId: user.id, to: '112' })
    assert.ok('callId' in emergency)
    await world.commands.command({ companyId, userId: user.id }, emergency.callId, 'clear', {})
    await world.finish()
  })

  it('of what the audio can carry refuse politely, let emergencies pass, and leave calls that are up alone', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201')
    const first = anna.call(outside)
    await world.pass()
    world.engine.isFull = true
    const [bo, cleo] = [world.phone('202'), world.phone('203')]
    const second = bo.call(outside)
    const emergency = cleo.call('112')
    await world.pass()
    assert.equal(second.failure, 503)
    assert.ok(emergency.isUp && first.isUp)
    world.engine.isFull = false
    const third = bo.call(outside)
    await world.pass()
    assert.ok(third.isUp)
    for (const call of [first, emergency, third]) call.hangUp()
    await world.finish()
  })
})

describe('an emergency call', () => {
  it('is none of which the money runs out, also where somebody was transferred there', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk(priced)
    carrier.onCall = (call) => call.answer()
    world.directory.setLimits(world.acme, { spendPerDayMicros: 0 })
    const bo = world.phone('202')
    bo.onCall = (call) => call.answer()
    const call = world.phone('201').call('202')
    await world.pass()
    const status = bo.last.transferTo('sip:112@acme.test')
    await world.pass(5000)
    assert.equal(await status, 202)
    assert.equal(world.onlyCall.call.isEmergency, true)
    assert.ok(call.isUp && carrier.last.isUp)
    call.hangUp()
    await world.finish()
  })

  it('goes on to the next trunk whatever the first one says of it', async () => {
    const world = new CallWorld()
    const trunks = ['one', 'two', 'three'].map((name) => world.trunk({ name }).carrier)
    for (const [at, status] of [403, 486].entries()) trunks[at]!.onCall = (call) => call.refuse(status)
    trunks[2]!.onCall = (call) => call.answer()
    const call = world.phone('201').call('112')
    await world.pass(100)
    assert.deepEqual(
      trunks.map(({ calls }) => calls.length),
      [1, 1, 1],
    )
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('passes every limit, and a full trunk', async () => {
    const world = new CallWorld({ maxCalls: 1 })
    const { carrier } = world.trunk({ ...priced, channels: 1 })
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201')
    const busy = anna.call(outside)
    await world.pass()
    assert.ok(busy.isUp)
    const none = { callsAtOnce: 0, callsPerMinute: 0, spendPerDayMicros: 0, blockedDestinations: [''] }
    world.directory.setLimits(world.acme, none)
    world.directory.setLimits(world.user('202'), none)
    const bo = world.phone('202')
    const emergency = bo.call('112')
    const spelled = bo.call('1-1-2')
    world.directory.addNumber(world.acme, '*0112', { kind: 'short', to: '112', name: 'Help' })
    world.set('202', 'shortDials', { entries: [{ code: '9', to: '112', name: 'Help' }] })
    const shorts = ['*0112', '*09'].map((short) => bo.call(short))
    await world.pass(5000)
    assert.ok(emergency.isUp && spelled.isUp)
    assert.deepEqual(
      shorts.map((call) => call.isUp),
      [true, true],
    )
    for (const call of shorts) call.hangUp()
    assert.ok(busy.isOver, 'the other call has used up the money')
    emergency.hangUp()
    spelled.hangUp()
    await world.finish()
  })

  it('passes the rate of its device, and no other call does', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201')
    world.areTooFast = true
    const usual = anna.call('202')
    const emergency = anna.call('112')
    await world.pass()
    assert.equal(usual.failure, 503)
    assert.ok(emergency.isUp)
    emergency.hangUp()
    await world.finish()
  })

  it('is put through unencrypted where nothing else is possible', async () => {
    const world = new CallWorld()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    const anna = world.phone('201', { device: { encryptionRequired: true } })
    const usual = anna.call('202')
    const emergency = anna.call('112')
    await world.pass()
    assert.equal(usual.failure, 488)
    assert.ok(emergency.isUp)
    emergency.hangUp()
    await world.finish()
  })

  it('that the API makes for a person is put through when the ledger takes nothing', async () => {
    const { world, anna } = withTrunk()
    world.expectedErrors = /without a record/
    world.ledger.failure = new Error('disk full')
    anna.onCall = (call) => call.answer()
    const { companyId, id: fromUserId } = world.user('201')
    await world.commands.makeCall({ companyId, fromUserId, to: '112' })
    await world.pass()
    assert.ok(anna.last.isUp)
    assert.equal(world.onlyCall.name, 'connected')
    anna.last.hangUp()
    await world.finish()
  })

  it('tries the next trunk when the first does not answer', async () => {
    const world = new CallWorld()
    const first = world.trunk()
    const second = world.trunk()
    first.carrier.onCall = (call) => call.refuse(503)
    second.carrier.onCall = (call) => call.answer()
    const call = world.phone('201').call('112')
    await world.pass(100)
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('is put through when the ledger takes nothing', async () => {
    const { world, anna } = withTrunk()
    world.expectedErrors = /without a record/
    world.ledger.failure = new Error('disk full')
    const call = anna.call('112')
    await world.pass()
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('does not wait long for a slow ledger', async () => {
    const { world, anna } = withTrunk()
    world.ledger.delayMs = 60_000
    const call = anna.call('112')
    await world.pass(1100)
    assert.ok(call.isUp)
    call.hangUp()
    await world.pass(120_000)
    await world.finish()
  })
})

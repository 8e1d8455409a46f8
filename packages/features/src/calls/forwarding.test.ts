import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallHandling } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

function rules(world: CallWorld, name: string, handling: Partial<CallHandling>): void {
  world.handling.set(world.user(name).id, { callWaiting: true, ...handling })
}

/** Anna, Bo, Cesar and David, each with a telephone that rings when it is called. */
function four() {
  const world = new CallWorld()
  const [anna, bo, cesar, david] = ['201', '202', '203', '204'].map((name) => world.phone(name))
  for (const phone of [anna!, bo!, cesar!, david!]) phone.onCall = (call) => call.ring()
  return { world, anna: anna!, bo: bo!, cesar: cesar!, david: david! }
}

type Phone = ReturnType<CallWorld['phone']>

const diversionsOf = (phone: Phone) => phone.last.invite?.request.headers.getAll('Diversion')
const told = (world: CallWorld, kind: string) => world.ledger.events.filter((event) => event.kind === kind)
const codesOf = (world: CallWorld) =>
  told(world, 'call.routed').flatMap(({ data }) => (data.decisions as { code: string }[]).map(({ code }) => code))

describe("forwarding by a user's rules", () => {
  it('sends every call elsewhere, says why, and history still has who was called', async () => {
    const { world, anna, bo, cesar } = four()
    rules(world, '202', { always: { to: '203' } })
    const call = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 0)
    assert.deepEqual(diversionsOf(cesar), ['<sip:202@acme.test>;reason=unconditional'])
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    assert.equal([...world.ledger.calls.values()].at(-1)?.called.number, '202')
    assert.deepEqual(codesOf(world), ['is-user', 'forwarded', 'is-user', 'devices-ring', 'registered'])
    call.hangUp()
    await world.finish()
  })

  it('goes on when the telephone says busy, with the reason that RFC 5806 has for it', async () => {
    const { world, anna, bo, cesar } = four()
    rules(world, '202', { busy: { to: '203' } })
    bo.onCall = (call) => call.refuse(486)
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(diversionsOf(cesar), ['<sip:202@acme.test>;reason=user-busy'])
    assert.deepEqual(cesar.last.invite?.request.headers.getAll('History-Info'), [
      '<sip:202@acme.test?Reason=SIP%3Bcause%3D486>;index=1',
      '<sip:203@acme.test>;index=1.1',
    ])
    const [diverted] = told(world, 'call.diverted')
    assert.deepEqual(diverted?.data.explanation, ['forwarded to 203 because Person 202 is busy (busy rule)'])
    cesar.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })

  it('goes on at once when the person talks and takes no second call; with call waiting it rings', async () => {
    const { world, anna, bo, cesar, david } = four()
    rules(world, '202', { busy: { to: '203' }, callWaiting: false })
    const first = david.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const second = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    assert.deepEqual(diversionsOf(cesar), ['<sip:202@acme.test>;reason=user-busy'])
    second.hangUp()
    await world.pass()
    rules(world, '202', { busy: { to: '203' }, callWaiting: true })
    const third = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 2)
    third.hangUp()
    first.hangUp()
    await world.finish()
  })

  it('tells the caller busy when the person talks, takes no second call and has no rule', async () => {
    const { world, anna, bo, david } = four()
    rules(world, '202', { callWaiting: false })
    const first = david.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const second = anna.call('202')
    await world.pass()
    assert.equal(second.failure, 486)
    first.hangUp()
    await world.finish()
  })

  it('goes on when nobody answered for as long as the rule says', async () => {
    const { world, anna, bo, cesar } = four()
    rules(world, '202', { noAnswer: { to: '203', afterSeconds: 10 } })
    const call = anna.call('202')
    await world.pass(9900)
    assert.equal(cesar.calls.length, 0)
    await world.pass(200)
    assert.ok(bo.last.isOver)
    assert.deepEqual(diversionsOf(cesar), ['<sip:202@acme.test>;reason=no-answer'])
    call.hangUp()
    await world.finish()
  })

  it('goes on when no device is registered', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const cesar = world.phone('203')
    rules(world, '202', { unreachable: { to: '203' } })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(diversionsOf(cesar), ['<sip:202@acme.test>;reason=unavailable'])
    cesar.last.answer()
    await world.pass()
    call.hangUp()
    await world.finish()
  })

  it('follows the rules of whom it is forwarded to as well', async () => {
    const { world, anna, bo, cesar, david } = four()
    rules(world, '202', { always: { to: '203' } })
    rules(world, '203', { busy: { to: '204' } })
    cesar.onCall = (call) => call.refuse(486)
    const call = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 0)
    assert.deepEqual(diversionsOf(david), [
      '<sip:203@acme.test>;reason=user-busy',
      '<sip:202@acme.test>;reason=unconditional',
    ])
    call.hangUp()
    await world.finish()
  })

  it('passes a rule over that closes a circle, and rings instead', async () => {
    const { world, anna, bo, cesar } = four()
    rules(world, '202', { always: { to: '203' } })
    rules(world, '203', { always: { to: '202' } })
    const call = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length + cesar.calls.length, 1, 'one of the two rings')
    assert.ok(codesOf(world).includes('rule-passed-over'))
    call.hangUp()
    await world.finish()
  })

  it('lets whom calls are forwarded to reach the one who forwards', async () => {
    const { world, bo, cesar } = four()
    rules(world, '202', { always: { to: '203' } })
    const call = cesar.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    call.hangUp()
    await world.finish()
  })

  it('tells the caller why the person did not take the call when the rule leads nowhere', async () => {
    const { world, anna, bo } = four()
    rules(world, '202', { busy: { to: '299' } })
    bo.onCall = (call) => call.refuse(486)
    const call = anna.call('202')
    await world.pass()
    assert.equal(call.failure, 486)
    await world.finish()
  })

  it('no longer follows a rule whose time is over', async () => {
    const { world, anna, bo } = four()
    rules(world, '202', { always: { to: '203', untilMs: world.clock.now() - 1 } })
    const call = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    call.hangUp()
    await world.finish()
  })

  it('brings a call from outside out again in the name of who forwards it, within their limits', async () => {
    const { world } = four()
    const { carrier } = world.trunk({ prefixes: ['0', '+'] })
    carrier.onCall = (call) => call.ring()
    world.directory.addNumber(world.acme, '+46846500402', { kind: 'user', userId: world.user('202').id })
    rules(world, '202', { always: { to: '+46701740699' } })
    const call = carrier.call('+46846500402')
    await world.pass()
    assert.equal(carrier.calls.length, 1)
    assert.ok(carrier.last.invite?.request.headers.get('Diversion')?.includes('reason=unconditional'))
    call.hangUp()
    await world.finish()
  })
})

describe('do not disturb', () => {
  it('refuses with 480 and a reason, and lets through who may disturb', async () => {
    const { world, anna, bo, cesar } = four()
    rules(world, '202', { doNotDisturb: { exceptions: ['203'], usesBusyRule: false } })
    const refused = anna.call('202')
    await world.pass()
    assert.equal(refused.failure, 480)
    assert.equal(bo.calls.length, 0)
    const let_ = cesar.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    let_.hangUp()
    await world.finish()
  })

  it('follows the busy rule where the user wants it', async () => {
    const { world, anna, cesar } = four()
    rules(world, '202', { busy: { to: '203' }, doNotDisturb: { exceptions: [], usesBusyRule: true } })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(diversionsOf(cesar), ['<sip:202@acme.test>;reason=do-not-disturb'])
    call.hangUp()
    await world.finish()
  })

  it('does not keep an emergency centre from calling back, for an hour', async () => {
    const { world, anna, bo } = four()
    const { carrier } = world.trunk()
    carrier.onCall = (call) => call.answer()
    rules(world, '202', { always: { to: '203' }, doNotDisturb: { exceptions: [], usesBusyRule: false } })
    const emergency = bo.call('112')
    await world.pass()
    emergency.hangUp()
    await world.pass()
    const back = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    back.hangUp()
    await world.pass(3_600_000)
    const later = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    later.hangUp()
    await world.finish()
  })

  it('takes a member out of a group that rings', async () => {
    const { world, anna, bo, cesar } = four()
    const userIds = [world.user('202').id, world.user('203').id]
    world.directory.addNumber(world.acme, '230', { kind: 'group', userIds, name: 'Sales' })
    rules(world, '202', { doNotDisturb: { exceptions: [], usesBusyRule: false } })
    const call = anna.call('230')
    await world.pass()
    assert.deepEqual([bo.calls.length, cesar.calls.length], [0, 1])
    call.hangUp()
    await world.finish()
  })
})

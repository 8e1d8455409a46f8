import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AssistantFilter, CallHandling, HandlingRule } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { ServicePhone } from '@vaxel/testkit/calls/service-phone'

const codesOf = (world: CallWorld) =>
  world.ledger.events
    .filter(({ kind }) => kind === 'call.routed')
    .flatMap(({ data }) => (data.decisions as { code: string }[]).map(({ code }) => code))

/** Anna (201), Bo (202), Cesar (203), David (204), whose phones ring, and a carrier that calls Bo as +46701740605. */
function four(handling: Partial<CallHandling> = {}) {
  const world = new CallWorld()
  const [anna, bo, cesar, david] = ['201', '202', '203', '204'].map((name) => world.phone(name)) as ServicePhone[]
  const { carrier } = world.trunk()
  for (const phone of [anna!, bo!, cesar!, david!, carrier]) phone.onCall = (call) => call.ring()
  world.directory.addNumber(world.acme, '+46846500402', { kind: 'user', userId: world.user('202').id })
  world.handling.set(world.user('202').id, { callWaiting: true, ...handling })
  return { world, anna: anna!, bo: bo!, cesar: cesar!, david: david!, carrier }
}

const to = (number: string): HandlingRule['action'] => ({ kind: 'forward', to: number })
const rule = (more: Partial<HandlingRule>): HandlingRule => ({
  name: 'Rule',
  moment: 'always',
  action: to('203'),
  ...more,
})

/** Calls Bo from outside. @returns how many calls Bo, Cesar and David then have */
async function fromOutside({ world, bo, cesar, david, carrier }: ReturnType<typeof four>) {
  const call = carrier.call('+46846500402')
  await world.pass()
  const rings = [bo, cesar, david].map((phone) => phone.calls.filter((one) => !one.isOver).length)
  call.hangUp()
  await world.pass()
  return rings
}

describe("a person's rules", () => {
  it('send a caller on by number, in any form, and leave others alone', async () => {
    const at = four({ rules: [rule({ name: 'Eva', from: { numbers: ['070-174 06 05'] } })] })
    assert.deepEqual(await fromOutside(at), [0, 1, 0])
    const call = at.anna.call('202')
    await at.world.pass()
    assert.equal(at.bo.calls.length, 1)
    call.hangUp()
    await at.world.finish()
  })

  it('are looked through in order, and the first that fits wins', async () => {
    const at = four({
      rules: [
        rule({ from: { prefixes: ['+33'] }, action: to('204') }),
        rule({ name: 'off', isOff: true, action: to('204') }),
        rule({ name: 'over', untilMs: 1, action: to('204') }),
        rule({ from: { kinds: ['outside'] } }),
        rule({ action: to('204') }),
      ],
    })
    assert.deepEqual(await fromOutside(at), [0, 1, 0])
    assert.ok(codesOf(at.world).includes('rule-fits'))
    await at.world.finish()
  })

  it('know colleagues, contacts, strangers and callers without a number', async () => {
    const at = four({ rules: [rule({ from: { kinds: ['stranger'] } })] })
    assert.deepEqual(await fromOutside(at), [0, 1, 0], 'nobody knows the number')
    at.world.contacts.set(`${at.world.user('202').id} +46701740605`, 'Eva')
    assert.deepEqual(await fromOutside(at), [1, 0, 0], 'a contact')
    at.world.handling.set(at.world.user('202').id, {
      callWaiting: true,
      rules: [rule({ from: { kinds: ['colleague'] } }), rule({ from: { kinds: ['withheld'] }, action: to('204') })],
    })
    assert.deepEqual(await fromOutside(at), [1, 0, 0])
    const colleague = at.anna.call('202')
    await at.world.pass()
    assert.equal(at.cesar.last.isOver, false)
    colleague.hangUp()
    const hidden = at.carrier.call('+46846500402', { headers: [['Privacy', 'id']] })
    await at.world.pass()
    assert.equal(at.david.calls.length, 1)
    hidden.hangUp()
    await at.world.finish()
  })

  it('hold by how the person is', async () => {
    const at = four({ rules: [rule({ presence: ['inMeeting', 'away'] })] })
    assert.deepEqual(await fromOutside(at), [1, 0, 0])
    at.world.presence.set(at.world.user('202').id, 'inMeeting')
    assert.deepEqual(await fromOutside(at), [0, 1, 0])
    await at.world.finish()
  })

  it('hold at hours of the week where the person is', async () => {
    const at = four()
    const local = new Date(at.world.clock.now())
    const day = local.getUTCDay() || 7
    const times = (days: number[]) => ({ timeZone: 'UTC', periods: [{ days, from: '00:00', to: '24:00' }] })
    const set = (days: number[]) =>
      at.world.handling.set(at.world.user('202').id, { callWaiting: true, always: { to: '203', times: times(days) } })
    set([day])
    assert.deepEqual(await fromOutside(at), [0, 1, 0])
    set([(day % 7) + 1])
    assert.deepEqual(await fromOutside(at), [1, 0, 0])
    await at.world.finish()
  })

  it('let a caller through forwarding and do not disturb, and keep another one out', async () => {
    const at = four({
      always: { to: '204' },
      doNotDisturb: { exceptions: [], usesBusyRule: false },
      rules: [rule({ name: 'Family', from: { numbers: ['+46701740605'] }, action: { kind: 'ring' } })],
    })
    assert.deepEqual(await fromOutside(at), [1, 0, 0])
    assert.ok(codesOf(at.world).includes('let-through'))
    at.world.handling.set(at.world.user('202').id, {
      callWaiting: true,
      rules: [rule({ from: { prefixes: ['+4670174'] }, action: { kind: 'refuse' } })],
    })
    const refused = at.carrier.call('+46846500402')
    await at.world.pass()
    assert.equal(refused.failure, 486)
    await at.world.finish()
  })

  it('send a call on that nobody answered, after the time of the rule that fits', async () => {
    const at = four({
      noAnswer: { to: '204', afterSeconds: 30 },
      rules: [rule({ moment: 'noAnswer', afterSeconds: 8, from: { kinds: ['outside'] } })],
    })
    const call = at.carrier.call('+46846500402')
    await at.world.pass(8100)
    assert.deepEqual([at.cesar.calls.length, at.david.calls.length], [1, 0])
    call.hangUp()
    await at.world.finish()
  })
})

describe('a profile', () => {
  it('says which devices ring, and all ring when none of them is there', async () => {
    const { world, anna, bo } = four()
    const mobile = world.phone('202')
    mobile.onCall = (call) => call.ring()
    const [desk, second] = world.directory.devicesOf(world.user('202').id)
    const office = { id: 'office', name: 'Office', place: 'office' as const, deviceIds: [desk!.id] }
    world.set('202', 'profiles', { list: [office], active: { id: 'office' } })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual([bo.calls.length, mobile.calls.length], [1, 0])
    call.hangUp()
    await world.pass()
    world.bindings.bindings = world.bindings.bindings.filter(
      ({ deviceId }) => deviceId === second!.id || deviceId !== desk!.id,
    )
    const again = anna.call('202')
    await world.pass()
    assert.deepEqual([bo.calls.length, mobile.calls.length], [1, 1])
    again.hangUp()
    await world.finish()
  })

  it('sends calls on while it holds, instead of the rule of every day', async () => {
    const { world, anna, cesar, david } = four({ always: { to: '203' } })
    const home = { id: 'home', name: 'Home', place: 'home' as const, forward: { moment: 'always' as const, to: '204' } }
    world.set('202', 'profiles', { list: [home], active: { id: 'home', untilMs: world.clock.now() + 1000 } })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual([cesar.calls.length, david.calls.length], [0, 1])
    assert.ok(codesOf(world).includes('profile'))
    call.hangUp()
    await world.pass(2000)
    const later = anna.call('202')
    await world.pass()
    assert.deepEqual([cesar.calls.length, david.calls.length], [1, 1])
    later.hangUp()
    await world.finish()
  })
})

describe('the filter of an executive', () => {
  const filter = (world: CallWorld, more: Partial<AssistantFilter> = {}) =>
    world.set('202', 'filter', {
      isOn: true,
      assistants: [world.user('203').id],
      mode: 'first',
      seconds: 10,
      allowed: { numbers: ['+46701740605'] },
      ...more,
    })

  it('lets the assistant ring first, who sees for whom, and then the executive', async () => {
    const { world, anna, bo, cesar } = four()
    filter(world)
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual([bo.calls.length, cesar.calls.length], [0, 1])
    assert.equal(cesar.last.invite?.request.from.displayName, 'Person 202: Person 201')
    await world.pass(10_000)
    assert.deepEqual([bo.calls.length, cesar.last.isOver], [1, true])
    assert.ok(codesOf(world).includes('filter'))
    call.hangUp()
    await world.finish()
  })

  it('is passed by callers on the list and by the assistant, also when putting a call through', async () => {
    const at = four()
    const { world, anna, bo, cesar } = at
    filter(world)
    assert.deepEqual(await fromOutside(at), [1, 0, 0])
    const own = cesar.call('202')
    await world.pass()
    assert.equal(bo.last.isOver, false)
    own.hangUp()
    await world.pass()
    const call = anna.call('202')
    await world.pass()
    cesar.last.answer()
    await world.pass()
    const before = bo.calls.length
    void cesar.last.transferTo('sip:202@acme.test')
    await world.pass()
    assert.equal(bo.calls.length, before + 1)
    call.hangUp()
    await world.finish()
  })

  it('steps aside while no assistant can be reached, so that no call is lost', async () => {
    const { world, anna, bo, cesar } = four()
    filter(world, { mode: 'only' })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual([bo.calls.length, cesar.calls.length], [0, 1])
    call.hangUp()
    await world.pass()
    world.bindings.bindings = world.bindings.bindings.filter(({ userId }) => userId !== world.user('203').id)
    const again = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 1)
    again.hangUp()
    await world.finish()
  })

  it('may let all ring together', async () => {
    const { world, anna, bo, cesar } = four()
    filter(world, { mode: 'together' })
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual([bo.calls.length, cesar.calls.length], [1, 1])
    call.hangUp()
    await world.finish()
  })
})

describe('a short dial', () => {
  it("of the company reaches its number with the dialler's rights, and is nothing from outside", async () => {
    const { world, anna, carrier } = four()
    world.directory.addNumber(world.acme, '*0100', { kind: 'short', to: '+46701740699', name: 'Taxi' })
    const call = anna.call('*0100')
    await world.pass()
    assert.equal(carrier.calls.length, 1)
    call.hangUp()
    await world.pass()
    world.directory.setLimits(world.user('201'), { blockedDestinations: ['+4670'] })
    const barred = anna.call('*0100')
    await world.pass()
    assert.equal(barred.failure, 403)
    const stranger = carrier.call('*0100')
    await world.pass()
    assert.equal(stranger.failure, 404)
    await world.finish()
  })

  it("of a person is that person's alone", async () => {
    const { world, anna, bo, david } = four()
    world.set('201', 'shortDials', { entries: [{ code: '1', to: '204', name: 'David' }] })
    const call = anna.call('*01')
    await world.pass()
    assert.equal(david.calls.length, 1)
    assert.ok(codesOf(world).includes('short-dial'))
    const other = bo.call('*01')
    await world.pass()
    assert.equal(other.failure, 404)
    call.hangUp()
    await world.finish()
  })
})

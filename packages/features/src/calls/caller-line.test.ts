import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { SharedLine } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall } from '@vaxel/testkit/calls/service-phone'

const outside = '+46701740610'
const lineNumber = '+46846500440'

/** Reception is a line of Bo and Cesar, with a number of its own. */
function reception(more: Partial<SharedLine> = {}, number = lineNumber) {
  const world = new CallWorld()
  const { carrier } = world.trunk()
  carrier.onCall = (call) => call.answer()
  const [anna, bo, cesar, david] = ['201', '202', '203', '204'].map((name) => world.phone(name))
  for (const phone of [anna!, bo!, cesar!, david!]) phone.onCall = (call) => call.ring()
  const userIds = ['202', '203'].map((name) => world.user(name).id)
  world.directory.addNumber(world.acme, number, { kind: 'shared', name: 'Reception', userIds, ...more })
  return { world, carrier, anna: anna!, bo: bo!, cesar: cesar!, david: david! }
}

const shownTo = (call: PhoneCall) => call.invite!.request.from
/** As a line key with an account of its own says it. */
const onLine = { headers: [['P-Preferred-Identity', `<sip:${lineNumber}@acme.test>`]] } as const

describe('who calls on a shared line', () => {
  it('shows the own number, unless the line says otherwise', async () => {
    const { world, carrier, bo } = reception()
    const call = bo.call(outside, onLine)
    await world.pass()
    assert.equal(shownTo(carrier.last).uri.user, '+46846500400')
    call.hangUp()
    await world.finish()
  })

  it('shows the line where the telephone names it, and only then: in P-Preferred-Identity or From', async () => {
    const { world, carrier, bo } = reception({ callsOutAs: 'choice' })
    const own = bo.call(outside)
    await world.pass()
    assert.equal(shownTo(carrier.last).uri.user, '+46846500400')
    own.hangUp()
    await world.pass()
    for (const more of [onLine, { from: `<sip:${lineNumber}@acme.test>` }]) {
      const call = bo.call(outside, more)
      await world.pass()
      assert.equal(shownTo(carrier.last).uri.user, lineNumber)
      assert.equal(shownTo(carrier.last).displayName, 'Reception')
      call.hangUp()
      await world.pass()
    }
    const record = [...world.ledger.calls.values()].at(-1)!
    assert.deepEqual(record.caller, { number: lineNumber, name: 'Reception', userId: world.user('202').id })
    await world.finish()
  })

  it('is no stranger to it: who is no member shows the own number, whatever the telephone names', async () => {
    const { world, carrier, anna } = reception({ callsOutAs: 'choice' })
    const call = anna.call(outside, onLine)
    await world.pass()
    assert.equal(shownTo(carrier.last).uri.user, '+46846500400')
    call.hangUp()
    await world.finish()
  })

  it('shows the line inside too, and the company’s number outside where the line has none', async () => {
    const { world, carrier, anna, bo } = reception({ callsOutAs: 'line' }, '240')
    const inside = bo.call('201')
    await world.pass()
    assert.equal(shownTo(anna.last).uri.user, '240')
    inside.hangUp()
    await world.pass()
    const call = bo.call(outside)
    await world.pass()
    assert.equal(shownTo(carrier.last).uri.user, '+46846500400')
    call.hangUp()
    await world.finish()
  })

  it('keeps it busy for all, and a colleague takes the call from hold by dialling the line', async () => {
    const { world, carrier, bo, cesar, david } = reception({ callsOutAs: 'line' })
    const call = bo.call(outside)
    await world.pass()
    const second = david.call(lineNumber)
    await world.pass()
    assert.equal(second.failure, 486)
    void call.offer('sendonly')
    await world.pass()
    const taken = cesar.call(lineNumber)
    await world.pass()
    assert.ok(taken.isUp && call.isOver && carrier.last.isUp)
    taken.hangUp()
    await world.finish()
  })

  it('calls an emergency number with the own number', async () => {
    const { world, carrier, bo } = reception({ callsOutAs: 'line' })
    const call = bo.call('112')
    await world.pass()
    assert.equal(shownTo(carrier.last).uri.user, '+46846500400')
    call.hangUp()
    await world.finish()
  })

  it('is named by a command too, and one that it is not to be named for is refused', async () => {
    const { world, carrier, bo } = reception({ callsOutAs: 'choice' })
    bo.onCall = (call) => call.answer()
    const { id: fromUserId, companyId } = world.user('202')
    const make = (more: { line?: string }) => world.commands.makeCall({ companyId, fromUserId, to: outside, ...more })
    for (const [line, shown] of [
      [undefined, '+46846500400'],
      ['08-465 004 40', lineNumber],
    ] as const) {
      assert.ok(!isRefusal(await make(line === undefined ? {} : { line })))
      await world.pass(50)
      assert.equal(shownTo(carrier.last).uri.user, shown)
      carrier.last.hangUp()
      await world.pass(50)
    }
    for (const line of ['201', '+46846500499', 'nobody']) assert.ok(isRefusal(await make({ line })), line)
    const stranger = world.user('201').id
    assert.ok(
      isRefusal(await world.commands.makeCall({ companyId, fromUserId: stranger, to: outside, line: lineNumber })),
    )
    await world.finish()
  })

  it('shows it in calls that are made by command as well', async () => {
    const { world, carrier, bo } = reception({ callsOutAs: 'line' })
    bo.onCall = (call) => call.answer()
    const { id: fromUserId, companyId } = world.user('202')
    await world.commands.makeCall({ companyId, fromUserId, to: outside })
    await world.pass(50)
    assert.equal(shownTo(carrier.last).uri.user, lineNumber)
    carrier.last.hangUp()
    await world.finish()
  })
})

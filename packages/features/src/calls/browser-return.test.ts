import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Notice } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall, ServicePhone } from '@vaxel/testkit/calls/service-phone'

/** 201 in a browser has called 202 on a desk phone, and they talk. */
async function talking(options: ConstructorParameters<typeof CallWorld>[0] = {}) {
  const world = new CallWorld(options)
  const page = world.browser('201')
  const bo = world.phone('202')
  const call = page.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass()
  return { world, page, bo, call, callee: bo.last }
}

/** What the API tells the owner of their leg. */
function ownOf(world: CallWorld, number: string) {
  const { id, legs } = world.onlyCall.call
  const leg = [...legs.values()].find((one) => one.party.number === number && one.endedAtMs === undefined)
  assert.ok(leg)
  return world.service.ownConnection(id, leg.id)
}

const replacing = (call: PhoneCall): string =>
  `${call.usage.sipCallId};to-tag=${call.usage.remoteTag};from-tag=${call.usage.localTag}`
const takeBack = (page: ServicePhone, replaces: string): PhoneCall =>
  page.call('201', { headers: [['Replaces', replaces]] })
/** No packet of a leg comes any more. */
function fallSilent(world: CallWorld, number: string, sinceMs = 1000): void {
  world.engine.tell({ kind: 'quiet', leg: world.mediaOf(number), sinceMs })
}
const plays = (world: CallWorld, number: string) => {
  const source = world.engine.legs.get(world.mediaOf(number))?.plays
  return source?.kind === 'tone' ? source.tone : source?.kind
}
const told = (world: CallWorld, kind: string) => world.ledger.events.filter((event) => event.kind === kind)

describe('a browser comes back to its call', () => {
  it('on a new page by Replaces: the far end keeps its dialog and hears nothing but a pause', async () => {
    const { world, page, bo, call, callee } = await talking()
    const replaces = replacing(call)
    const fresh = world.reload(page)
    await world.pass(400)
    const back = takeBack(fresh, replaces)
    await world.pass()
    assert.ok(back.isUp)
    world.assertJoined('201', '202')
    assert.deepEqual(bo.calls.length, 1)
    assert.deepEqual(callee.lines, ['confirmed'], 'no re-INVITE, no ringing')
    const [resumed] = told(world, 'call.resumed')
    assert.ok(Number(resumed?.data['awayMs']) >= 400)
    assert.equal(told(world, 'call.interrupted').length, 0)
    back.hangUp()
    await world.finish()
  })

  it('after the tone, which the far end heard meanwhile', async () => {
    const { world, page, call } = await talking()
    const fresh = world.reload(page)
    await world.pass(1000)
    fallSilent(world, '201')
    assert.equal(plays(world, '202'), 'reconnecting')
    await world.pass(1000)
    const back = takeBack(fresh, replacing(call))
    await world.pass()
    world.assertJoined('201', '202')
    assert.equal(told(world, 'call.interrupted').length, 1)
    back.hangUp()
    await world.finish()
  })

  it('without memory: the API tells its owner which dialog it is, and that its connection is gone', async () => {
    const { world, page } = await talking()
    const before = ownOf(world, '201')
    assert.equal(before?.isReachable, true)
    const fresh = world.reload(page)
    await world.pass()
    const own = ownOf(world, '201')
    assert.equal(own?.isReachable, false)
    assert.equal(own?.instanceId, before?.instanceId)
    const back = takeBack(fresh, own!.replaces)
    await world.pass()
    assert.ok(back.isUp)
    assert.equal(ownOf(world, '201')?.isReachable, true)
    back.hangUp()
    await world.finish()
  })

  it('a second time, and a third', async () => {
    const { world, page, call } = await talking()
    let at = page
    let last = call
    for (let round = 0; round < 3; round++) {
      at = world.reload(at)
      const back = takeBack(at, replacing(last))
      await world.pass(200)
      world.assertJoined('201', '202')
      last = back
    }
    last.hangUp()
    await world.finish()
  })

  it('though the user may have one call at once only', async () => {
    const { world, page, call } = await talking()
    world.directory.setLimits(world.user('201'), { callsAtOnce: 1 })
    const fresh = world.reload(page)
    const back = takeBack(fresh, replacing(call))
    await world.pass()
    assert.ok(back.isUp)
    back.hangUp()
    await world.finish()
  })

  it('and finds it on hold as it was left; the next offer retrieves it', async () => {
    const { world, page, call } = await talking()
    const held = call.offer('sendonly')
    await world.pass()
    await held
    const fresh = world.reload(page)
    const back = takeBack(fresh, replacing(call))
    await world.pass()
    assert.equal(plays(world, '202'), 'music')
    const retrieved = back.offer('sendrecv')
    await world.pass()
    await retrieved
    world.assertJoined('201', '202')
    back.hangUp()
    await world.finish()
  })

  it('the other one is a browser too: both are loaded anew', async () => {
    const world = new CallWorld()
    const [page, other] = [world.browser('201'), world.browser('202')]
    const call = page.call('202')
    await world.pass()
    other.last.answer()
    await world.pass()
    const [first, second] = [replacing(call), ownOf(world, '202')!.replaces]
    const [pageAgain, otherAgain] = [world.reload(page), world.reload(other)]
    await world.pass(1000)
    fallSilent(world, '201')
    fallSilent(world, '202')
    const back = takeBack(pageAgain, first)
    const otherBack = otherAgain.call('202', { headers: [['Replaces', second]] })
    await world.pass()
    assert.ok(back.isUp && otherBack.isUp)
    world.assertJoined('201', '202')
    back.hangUp()
    await world.finish()
  })

  it('in its conference', async () => {
    const world = new CallWorld()
    world.directory.addNumber(world.acme, '400', { kind: 'service', service: 'conference' })
    const page = world.browser('201')
    const call = page.call('400')
    await world.pass()
    const hears = world.engine.legs.get(world.mediaOf('201'))?.hears
    const back = takeBack(world.reload(page), replacing(call))
    await world.pass()
    assert.equal(world.engine.legs.get(world.mediaOf('201'))?.hears, hears)
    back.hangUp()
    await world.finish()
  })

  it('and its recording goes on in a second file', async () => {
    const { world, page, call } = await talking()
    const started = await world.commands.command(
      { companyId: world.acme.id, userId: world.user('201').id },
      world.onlyCallId,
      'startRecording',
      {},
    )
    assert.ok('callId' in started)
    const back = takeBack(world.reload(page), replacing(call))
    await world.pass()
    assert.equal(told(world, 'recording.started').length, 2)
    back.hangUp()
    await world.finish()
  })
})

describe('a browser whose connection is lost', () => {
  it('goes on talking: audio is not touched, and nobody hears anything', async () => {
    const { world, page, call } = await talking()
    world.disconnect(page)
    await world.pass(60_000)
    world.assertJoined('201', '202')
    assert.equal(told(world, 'call.interrupted').length, 0)
    world.reconnect(page)
    await world.pass()
    assert.equal(ownOf(world, '201')?.isReachable, true)
    call.hangUp()
    await world.finish()
  })

  it('is reached by its new connection, for what the platform has to say in its dialog', async () => {
    const { world, page, bo, call, callee } = await talking()
    world.disconnect(page)
    await world.pass(1000)
    world.reconnect(page)
    await world.pass()
    callee.hangUp()
    await world.pass()
    assert.deepEqual(
      call.ends.map(({ by }) => by),
      ['peer'],
    )
    assert.equal(bo.calls.length, 1)
    await world.finish()
  })

  it('falls silent and is heard again', async () => {
    const { world, call } = await talking()
    fallSilent(world, '201', 3000)
    assert.equal(plays(world, '202'), 'reconnecting')
    await world.pass(5000)
    world.engine.tell({ kind: 'heard', leg: world.mediaOf('201') })
    world.assertJoined('201', '202')
    assert.equal(told(world, 'call.resumed')[0]?.data['awayMs'], 8000)
    call.hangUp()
    await world.finish()
  })

  it('does not come back: the far end gets a BYE with a reason, and the call says whose side it was', async () => {
    const { world, page, callee } = await talking({ reconnectMs: 12_000 })
    world.disconnect(page)
    await world.pass(1000)
    fallSilent(world, '201')
    await world.pass(11_000)
    assert.ok(callee.isUp)
    await world.pass(1100)
    assert.match(callee.ends[0]?.reason ?? '', /SIP;cause=408;text="The connection to 201 was lost/)
    const ended = told(world, 'call.ended')[0]?.data['termination'] as { blame: string; reason: string }
    assert.deepEqual([ended.blame, ended.reason], ['caller', 'connection-lost'])
    await world.finish()
  })

  it('comes too late: 481', async () => {
    const { world, page, call, callee } = await talking()
    const fresh = world.reload(page)
    callee.hangUp()
    await world.pass()
    const late = takeBack(fresh, replacing(call))
    await world.pass()
    assert.equal(late.failure, 481)
    await world.finish()
  })
})

describe('a browser that is loaded anew while it rings', () => {
  it('rings again on its new page, and is answered there', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const page = world.browser('202')
    const call = anna.call('202')
    await world.pass()
    assert.equal(page.calls.length, 1)
    const fresh = world.reload(page)
    await world.pass()
    assert.equal(call.failure, undefined)
    fresh.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('is given up after ten seconds if it does not come back', async () => {
    const world = new CallWorld()
    const page = world.browser('202')
    const call = world.phone('201').call('202')
    await world.pass()
    world.crash(page)
    await world.pass(9000)
    assert.equal(call.failure, undefined)
    await world.pass(1100)
    assert.equal(call.failure, 480)
    await world.finish()
  })

  it('rings for its own call: it takes back what it dialled, and hears the answer', async () => {
    const world = new CallWorld()
    const page = world.browser('201')
    const bo = world.phone('202')
    const call = page.call('202')
    await world.pass()
    const fresh = world.reload(page)
    await world.pass()
    const back = takeBack(fresh, replacing(call))
    await world.pass()
    assert.deepEqual(back.lines, ['180'])
    assert.equal(bo.calls.length, 1)
    bo.last.answer()
    await world.pass()
    assert.ok(back.isUp)
    world.assertJoined('201', '202')
    back.hangUp()
    await world.finish()
  })
})

describe('a call is taken back by nobody else', () => {
  it('not by another user of the company, nor of another company, nor a stranger', async () => {
    const { world, page, call } = await talking()
    const replaces = replacing(call)
    const others = [world.browser('203'), world.browser('201', world.beta), world.stranger('201')]
    const attempts = others.map((other) => takeBack(other, replaces))
    await world.pass()
    assert.deepEqual(
      attempts.map(({ failure }) => failure),
      [403, 481, 407],
    )
    world.assertJoined('201', '202')
    assert.ok(page)
    call.hangUp()
    await world.finish()
  })

  it('another device of the same user takes it over, which is told as a transfer', async () => {
    const { world, call } = await talking()
    const desk = world.phone('201')
    const taken = takeBack(desk, replacing(call))
    await world.pass()
    assert.ok(taken.isUp && call.isOver)
    assert.equal(told(world, 'call.transferred').length, 1)
    taken.hangUp()
    await world.finish()
  })

  it('a desk phone keeps its rules: silence alone interrupts nothing', async () => {
    const { world, call } = await talking()
    fallSilent(world, '202', 3000)
    assert.equal(told(world, 'call.interrupted').length, 0)
    call.hangUp()
    await world.finish()
  })
})

describe('the quality of a call while it goes on', () => {
  it('is told to the person in the browser, with the way that is bad', async () => {
    const notices: Notice[] = []
    const { world, call } = await talking({ notices: { publish: (notice) => notices.push(notice) } })
    const good = { packets: 250, lossRatio: 0, jitterMs: 2, mos: 4.4 }
    const recent = { received: { ...good, lossRatio: 0.08, mos: 3.3 }, sent: good }
    for (const number of ['201', '202'])
      world.engine.tell({ kind: 'quality', leg: world.mediaOf(number), quality: recent, recent })
    world.engine.tell({ kind: 'quality', leg: world.mediaOf('201'), quality: recent })
    assert.equal(notices.length, 1)
    assert.deepEqual(notices[0]?.to, [world.user('201').id])
    assert.equal(notices[0]?.kind, 'call.quality')
    assert.equal(notices[0]?.data['bad'], 'up')
    call.hangUp()
    await world.finish()
  })
})

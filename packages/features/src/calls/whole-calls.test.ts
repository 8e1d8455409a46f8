import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

/** 201 talks with 202. */
async function talking(world = new CallWorld()) {
  const anna = world.phone('201')
  const bo = world.phone('202')
  const call = anna.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass()
  world.assertJoined('201', '202')
  return { world, anna, bo, call, callee: bo.last }
}

describe('a call to a person', () => {
  it('rings, is answered, joins the two, and ends for both when one hangs up', async () => {
    const { world, call, callee } = await talking()
    assert.deepEqual(call.lines, ['180', '200'])
    call.hangUp()
    await world.pass()
    assert.deepEqual(callee.lines, ['confirmed', 'ended peer'])
    const [record] = world.ledger.calls.values()
    assert.deepEqual(record?.termination, { blame: 'nobody', reason: 'caller-hung-up' })
    assert.equal(record?.answeredAtMs !== undefined, true)
    await world.finish()
  })

  it('rings on all devices, and stops on the others with the reason when one answers', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const desk = world.phone('202')
    const mobile = world.phone('202')
    const call = anna.call('202')
    await world.pass()
    mobile.last.answer()
    await world.pass()
    assert.ok(call.isUp)
    assert.deepEqual(desk.last.ends, [
      { by: 'peer', status: 487, reason: 'SIP;cause=200;text="Call completed elsewhere"' },
    ])
    call.hangUp()
    await world.finish()
  })

  it('lets the caller hear the early media of the callee, and both ways once it is answered', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    bo.onCall = (call) => call.ringWithAudio()
    const call = anna.call('202')
    await world.pass()
    assert.deepEqual(call.lines, ['183 audio'])
    assert.equal(world.engine.legs.get(world.mediaOf('201'))?.hears, world.mediaOf('202'))
    assert.equal(world.engine.legs.get(world.mediaOf('202'))?.hears, 'nothing')
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('lets the caller hear that it rings on where the one whose early media it heard is out', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const [mobile, desk] = [world.phone('202'), world.phone('202')]
    mobile.onCall = (call) => call.ringWithAudio()
    const call = anna.call('202')
    await world.pass()
    const heard = () => world.engine.legs.get(world.mediaOf('201'))
    assert.equal(heard()?.plays, undefined)
    mobile.last.refuse(480)
    await world.pass()
    const plays = heard()?.plays
    assert.equal(plays?.kind === 'tone' && plays.tone, 'ringback')
    assert.ok(!call.isOver)
    desk.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.equal(heard()?.plays, undefined)
    call.hangUp()
    await world.finish()
  })

  it('is heard both ways also when the answer overtakes the early media', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    let go = (): void => {}
    const open = new Promise<void>((resolve) => (go = resolve))
    world.engine.before = (step) => (step === 'createAnswer' ? open : undefined)
    bo.onCall = (call) => call.ringWithAudio()
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    go()
    await world.pass()
    assert.ok(call.isUp)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('is offered to a person who is talking already (call waiting)', async () => {
    const { world, callee, bo, call } = await talking()
    const cesar = world.phone('203')
    const second = cesar.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 2)
    assert.deepEqual(second.lines, ['180'])
    bo.last.refuse(486)
    await world.pass()
    assert.equal(second.failure, 486)
    assert.ok(callee.isUp && call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('takes an INVITE without an offer: the platform offers, the ACK answers', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202', { offer: undefined })
    await world.pass()
    bo.last.answer()
    await world.pass()
    assert.ok(call.isUp)
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('ends where the caller was to describe its audio in the ACK, and does not', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202', {
      offer: undefined,
      prepare: (prepared) => (prepared.onAccepted = (_response, _sdp, reply) => reply?.accept('')),
    })
    await world.pass()
    bo.last.answer()
    await world.pass()
    assert.ok(call.isOver && bo.last.isOver)
    assert.match(bo.last.ends[0]!.reason!, /The answer describes no audio/)
    await world.finish()
  })

  it('is offered again with other keys to a phone that refuses the first ones', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202', { protocol: 'tls' })
    bo.onCall = (call) => (bo.calls.length < 3 ? call.refuse(488) : call.ring())
    const call = anna.call('202')
    await world.pass()
    assert.equal(bo.calls.length, 3)
    assert.deepEqual(call.lines, ['180'])
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.equal(world.onlyCall.call.legs.size, 2)
    bo.last.hangUp()
    await world.pass()
    assert.ok(call.isOver)
    await world.finish()
  })

  it('is cancelled between two offers when the caller gives up', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202', { protocol: 'tls' })
    let go = (): void => {}
    const open = new Promise<void>((resolve) => (go = resolve))
    bo.onCall = (call) => {
      world.engine.before = (step) => (step === 'createOffer' ? open : undefined)
      call.refuse(488)
    }
    const call = anna.call('202')
    await world.pass()
    call.hangUp()
    await world.pass()
    go()
    await world.finish()
    assert.equal(bo.calls.length, 1)
  })

  it('hears a door station that only sends, and takes that for no hold', async () => {
    const world = new CallWorld()
    const door = world.phone('201')
    const bo = world.phone('202')
    const call = door.call('202', { direction: 'sendonly' })
    await world.pass()
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    const refreshed = call.offer('sendonly')
    await world.pass()
    assert.equal(await refreshed, 'answered')
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })
})

describe('hold', () => {
  it('from the phone lets the other hear music, and brings them together again', async () => {
    const { world, call } = await talking()
    const held = call.offer('sendonly')
    await world.pass()
    assert.equal(await held, 'answered')
    assert.equal(call.direction, 'recvonly')
    assert.deepEqual(world.engine.legs.get(world.mediaOf('202'))?.plays, { kind: 'music' })
    const back = call.offer('sendrecv')
    await world.pass()
    await back
    world.assertJoined('201', '202')
    assert.ok(world.ledger.kinds(world.onlyCallId).join(' ').includes('call.held call.retrieved'))
    call.hangUp()
    await world.finish()
  })

  it('by command holds and retrieves by re-INVITE', async () => {
    const { world, call } = await talking()
    const me = { companyId: world.acme.id, userId: world.user('201').id }
    const held = world.commands.command(me, world.onlyCallId, 'hold', {})
    await world.pass()
    assert.deepEqual(await held, { callId: world.onlyCallId })
    assert.equal(call.lines.at(-1), 'offer inactive')
    const back = world.commands.command(me, world.onlyCallId, 'retrieve', {})
    await world.pass()
    await back
    assert.equal(call.lines.at(-1), 'offer sendrecv')
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('by command is over when the phone itself wants to talk again', async () => {
    const { world, call } = await talking()
    const me = { companyId: world.acme.id, userId: world.user('201').id }
    const held = world.commands.command(me, world.onlyCallId, 'hold', {})
    await world.pass()
    await held
    assert.deepEqual(world.engine.legs.get(world.mediaOf('202'))?.plays, { kind: 'music' })
    const back = call.offer('sendrecv')
    await world.pass()
    await back
    world.assertJoined('201', '202')
    call.hangUp()
    await world.finish()
  })

  it('of a peer that is silent while it holds does not end the call; silence afterwards does', async () => {
    const { world, call, callee } = await talking()
    const held = call.offer('sendonly')
    await world.pass()
    await held
    world.engine.tell({ kind: 'silent', leg: world.mediaOf('201'), sinceMs: 40_000 })
    await world.pass()
    assert.ok(callee.isUp)
    const back = call.offer('sendrecv')
    await world.pass()
    await back
    world.engine.tell({ kind: 'silent', leg: world.mediaOf('201'), sinceMs: 40_000 })
    await world.pass()
    assert.ok(callee.isUp, 'who never sent audio is not missed')
    world.engine.tell({ kind: 'audioStarted', leg: world.mediaOf('201') })
    world.engine.tell({ kind: 'silent', leg: world.mediaOf('201'), sinceMs: 29_000 })
    await world.pass()
    assert.ok(callee.isUp)
    world.engine.tell({ kind: 'silent', leg: world.mediaOf('201'), sinceMs: 30_000 })
    await world.pass()
    assert.ok(call.isOver && callee.isOver)
    const [record] = world.ledger.calls.values()
    assert.deepEqual([record?.termination?.blame, record?.termination?.reason], ['caller', 'media-timeout'])
    await world.finish()
  })
})

describe('digits', () => {
  it('by INFO are handed on in the way that the other side takes', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    bo.onCall = (c) => void (c.hasEvents = false)
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const fromAnna = call.usage.info('application/dtmf-relay', 'Signal=5\r\nDuration=100\r\n')
    const fromBo = bo.last.usage.info('application/dtmf', '#')
    await world.pass()
    assert.deepEqual([await fromAnna, await fromBo], [200, 200])
    assert.equal(bo.last.lines.at(-1), 'info application/dtmf-relay 5')
    assert.deepEqual(world.engine.digits, [`${world.mediaOf('201')} #`])
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    await world.commands.command(me, world.onlyCallId, 'sendDigits', { digits: '1A' })
    assert.equal(world.engine.digits.length, 3)
    call.hangUp()
    await world.finish()
  })
})

describe('digits to a telephone that takes them by INFO', () => {
  const talking = async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    bo.onCall = (c) => void (c.hasEvents = false)
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('201').id }
    const send = (digits: string) => world.commands.command(me, world.onlyCallId, 'sendDigits', { digits })
    const isToBo = ({ to, text }: { to: string; text: string }) => to === bo.address && text.startsWith('INFO')
    const heard = () => bo.last.lines.filter((line) => line.startsWith('info')).map((line) => line.at(-1))
    return { world, call, send, heard, isToBo }
  }

  it('come in their order, also where the first one is lost on its way', async () => {
    const { world, call, send, heard, isToBo } = await talking()
    let left = 1
    world.network.fate = (packet) => (isToBo(packet) && left-- > 0 ? [] : [1])
    await send('4711#')
    await world.pass(2_000)
    assert.deepEqual(heard(), ['4', '7', '1', '1', '#'])
    call.hangUp()
    await world.finish()
  })

  it('wait for one that answers none, 64 of them, and go with it', async () => {
    const { world, call, send, heard, isToBo } = await talking()
    world.network.fate = (packet) => (isToBo(packet) ? [] : [1])
    for (let more = 0; more < 20; more++) await send('0123456789')
    await world.pass(1_000)
    world.network.fate = () => [1]
    await world.pass(10_000)
    assert.equal(heard().length, 65)
    call.hangUp()
    await world.finish()
  })
})

describe('a call that cannot be', () => {
  it('gets 480 when no device is registered, and 404 for a number that is not in use', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const absent = anna.call('202')
    const unknown = anna.call('299')
    await world.pass()
    assert.deepEqual([absent.failure, unknown.failure], [480, 404])
    const reasons = [...world.ledger.calls.values()].map((c) => c.termination?.reason)
    assert.deepEqual(reasons.toSorted(), ['number-unknown', 'unavailable'])
    await world.finish()
  })

  it('is explained in words before the refusal where the company wants that', async () => {
    const world = new CallWorld()
    world.directory.setCompany(world.acme, { spokenRefusals: true })
    const anna = world.phone('201')
    const call = anna.call('299')
    await world.pass()
    assert.deepEqual(call.lines, ['183 audio'])
    const media = world.mediaOf('201')
    assert.deepEqual(world.engine.legs.get(media)?.plays, { kind: 'file', path: '/prompts/en/number-not-in-use.wav' })
    world.engine.tell({ kind: 'playEnded', leg: media })
    await world.pass()
    assert.equal(call.failure, 404)
    const mute = anna.call('299')
    await world.pass(31_000)
    assert.equal(mute.failure, 404)
    await world.finish()
  })

  it('gets 488 when the caller, or the callee, shares no codec with the platform', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const strange = anna.call('202', { prepare: (call) => (call.codecs = []) })
    await world.pass()
    assert.equal(strange.failure, 488)
    assert.equal(bo.calls.length, 0)
    bo.onCall = (call) => {
      call.codecs = []
      call.answer()
    }
    const call = anna.call('202')
    await world.pass(100)
    assert.equal(call.failure, 488)
    await world.finish()
  })

  it('gets 503 when no port is left for audio', async () => {
    const world = new CallWorld()
    world.engine.ports = 0
    const call = world.phone('201').call('202')
    await world.pass()
    assert.equal(call.failure, 503)
    await world.finish()
  })

  it('gets 483 when it has gone round in a circle', async () => {
    const world = new CallWorld()
    const call = world.phone('201').call('202', { headers: [['Max-Forwards', '0']] })
    await world.pass()
    assert.equal(call.failure, 483)
    assert.equal(world.ledger.events.length, 0)
    await world.finish()
  })

  it('leaves nothing behind when a stranger makes it', async () => {
    const world = new CallWorld()
    world.phone('202')
    const call = world.stranger('mallory').call('202')
    await world.pass()
    assert.equal(call.failure, 407)
    assert.equal(world.engine.released.length + world.engine.legs.size, 0)
    assert.equal(world.ledger.events.length, 0)
    assert.equal(world.service.admission.meters.usage(world.acme.id, world.clock.now()).startsMs.length, 0)
    await world.finish()
  })

  it('ends when the time to ring is over', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass(30_100)
    assert.equal(call.failure, 480)
    assert.ok(bo.last.isOver)
    assert.equal([...world.ledger.calls.values()][0]?.termination?.reason, 'no-answer')
    await world.finish()
  })
})

describe('races', () => {
  it('CANCEL against 200: who answered is told that it is over', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass()
    bo.last.answer()
    call.hangUp()
    await world.pass(100)
    assert.ok(call.isOver && bo.last.isOver)
    await world.finish()
  })

  it('BYE against a re-INVITE: both ends are told once', async () => {
    const { world, call, callee } = await talking()
    const held = call.offer('sendonly')
    callee.hangUp()
    await world.pass(100)
    assert.notEqual(await held, undefined)
    assert.ok(call.isOver && callee.isOver)
    await world.finish()
  })

  it('the caller gives up before the route is known', async () => {
    const world = new CallWorld()
    const anna = world.phone('201')
    const bo = world.phone('202')
    let go = (): void => {}
    const open = new Promise<void>((resolve) => (go = resolve))
    world.engine.before = (step) => (step === 'allocate' ? open : undefined)
    const call = anna.call('202')
    await world.pass()
    call.hangUp()
    await world.pass()
    go()
    await world.finish()
    assert.equal(bo.calls.length, 0)
  })

  for (const step of ['allocate', 'createOffer', 'createAnswer', 'receiveOffer', 'receiveAnswer', 'release'] as const)
    for (const when of ['before', 'after'] as const)
      it(`the caller gives up while the audio is at ${step}, ${when} the answer`, async () => {
        const world = new CallWorld()
        const anna = world.phone('201')
        const bo = world.phone('202')
        let go = (): void => {}
        const open = new Promise<void>((resolve) => (go = resolve))
        world.engine.before = (at) => (at === step ? open : undefined)
        const call = anna.call('202')
        await world.pass()
        if (when === 'after') bo.calls[0]?.answer()
        await world.pass()
        call.hangUp()
        await world.pass()
        go()
        await world.finish()
        assert.ok(call.isOver && (bo.calls[0]?.isOver ?? true))
      })

  it('an engine that fails ends its call and no other', async () => {
    const { world, call } = await talking()
    world.expectedErrors = /a leg failed|could not be handled/
    world.engine.before = (step) => (step === 'receiveOffer' ? Promise.reject(new Error('worker died')) : undefined)
    const second = world.phone('203').call('204')
    await world.pass()
    assert.equal(second.failure, 500)
    assert.ok(call.isUp)
    call.hangUp()
    await world.finish()
  })

  it('audio that fails ends the call with the blame where it belongs', async () => {
    const { world, call, callee } = await talking()
    world.engine.tell({ kind: 'failed', leg: world.mediaOf('202'), reason: 'wrong fingerprint' })
    await world.pass()
    assert.ok(call.isOver && callee.isOver)
    const [record] = world.ledger.calls.values()
    assert.deepEqual([record?.termination?.blame, record?.termination?.reason], ['callee', 'media-failed'])
    await world.finish()
  })
})

describe('closing', () => {
  it('clears every call in whatever state, within its limit, and takes no new one', async () => {
    const { world, call, callee } = await talking()
    const ringing = world.phone('203')
    const waiting = world.phone('204').call('203')
    await world.pass()
    const closed = world.service.close()
    const late = world.phone('201').call('203')
    await world.pass(100)
    await closed
    assert.ok(call.isOver && callee.isOver && ringing.last.isOver)
    assert.deepEqual([waiting.failure, late.failure], [503, 503])
    await world.finish()
  })

  it('does not wait for ever for what hangs', async () => {
    const { world } = await talking()
    let go = (): void => {}
    const open = new Promise<void>((resolve) => (go = resolve))
    world.engine.before = (step) => (step === 'release' ? open : undefined)
    const closed = world.service.close(4000)
    await world.pass(4000)
    await closed
    go()
    await world.finish()
  })
})

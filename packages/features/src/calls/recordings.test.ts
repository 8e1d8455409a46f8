import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, refusal } from '@vaxel/base'
import type { CallVerb, RecordingRule } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { ServicePhone } from '@vaxel/testkit/calls/service-phone'

const always: RecordingRule = { mode: 'always', tells: 'nobody', tellsBy: 'sentence', ifImpossible: 'goOn' }
const DiskFull = refusal('TEST_DISK_FULL', { sip: 503, http: 503, blame: 'us', text: 'The disk is full.' })
const sentence = { kind: 'file', path: '/prompts/sv/call-is-recorded.wav' }

async function talking(world: CallWorld, anna = world.phone('201'), bo = world.phone('202')) {
  const call = anna.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass()
  return { world, anna, bo, call, callee: bo.last }
}

/** A call from outside that 202 answers. */
async function calledFromOutside(world: CallWorld) {
  const { carrier } = world.trunk()
  const bo = world.phone('202')
  world.directory.addNumber(world.acme, '+46846500402', { kind: 'user', userId: world.user('202').id })
  const call = carrier.call('+46846500402')
  await world.pass()
  bo.last.answer()
  await world.pass()
  return { world, carrier, bo, call, callee: bo.last }
}

function ruled(rule: Partial<RecordingRule>): CallWorld {
  const world = new CallWorld()
  world.recordings.rule = { ...always, ...rule }
  return world
}

const command = async (world: CallWorld, user: string | undefined, verb: CallVerb) => {
  const commander = { companyId: world.acme.id, ...(user === undefined ? {} : { userId: world.user(user).id }) }
  const doing = world.commands.command(commander, world.onlyCallId, verb, {})
  await world.pass(100)
  const done = await doing
  return isRefusal(done) ? done.code : 'done'
}
const plays = (world: CallWorld, number: string) => world.engine.legs.get(world.mediaOf(number))?.plays
const recorded = (world: CallWorld) => world.recordings.begun.map(({ party, trigger }) => `${party.number} ${trigger}`)
const outside = '+46701740605'

describe('a recording by rule', () => {
  it('begins by itself when two talk, for one of them, and ends with the call', async () => {
    const { world, call } = await talking(ruled({}))
    assert.deepEqual(recorded(world), ['201 rule'])
    assert.equal(world.engine.recordings.size, 1)
    assert.equal(world.commands.liveCalls(world.acme.id)[0]?.connections[0]?.recording, 'recording')
    assert.equal(plays(world, '201'), undefined)
    call.hangUp()
    await world.finish()
    assert.equal(world.engine.recordings.size, 0)
    assert.ok(world.ledger.kinds(world.ledger.events[0]!.callId!).includes('recording.ended'))
  })

  it('goes on in a second file when what writes the first one breaks', async () => {
    const { world, call } = await talking(ruled({}))
    const [recording] = world.engine.recordings.keys()
    const ended = { kind: 'recordingEnded', path: '/first.wav', durationMs: 1000, reason: 'failed' } as const
    world.engine.tell({ ...ended, recording: recording! })
    await world.pass(5000)
    assert.deepEqual(recorded(world), ['201 rule', '201 rule'])
    assert.equal(world.commands.liveCalls(world.acme.id)[0]?.connections[0]?.recording, 'recording')
    call.hangUp()
    await world.finish()
  })

  it('is made of the one whose rule asks for it, and of nobody when none does', async () => {
    const world = ruled({ mode: 'onDemand' })
    world.recordings.rules.set('202', always)
    const { call } = await talking(world)
    assert.deepEqual(recorded(world), ['202 rule'])
    call.hangUp()
    await world.finish()
    const { world: other, call: unrecorded } = await talking(ruled({ mode: 'onDemand' }))
    assert.deepEqual(recorded(other), [])
    unrecorded.hangUp()
    await other.finish()
  })

  it('goes on, by the rule of the company, when a call from outside is sent out of the house', async () => {
    const { world, carrier, call, callee } = await calledFromOutside(ruled({}))
    assert.deepEqual(recorded(world), ['202 rule'])
    void callee.transferTo('sip:0701740606@acme.test')
    await world.pass()
    carrier.last.answer()
    await world.pass()
    assert.ok(callee.isOver && call.isUp)
    assert.deepEqual(recorded(world), ['202 rule', `${outside} rule`])
    assert.equal(world.engine.recordings.size, 1)
    call.hangUp()
    await world.finish()
  })

  it('does not begin while it rings, nor for the echo test', async () => {
    const world = ruled({})
    const anna = world.phone('201')
    const bo = world.phone('202')
    const call = anna.call('202')
    await world.pass(500)
    assert.deepEqual(recorded(world), [])
    bo.last.refuse(486)
    await world.pass()
    assert.ok(!call.isUp)
    await world.finish()
  })

  it('begins anew for who stays, when the recorded one transfers the call and leaves', async () => {
    const { world, bo, callee, call } = await talking(ruled({}))
    const cecilia = world.phone('203')
    await command(world, '201', 'hold')
    const done = await world.commands.command(
      { companyId: world.acme.id, userId: world.user('201').id },
      world.onlyCallId,
      'transfer',
      { to: '203' },
    )
    assert.ok(!isRefusal(done))
    await world.pass()
    cecilia.last.answer()
    await world.pass(100)
    assert.equal(recorded(world).length, 2)
    assert.equal(world.engine.recordings.size, 1)
    assert.ok(callee.isUp && !call.isUp && bo)
    callee.hangUp()
    await world.finish()
  })

  it('cannot be stopped by people, nor paused, unless the rule says so; above them it can', async () => {
    const { world, call } = await talking(ruled({}))
    assert.equal(await command(world, '201', 'stopRecording'), 'RECORDING_NOT_ALLOWED')
    assert.equal(await command(world, '201', 'pauseRecording'), 'RECORDING_NOT_ALLOWED')
    assert.equal(await command(world, '201', 'startRecording'), 'CALL_STATE_WRONG')
    const leg = [...world.onlyCall.call.legs.values()][0]!
    const above = await world.commands.command({ companyId: world.acme.id }, world.onlyCallId, 'stopRecording', {
      legId: leg.id,
    })
    assert.ok(!isRefusal(above))
    call.hangUp()
    await world.finish()
  })

  it('is paused and goes on where it may be, marked with its places', async () => {
    const { world, call } = await talking(ruled({ mode: 'pausable' }))
    world.engine.recordedMs = 4000
    assert.equal(await command(world, '201', 'pauseRecording'), 'done')
    assert.equal(world.commands.liveCalls(world.acme.id)[0]?.connections[0]?.recording, 'paused')
    assert.equal(await command(world, '201', 'pauseRecording'), 'CALL_STATE_WRONG')
    world.engine.recordedMs = 9000
    assert.equal(await command(world, '201', 'resumeRecording'), 'done')
    assert.deepEqual(world.recordings.marks, ['paused 4000', 'resumed 9000'])
    call.hangUp()
    await world.finish()
  })
})

describe('a recording on demand', () => {
  it('begins and ends when somebody in the call asks, and not where the company forbids it', async () => {
    const { world, call } = await talking(ruled({ mode: 'onDemand' }))
    assert.equal(await command(world, '202', 'startRecording'), 'done')
    assert.deepEqual(recorded(world), ['202 demand'])
    assert.equal(await command(world, '202', 'pauseRecording'), 'done')
    assert.equal(await command(world, '202', 'stopRecording'), 'done')
    assert.equal(world.engine.recordings.size, 0)
    assert.equal(await command(world, '202', 'stopRecording'), 'CALL_STATE_WRONG')
    world.recordings.rule = { ...always, mode: 'off' }
    assert.equal(await command(world, '202', 'startRecording'), 'RECORDING_NOT_ALLOWED')
    call.hangUp()
    await world.finish()
  })
})

describe('that a call is recorded', () => {
  it('is said at its start to those who are to be told, in the language of the country', async () => {
    const { world, call } = await calledFromOutside(ruled({ tells: 'outside' }))
    assert.deepEqual([plays(world, outside), plays(world, '202')], [sentence, sentence])
    call.hangUp()
    await world.finish()
    const { world: inner, call: colleague } = await talking(ruled({ tells: 'outside' }))
    assert.equal(plays(inner, '201'), undefined)
    colleague.hangUp()
    await inner.finish()
    const { world: all, call: told } = await talking(ruled({ tells: 'everybody' }))
    assert.deepEqual(plays(all, '201'), sentence)
    told.hangUp()
    await all.finish()
  })

  it('is said once, also when a party holds and comes back', async () => {
    const { world, call } = await talking(ruled({ tells: 'everybody' }))
    world.engine.stopPlay(world.mediaOf('201'))
    world.engine.stopPlay(world.mediaOf('202'))
    await command(world, '201', 'hold')
    await command(world, '201', 'retrieve')
    assert.equal(plays(world, '202'), undefined)
    call.hangUp()
    await world.finish()
  })

  /** As with a real engine and a real disk: a file is closed some time after its leg, and another one takes a while to begin. */
  function slow(world: CallWorld): CallWorld {
    const after = async (ms: number): Promise<void> => {
      const later = Promise.withResolvers<void>()
      world.clock.startTimer(ms, later.resolve)
      await later.promise
    }
    const release = world.engine.release.bind(world.engine)
    world.engine.release = (leg) => after(50).then(() => release(leg))
    const begin = world.recordings.begin.bind(world.recordings)
    world.recordings.begin = (...asked) => after(100).then(() => begin(...asked))
    return world
  }

  it('is heard as a beep also after another telephone of the same person has taken the call over', async () => {
    const world = slow(ruled({ tells: 'outside', tellsBy: 'beep' }))
    const { call } = await calledFromOutside(world)
    await world.pass(100)
    const taken = world.phone('202').call('202')
    await world.pass(200)
    assert.deepEqual([taken.isUp, world.engine.recordings.size], [true, 1])
    world.engine.playedOver.splice(0)
    await world.pass(15_000)
    assert.equal(world.engine.playedOver.length, 1)
    call.hangUp()
    await world.finish()
  })

  it('is told to nobody after the call, also when two telephones wanted to take it over at once', async () => {
    const world = slow(ruled({ tells: 'outside', tellsBy: 'beep' }))
    const { call } = await calledFromOutside(world)
    await world.pass(100)
    const held = Promise.withResolvers<void>()
    world.engine.before = (step) => (step === 'receiveOffer' ? held.promise : undefined)
    const late = world.phone('202').call('202')
    await world.pass()
    world.engine.before = () => undefined
    const taken = world.phone('202').call('202')
    await world.pass()
    held.resolve()
    await world.pass()
    assert.deepEqual([taken.isUp, late.failure], [true, 481])
    await world.pass(200)
    call.hangUp()
    await world.finish()
  })

  it('is heard as a beep every 15 seconds by those outside alone, and not while it is paused', async () => {
    const { world, call } = await calledFromOutside(ruled({ mode: 'pausable', tells: 'outside', tellsBy: 'beep' }))
    const beeps = () =>
      world.engine.playedOver.splice(0).map(({ leg, source }) => [leg, 'tone' in source && source.tone])
    const beep = [world.mediaOf(outside), 'recorded']
    await world.pass(15_000)
    assert.deepEqual(beeps(), [beep])
    world.assertJoined(outside, '202')
    await command(world, '202', 'pauseRecording')
    await world.pass(15_000)
    assert.deepEqual(beeps(), [])
    await command(world, '202', 'resumeRecording')
    await world.pass(15_000)
    assert.deepEqual(beeps(), [beep])
    call.hangUp()
    await world.finish()
  })
})

describe('when nothing can be recorded', () => {
  it('calls go on where the company wants that', async () => {
    const world = ruled({})
    world.recordings.refusal = DiskFull()
    const { call } = await talking(world)
    assert.ok(call.isUp)
    assert.deepEqual(recorded(world), [])
    await world.pass(20_000)
    world.recordings.refusal = undefined
    await world.pass(10_000)
    assert.deepEqual(recorded(world), ['201 rule'], 'there is room again')
    call.hangUp()
    await world.finish()
  })

  it('no call takes place where it wants none without a recording, and one that runs ends', async () => {
    const { world, call, anna } = await talking(ruled({ ifImpossible: 'refuse' }))
    const [recording] = world.engine.recordings.keys()
    world.recordings.refusal = DiskFull()
    world.engine.tell({ kind: 'recordingTroubled', recording: recording!, reason: 'ENOSPC' })
    await world.pass()
    assert.ok(!call.isUp)
    const next = (anna as ServicePhone).call('202')
    await world.pass()
    assert.equal(next.ends[0]?.status, 503)
    await world.finish()
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { QueueWorld, salesQueue } from '@vaxel/testkit/calls/queue-world'

describe('a queue at the telephone', () => {
  it('greets a caller, says where they stand, plays music, and gives them to the agent who is free', async () => {
    const world = await QueueWorld.begin()
    const caller = world.phone('201')
    const anna = world.phone('202')
    const call = caller.call('300')
    await world.pass()
    assert.deepEqual(await world.listen('201', 5), ['queue-greeting', 'queue-next', 'queue-offer-call-back'])
    assert.equal(world.hears('201'), 'music')
    await world.pass(30_100)
    assert.deepEqual(await world.listen('201', 1), ['queue-next'])
    await world.ready('202')
    await world.pass()
    assert.equal(anna.calls.length, 1, 'her telephone rings')
    assert.match(anna.last.invite?.request.headers.get('From') ?? '', /Sales/)
    assert.equal(world.hears('201'), 'queue-offer-call-back', 'the caller goes on hearing the queue')
    anna.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.equal(world.agentState('202'), 'busy')
    assert.deepEqual(world.worked, ['arrived', 'offered', 'accepted'])
    await world.pass(60_000)
    call.hangUp()
    await world.pass()
    assert.equal(world.fact('work.finished').by, 'customer')
    assert.equal(world.agentState('202'), 'ready')
    await world.finish()
  })

  it('rings past the rules of the agent, asks the next one when nobody answers, and lets the caller press keys meanwhile', async () => {
    const world = await QueueWorld.begin()
    world.handling.set(world.user('202').id, {
      callWaiting: true,
      always: { to: '204' },
      doNotDisturb: { exceptions: [], usesBusyRule: false },
    })
    const [anna, bo] = [world.phone('202'), world.phone('203')]
    await world.ready('202')
    await world.pass(1000)
    await world.ready('203')
    const call = world.phone('201').call('300')
    await world.pass()
    assert.equal(anna.calls.length, 1)
    await world.pass(20_500)
    assert.equal(anna.last.isOver, true)
    assert.equal(world.agentState('202'), 'notReady missedOffer')
    assert.equal(bo.calls.length, 1, 'the next one is asked')
    bo.last.refuse(603)
    await world.pass()
    assert.equal(world.fact('work.declined').agentId, world.user('203').id)
    call.hangUp()
    await world.pass()
    assert.equal(world.worked.at(-1), 'abandoned')
    await world.finish()
  })

  it('follows no redirection of an agent’s telephone: the next agent is asked', async (t) => {
    const world = await QueueWorld.begin()
    t.after(() => world.centre.close())
    const [anna, bo, mobile] = ['202', '203', '204'].map((name) => world.phone(name))
    anna!.onCall = (incoming) => incoming.refuse(302, [['Contact', '<sip:204@acme.test>']])
    mobile!.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    await world.pass(1000)
    await world.ready('203')
    const call = world.phone('201').call('300')
    await world.pass()
    assert.equal(mobile!.calls.length, 0)
    assert.deepEqual(world.worked, ['arrived', 'offered', 'missed', 'offered'])
    bo!.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.pass()
    await world.finish()
  })

  it('counts nobody as lost whom a colleague of the agent has', async (t) => {
    const world = await QueueWorld.begin()
    t.after(() => world.centre.close())
    world.phone('202')
    const bo = world.phone('203')
    bo.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.commands.command(me, world.onlyCallId, 'deflect', { to: '203' }))
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.pass()
    assert.deepEqual(world.worked, ['arrived', 'offered', 'withdrawn', 'closed'])
    assert.equal(world.fact('work.closed').why, 'taken')
    assert.equal(world.agentState('202'), 'ready')
    await world.finish()
  })

  it('counts nobody as lost whom the agent sends to another queue while it rings', async (t) => {
    const help = {
      id: 'help' as never,
      name: 'Help',
      overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
    }
    const world = await QueueWorld.begin({ queues: [{}, help as never] })
    t.after(() => world.centre.close())
    world.directory.addNumber(world.acme, '301', { kind: 'service', service: 'queue', id: 'help' })
    world.phone('202')
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    const me = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.commands.command(me, world.onlyCallId, 'deflect', { to: '301' }))
    await world.pass()
    assert.deepEqual(world.worked, ['arrived', 'offered', 'withdrawn', 'closed', 'arrived', 'offered'])
    call.hangUp()
    await world.pass()
    assert.equal(world.worked.at(-1), 'abandoned')
    await world.finish()
  })

  it('withdraws the telephone of an agent when the caller leaves while it rings', async () => {
    const world = await QueueWorld.begin()
    const anna = world.phone('202')
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    assert.equal(anna.last.isOver, false)
    call.hangUp()
    await world.pass()
    assert.equal(anna.last.isOver, true)
    assert.deepEqual(world.worked, ['arrived', 'offered', 'withdrawn', 'abandoned'])
    assert.equal(world.agentState('202'), 'ready')
    await world.finish()
  })

  it('has the caller back at the front when the line of the agent is lost', async () => {
    const world = await QueueWorld.begin()
    const anna = world.browser('202')
    anna.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    world.assertJoined('201', '202')
    world.engine.tell({ kind: 'audioStarted', leg: world.mediaOf('202') })
    const media = world.mediaOf('202')
    world.crash(anna)
    world.engine.tell({ kind: 'quiet', leg: media, sinceMs: 1000 })
    await world.pass(31_000)
    assert.ok(call.isUp)
    assert.equal(world.hears('201'), 'queue-back')
    assert.equal(world.worked.at(-1), 'returned')
    const bo = world.phone('203')
    await world.ready('203')
    await world.pass()
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    bo.last.hangUp()
    await world.pass()
    assert.equal(world.fact('work.finished').by, 'agent')
    await world.finish()
  })

  it('has the caller back, too, when their work was closed before the line of the agent was lost', async (t) => {
    const world = await QueueWorld.begin()
    t.after(() => world.centre.close())
    const anna = world.browser('202')
    anna.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    const item = world.centre.agentDesk.agent(by.companyId, by.userId)?.items[0]?.item
    await world.during(world.centre.agentDesk.close(by, item!.id, 'by mistake'))
    world.assertJoined('201', '202')
    const media = world.mediaOf('202')
    world.engine.tell({ kind: 'audioStarted', leg: media })
    world.crash(anna)
    world.engine.tell({ kind: 'quiet', leg: media, sinceMs: 1000 })
    await world.pass(31_000)
    assert.equal(world.hears('201'), 'queue-back')
    assert.equal(world.fact('work.arrived').sinceMs, item!.sinceMs)
    const bo = world.phone('203')
    await world.ready('203')
    await world.pass()
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.pass()
    assert.equal(world.worked.at(-1), 'finished')
    await world.finish()
  })

  it('counts as over what an agent has put through to somebody else', async () => {
    const world = await QueueWorld.begin()
    const anna = world.phone('202')
    anna.onCall = (incoming) => incoming.answer()
    world.phone('204').onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    await world.during(anna.last.transferTo('sip:204@acme.test'))
    await world.pass(100)
    assert.equal(world.fact('work.finished').movedTo, '204')
    assert.equal(world.fact('work.finished').by, 'agent')
    call.hangUp()
    await world.pass()
    assert.equal(world.worked.filter((kind) => kind === 'finished').length, 1)
    await world.finish()
  })

  it('calls back in the place that the caller had, and again later when nobody answers', async () => {
    const world = await QueueWorld.begin()
    const caller = world.phone('201')
    const call = caller.call('300')
    await world.pass()
    world.press('201', '1')
    await world.pass()
    assert.deepEqual(await world.listen('201', 5), [
      'queue-call-back-at',
      'number-2',
      'number-0',
      'number-1',
      'queue-call-back-confirm',
    ])
    world.press('201', '1')
    await world.pass()
    assert.deepEqual(await world.listen('201'), ['queue-call-back-set'])
    assert.ok(call.isOver)
    assert.deepEqual(world.worked, ['arrived', 'callBackWished'])
    const asked = world.fact('work.callBackWished')
    assert.ok(asked.callId)

    const anna = world.phone('202')
    anna.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    await world.pass()
    assert.deepEqual(await world.listen('202'), ['queue-call-back-dialling'])
    assert.equal(caller.calls.length, 1)
    assert.match(caller.last.invite?.request.headers.get('From') ?? '', /Sales.*300/)
    caller.last.refuse(486)
    await world.pass()
    assert.deepEqual(await world.listen('202'), ['queue-call-back-later'])
    await world.pass(1000)
    assert.equal(world.fact('work.finished').by, 'system')
    const firstTry = world.fact('work.accepted')
    caller.onCall = (incoming) => incoming.answer()
    await world.pass(5 * 60_000)
    assert.deepEqual(await world.listen('202'), ['queue-call-back-dialling'])
    await world.pass()
    world.assertJoined('201', '202')
    // Both tries name the call in which the customer asked, and each the one in which they were called.
    const [{ item } = assert.fail('nobody has it')] = world.centre.agentDesk.agent(
      world.acme.id,
      world.user('202').id,
    )!.items
    const [live] = world.commands.liveCalls(world.acme.id)
    assert.deepEqual([item.fromCallId, item.madeCallId, item.callId], [asked.callId, live!.id, undefined])
    assert.equal(world.fact('work.accepted').callId, live!.id)
    assert.ok(firstTry.callId !== undefined && firstTry.callId !== live!.id && firstTry.callId !== asked.callId)
    caller.last.hangUp()
    await world.pass()
    assert.equal(world.fact('work.finished').by, 'customer')
    await world.finish()
  })

  it('blames no agent for a call-back that the platform has no room for, and makes it when it has', async (t) => {
    const world = await QueueWorld.begin()
    t.after(() => world.centre.close())
    const caller = world.phone('201')
    caller.call('300')
    await world.pass()
    for (const _ of ['asks', 'confirms']) {
      world.press('201', '1')
      await world.pass()
    }
    await world.listen('201')
    const [anna, bo] = [world.phone('202'), world.phone('203')]
    world.engine.isFull = true
    await world.ready('202', '203')
    await world.pass(1000)
    assert.deepEqual([world.agentState('202'), world.agentState('203')], ['ready', 'ready'])
    assert.equal(anna.calls.length + bo.calls.length, 0)
    world.engine.isFull = false
    await world.pass(21_000)
    assert.equal(anna.calls.length + bo.calls.length, 1)
    await world.finish()
  })

  /** 202 has a customer of the queue, transfers them to 204 and hangs up while it rings there. */
  async function putThroughBlindly() {
    const world = await QueueWorld.begin()
    const [anna, ada] = [world.phone('202'), world.phone('204')]
    anna.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    const first = anna.last
    anna.onCall = () => {}
    await world.during(first.transferTo('sip:204@acme.test'))
    first.hangUp()
    await world.pass()
    return { world, anna, ada, call, first }
  }

  it('has a customer on as the same work whom nobody took after the agent had put them through and hung up, and who has the agent again', async () => {
    const { world, anna, ada, call, first } = await putThroughBlindly()
    assert.equal(world.agentState('202'), 'busy')
    ada.last.refuse(486)
    await world.pass(100)
    assert.notEqual(anna.last, first)
    assert.deepEqual(world.worked, ['arrived', 'offered', 'accepted'])
    anna.last.answer()
    await world.pass(100)
    world.assertJoined('201', '202')
    assert.equal(world.agentState('202'), 'busy')
    call.hangUp()
    await world.pass()
    assert.equal(world.fact('work.finished').by, 'customer')
    assert.equal(world.worked.filter((kind) => kind === 'finished').length, 1)
    await world.finish()
  })

  it('has that customer back at the front when the agent does not answer either', async () => {
    const { world, ada, call } = await putThroughBlindly()
    ada.last.refuse(486)
    for (let i = 0; i < 2; i++) await world.pass(45_100)
    assert.ok(call.isUp)
    assert.equal(world.hears('201'), 'queue-back')
    assert.equal(world.worked.at(-1), 'returned')
    world.phone('203').onCall = (incoming) => incoming.answer()
    await world.ready('203')
    await world.pass(21_000)
    world.assertJoined('201', '203')
    call.hangUp()
    await world.pass()
    assert.equal(world.fact('work.finished').by, 'customer')
    await world.finish()
  })

  it('counts as over, once somebody has them, whom an agent has put through and hung up', async () => {
    const { world, ada, call } = await putThroughBlindly()
    ada.last.answer()
    await world.pass(100)
    assert.equal(world.fact('work.finished').movedTo, '204')
    assert.equal(world.agentState('202'), 'ready')
    call.hangUp()
    await world.pass()
    assert.equal(world.worked.filter((kind) => kind === 'finished').length, 1)
    await world.finish()
  })

  it('asks nobody else for whom an agent has put through before going home, while it rings there', async () => {
    const { world, ada, call } = await putThroughBlindly()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    const bo = world.phone('203')
    await world.ready('203')
    await world.during(world.centre.agentDesk.logOff(by, by.userId))
    await world.pass(1000)
    assert.equal(bo.calls.length, 0)
    ada.last.answer()
    await world.pass(1000)
    assert.equal(world.agentState('202'), 'loggedOff')
    world.assertJoined('201', '204')
    call.hangUp()
    await world.pass(1000)
    assert.deepEqual(world.worked, ['arrived', 'offered', 'accepted', 'finished'])
    assert.equal(bo.calls.length, 0)
    await world.finish()
  })

  it('counts as ended by a customer who hangs up while they are put through', async () => {
    const { world, call } = await putThroughBlindly()
    call.hangUp()
    await world.pass(100)
    assert.equal(world.fact('work.finished').by, 'customer')
    assert.equal(world.agentState('202'), 'ready')
    await world.finish()
  })

  it('has a customer like any other whom an agent has called back and put through to it, and the agent is free', async (t) => {
    const help = { id: 'help' as never, name: 'Help' }
    const world = await QueueWorld.begin({ queues: [{}, help] })
    t.after(() => world.centre.close())
    world.directory.addNumber(world.acme, '301', { kind: 'service', service: 'queue', id: 'help' })
    const caller = world.phone('201')
    caller.call('300')
    await world.pass()
    for (const _ of ['asks', 'confirms']) {
      world.press('201', '1')
      await world.pass()
    }
    await world.listen('201')
    const anna = world.phone('202')
    for (const phone of [caller, anna]) phone.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    await world.pass()
    await world.listen('202')
    await world.pass()
    world.assertJoined('201', '202')
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    await world.during(world.centre.agentDesk.notReady(by, by.userId, 'lunch'))
    await world.during(anna.last.transferTo('sip:301@acme.test'))
    await world.pass(1000)
    assert.equal(world.hears('201'), 'queue-greeting')
    assert.equal(world.fact('work.arrived').queueId, 'help')
    assert.equal(world.fact('work.finished').movedTo, '301')
    assert.equal(world.agentState('202'), 'notReady lunch')
    assert.ok(caller.last.isUp)
    caller.last.hangUp()
    await world.pass()
    assert.equal(world.worked.at(-1), 'abandoned')
    await world.finish()
  })

  it('sends away who comes when it is full, with a sentence, and takes a typed number for a call-back', async () => {
    const world = await QueueWorld.begin({ queues: [{ mostWaiting: 1 }] })
    const first = world.phone('201').call('300')
    await world.pass()
    const second = world.phone('204').call('300')
    await world.pass()
    assert.deepEqual(await world.listen('204'), ['queue-busy'])
    assert.ok(second.isOver)
    assert.equal(world.fact('work.overflowed').why, 'full')

    world.press('201', '1')
    await world.pass()
    world.press('201', '2')
    await world.pass()
    assert.equal(world.hears('201'), 'queue-call-back-number')
    world.press('201', '0046112#')
    await world.pass()
    assert.equal(world.hears('201'), 'queue-call-back-not-possible', 'not abroad')
    await world.listen('201')
    world.press('201', '203#')
    await world.pass()
    assert.equal(world.hears('201'), 'queue-call-back-at')
    world.press('201', '1')
    await world.pass()
    assert.equal(world.fact('work.callBackWished').number, '203')
    await world.listen('201')
    assert.ok(first.isOver)
    await world.finish()
  })

  it('leads by key to another queue at the caller’s place in time, and to a number', async () => {
    const world = await QueueWorld.begin({
      queues: [
        {
          voice: {
            saysPosition: false,
            saysWait: false,
            everySeconds: 30,
            keys: { '3': { kind: 'queue', queueId: 'help' as never }, '4': { kind: 'number', number: '204' } },
          },
        },
        { id: 'help' as never, name: 'Help', overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } } },
      ],
    })
    const call = world.phone('201').call('300')
    await world.pass(10_000)
    await world.listen('201')
    world.press('201', '3')
    await world.pass()
    assert.equal(world.fact('work.overflowed').why, 'key')
    assert.deepEqual(await world.listen('201', 1), ['queue-next'], 'words of the other queue')
    const anna = world.phone('202')
    await world.ready('202')
    await world.pass()
    assert.match(anna.last.invite?.request.headers.get('From') ?? '', /Help/)
    anna.last.answer()
    await world.pass()
    world.assertJoined('201', '202')
    assert.ok(world.fact('work.accepted').waitedMs >= 10_000)
    call.hangUp()
    await world.pass()

    world.phone('204').onCall = (incoming) => incoming.answer()
    const other = world.phone('201').call('300')
    await world.pass()
    world.press('201', '4')
    await world.pass()
    await world.pass()
    world.assertJoined('201', '204')
    other.hangUp()
    await world.finish()
  })

  it('lets agents log in and out, and say whether they are ready, from any telephone of theirs', async () => {
    const world = await QueueWorld.begin()
    const anna = world.phone('202')
    const dial = async (code: string): Promise<string | undefined> => {
      const call = anna.call(code)
      await world.pass()
      const [said] = await world.listen('202')
      await world.pass()
      assert.ok(call.isOver)
      return said
    }
    assert.equal(await dial('*23'), 'queue-agent-not-possible', 'not logged in')
    assert.equal(await dial('*22'), 'queue-agent-logged-in')
    assert.equal(await dial('*23'), 'queue-agent-ready')
    assert.equal(world.agentState('202'), 'ready')
    assert.equal(await dial('#239'), 'queue-agent-not-possible', 'no such reason')
    assert.equal(await dial('#231'), 'queue-agent-not-ready')
    assert.equal(world.agentState('202'), 'notReady lunch')
    assert.equal(await dial('#22'), 'queue-agent-logged-off')
    const stranger = world.phone('201').call('*22')
    await world.pass()
    assert.deepEqual(await world.listen('201'), ['queue-agent-unknown'])
    assert.ok(stranger.isOver)
    await world.finish()
  })

  it('leads to the mailbox of the queue by key, and its messages are work of the queue', async () => {
    const world = await QueueWorld.begin()
    let diverted: readonly string[] = []
    world.directory.addNumber(world.acme, '800', { kind: 'service', service: 'voicemail' })
    world.service.voice.provide('voicemail', async (line) => {
      diverted = line.diversions.map(({ number }) => number)
      await line.say([{ kind: 'prompt', name: 'voicemail-after-tone' }])
    })
    const call = world.phone('201').call('300')
    await world.pass()
    assert.deepEqual((await world.listen('201', 5)).slice(-1), ['queue-offer-message'])
    world.press('201', '2')
    await world.pass()
    assert.equal(world.fact('work.messageLeft').box, '300')
    assert.deepEqual(await world.listen('201'), ['voicemail-after-tone'])
    assert.deepEqual(diverted, ['300'])
    assert.ok(call.isOver)
    assert.ok(!world.worked.includes('abandoned'))

    const from = { number: '+46701740605', name: 'Carl' }
    const left = { companyId: world.acme.id, number: '300', boxId: 'box', messageId: 'message', from }
    await world.during(world.queueVoice.messageLeft(left))
    const arrived = world.fact('work.arrived')
    assert.deepEqual([arrived.channel, arrived.reference, arrived.customer], ['voicemail', 'box/message', from])
    await world.during(world.queueVoice.messageLeft({ ...left, number: '301' }))
    assert.equal(world.fact('work.arrived'), arrived, 'a mailbox of no queue')
    await world.finish()
  })

  it('ends a circle of queues that send callers on to each other by number', async (t) => {
    const overflow = (number: string) => ({ ...salesQueue.overflow, full: { kind: 'number', number } as const })
    const help = { id: 'help' as never, name: 'Help', mostWaiting: 0, overflow: overflow('300') }
    const world = await QueueWorld.begin({ queues: [{ mostWaiting: 0, overflow: overflow('301') }, help] })
    t.after(() => world.centre.close())
    world.directory.addNumber(world.acme, '301', { kind: 'service', service: 'queue', id: 'help' })
    const { workDesk } = world.centre
    const { add } = workDesk
    let arrivals = 0
    // So that a circle without an end does not hold up the test for ever.
    workDesk.add = (wish) => add.call(workDesk, ++arrivals > 100 ? { ...wish, queueId: 'gone' as never } : wish)
    const call = world.phone('201').call('300')
    await world.pass()
    assert.ok(arrivals < 20, `${arrivals} arrivals`)
    assert.deepEqual(await world.listen('201'), ['queue-busy'])
    assert.ok(call.isOver)
    await world.finish()
  })

  it('says goodbye when it is closed, and lets a call go on by a number that says so', async () => {
    const queueId = 'sales' as never
    const world = await QueueWorld.begin({
      queues: [{ overflow: { closed: { kind: 'number', number: '204' }, full: { kind: 'goodbye' } } }],
    })
    const { agentDesk } = world.centre
    const boss = { companyId: world.acme.id, userId: world.user('201').id }
    await world.during(agentDesk.setQueue(boss, queueId, 'closed'))
    const call = world.phone('201').call('300')
    await world.pass()
    assert.deepEqual(await world.listen('201'), ['queue-closed'], 'nobody is at 204 either')
    assert.ok(call.isOver)
    world.phone('204').onCall = (incoming) => incoming.answer()
    const second = world.phone('203').call('300')
    await world.pass()
    await world.pass()
    world.assertJoined('203', '204')
    second.hangUp()
    await world.finish()
  })

  it('says what recording the queue wants, of its calls alone', async () => {
    const world = await QueueWorld.begin({ queues: [{ recording: 'always' }] })
    const call = world.phone('201').call('300')
    await world.pass()
    const { callId } = { callId: world.onlyCallId }
    assert.equal(world.queueVoice.recordingOf({ callId }), 'always')
    assert.equal(world.queueVoice.recordingOf({}), undefined)
    call.hangUp()
    await world.pass()
    assert.equal(world.queueVoice.recordingOf({ callId }), undefined)
    await world.finish()
  })

  it('has a caller back whom the agent gives back, without a word of a lost line, and moves one to another queue', async () => {
    const help = { id: 'help' as never, name: 'Help' }
    const world = await QueueWorld.begin({ queues: [{}, help] })
    const anna = world.phone('202')
    anna.onCall = (incoming) => incoming.answer()
    await world.ready('202')
    const call = world.phone('201').call('300')
    await world.pass()
    const by = { companyId: world.acme.id, userId: world.user('202').id }
    const { agentDesk } = world.centre
    const item = agentDesk.agent(by.companyId, by.userId)?.items[0]?.item
    assert.ok(item)
    await world.during(agentDesk.notReady(by, by.userId, 'lunch'))
    assert.equal(await world.during(agentDesk.move(by, item.id, help.id)), undefined)
    await world.pass()
    assert.ok(call.isUp)
    assert.equal(anna.last.isOver, true)
    assert.equal(world.hears('201'), 'queue-next')
    const bo = world.phone('203')
    await world.ready('203')
    await world.pass()
    assert.match(bo.last.invite?.request.headers.get('From') ?? '', /Help/)
    bo.last.answer()
    await world.pass()
    world.assertJoined('201', '203')
    call.hangUp()
    await world.finish()
  })
})

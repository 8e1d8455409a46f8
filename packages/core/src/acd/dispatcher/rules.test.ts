import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import type { OverflowTarget, Queue, QueueId, SkillId } from '../centre.ts'
import type { WorkItemId } from '../work-item.ts'
import { faultsOf } from './faults.test-support.ts'
import { aCentre, aQueue, monday, World } from './world.test-support.ts'

const q = (id: string) => id as QueueId
const swedish = (level: number, relax: readonly { afterSeconds: number; level: number }[] = []) => ({
  skillId: 'swedish' as SkillId,
  level,
  relax,
})
const toQueue = (id: string): OverflowTarget => ({ kind: 'queue', queueId: q(id) })
const closed: OverflowTarget = { kind: 'goodbye' }
const overflow = { closed, full: closed }

describe('who is asked', () => {
  it('asks less of a skill after a while, and says what was asked', () => {
    const needs = [swedish(8, [{ afterSeconds: 30, level: 3 }])]
    const world = new World(
      aCentre({ queues: [aQueue('q', { needs })], agents: [{ id: 'anna', skills: { swedish: 4 } }] }),
    )
    world.ready('anna')
    world.call('c1')
    world.after(29_000)
    assert.deepEqual(world.asked(), [])
    world.after(1000)
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
    assert.deepEqual(world.fact('work.offered').why.needs, [{ skillId: 'swedish', level: 3, has: 4 }])
  })

  it('tells of the older one that an agent cannot take', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
    world.call('c1', { needs: [swedish(5)] })
    world.after(1000)
    world.call('c2')
    world.ready('anna')
    assert.deepEqual(world.fact('work.offered').why.olderItems, [{ itemId: 'c1', why: 'skill' }])
  })

  it('lets a low priority rise until it is before one that came later', () => {
    const world = new World(aCentre({ queues: [aQueue('q', { agesEverySeconds: 60 })], agents: [{ id: 'anna' }] }))
    world.call('low', { priority: 2 })
    world.after(241_000)
    world.call('high', { priority: 6 })
    world.ready('anna')
    assert.deepEqual(world.asked(), [{ item: 'low', agent: 'anna' }])
    assert.equal(world.fact('work.offered').why.priority, 6)
  })

  it('chooses by skill, by order and by occupancy where the queue says so', () => {
    const agents = [
      { id: 'anna', queues: ['best', 'order', 'least'], skills: { swedish: 5 }, places: { order: 2 } },
      { id: 'bo', queues: ['best', 'order', 'least'], skills: { swedish: 9 }, places: { order: 1 } },
    ]
    const queues = [
      aQueue('best', { selection: 'bestSkilled', needs: [swedish(3)] }),
      aQueue('order', { selection: 'inOrder' }),
      aQueue('least', { selection: 'leastOccupied', wrapUp: { seconds: 0, needsCode: false } }),
    ]
    const world = new World(aCentre({ queues, agents }))
    world.ready('anna')
    world.after(1000)
    world.ready('bo')
    world.call('c1', { queueId: q('best') })
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'bo' }])
    world.send({ kind: 'itemLeft', itemId: world.itemId('c1') })
    world.call('c2', { queueId: q('order') })
    assert.deepEqual(world.asked(), [{ item: 'c2', agent: 'bo' }])
    world.accept('c2')
    world.after(300_000)
    world.finish('c2')
    world.after(60_000)
    world.call('c3', { queueId: q('best') })
    world.accept('c3')
    world.after(10_000)
    world.finish('c3')
    world.after(10_000)
    world.call('c4', { queueId: q('least') })
    assert.deepEqual(world.asked(), [{ item: 'c4', agent: 'anna' }])
    assert.equal(world.fact('work.offered').why.occupancy, 0)
    assert.deepEqual(world.fact('work.offered').why.others, [{ agentId: 'bo', why: 'next' }])
  })

  it('waits a while for the agent who knows the customer, and then for nobody', () => {
    const queues = [aQueue('q', { stickySeconds: 40 })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }, { id: 'bo' }] }))
    world.ready('anna')
    world.call('c1')
    world.accept('c1')
    world.ready('bo')
    world.call('c2', { stickyAgentId: world.userId('anna') })
    assert.deepEqual(world.asked(), [])
    world.after(40_000)
    assert.deepEqual(world.asked(), [{ item: 'c2', agent: 'bo' }])
  })

  it('does not wait for one who takes a break', () => {
    const queues = [aQueue('q', { stickySeconds: 40 })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }, { id: 'bo' }] }))
    world.ready('anna')
    world.call('c1')
    world.accept('c1')
    world.ready('bo')
    world.call('c2', { stickyAgentId: world.userId('anna') })
    world.send({ kind: 'agentNotReady', agentId: world.userId('anna'), reason: 'lunch' })
    assert.equal(world.agent('anna').next?.reason, 'lunch')
    assert.deepEqual(world.asked(), [{ item: 'c2', agent: 'bo' }])
  })

  it('keeps what is for one agent alone', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }, { id: 'bo' }] }))
    world.ready('bo')
    world.mail('m1', { onlyAgentId: world.userId('anna') })
    assert.deepEqual(world.asked(), [])
    world.ready('anna')
    assert.deepEqual(world.asked(), [{ item: 'm1', agent: 'anna' }])
    assert.equal(world.fact('work.offered').why.rule, 'only')
  })

  it('asks for a call while mails are open, and for no mail beyond capacity', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna', capacity: { mail: 2 } }] }))
    world.ready('anna')
    for (const id of ['m1', 'm2', 'm3']) world.mail(id)
    world.accept('m1')
    world.accept('m2')
    assert.deepEqual(world.asked(), [])
    assert.equal(world.agent('anna').state, 'ready')
    world.call('c1')
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
    world.accept('c1')
    assert.equal(world.agent('anna').state, 'busy')
    world.send({ kind: 'itemKeptAside', itemId: world.itemId('m1') })
    world.finish('c1')
    world.after(10_000)
    assert.deepEqual(world.asked(), [{ item: 'm3', agent: 'anna' }])
  })

  it('withdraws a mail from one who takes a call instead', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.mail('m1')
    world.call('c1')
    assert.equal(world.asked().length, 2)
    world.accept('c1')
    assert.equal(world.fact('work.withdrawn').why, 'busy')
    assert.equal(world.item('m1')?.state, 'waiting')
  })

  it('asks one who declined again only when nobody else is there', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }, { id: 'bo' }] }))
    world.ready('anna')
    world.call('c1')
    world.end('c1', { kind: 'declined' })
    assert.equal(world.agent('anna').state, 'ready')
    assert.deepEqual(world.asked(), [])
    world.after(5000)
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
    world.ready('bo')
    world.end('c1', { kind: 'declined' })
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'bo' }])
    assert.deepEqual(world.fact('work.offered').why.others, [{ agentId: 'anna', why: 'askedAlready' }])
  })

  it('keeps the reason of who wanted a break before they missed an offer', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.call('c1')
    world.send({ kind: 'agentNotReady', agentId: world.userId('anna'), reason: 'lunch' })
    assert.deepEqual([world.agent('anna').state, world.agent('anna').next?.reason], ['ready', 'lunch'])
    world.end('c1', { kind: 'missed' })
    assert.equal(world.agent('anna').reason, 'lunch')
  })

  it('gives an agent what they take from the list: a mail at once, a call by their telephone', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
    world.logIn('anna')
    world.mail('m1')
    world.call('c1')
    world.send({ kind: 'itemTaken', itemId: world.itemId('m1'), agentId: world.userId('anna') })
    assert.equal(world.item('m1')?.state, 'assigned')
    world.send({ kind: 'itemTaken', itemId: world.itemId('c1'), agentId: world.userId('anna') })
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
  })
})

describe('what does not wait here', () => {
  it('goes elsewhere when the queue is closed by its hours, its holidays or by hand', () => {
    const schedules = [
      {
        id: 'day',
        name: 'day',
        open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
        country: 'SE',
        holidayKinds: ['public' as const],
        ownDays: [],
      },
    ]
    const queues = [aQueue('q', { scheduleId: 'day' })]
    const world = new World(aCentre({ queues, schedules, agents: [{ id: 'anna' }] }))
    const boss = world.userId('boss')
    world.call('c1')
    assert.equal(world.item('c1')?.state, 'waiting')
    world.after(7 * 3_600_000 - 1)
    world.call('c2')
    assert.equal(world.item('c2')?.state, 'waiting', 'a moment before five')
    world.after(1)
    world.call('c3')
    assert.equal(world.fact('work.overflowed').why, 'closed')
    world.mail('m1')
    assert.equal(world.item('m1')?.state, 'waiting', 'a mail waits for the morning')
    world.send({ kind: 'queueSet', queueId: q('q'), to: 'open', by: boss })
    world.call('c4')
    assert.equal(world.item('c4')?.state, 'waiting')
    world.send({ kind: 'queueSet', queueId: q('q'), to: 'schedule', by: boss })
    world.after(Date.UTC(2026, 11, 25, 10) - world.nowMs)
    world.call('c5')
    assert.equal(world.item('c5'), undefined, 'closed on Christmas Day')
  })

  it('lets nobody in who would be one too many, unless an agent is free', () => {
    const queues = [aQueue('q', { mostWaiting: 0, overflow: { closed, full: { kind: 'message' } } })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.call('c1')
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
    world.call('c2')
    assert.deepEqual(world.fact('work.overflowed').to, { kind: 'message' })
  })

  it('leaves when nobody who could take it is logged in, also when the last one leaves', () => {
    const queues = [aQueue('q', { needs: [swedish(5)], overflow: { ...overflow, noAgents: { kind: 'message' } } })]
    const agents = [{ id: 'anna', skills: { swedish: 5 } }, { id: 'bo' }]
    const world = new World(aCentre({ queues, agents }))
    world.ready('bo')
    world.call('c1')
    assert.equal(world.fact('work.overflowed').why, 'noAgents')
    world.logIn('anna')
    world.call('c2')
    assert.equal(world.item('c2')?.state, 'waiting', 'not ready is there')
    world.send({ kind: 'agentLoggedOff', agentId: world.userId('anna') })
    assert.equal(world.item('c2'), undefined)
  })

  it('goes to another queue with the time that it has, and in a circle to its end', () => {
    const queues = [
      aQueue('a', { overflow: { ...overflow, tooLong: { afterSeconds: 60, to: toQueue('b') } } }),
      aQueue('b', { overflow: { ...overflow, tooLong: { afterSeconds: 60, to: toQueue('a') } } }),
    ]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna', queues: ['b'] }] }))
    world.call('c1', { queueId: q('a') })
    world.after(60_000)
    assert.equal(world.item('c1')?.item.queueId, 'b')
    const arrived = world.fact('work.arrived')
    assert.deepEqual([arrived.fromQueueId, arrived.sinceMs, arrived.atMs], ['a', monday, monday + 60_000])
    world.after(60_000)
    assert.equal(world.item('c1'), undefined)
    assert.deepEqual(world.fact('work.overflowed').to, { kind: 'goodbye' })
    world.mail('m1', { queueId: q('a') })
    world.after(3_600_000)
    assert.equal(world.item('m1')?.item.queueId, 'b', 'a mail hears no goodbye')
  })

  it('keeps its place as a call-back, and rings nobody before the time that was agreed', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
    world.call('c1')
    world.after(1000)
    world.call('c2')
    const notBeforeMs = world.nowMs + 600_000
    world.send({ kind: 'callBackWished', itemId: world.itemId('c1'), number: '+46701', notBeforeMs })
    world.ready('anna')
    assert.deepEqual(world.asked(), [{ item: 'c2', agent: 'anna' }])
    world.accept('c2')
    world.call('c3')
    world.after(600_000)
    world.finish('c2')
    world.after(10_000)
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
    assert.equal(world.item('c1')?.item.channel, 'callBack')
    assert.equal(world.fact('work.offered').why.waitedMs, 10_000, 'nobody waits before that time')
  })
})

describe('a publication while people wait and talk', () => {
  it('drops nobody: agents leave at the end of their call, queues send away who waits', () => {
    const queues = [aQueue('q'), aQueue('old', { overflow: { closed: toQueue('q'), full: closed } })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }, { id: 'bo', queues: ['old'] }] }))
    world.ready('anna')
    world.ready('bo')
    world.call('c1')
    world.accept('c1')
    world.call('c2', { queueId: q('old') })
    world.accept('c2')
    world.call('c3', { queueId: q('old') })
    world.send({
      kind: 'configured',
      centre: aCentre({ queues: [aQueue('q')], agents: [{ id: 'bo' }] }),
      timeZone: 'UTC',
    })
    assert.equal(world.item('c3')?.item.queueId, 'q')
    assert.equal(world.item('c1')?.state, 'assigned')
    assert.equal(world.item('c2')?.state, 'assigned')
    world.finish('c1')
    assert.equal(world.state.agents.has(world.userId('anna')), false)
    assert.deepEqual(world.fact('agent.stateChanged').to, 'loggedOff')
    world.finish('c2')
    world.after(10_000)
    assert.deepEqual(world.asked(), [{ item: 'c3', agent: 'bo' }])
  })
})

describe('a publication that asks for less', () => {
  it('lets an agent take who waited for somebody with a skill, however many waited', () => {
    const queues = [aQueue('q', { needs: [swedish(5)] })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.call('c1')
    world.call('c2')
    world.send({ kind: 'configured', centre: aCentre({ agents: [{ id: 'anna' }] }), timeZone: 'UTC' })
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
    world.accept('c1')
    world.finish('c1')
    world.after(10_000)
    assert.deepEqual(world.asked(), [{ item: 'c2', agent: 'anna' }])
  })
})

describe('the server comes back', () => {
  it('restores places, keeps agents logged in as not ready, and gives back what nobody has', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }, { id: 'bo' }] }))
    const item = (id: string, sinceMs: number) => ({
      id: world.itemId(id),
      queueId: q('q'),
      channel: 'mail' as const,
      customer: {},
      sinceMs,
      priority: 5,
      needs: [],
    })
    world.send({
      kind: 'restored',
      agents: [
        { agentId: world.userId('anna'), state: 'busy', sinceMs: monday - 60_000, line: { kind: 'devices' } },
        { agentId: world.userId('bo'), state: 'loggedOff', sinceMs: monday - 60_000, line: { kind: 'devices' } },
      ],
      items: [
        { item: item('m1', monday - 9000), state: 'assigned', agentId: world.userId('anna') },
        { item: item('m2', monday - 8000), state: 'waiting' },
        { item: item('m3', monday - 10_000), state: 'assigned', agentId: world.userId('bo') },
      ],
    })
    assert.equal(world.agent('anna').reason, 'restarted')
    assert.equal(world.fact('agent.stateChanged').forMs, 60_000)
    assert.equal(world.item('m1')?.state, 'assigned')
    world.ready('anna')
    assert.deepEqual(world.asked(), [{ item: 'm3', agent: 'anna' }])
  })
})

describe('noting what was said', () => {
  it('holds who logs off until there is a code, unless somebody else logs them off', () => {
    const queues = [aQueue('q', { wrapUp: { seconds: 10, needsCode: true } })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.call('c1')
    world.accept('c1')
    world.finish('c1')
    world.send({ kind: 'agentLoggedOff', agentId: world.userId('anna') })
    assert.equal(world.agent('anna').state, 'workingAfterCall')
    world.send({ kind: 'agentLoggedOff', agentId: world.userId('anna'), by: world.userId('boss') })
    assert.equal(world.agent('anna').state, 'loggedOff')
    assert.equal(world.fact('work.wrappedUp').isForced, true)
    assert.equal(world.fact('agent.stateChanged').by, 'boss')
  })

  it('ends by itself, unless a code is needed: then it goes on until there is one', () => {
    const queues = [aQueue('q', { wrapUp: { seconds: 10, needsCode: true } })]
    const world = new World(aCentre({ queues, agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.call('c1')
    world.accept('c1')
    world.finish('c1')
    world.after(60_000)
    world.send({ kind: 'wrappedUp', itemId: world.itemId('c1') })
    assert.equal(world.agent('anna').state, 'workingAfterCall')
    world.send({ kind: 'wrappedUp', itemId: world.itemId('c1'), codeId: 'sold', note: 'two' })
    assert.equal(world.agent('anna').state, 'ready')
    assert.equal(world.fact('work.wrappedUp').isForced, false)
  })

  it('takes more time when asked, and ends sooner for who is ready', () => {
    const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
    world.ready('anna')
    world.call('c1')
    world.accept('c1')
    world.finish('c1')
    world.send({ kind: 'wrapUpExtended', itemId: world.itemId('c1'), seconds: 30 })
    world.after(39_000)
    assert.equal(world.agent('anna').state, 'workingAfterCall')
    world.ready('anna')
    assert.equal(world.agent('anna').state, 'ready')
    assert.equal(world.fact('work.wrappedUp').wrapMs, 39_000)
  })
})

describe('a wait that has been too long', () => {
  const limited = (afterSeconds: number) =>
    aQueue('q', { overflow: { ...overflow, tooLong: { afterSeconds, to: closed } } })

  it('while somebody was asked ends when nobody is asked any more', () => {
    const world = new World(aCentre({ queues: [limited(60)], agents: [{ id: 'anna' }] }))
    world.call('c1')
    world.after(50_000)
    world.ready('anna')
    world.after(15_000)
    world.send({ kind: 'agentLoggedOff', agentId: world.userId('anna') })
    assert.deepEqual(world.kinds('work.').slice(-2), ['withdrawn', 'overflowed'])
    assert.equal(world.fact('work.overflowed').why, 'tooLong')
  })

  it('by what is published now ends at once', () => {
    const world = new World(aCentre({ queues: [limited(600)], agents: [{ id: 'anna' }] }))
    world.call('c1')
    world.after(120_000)
    const centre = aCentre({ queues: [limited(60)], agents: [{ id: 'anna' }] })
    world.send({ kind: 'configured', centre, timeZone: 'Europe/Stockholm' })
    assert.equal(world.fact('work.overflowed').why, 'tooLong')
  })

  it('while the server was away ends when it is back', () => {
    const queues = [
      aQueue('q', { overflow: { ...overflow, tooLong: { afterSeconds: 60, to: toQueue('other') } } }),
      aQueue('other'),
    ]
    const world = new World(aCentre({ queues, agents: [] }))
    const item = {
      id: world.itemId('m1'),
      queueId: q('q'),
      channel: 'mail' as const,
      customer: {},
      priority: 5,
      needs: [],
    }
    world.send({
      kind: 'restored',
      items: [{ item: { ...item, sinceMs: monday - 3_600_000 }, state: 'waiting' }],
      agents: [],
    })
    assert.equal(world.item('m1')?.item.queueId, 'other')
  })
})

describe('a queue that was removed while an agent had its work and the server was away', () => {
  it('lets nothing wait where nobody looks, when the agent gives it back', () => {
    const agentId = 'anna' as UserId
    const item = {
      id: 'c1' as WorkItemId,
      queueId: q('gone'),
      channel: 'callBack' as const,
      customer: {},
      sinceMs: monday,
      priority: 5,
      needs: [],
    }
    const world = new World(aCentre({ agents: [{ id: agentId }] }))
    world.send({
      kind: 'restored',
      items: [{ item, state: 'assigned', agentId }],
      agents: [{ agentId, state: 'busy', sinceMs: monday, line: { kind: 'devices' } }],
    })
    world.send({ kind: 'itemReturned', itemId: item.id, why: 'restarted' })
    assert.deepEqual(world.fact('work.overflowed').to, closed)
    assert.equal(world.item('c1'), undefined)
  })
})

describe('work of a queue that was removed, which somebody moves', () => {
  const by = 'boss' as UserId
  const work = () => {
    const agents = [{ id: 'anna', queues: ['gone', 'stays'] }]
    const world = new World(aCentre({ queues: [aQueue('gone'), aQueue('stays')], agents }))
    world.ready('anna')
    world.call('c1', { queueId: q('gone') })
    world.accept('c1')
    const queues = [aQueue('stays')]
    world.send({ kind: 'configured', centre: aCentre({ queues, agents }), timeZone: 'Europe/Stockholm' })
    return world
  }

  it('waits in the queue that was chosen for it, and does not go where its own sends its customers', () => {
    const world = work()
    world.send({ kind: 'itemMoved', itemId: 'c1' as WorkItemId, toQueueId: q('stays'), by })
    assert.equal(world.item('c1')?.item.queueId, 'stays')
    assert.equal(world.kinds('work.overflowed').length, 0)
    assert.deepEqual(faultsOf(world.state, world.facts), [])
  })

  it('stays with its agent where the chosen queue is gone too', () => {
    const world = work()
    world.send({ kind: 'itemMoved', itemId: 'c1' as WorkItemId, toQueueId: q('gone'), by })
    assert.equal(world.item('c1')?.state, 'assigned')
    assert.deepEqual(faultsOf(world.state, world.facts), [])
  })
})

describe('a clock that is set', () => {
  for (const [name, byMs] of [
    ['back', -7_200_000],
    ['forward', 7_200_000],
  ] as const)
    it(`${name} makes nobody miss an offer or lose their place`, () => {
      const world = new World(aCentre({ agents: [{ id: 'anna' }] }))
      world.ready('anna')
      world.call('c1')
      world.after(5000)
      world.call('c2')
      world.nowMs += byMs
      world.send({ kind: 'timePassed' })
      assert.deepEqual(world.asked(), [{ item: 'c1', agent: 'anna' }])
      world.after(1000)
      world.accept('c1')
      const waited = world.fact('work.accepted').waitedMs
      assert.equal(waited, 6000)
      world.finish('c1')
      world.after(10_000)
      assert.deepEqual(world.asked(), [{ item: 'c2', agent: 'anna' }])
      world.after(22_000)
      assert.equal(world.agent('anna').reason, 'missedOffer', 'time goes on')
    })

  it('leaves nothing that is due behind what is due later', () => {
    const waits: Partial<Queue> = {
      offerSeconds: 120,
      scheduleId: 'day',
      overflow: { ...overflow, tooLong: { afterSeconds: 7200, to: closed } },
    }
    const day = { id: 'day', name: 'Day', open: [{ days: [1], from: '08:00', to: '10:01' }], ownDays: [] }
    const world = new World(aCentre({ queues: [aQueue('q', waits)], agents: [{ id: 'anna' }], schedules: [day] }))
    world.call('c1')
    world.ready('anna')
    world.nowMs -= 7_200_000
    world.send({ kind: 'timePassed' })
    world.after(123_000)
    assert.equal(world.agent('anna').reason, 'missedOffer')
  })
})

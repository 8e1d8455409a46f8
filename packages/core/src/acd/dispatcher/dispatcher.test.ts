import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aCentre, aQueue, World } from './world.test-support.ts'

const anna = 'anna'
const bo = 'bo'

describe('the dispatcher', () => {
  it('gives a call to the agent who is idle for longest, and notes all of it', () => {
    const world = new World(aCentre({ agents: [{ id: anna }, { id: bo }] }))
    world.ready(bo)
    world.after(1000)
    world.ready(anna)
    world.after(5000)
    world.call('c1')
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: bo }])
    world.after(3000)
    world.accept('c1')
    assert.equal(world.agent(bo).state, 'busy')
    world.after(60_000)
    world.finish('c1')
    assert.equal(world.agent(bo).state, 'workingAfterCall')
    world.after(10_000)
    assert.equal(world.agent(bo).state, 'ready')
    assert.deepEqual(world.kinds('work.'), ['arrived', 'offered', 'accepted', 'finished', 'wrappedUp'])
    assert.equal(world.fact('work.accepted').waitedMs, 3000)
    assert.equal(world.fact('work.finished').handledMs, 60_000)
    assert.equal(world.fact('work.wrappedUp').wrapMs, 10_000)
    assert.equal(world.state.items.size, 0)
  })

  it('puts an agent who misses an offer to not ready, and the customer back to the front', () => {
    const world = new World(aCentre({ agents: [{ id: anna }, { id: bo }] }))
    world.ready(anna)
    world.call('c1')
    world.call('c2')
    world.end('c1', { kind: 'missed' })
    assert.equal(world.agent(anna).state, 'notReady')
    assert.equal(world.agent(anna).reason, 'missedOffer')
    world.ready(bo)
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: bo }])
  })

  it('ends an offer that a channel never answers', () => {
    const world = new World(aCentre({ agents: [{ id: anna }] }))
    world.ready(anna)
    world.call('c1')
    world.after(20_000)
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: anna }], 'the telephone has a moment to say so itself')
    world.after(2000)
    assert.deepEqual(world.asked(), [])
    assert.equal(world.agent(anna).reason, 'missedOffer')
    assert.ok(world.effects.some((effect) => effect.kind === 'withdraw' && effect.why === 'missed'))
  })

  it('asks nobody before the database has said yes', () => {
    const world = new World(aCentre({ agents: [{ id: anna }] }), { answersClaims: false })
    world.ready(anna)
    world.call('c1')
    assert.deepEqual(world.asked(), [])
    world.claim('c1', 'claimLost')
    assert.deepEqual(world.asked(), [])
    world.after(200)
    world.claim('c1', 'claimWon')
    assert.deepEqual(world.asked(), [{ item: 'c1', agent: anna }])
  })

  it('withdraws from an agent what is gone, and they keep their idle time', () => {
    const world = new World(aCentre({ agents: [{ id: anna }, { id: bo }] }))
    world.ready(anna)
    world.after(1000)
    world.ready(bo)
    world.call('c1')
    world.after(500)
    world.send({ kind: 'itemLeft', itemId: world.itemId('c1') })
    assert.deepEqual(world.kinds('work.'), ['arrived', 'offered', 'withdrawn', 'abandoned'])
    assert.equal(world.fact('work.abandoned').isShort, true)
    world.call('c2')
    assert.deepEqual(world.asked(), [{ item: 'c2', agent: anna }])
  })

  it('logs an agent off at the end of what they speak', () => {
    const world = new World(aCentre({ agents: [{ id: anna }] }))
    world.ready(anna)
    world.call('c1')
    world.accept('c1')
    world.send({ kind: 'agentLoggedOff', agentId: world.userId(anna) })
    assert.equal(world.agent(anna).state, 'busy')
    assert.equal(world.agent(anna).next?.state, 'loggedOff')
    world.finish('c1')
    assert.equal(world.agent(anna).state, 'loggedOff')
  })

  it('goes on in a copy of its state as in the state itself', () => {
    const world = new World(aCentre({ agents: [{ id: anna }], queues: [aQueue('q')] }))
    world.ready(anna)
    world.call('c1')
    world.state = structuredClone(world.state)
    world.accept('c1')
    world.finish('c1')
    world.after(10_000)
    assert.equal(world.agent(anna).state, 'ready')
  })
})

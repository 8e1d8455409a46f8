import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { centreFaultsOf } from './ledger-faults.test-support.ts'
import { agentOf, anna, begin, bo, boss, centre, companyId, makeStore, own, queueId } from './centre.test-support.ts'

const hourMs = 3_600_000

describe('a contact centre under attack', () => {
  it('asks once whoever was claimed, though the answer was lost', async () => {
    const { clock, work, desk, add, ready, kinds } = await begin(new VirtualClock())
    await ready(anna, bo)
    work.losesAnswers = true
    const item = await add('mail')
    assert.equal(desk.agent(companyId, anna)?.offers.length, 0, 'nobody knows yet')
    work.losesAnswers = false
    await clock.advanceAsync(1000)
    const [offer] = desk.agent(companyId, anna)?.offers ?? []
    assert.equal(offer?.item.id, item.id)
    assert.equal(work.claims.get(item.id)?.offerId, offer?.id)
    assert.equal(kinds().filter((kind) => kind === 'work.offered').length, 1)
  })

  it('frees a claim whose customer went while nobody knew of it', async () => {
    const { clock, work, works, add, ready } = await begin(new VirtualClock())
    await ready(anna)
    work.losesAnswers = true
    const item = await add('call')
    await works.left(companyId, item.id)
    work.losesAnswers = false
    await clock.advanceAsync(1000)
    assert.equal(work.claims.size, 0)
    assert.deepEqual(centreFaultsOf(work.facts), [])
  })

  it('owes what the database does not take, writes it in order, and lets nobody be stuck behind it', async () => {
    const { clock, work, desk, works, add, ready, kinds } = await begin(new VirtualClock())
    await ready(anna)
    const item = await add('mail')
    work.isAway = true
    await clock.advanceAsync(21_000)
    assert.deepEqual(desk.agent(companyId, anna)?.state, 'notReady', 'the offer was missed')
    const late = await works.add({ companyId, queueId, channel: 'mail', customer: {}, reference: 'mail-2' })
    assert.ok(isRefusal(late))
    assert.ok(!kinds().includes('work.missed'))
    await desk.ready(own(anna), anna)
    work.isAway = false
    await clock.advanceAsync(12_000)
    assert.equal(kinds().filter((kind) => kind === 'work.missed').length, 1)
    assert.equal(desk.agent(companyId, anna)?.offers.length, 1, 'the claim is free again')
    const again = await works.add({ companyId, queueId, channel: 'mail', customer: {}, reference: 'mail-2' })
    assert.ok(!isRefusal(again))
    assert.equal(kinds().filter((kind) => kind === 'work.arrived').length, 2, 'brought twice, there once')
    for (const { id } of [item, again]) await works.closeItem(companyId, id, 'closed')
    assert.deepEqual(centreFaultsOf(work.facts), [])
  })

  it('sends callers on though the database says nothing at all', async () => {
    const { clock, work, works, desk, add } = await begin(new VirtualClock())
    const sent: string[] = []
    works.provide('call', { sendAway: async (_, to) => void sent.push(to.kind) })
    await add('call')
    const silence = Promise.withResolvers<void>()
    work.silence = silence.promise
    void desk.setQueue(boss, queueId, 'closed')
    void works.add({ companyId, queueId, channel: 'call', customer: {} })
    await clock.advanceAsync(4000)
    assert.deepEqual(sent, [])
    await clock.advanceAsync(2000)
    assert.deepEqual(sent, ['goodbye'])
    silence.resolve()
    await clock.advanceAsync(0)
    assert.equal(work.facts.filter(({ kind }) => kind === 'work.overflowed').length, 1)
  })

  it('asks nobody whose offer was withdrawn while what came before it was not durable', async () => {
    const { clock, work, works, desk, ready } = await begin(new VirtualClock())
    const asked: string[] = []
    const offer = async ({ agentId }: { readonly agentId: string }) => {
      asked.push(agentId)
      return { kind: 'missed' as const }
    }
    works.provide('call', { offer })
    await ready(anna)
    const durable = Promise.withResolvers<void>()
    const { record } = work
    work.record = async (...entry) => {
      await durable.promise
      await record(...entry)
    }
    void works.add({ companyId, queueId, channel: 'call', customer: {} })
    await clock.advanceAsync(0)
    assert.equal(desk.agent(companyId, anna)?.offers.length, 1)
    void desk.logOff(own(anna), anna)
    durable.resolve()
    await clock.advanceAsync(0)
    assert.deepEqual(asked, [])
  })

  it('goes on when a channel throws', async () => {
    const { clock, desk, works, add, ready, itemState } = await begin(new VirtualClock())
    works.provide('mail', {
      accepted: () => {
        throw new Error('a fault of the channel')
      },
    })
    await ready(anna, bo)
    const item = await add('mail')
    const [offer] = desk.agent(companyId, anna)?.offers ?? []
    await desk.answerOffer(own(anna), offer!.id, true)
    works.provide('call', { offer: async () => ({ kind: 'accepted' }) })
    const call = await add('call')
    await clock.advanceAsync(100)
    assert.equal(itemState(call.id), 'assigned')
    assert.equal(works.agentOf(companyId, item.id), anna)
  })

  for (const byMs of [hourMs, -hourMs])
    it(`takes nobody's time when the clock is set by ${byMs / hourMs} h`, async () => {
      const { clock, work, desk, works, add, ready, stateOf, itemState } = await begin(new VirtualClock())
      await ready(anna)
      works.provide('call', { offer: () => new Promise(() => {}) })
      const asked = await add('call')
      const waiting = await add('call')
      await clock.advanceAsync(5000)
      clock.setWallClock(byMs)
      await clock.advanceAsync(5000)
      assert.equal(itemState(asked.id), 'offered', 'it still rings')
      await clock.advanceAsync(70_000)
      assert.deepEqual(stateOf(anna), ['notReady', 'missedOffer'])
      await works.left(companyId, waiting.id)
      await works.left(companyId, asked.id)
      await clock.advanceAsync(0)
      for (const fact of work.facts) {
        if (fact.kind === 'work.abandoned') assert.equal(fact.waitedMs, 80_000)
        if (fact.kind === 'work.missed') assert.ok(fact.askedMs >= 20_000 && fact.askedMs <= 65_000, `${fact.askedMs}`)
        if (fact.kind === 'agent.stateChanged') assert.ok(fact.forMs < 90_000, `${fact.forMs}`)
      }
      // Nothing runs by time now: a clock that is set in silence is seen by whoever comes next.
      const last = await add('call')
      clock.setWallClock(byMs)
      await clock.advanceAsync(10_000)
      await works.left(companyId, last.id)
      const abandoned = work.facts.findLast((fact) => fact.kind === 'work.abandoned')
      assert.equal(abandoned?.kind === 'work.abandoned' && abandoned.waitedMs, 10_000)
      assert.equal(await desk.ready(own(anna), anna), undefined)
    })

  it('gives the others what a person had whose account is removed', async () => {
    const { clock, work, centres, desk, add, ready, users, works } = await begin(new VirtualClock())
    await ready(anna)
    const [open, kept] = [await add('mail'), await add('mail')]
    for (const item of [open, kept]) {
      const offer = desk.agent(companyId, anna)?.offers.find((one) => one.item.id === item.id)
      await desk.answerOffer(own(anna), offer!.id, true)
      await clock.advanceAsync(0)
    }
    await desk.keepAside(own(anna), kept.id)
    users.delete(anna)
    await centres.published(companyId)
    assert.equal(desk.agent(companyId, anna), undefined)
    assert.equal((await desk.logIn(boss, anna))?.code, 'NOT_AN_AGENT')
    await clock.advanceAsync(0)
    await ready(bo)
    for (const item of [open, kept]) {
      const offer = desk.agent(companyId, bo)?.offers[0]
      assert.ok(offer, item.id)
      await desk.answerOffer(own(bo), offer.id, true)
      await clock.advanceAsync(0)
    }
    for (const item of [open, kept]) assert.equal(works.agentOf(companyId, item.id), bo)
    assert.deepEqual(centreFaultsOf(work.facts), [])
  })

  it('takes over what is published while it begins', async () => {
    const work = makeStore()
    const restoring = Promise.withResolvers<void>()
    work.restoring = restoring.promise
    const { centres, desk, published } = await begin(new VirtualClock(), { work, start: false })
    const starting = centres.start()
    restoring.resolve()
    const late = Promise.resolve().then(() => {
      published.centre = { ...centre, agents: [agentOf(anna)] }
      return centres.published(companyId)
    })
    await Promise.all([starting, late])
    assert.deepEqual(
      desk.agents(companyId).map(({ agentId }) => agentId),
      [anna],
    )
  })

  it('counts no time that the server was away for calls that ended with it', async () => {
    const work = makeStore()
    const of = { queueId, channel: 'call' as const, customer: {}, priority: 5, needs: [] }
    const nowMs = new VirtualClock().now()
    const [sinceMs, endedAtMs] = [nowMs - 3 * hourMs, nowMs - 3 * hourMs + 60_000]
    work.before.agents.push({ agentId: anna, state: 'busy', sinceMs, line: { kind: 'devices' } })
    work.before.items.push(
      { item: { ...of, id: 'waited' as never, sinceMs }, state: 'waiting', endedAtMs },
      {
        item: { ...of, id: 'talked' as never, sinceMs },
        state: 'assigned',
        agentId: anna,
        acceptedAtMs: sinceMs + 20_000,
        endedAtMs,
      },
    )
    await begin(new VirtualClock(), { work })
    const spent = work.facts.flatMap((fact) =>
      fact.kind === 'work.abandoned' ? fact.waitedMs : fact.kind === 'work.finished' ? fact.handledMs : [],
    )
    assert.deepEqual(spent, [60_000, 40_000])
  })

  it('lets customers wait again who were being called back when the process was killed', async () => {
    const work = makeStore()
    const item = {
      id: 'back' as never,
      queueId,
      channel: 'callBack' as const,
      customer: { number: '+46701' },
      sinceMs: 0,
      priority: 5,
      needs: [],
    }
    work.before.items.push({ item, state: 'assigned', agentId: anna, acceptedAtMs: 1 })
    work.before.agents.push({ agentId: anna, state: 'busy', sinceMs: 1, line: { kind: 'devices' } })
    const { stateOf, itemState } = await begin(new VirtualClock(), { work })
    assert.equal(itemState(item.id), 'waiting')
    assert.deepEqual(stateOf(anna), ['notReady', 'restarted'])
  })
})

describe("an agent's browser that is killed", () => {
  it('while ready or asked: the mail goes to the next, and the agent is not ready', async () => {
    const { clock, desk, add, ready, stateOf, works } = await begin(new VirtualClock())
    await ready(anna)
    const item = await add('mail')
    await clock.advanceAsync(25_000)
    assert.deepEqual(stateOf(anna), ['notReady', 'missedOffer'])
    await ready(bo)
    assert.equal(desk.agent(companyId, bo)?.offers[0]?.item.id, item.id)
    assert.equal(works.agentOf(companyId, item.id), bo)
  })

  it('while it rings: the telephone cannot be reached, the caller is asked of the next', async () => {
    const { clock, add, ready, stateOf, works } = await begin(new VirtualClock())
    works.provide('call', {
      offer: async ({ agentId }) => (agentId === anna ? { kind: 'failed', why: 'unreachable' } : { kind: 'accepted' }),
    })
    await ready(anna)
    await clock.advanceAsync(1000)
    await ready(bo)
    const call = await add('call')
    await clock.advanceAsync(0)
    assert.deepEqual(stateOf(anna), ['notReady', 'unreachable'])
    assert.equal(works.agentOf(companyId, call.id), bo)
  })

  it('while talking: the caller is at the front with all the time they had, and asked of somebody else first', async () => {
    const { clock, work, add, ready, stateOf, works } = await begin(new VirtualClock())
    const isGone = new Set<string>()
    works.provide('call', {
      offer: async ({ agentId }) =>
        isGone.has(agentId) ? { kind: 'failed', why: 'unreachable' } : { kind: 'accepted' },
    })
    await ready(anna)
    const call = await add('call')
    assert.equal(works.agentOf(companyId, call.id), anna)
    const later = await add('call')
    await clock.advanceAsync(5000)
    isGone.add(anna)
    await works.returned(companyId, call.id, 'lineLost')
    await clock.advanceAsync(0)
    assert.deepEqual(stateOf(anna), ['notReady', 'unreachable'])
    await ready(bo)
    assert.equal(works.agentOf(companyId, call.id), bo, 'first in line')
    await works.finished(companyId, call.id, 'customer')
    await clock.advanceAsync(31_000)
    assert.equal(works.agentOf(companyId, later.id), bo)
    await works.finished(companyId, later.id, 'customer')
    await clock.advanceAsync(31_000)
    assert.deepEqual(centreFaultsOf(work.facts), [])
    assert.equal(work.claims.size, 0)
  })

  it('while noting: it is over by its time, or when a supervisor ends it', async () => {
    const { clock, desk, add, ready, stateOf, works, published, centres } = await begin(new VirtualClock())
    works.provide('call', { offer: async () => ({ kind: 'accepted' }) })
    published.centre = {
      ...centre,
      queues: centre.queues.map((one) => ({ ...one, wrapUp: { seconds: 30, needsCode: true } })),
    }
    await centres.published(companyId)
    await ready(anna)
    const call = await add('call')
    await works.finished(companyId, call.id, 'customer')
    await clock.advanceAsync(hourMs)
    assert.equal(stateOf(anna)[0], 'workingAfterCall')
    await desk.logOff(boss, anna)
    assert.equal(stateOf(anna)[0], 'loggedOff')
    assert.equal(desk.agent(companyId, anna)?.items.length, 0)
  })
})

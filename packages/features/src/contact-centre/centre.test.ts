import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, type UserId } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { QueueId } from '@vaxel/core'
import { anna, begin, bo, boss, companyId, own, queueId } from './centre.test-support.ts'

describe('a contact centre', () => {
  it('asks an agent in the console, hands over what they accept, and ends with the note', async () => {
    const { clock, desk, works, kinds, add } = await begin(new VirtualClock())
    const opened: unknown[] = []
    works.provide('mail', { accepted: (item, agentId) => void opened.push([item.id, agentId]) })
    assert.equal(await desk.logIn(own(anna), anna), undefined)
    assert.equal(await desk.ready(own(anna), anna), undefined)
    const item = await add('mail')
    const [offer] = desk.agent(companyId, anna)?.offers ?? []
    assert.equal(offer?.item.id, item.id)
    assert.equal(await desk.answerOffer(own(anna), offer!.id, true), undefined)
    await clock.advanceAsync(0)
    assert.deepEqual(opened, [[item.id, anna]])
    await clock.advanceAsync(60_000)
    assert.equal(await desk.finish(own(anna), item.id), undefined)
    const [noting] = desk.agent(companyId, anna)?.items ?? []
    assert.equal(noting!.finishedAtMs! - noting!.acceptedAtMs, 60_000, 'when it was taken, and when it was over')
    assert.equal(await desk.wrapUp(own(anna), item.id, { note: 'Answered.' }), undefined)
    assert.deepEqual(
      kinds().filter((kind) => kind.startsWith('work.')),
      ['work.arrived', 'work.offered', 'work.accepted', 'work.finished', 'work.wrappedUp'],
    )
    assert.equal((await desk.finish(own(anna), item.id))?.code, 'WORK_GONE')
  })

  it('asks nobody who lost the claim, and somebody once it can be won', async () => {
    const { clock, work, desk, add, kinds } = await begin(new VirtualClock())
    await desk.logIn(own(anna), anna)
    await desk.ready(own(anna), anna)
    work.isLost = true
    await add('mail')
    assert.equal(desk.agent(companyId, anna)?.offers.length, 0)
    assert.ok(!kinds().includes('work.offered'))
    work.isLost = false
    await clock.advanceAsync(10_000)
    assert.equal(desk.agent(companyId, anna)?.offers.length, 1)
  })

  it('rings by the channel, and puts the customer back to the front when nobody answers', async () => {
    const { clock, desk, works, kinds, add } = await begin(new VirtualClock())
    const asked: UserId[] = []
    works.provide('call', {
      offer: (offer) => {
        asked.push(offer.agentId)
        return asked.length === 1
          ? new Promise((resolve) => void clock.startTimer(20_000, () => resolve({ kind: 'missed' })))
          : Promise.resolve({ kind: 'accepted' })
      },
    })
    for (const userId of [anna, bo]) {
      await desk.logIn(own(userId), userId)
      await desk.ready(own(userId), userId)
      await clock.advanceAsync(1000)
    }
    const item = await add('call')
    assert.deepEqual(asked, [anna])
    const [offer] = desk.agent(companyId, anna)?.offers ?? []
    assert.equal((await desk.answerOffer(own(anna), offer!.id, true))?.code, 'OFFER_GONE', 'the telephone answers')
    await clock.advanceAsync(21_000)
    assert.deepEqual(asked, [anna, bo])
    assert.deepEqual(
      [desk.agent(companyId, anna)?.state, desk.agent(companyId, anna)?.reason],
      ['notReady', 'missedOffer'],
    )
    assert.equal(works.agentOf(companyId, item.id), bo)
    assert.ok(kinds().includes('work.missed'))
  })

  it('shows who forced a state, and refuses what cannot be', async () => {
    const { desk } = await begin(new VirtualClock())
    assert.equal((await desk.ready(own(anna), anna))?.code, 'AGENT_LOGGED_OFF')
    assert.equal((await desk.logIn(boss, 'nobody' as UserId))?.code, 'NOT_AN_AGENT')
    await desk.logIn(boss, anna)
    assert.equal((await desk.notReady(boss, anna, 'no such'))?.code, 'REASON_NOT_THERE')
    await desk.notReady(boss, anna, 'lunch')
    const now = desk.agent(companyId, anna)
    assert.deepEqual([now?.state, now?.reason, now?.by], ['notReady', 'lunch', boss.userId])
    assert.equal((await desk.setQueue(boss, 'none' as QueueId, 'closed'))?.code, 'QUEUE_NOT_THERE')
  })

  it('goes on while the database takes nothing, and tells those who rely on it', async () => {
    const { work, works, desk } = await begin(new VirtualClock())
    await desk.logIn(own(anna), anna)
    work.isAway = true
    assert.equal((await desk.ready(own(anna), anna))?.code, 'CENTRE_AWAY')
    const mail = await works.add({ companyId, queueId, channel: 'mail', customer: { address: 'kim@example.com' } })
    assert.ok(isRefusal(mail))
    const call = await works.add({ companyId, queueId, channel: 'call', customer: {} })
    assert.ok(!isRefusal(call))
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { NumberedEvent } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { AbsentAgents, notingAloneMs } from './absent-agents.ts'
import { anna, begin, bo, companyId, own, queue, queueId } from './centre.test-support.ts'

const awayMs = 30_000

async function watched(more: Partial<typeof queue> = {}) {
  const world = await begin(new VirtualClock(), { start: false })
  Object.assign(world.published, {
    centre: { ...world.published.centre, queues: [{ ...queue, channels: ['call', 'mail', 'chat'], ...more }] },
  })
  const telephones = new Set([anna, bo])
  let tell: (events: readonly NumberedEvent[]) => void = () => {}
  const absent = new AbsentAgents({
    clock: world.clock,
    centres: world.centres,
    directory: { user: (id: typeof anna) => ({ id, companyId }) } as never,
    feed: {
      subscribe: (listener) => {
        tell = listener
        return () => {}
      },
    },
    isReachable: (userId) => telephones.has(userId),
    awayMs,
  })
  await world.centres.start()
  const unplug = (userId: typeof anna) => {
    telephones.delete(userId)
    tell([{ kind: 'registrar.unbound', companyId, number: 1, atMs: 0, data: { userId } } as never])
  }
  /** Anna accepts what is offered to her, and has it. */
  const accepts = async () => {
    const [offer] = world.desk.agent(companyId, anna)?.offers ?? []
    assert.equal(await world.desk.answerOffer(own(anna), offer!.id, true), undefined)
    await world.clock.advanceAsync(0)
  }
  const arrives = async (channel: 'mail' | 'chat') => {
    const item = await world.works.add({ companyId, queueId, channel, customer: {} })
    assert.ok(!isRefusal(item))
    await world.clock.advanceAsync(0)
    return item
  }
  return { ...world, absent, telephones, unplug, accepts, arrives }
}

describe('agents whose browser or telephone is gone', () => {
  it('are not ready when they have not come back in time, and are offered nobody', async () => {
    const { clock, absent, ready, unplug, stateOf, add, desk } = await watched()
    const close = absent.pageOpened(anna)
    await ready(anna)
    close()
    unplug(anna)
    await clock.advanceAsync(awayMs - 1)
    assert.deepEqual(stateOf(anna), ['ready', undefined])
    await clock.advanceAsync(1)
    assert.deepEqual(stateOf(anna), ['notReady', 'unreachable'])
    await add('call')
    assert.deepEqual(desk.agent(companyId, anna)?.offers, [])
  })

  it('are ready on when they are back in time, or can still be rung, or are at a number', async () => {
    const { clock, absent, ready, unplug, telephones, stateOf, desk } = await watched()
    const close = absent.pageOpened(anna)
    await ready(anna, bo)
    unplug(anna)
    close()
    await clock.advanceAsync(10_000)
    telephones.add(anna)
    absent.pageOpened(anna)
    absent.pageOpened(bo)()
    await clock.advanceAsync(awayMs * 2)
    assert.deepEqual(
      [stateOf(anna), stateOf(bo)],
      [
        ['ready', undefined],
        ['ready', undefined],
      ],
    )
    await desk.logOff(own(bo), bo)
    await desk.logIn(own(bo), bo, { kind: 'number', number: '+46701234567', isKept: false })
    await desk.ready(own(bo), bo)
    unplug(bo)
    await clock.advanceAsync(awayMs * 2)
    assert.deepEqual(stateOf(bo), ['ready', undefined])
  })

  it('keep the reason that they gave for a break', async () => {
    const { clock, ready, unplug, stateOf, desk } = await watched()
    await ready(anna)
    await desk.notReady(own(anna), anna, 'lunch')
    unplug(anna)
    await clock.advanceAsync(awayMs)
    assert.deepEqual(stateOf(anna), ['notReady', 'lunch'])
  })

  it('lose the visitors with whom they wrote, who are first again, and keep their mails', async () => {
    const { clock, absent, ready, unplug, accepts, arrives, itemState, desk } = await watched()
    const close = absent.pageOpened(anna)
    const second = absent.pageOpened(anna)
    await ready(anna)
    const mail = await arrives('mail')
    await accepts()
    const chat = await arrives('chat')
    await accepts()
    close()
    await clock.advanceAsync(awayMs * 2)
    assert.equal(itemState(chat.id), 'assigned', 'another page of theirs is open')
    second()
    unplug(anna)
    await clock.advanceAsync(awayMs)
    assert.deepEqual([itemState(mail.id), itemState(chat.id)], ['assigned', 'waiting'])
    await ready(bo)
    assert.equal(desk.agent(companyId, bo)?.offers[0]?.item.id, chat.id)
  })

  it('who only write are judged by their page', async () => {
    const { clock, absent, ready, stateOf } = await watched({ channels: ['mail', 'chat'] })
    const close = absent.pageOpened(anna)
    await ready(anna, bo)
    close()
    await clock.advanceAsync(awayMs)
    assert.deepEqual(
      [stateOf(anna), stateOf(bo)],
      [
        ['notReady', 'unreachable'],
        ['ready', undefined],
      ],
    )
  })

  it('leave nothing to be noted for ever: where a code is needed, it ends without one two minutes after its time', async () => {
    const { clock, absent, ready, accepts, arrives, itemState, desk, work } = await watched({
      wrapUp: { seconds: 60, needsCode: true },
    })
    const close = absent.pageOpened(anna)
    await ready(anna)
    const mail = await arrives('mail')
    await accepts()
    await desk.finish(own(anna), mail.id)
    await clock.advanceAsync(10 * 60_000)
    assert.equal(itemState(mail.id), 'wrappingUp', 'as long as the page is there, it waits for the code')
    close()
    await clock.advanceAsync(notingAloneMs - 1)
    absent.pageOpened(anna)()
    await clock.advanceAsync(notingAloneMs - 1)
    assert.equal(itemState(mail.id), 'wrappingUp', 'a page that was back counts anew')
    await clock.advanceAsync(1)
    assert.equal(itemState(mail.id), undefined)
    const fact = work.facts.find(({ kind }) => kind === 'work.wrappedUp')
    assert.deepEqual(fact && 'isForced' in fact && [fact.isForced, fact.codeId], [true, undefined])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { Api, ReplyOf } from '../api/api.ts'
import { keptIn } from '../base/storage.ts'
import { FakeAudio, type FakeCall, FakePhone } from './fake-phone.ts'
import { followNewParties } from './new-parties.ts'
import { PhoneViewModel } from './phone-view-model.ts'
import { TabLock } from './tab-lock.ts'

type LiveCalls = ReplyOf<'listLiveCalls'>['items']
interface Person {
  readonly number: string
  readonly name?: string
}

const anna = { number: '203', name: 'Anna Ek' }
const erik = { number: '204', name: 'Erik Sjöberg' }
const customer = { number: '+46701740605' }

/** Bo's page, in a call; the test is the server. */
async function inCallWith(first: Person, { seenAs = first }: { seenAs?: Person } = {}) {
  const clock = new VirtualClock()
  const pageClock = {
    nowMs: () => clock.now(),
    startTimer: (delayMs: number, run: () => void) => {
      const timer = clock.startTimer(delayMs, run)
      return () => timer.stop()
    },
  }
  let live: LiveCalls = []
  let asked = 0
  const directory = new Map([['+46701740605', 'Eva Berg']])
  let answerDirectory = () => {}
  const api = {
    call: async (id: string, request: { query?: { numbers: string } } = {}) => {
      if (id === 'listLiveCalls') {
        asked++
        return { items: live }
      }
      if (id !== 'findByNumber')
        return { extension: '205', webSockets: [], expiresAt: new Date(clock.now() + 3_600_000_000).toISOString() }
      const name = directory.get(request.query!.numbers)
      if (name === 'late') await new Promise<void>((resolve) => (answerDirectory = resolve))
      return { items: name === undefined ? [] : [{ entry: { name } }] }
    },
  } as unknown as Api
  const sip = new FakePhone(() => clock.now())
  const channel = { post: () => {}, onMessage: () => () => {} }
  const phone = new PhoneViewModel({
    phone: sip,
    api,
    lock: new TabLock({ channel, lease: { get: () => undefined, set: () => {} }, ...pageClock, tabId: 'tab' }),
    audio: new FakeAudio(),
    kept: keptIn(undefined),
    clock: pageClock,
    instanceId: 'instance',
    clientVersion: '1.0.0',
    channel,
  })
  const listeners = { event: (_: { kind: string }) => {}, live: () => {} }
  const events = {
    onEvent: (listener: typeof listeners.event) => {
      listeners.event = listener
      return () => {}
    },
    onLive: (listener: () => void) => {
      listeners.live = listener
      return () => {}
    },
  } as unknown as Parameters<typeof followNewParties>[0]['events']
  phone.begin()
  await clock.advanceAsync(0)
  const stop = followNewParties({ api, events, clock: pageClock, phone })
  const call = sip.incoming(seenAs.number, seenAs.name)
  await phone.answer(call.id)
  return {
    phone,
    sip,
    call,
    stop,
    directory,
    listeners,
    asked: () => asked,
    answerDirectory: () => answerDirectory(),
    pass: (ms = 1000) => clock.advanceAsync(ms),
    /** The server has this call of Bo's with these others in it. */
    has: (own: FakeCall | undefined, ...others: readonly Person[]) => {
      const legs = others.map((party, i) => ({ legId: `other-${i}`, party, state: 'connected' }))
      const sipCallId = own?.dialog().callId
      const mine = {
        legId: 'own',
        party: { number: '205' },
        state: 'connected',
        own: { sipCallId, replaces: `${sipCallId};to-tag=a;from-tag=b`, isReachable: false },
      }
      live = [{ id: 'call', connections: [mine, ...legs] }] as unknown as LiveCalls
    },
    tell: (kind: string) => listeners.event({ kind }),
    shown: () => phone.state.get().calls.map(({ number, name }) => [number, name].filter(Boolean).join(' ')),
  }
}

describe('a call that was put through', () => {
  it('names the new party when the server says that it was, without a word over SIP', async () => {
    const page = await inCallWith(anna)
    assert.deepEqual(page.shown(), ['203 Anna Ek'])
    page.has(page.call, erik)
    page.tell('call.transferred')
    await page.pass()
    assert.deepEqual(page.shown(), ['204 Erik Sjöberg'])
  })

  it('does so for who was asked first, and is told only that the call ended in which they were', async () => {
    const page = await inCallWith(anna)
    page.has(page.call, customer)
    page.tell('call.ended')
    await page.pass()
    assert.deepEqual(page.shown(), ['+46701740605 Eva Berg'], 'as the directory has them')
  })

  it('does so when the page was away at that time, and has taken the call back', async () => {
    const page = await inCallWith(anna)
    page.has(page.call, anna)
    page.call.end({ by: 'network', isBroken: true })
    await page.pass()
    const again = page.sip.calls.at(-1)!
    assert.notEqual(again, page.call)
    page.has(again, erik)
    again.connect()
    await page.pass()
    assert.deepEqual(page.shown(), ['204 Erik Sjöberg'])
  })

  it('does so when the event was missed, once events come again', async () => {
    const page = await inCallWith(anna)
    page.has(page.call, erik)
    page.listeners.live()
    await page.pass()
    assert.deepEqual(page.shown(), ['204 Erik Sjöberg'])
  })

  it('keeps the last of several parties, also when the directory is late with the name of one before', async () => {
    const page = await inCallWith(anna)
    page.directory.set('+46701740605', 'late')
    page.has(page.call, customer)
    page.tell('call.transferred')
    await page.pass()
    page.has(page.call, erik)
    page.tell('call.transferred')
    await page.pass()
    page.directory.set('+46701740605', 'Eva Berg')
    page.answerDirectory()
    await page.pass()
    assert.deepEqual(page.shown(), ['204 Erik Sjöberg'])
  })

  it('asks once for events that come together, and not at all when nobody talks', async () => {
    const page = await inCallWith(anna)
    page.has(page.call, erik)
    const before = page.asked()
    for (const kind of ['call.transferred', 'call.ended', 'call.ended', 'call.answered']) page.tell(kind)
    await page.pass()
    assert.equal(page.asked(), before + 1)
    page.call.end()
    page.tell('call.ended')
    await page.pass()
    assert.equal(page.asked(), before + 1)
    page.stop()
  })

  it('leaves a name as it is while the same party is there, however the number is written', async () => {
    const page = await inCallWith({ ...customer, name: 'Eva' }, { seenAs: { number: '0701740605', name: 'My Eva' } })
    page.has(page.call, { ...customer, name: 'Eva' })
    page.tell('call.ended')
    await page.pass()
    assert.deepEqual(page.shown(), ['0701740605 My Eva'])
  })

  it('says nothing of one party where there are several, or none that the server knows', async () => {
    const page = await inCallWith(anna)
    for (const others of [[anna, erik], []]) {
      page.has(page.call, ...others)
      page.tell('call.transferred')
      await page.pass()
      assert.deepEqual(page.shown(), ['203 Anna Ek'])
    }
  })
})

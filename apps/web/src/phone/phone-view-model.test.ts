import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { type Api, ApiFault } from '../api/api.ts'
import { keptIn } from '../base/storage.ts'
import { FakeAudio, FakePhone } from './fake-phone.ts'
import { PhoneViewModel } from './phone-view-model.ts'
import { TabLock } from './tab-lock.ts'

type Ask = (id: string, request: { body?: Record<string, unknown> }) => Promise<unknown>

/** Storage of one browser, for pages that come after each other. */
function storage() {
  const values = new Map<string, string>()
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}

/** A page with a telephone, registered; `ask` answers for the server. */
async function page({
  ask,
  shared = storage(),
  clock = new VirtualClock(),
}: {
  ask?: Ask
  shared?: ReturnType<typeof storage>
  clock?: VirtualClock
} = {}) {
  const pageClock = {
    nowMs: () => clock.now(),
    startTimer: (delayMs: number, run: () => void) => {
      const timer = clock.startTimer(delayMs, run)
      return () => timer.stop()
    },
  }
  const account = () => ({
    address: 'sip:204@demo.vaxel.test',
    displayName: 'Anna',
    extension: '204',
    domain: 'demo.vaxel.test',
    username: 'browser',
    password: 'secret',
    expiresAt: new Date(clock.now() + 12 * 3_600_000).toISOString(),
    webSockets: [],
    iceServers: [],
    reconnectSeconds: 30,
  })
  const asked: { id: string; body: Record<string, unknown> | undefined }[] = []
  const api = {
    call: async (id: string, request: { body?: Record<string, unknown> } = {}) => {
      asked.push({ id, body: request.body })
      const answer = await ask?.(id, request)
      return answer ?? (id === 'openPhone' ? account() : { items: [] })
    },
  } as unknown as Api
  const sip = new FakePhone(() => clock.now())
  const audio = new FakeAudio()
  const posted: unknown[] = []
  const channel = { post: (message: unknown) => void posted.push(message), onMessage: () => () => {} }
  let lease: { owner: string; untilMs: number } | undefined
  const lock = new TabLock({
    channel,
    lease: { get: () => lease, set: (value) => void (lease = value) },
    ...pageClock,
    tabId: 'tab',
  })
  const phone = new PhoneViewModel({
    phone: sip,
    api,
    lock,
    audio,
    kept: keptIn(shared),
    clock: pageClock,
    instanceId: 'instance',
    clientVersion: '1.0.0',
    channel,
  })
  phone.begin()
  await clock.advanceAsync(0)
  const call = async (number: string) => {
    await phone.call(number)
    return sip.calls.at(-1)!
  }
  /** An outgoing call that was answered. */
  const talking = async (number: string) => {
    const made = await call(number)
    made.connect()
    return made
  }
  const seen = () => phone.state.get().calls.map(({ number, state }) => `${number} ${state.name}`)
  const loseLock = async () => {
    lease = { owner: 'another', untilMs: clock.now() + 60_000 }
    await clock.advanceAsync(1000)
  }
  return { phone, sip, audio, clock, shared, asked, posted, call, talking, seen, loseLock }
}

const isHeld = (call: { state: { get(): { name: string; isHeld?: boolean } } }) => call.state.get().isHeld

describe('calls of the phone', () => {
  it('rings at the own side only while the far end sends no tone of its own', async () => {
    const { call, audio } = await page()
    const made = await call('205')
    made.ring()
    assert.equal(audio.ringing, 'ringback')
    made.ring(true)
    assert.equal(audio.ringing, 'none')
    made.connect()
    assert.equal(audio.ringing, 'none')
    made.end()
    assert.equal(audio.isOpen, false, 'nobody speaks: the microphone is let go')
  })

  it('dials what a link says without its scheme and separators, and again', async () => {
    const { phone, sip, call } = await page()
    await call('tel:+46 (8) 465-004 01')
    sip.calls[0]!.end()
    await phone.redial()
    assert.deepEqual(
      sip.calls.map(({ remote }) => remote.number),
      ['+46846500401', '+46846500401'],
    )
  })

  it('knocks softly when somebody calls during a call; answering holds the other', async () => {
    const { phone, sip, audio, talking } = await page()
    const first = await talking('205')
    const second = sip.incoming('206', 'Bo')
    assert.equal(audio.ringing, 'waiting')
    await phone.answer(second.id)
    assert.equal(audio.ringing, 'none')
    assert.equal(isHeld(first), true)
    assert.equal(phone.state.get().activeId, second.id)
    phone.swap()
    assert.deepEqual([isHeld(first), isHeld(second)], [false, true])
    second.end()
    assert.equal(phone.state.get().activeId, first.id)
  })

  it('declines, and with words when there are some', async () => {
    const { phone, sip } = await page()
    phone.reject(sip.incoming('206').id)
    phone.reject(sip.incoming('207').id, 'I call you back.')
    assert.deepEqual(
      sip.calls.map(({ asked }) => asked),
      [['reject 603'], ['reject 486']],
    )
    assert.deepEqual(sip.messages, [['207', 'I call you back.']])
    assert.deepEqual(phone.state.get().calls, [])
  })

  it('gives a call away at once, and keeps it when that is refused', async () => {
    const { phone, talking, seen } = await page()
    const first = await talking('205')
    first.refusesTransfer = true
    await assert.rejects(phone.transfer(first.id, '209'))
    assert.deepEqual(seen(), ['205 connected'])
    first.refusesTransfer = false
    await phone.transfer(first.id, '209')
    assert.deepEqual(seen(), [])
  })

  it('asks first, then brings both together; whoever hangs up meanwhile leaves the first call', async () => {
    const { phone, sip, talking } = await page()
    const first = await talking('205')
    await phone.consult(first.id, '206')
    assert.equal(isHeld(first), true)
    sip.calls[1]!.end({ by: 'them', status: 486 })
    assert.equal(isHeld(first), false, 'back to the one who waits')
    await phone.consult(first.id, '207')
    const asked = sip.calls[2]!
    asked.connect()
    await phone.join(first.id, asked.id)
    assert.ok(first.asked.includes(`join ${asked.id}`))
  })

  it('lets three talk together by the server: the call that is spoken on stays, the other one goes into it', async () => {
    const live = (id: string, sipCallId: string) => ({
      id,
      connections: [{ legId: `leg of ${id}`, own: { sipCallId } }],
    })
    const { phone, sip, asked, talking } = await page({
      ask: async (id) =>
        id === 'listLiveCalls'
          ? { items: sip.calls.map((call, at) => live(`call ${at}`, call.dialog().callId)) }
          : undefined,
    })
    const first = await talking('205')
    const second = await talking('206')
    await phone.conference()
    const commands = asked.filter(({ id }) => id === 'commandCall').map(({ body }) => body)
    assert.deepEqual(commands, [{ legId: 'leg of call 1', otherCallId: 'call 0' }])
    assert.deepEqual([isHeld(first), isHeld(second)], [true, false])
    phone.hold(second.id)
    await phone.conference()
    assert.equal(isHeld(second), false, 'both on hold: the one in front is spoken on again')
  })

  it('mutes, and sends digits, where one speaks', async () => {
    const { phone, talking } = await page()
    const first = await talking('205')
    const second = await talking('206')
    phone.toggleMute()
    phone.sendDigits('12#')
    assert.deepEqual([first.isMuted.get(), second.isMuted.get()], [false, true])
    assert.ok(second.asked.includes('digits 12#'))
    assert.ok(!first.asked.includes('digits 12#'))
  })

  it('says in words why there is no microphone, and lets the call ring on', async () => {
    const { phone, sip, audio, seen } = await page()
    const call = sip.incoming('206')
    for (const [name, why] of [
      ['NotAllowedError', 'denied'],
      ['NotFoundError', 'missing'],
      ['NotReadableError', 'busy'],
      ['NotSupportedError', 'unsupported'],
    ] as const) {
      audio.refusal = name
      await phone.answer(call.id)
      assert.deepEqual(phone.state.get().problem, { name: 'microphone', why })
    }
    assert.deepEqual(seen(), ['206 incoming'])
    audio.refusal = undefined
    await phone.answer(call.id)
    assert.equal(phone.state.get().problem, undefined)
    assert.deepEqual(seen(), ['206 connected'])
  })

  it('gives another microphone to the calls that go on', async () => {
    const { phone, audio, talking } = await page()
    const first = await talking('205')
    audio.microphoneName = 'headset'
    await phone.microphoneChanged()
    assert.equal(first.sent, 'headset')
  })

  it('says how the line is by what both ends measure', async () => {
    const { phone, clock, talking } = await page()
    const call = await talking('205')
    call.line = { lossRatio: 0, jitterMs: 3, roundTripMs: 20, isEncrypted: true }
    await clock.advanceAsync(2000)
    assert.deepEqual(phone.state.get().calls[0]?.quality, { verdict: 'good', troubles: [] })
    phone.serverSays({ up: { lossRatio: 0.08, jitterMs: 5 } })
    await clock.advanceAsync(2000)
    assert.deepEqual(phone.state.get().calls[0]?.quality, { verdict: 'poor', troubles: ['lossUp'] })
  })
})

describe('a call that outlives what happens to the page', () => {
  it('is taken back by the next page, muted as it was, with its number and name', async () => {
    const before = await page()
    await before.phone.call('205', 'Bo')
    const call = before.sip.calls[0]!
    call.connect()
    before.phone.toggleMute()
    before.phone.leave()
    const { callId } = call.dialog()
    const after = await page({ shared: before.shared, clock: before.clock })
    const [back] = after.sip.calls
    assert.equal(back?.remote.number, '204', 'the own extension: nobody rings')
    assert.equal(back?.replaces, `${callId};to-tag=server;from-tag=own`)
    before.clock.advance(700)
    back.connect()
    await before.clock.advanceAsync(0)
    const [shown] = after.phone.state.get().calls
    assert.deepEqual([shown?.number, shown?.name, shown?.isMuted, shown?.returnedAfterMs], ['205', 'Bo', true, 700])
    assert.deepEqual(call.asked, ['mute'], 'the page that goes says nothing to the call')
  })

  it('is on hold, as it was: by what this browser kept, and by what the server says', async () => {
    const before = await page()
    await before.phone.call('205', 'Bo')
    const call = before.sip.calls[0]!
    call.connect()
    before.phone.hold(call.id)
    before.phone.leave()
    const after = await page({ shared: before.shared, clock: before.clock })
    const back = after.sip.calls[0]!
    assert.equal(isHeld(back), undefined, 'not before it is connected')
    back.connect()
    await before.clock.advanceAsync(0)
    assert.equal(isHeld(back), true)
    const own = { sipCallId: 'i', replaces: 'i;to-tag=a;from-tag=b', instanceId: 'instance', isReachable: false }
    const connections = [
      { legId: '1', state: 'hold', own },
      { legId: '2', state: 'connected', party: { number: '205' } },
    ]
    const live = { caller: { number: '204' }, called: { number: '205' }, connections }
    const forgot = await page({ ask: async (id) => (id === 'listLiveCalls' ? { items: [live] } : undefined) })
    const found = forgot.sip.calls[0]!
    found.connect()
    await forgot.clock.advanceAsync(0)
    assert.equal(isHeld(found), true)
  })

  it('is found by the API when nothing was kept, and not when it is of another browser', async () => {
    const connection = (instanceId: string) => ({
      legId: '1',
      state: 'connected',
      own: { sipCallId: instanceId, replaces: `${instanceId};to-tag=a;from-tag=b`, instanceId, isReachable: false },
    })
    const other = { legId: '2', state: 'connected', party: { number: '205' } }
    const ask: Ask = async (id) =>
      id === 'listLiveCalls'
        ? {
            items: ['instance', 'elsewhere'].map((instanceId) => ({
              caller: { number: '204' },
              called: { number: '205' },
              connections: [connection(instanceId), other],
            })),
          }
        : undefined
    const { sip, phone } = await page({ ask })
    assert.deepEqual(
      sip.calls.map(({ replaces }) => replaces),
      ['instance;to-tag=a;from-tag=b'],
    )
    assert.equal(phone.state.get().calls[0]?.number, '205')
  })

  it('is not taken back when it came and was answered here while the server was asked', async () => {
    const asking = Promise.withResolvers<unknown>()
    const { sip, phone, clock, seen } = await page({
      ask: async (id) => (id === 'listLiveCalls' ? await asking.promise : undefined),
    })
    const call = sip.incoming('205')
    await phone.answer(call.id)
    const own = { sipCallId: call.dialog().callId, replaces: 'r', instanceId: 'instance', isReachable: true }
    asking.resolve({
      items: [
        {
          caller: { number: '205' },
          called: { number: '204' },
          connections: [
            { legId: '1', state: 'connected', own },
            { legId: '2', state: 'connected', party: { number: '205' } },
          ],
        },
      ],
    })
    await clock.advanceAsync(0)
    assert.deepEqual(seen(), ['205 connected'])
  })

  it('is over when the server says so, and tried again while the server shows it', async () => {
    const before = await page()
    const call = await before.talking('205')
    before.phone.leave()
    const live = { shows: true }
    const ask: Ask = async (id) =>
      id === 'listLiveCalls' && live.shows
        ? {
            items: [
              {
                caller: { number: '204' },
                called: { number: '205' },
                connections: [
                  {
                    legId: '1',
                    state: 'connected',
                    own: { sipCallId: call.dialog().callId, replaces: 'r', instanceId: 'instance', isReachable: false },
                  },
                ],
              },
            ],
          }
        : undefined
    const after = await page({ shared: before.shared, clock: before.clock, ask })
    after.sip.calls[0]!.end({ by: 'them', status: 503 })
    await before.clock.advanceAsync(1000)
    assert.equal(after.sip.calls.length, 2, 'again after a second')
    after.sip.calls[1]!.end({ by: 'them', status: 481 })
    await before.clock.advanceAsync(5000)
    assert.equal(after.sip.calls.length, 2)
    assert.deepEqual(after.seen(), [])
  })

  it('is taken back by the same page when the connection broke under it', async () => {
    const { sip, talking, seen } = await page()
    const call = await talking('205')
    call.end({ by: 'network', isBroken: true })
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(sip.calls[1]?.replaces, `${call.dialog().callId};to-tag=server;from-tag=own`)
    sip.calls[1]!.connect()
    assert.deepEqual(seen(), ['205 connected'])
  })
})

describe('another network', () => {
  it('is noticed when nothing comes and the server does not answer: another connection, then another way for the call', async () => {
    const { phone, sip, clock, talking } = await page()
    const call = await talking('205')
    call.packets = 100
    await clock.advanceAsync(500)
    sip.answers = false
    await clock.advanceAsync(1500)
    assert.deepEqual([sip.asked.at(-1), call.asked.at(-1)], ['reconnect', 'restartIce'])
    assert.equal(phone.state.get().calls[0]?.returnedAfterMs, 0)
    assert.equal(sip.calls.length, 1, 'the same call')
  })

  it('is asked for when the browser says it, and a way that cannot be renewed is replaced', async () => {
    const { phone, sip, clock, talking, seen } = await page()
    const call = await talking('205')
    call.restarts = false
    phone.networkChanged()
    await clock.advanceAsync(0)
    assert.deepEqual(call.asked, [], 'the server answers: nothing has happened')
    sip.answers = false
    phone.networkChanged()
    await clock.advanceAsync(0)
    assert.equal(sip.calls[1]?.replaces, `${call.dialog().callId};to-tag=server;from-tag=own`)
    sip.calls[1]!.connect()
    assert.deepEqual(seen(), ['205 connected'])
  })
})

describe('where the phone is', () => {
  it('leaves a tab without a word to its calls when another tab takes it', async () => {
    const { phone, sip, audio, talking, loseLock } = await page()
    const call = await talking('205')
    await loseLock()
    assert.equal(phone.state.get().place, 'elsewhere')
    assert.deepEqual(call.asked, [])
    assert.deepEqual([sip.asked.at(-1), audio.isOpen], ['leave', false])
  })

  it('says who else is signed in where only one phone is allowed, and takes over when told to', async () => {
    let isTaken = true
    const ask: Ask = async (id, { body }) => {
      if (id !== 'openPhone') return undefined
      if (body?.['takeOver'] === true) isTaken = false
      if (isTaken)
        throw new ApiFault({ code: 'PHONE_ELSEWHERE', status: 409, title: 'Elsewhere', detail: 'linphone since 09:12' })
      return undefined
    }
    const { phone, sip } = await page({ ask })
    assert.deepEqual(phone.state.get().problem, { name: 'elsewhere', text: 'linphone since 09:12' })
    assert.deepEqual(sip.accounts, [])
    await phone.takeOverClient()
    assert.equal(phone.state.get().problem, undefined)
    assert.equal(sip.accounts.length, 1)
  })

  it('asks anew when the person has logged in again: the credential ended with the login before', async () => {
    const { phone, asked } = await page()
    const opened = () => asked.filter(({ id }) => id === 'openPhone').length
    const before = opened()
    await phone.renew()
    assert.equal(opened(), before + 1)
    phone.end()
    await phone.renew()
    assert.equal(opened(), before + 1)
  })

  it('asks again for what was refused for a passing reason, and renews before the credential ends', async () => {
    let isAway = true
    const ask: Ask = async (id) => {
      if (id === 'openPhone' && isAway) throw new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'Away' })
      return undefined
    }
    const { phone, sip, clock } = await page({ ask })
    assert.deepEqual(phone.state.get().problem, { name: 'unreachable' })
    isAway = false
    await clock.advanceAsync(5000)
    assert.equal(sip.accounts.length, 1)
    await clock.advanceAsync(11.75 * 3_600_000)
    assert.equal(sip.accounts.length, 2, 'a quarter of an hour before its end')
  })

  it('ends calls and registration at log-out, and leaves no timer', async () => {
    const { phone, sip, clock, talking } = await page()
    const call = await talking('205')
    phone.end()
    assert.deepEqual([call.asked.at(-1), sip.asked.at(-1)], ['hangUp', 'stop'])
    assert.equal(clock.waiting, 0)
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  ApiClient,
  Baresip,
  eventually,
  FreePorts,
  levelDbov,
  parseWav,
  type Platform,
  sippSdp,
  startPlatform,
  toneLevelDbov,
  type Wav,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { inDialog, maybe, pause, play, request, response, scenario, stopAll } from '../sipp/sipp-phone.ts'

const toneHz = { caller: 620, agent: 440, outside: 880, supervisor: 1500 } as const
const mobile = '+46701740605'
const direct = '+46846500499'

interface Draft {
  readonly revision: number
  readonly centre: { readonly queues: readonly Record<string, unknown>[] }
}
interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly party: { readonly number: string }; readonly state: string }[]
}
interface QueueNow {
  readonly id: string
  readonly now: { readonly counts: Readonly<Record<string, number>> }
}

describe('a queue with real telephones', () => {
  let platform: Platform
  let free: FreePorts
  let api: ApiClient
  let agentApi: ApiClient
  let caller: Baresip
  let agent: Baresip
  let supervisor: Baresip
  let outside: Baresip
  let carrierPort: number
  let queueId: string
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    const registrar = platform.sip
    ;[caller, agent, supervisor, outside] = await Promise.all([
      Baresip.start({ user: '204', password: 'sip-204', registrar, toneHz: toneHz.caller, answer: 'auto' }),
      Baresip.start({ user: '202', password: 'sip-202', registrar, toneHz: toneHz.agent, answer: 'auto' }),
      Baresip.start({ user: '201', password: 'sip-201', registrar, toneHz: toneHz.supervisor, answer: 'auto' }),
      Baresip.start({ user: mobile, toneHz: toneHz.outside, answer: 'auto' }),
    ])
    api = await platform.login()
    agentApi = await ApiClient.login(platform.url, '202@demo.vaxel.test', 'demo-202')
    carrierPort = await free.port()
    await prepare()
  })
  after(async () => {
    await stopAll()
    for (const phone of [caller, agent, supervisor, outside]) await phone?.stop()
    free?.release()
    await platform?.stop()
  })

  /** A queue at 310 and at a direct number, with one agent, and a trunk to a mobile telephone and from a carrier. */
  async function prepare(): Promise<void> {
    const trunks = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    const trunk = trunks.items.find(({ name }) => name === 'pstn')
    await api.patch(`/api/v1/trunks/${trunk!.id}`, {
      targets: [{ host: '127.0.0.1', port: outside.sipPort, protocol: 'udp' }],
      fromAddresses: [`127.0.0.1:${carrierPort}`],
    })
    const users = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users')
    const userIds = users.items.filter(({ name }) => name === '202').map(({ id }) => id)
    const made = await api.post<{ queueId: string }>('/api/v1/centre/queues', {
      name: 'Sales',
      number: '310',
      userIds,
      hours: 'always',
    })
    queueId = made.queueId
    await api.put(`/api/v1/centre/queues/${queueId}/numbers/${encodeURIComponent(direct)}`, {})
    const { centre, revision } = await api.get<Draft>('/api/v1/centre/draft')
    const voice = { saysPosition: true, saysWait: true, everySeconds: 15, callBackAfterSeconds: 0 }
    const queues = centre.queues.map((queue) => ({
      ...queue,
      voice,
      recording: 'always',
      wrapUp: { seconds: 0, needsCode: false },
    }))
    const put = await api.put<Draft>('/api/v1/centre/draft', { revision, centre: { ...centre, queues } })
    await api.post('/api/v1/centre/publications', { revision: put.revision })
  }

  const state = (to: string, more: object = {}) => agentApi.post('/api/v1/agent/state', { to, ...more })
  const counts = async (): Promise<QueueNow['now']['counts']> => {
    const { queues } = await api.get<{ queues: QueueNow[] }>('/api/v1/centre/now')
    return queues.find(({ id }) => id === queueId)!.now.counts
  }
  const dial = async (): Promise<number> => {
    const from = caller.events.length
    await caller.dial('310')
    await caller.waitFor('CALL_ESTABLISHED', 30_000, from)
    return from
  }
  const established = (phone: Baresip, from: number) => phone.waitFor('CALL_ESTABLISHED', 30_000, from)
  const closed = (phone: Baresip, from: number) => phone.waitFor('CALL_CLOSED', 30_000, from)
  const lastHeard = (phone: Baresip): Promise<Wav> =>
    eventually(`what ${phone.user} heard`, () => phone.heard().findLast(({ durationMs }) => durationMs > 0))
  /** Milliseconds in which a tone is heard. */
  const heardMs = ({ channels, rateHz }: Wav, wantedHz: number): number => {
    const piece = rateHz / 10
    const samples = channels[0]!
    let pieces = 0
    for (let at = 0; at + piece <= samples.length; at += piece)
      if (toneLevelDbov(samples.subarray(at, at + piece), rateHz, wantedHz) > -30) pieces++
    return 100 * pieces
  }
  const twoTalk = () =>
    eventually('two talk', async () => {
      const { items } = await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')
      return items.find(
        ({ connections }) => connections.filter(({ state: connection }) => connection === 'connected').length === 2,
      )
    })
  const told = async (callId: string, code: string) => {
    const { steps } = await api.get<{ steps: { code: string; params: Record<string, unknown> }[] }>(
      `/api/v1/calls/${callId}/story`,
    )
    return steps.find((step) => step.code === `service.queue.${code}`)
  }

  it('a caller hears the queue, has the agent, and a supervisor is heard by those who are meant to', async () => {
    const begun = await dial()
    await talk(3200)
    const ringing = agent.events.length
    await state('logIn', { line: { kind: 'devices' } })
    await state('ready')
    await established(agent, ringing)
    const call = await twoTalk()
    const listening = supervisor.events.length
    const own = await api.post<{ callId: string }>(`/api/v1/centre/calls/${call.id}/monitor`, { mode: 'listen' })
    await established(supervisor, listening)
    await talk(1500)
    await supervisor.command('sndcode', '2')
    await talk(1600)
    await api.post(`/api/v1/centre/calls/${own.callId}/monitor`, { mode: 'barge' })
    await talk(1600)
    await caller.hangUp()
    await Promise.all([closed(caller, begun), closed(agent, ringing), closed(supervisor, listening)])

    const [byCaller, byAgent, bySupervisor] = await Promise.all([caller, agent, supervisor].map(lastHeard))
    assert.ok(levelDbov(byCaller!.channels[0]!.subarray(0, byCaller!.rateHz * 3)) > -40, 'the caller hears words')
    // A busy machine loses sound, so that only much less than was said counts as too little.
    const [customer, colleague] = [toneHz.caller, toneHz.agent].map((tone) => heardMs(bySupervisor!, tone))
    assert.ok(customer! >= 1000 && colleague! >= 1000, `the supervisor hears both: ${customer} and ${colleague} ms`)
    assert.ok(heardMs(byCaller!, toneHz.agent) >= 1500)
    const [atAgent, atCaller] = [heardMs(byAgent!, toneHz.supervisor), heardMs(byCaller!, toneHz.supervisor)]
    assert.ok(atCaller >= 500, `the customer hears who joins in: ${atCaller} ms`)
    assert.ok(atAgent >= atCaller + 600, `the agent hears the whisper, too: ${atAgent} and not ${atCaller} ms`)
    const place = await eventually('the story of the call', () => told(call.id, 'told'))
    assert.equal(place.params['position'], 1)
    await eventually('the figures', async () => (await counts())['answered'] === 1 || undefined)
  })

  it('a rule leads to the queue, and the queue has what is said recorded', async () => {
    await ruleAt('330')
    await state('ready')
    const [begun, ringing] = [caller.events.length, agent.events.length]
    await caller.dial('330')
    await established(caller, begun)
    await established(agent, ringing)
    await talk(1500)
    await caller.hangUp()
    await Promise.all([closed(caller, begun), closed(agent, ringing)])
    interface Kept {
      readonly items: readonly { readonly id: string; readonly state: string; readonly durationMs?: number }[]
    }
    const kept = await eventually('what was recorded', async () => {
      const { items } = await api.get<Kept>('/api/v1/recordings?trigger=rule')
      return items.find(({ durationMs = 0 }) => durationMs > 500)
    })
    const sound = await fetch(`${platform.url}/api/v1/recordings/${kept.id}/audio`, {
      headers: { authorization: `Bearer ${api.token}` },
    })
    const { channels, rateHz } = parseWav(Buffer.from(await sound.arrayBuffer()), 'recording')
    const levels = [toneHz.caller, toneHz.agent].map((tone) =>
      Math.max(...channels.map((channel) => toneLevelDbov(channel, rateHz, tone))),
    )
    assert.ok(
      levels.every((level) => level > -40),
      `both are in it: ${levels.join(' and ')} dBov`,
    )
    await eventually('the figures', async () => (await counts())['answered'] === 2 || undefined)
  })

  it('a caller is called back in their place, with the queue’s number', async () => {
    await state('notReady', { reason: await anyReason() })
    const begun = await dial()
    await talk(500)
    await caller.command('sndcode', '1')
    await talk(700)
    await caller.command('sndcode', '1')
    await closed(caller, begun)
    const [ringing, calledBack] = [agent.events.length, caller.events.length]
    await state('ready')
    await established(agent, ringing)
    await established(caller, calledBack)
    await talk(1500)
    await agent.hangUp()
    await closed(caller, calledBack)
    assert.ok(heardMs(await lastHeard(caller), toneHz.agent) >= 500)
    assert.ok(
      caller.events.slice(calledBack).some((event) => JSON.stringify(event).includes('Sales')),
      'the queue is shown as the caller',
    )
  })

  it('an agent at a mobile telephone takes the customer by a key (RFC 4733)', async () => {
    await state('logOff')
    await state('logIn', { line: { kind: 'number', number: mobile, isKept: false } })
    await state('ready')
    const ringing = outside.events.length
    const begun = await dial()
    await established(outside, ringing)
    await talk(1000)
    await outside.command('sndcode', '1')
    await talk(2000)
    await outside.hangUp()
    await closed(caller, begun)
    assert.ok(heardMs(await lastHeard(caller), toneHz.outside) >= 600)
    assert.ok(heardMs(await lastHeard(outside), toneHz.caller) >= 600)
  })

  it('an agent’s mobile telephone stays connected between customers', async () => {
    await state('logOff')
    const ringing = outside.events.length
    await state('logIn', { line: { kind: 'number', number: mobile, isKept: true } })
    await established(outside, ringing)
    await talk(800)
    await outside.command('sndcode', '1')
    await talk(800)
    await state('ready')
    const begun = await dial()
    // A tone and the number of the queue come first.
    await eventually('the agent has the customer', async () => {
      const { desk } = await agentApi.get<{ desk: { items: readonly { state: string }[] } }>('/api/v1/agent')
      return desk.items.some((item) => item.state === 'assigned')
    })
    await talk(1600)
    await outside.command('sndcode', '#')
    await closed(caller, begun)
    assert.ok(heardMs(await lastHeard(caller), toneHz.outside) >= 600)
    assert.ok(!outside.events.slice(ringing).some(({ type }) => type === 'CALL_CLOSED'), 'still connected')
    await state('logOff')
    await closed(outside, ringing)
    assert.ok(heardMs(await lastHeard(outside), toneHz.caller) >= 600)
  })

  it('a dozen callers from outside are all counted, once each', async () => {
    await state('logIn', { line: { kind: 'devices' } })
    await state('ready')
    const before = await counts()
    const user = '+46855512345'
    await play(
      { platform, user, port: carrierPort },
      scenario(
        request('INVITE', user, direct, 1, [], sippSdp),
        maybe(100),
        maybe(180),
        response(200, 'rrs="true"'),
        inDialog('ACK', user, direct, 1),
        pause(2500),
        inDialog('BYE', user, direct, 2),
        response(200),
      ),
      { service: direct, calls: 12, rate: 6 },
    ).succeed()
    const sum = await eventually('all are counted', async () => {
      const now = await counts()
      const of = (name: string) => (now[name] ?? 0) - (before[name] ?? 0)
      return of('answered') + of('abandoned') === 12
        ? { arrived: of('arrived'), answered: of('answered'), now }
        : undefined
    })
    assert.equal(sum.arrived, 12)
    assert.ok(sum.answered >= 2, `the agent took several: ${JSON.stringify(sum.now)}`)
  })

  /** A number with a rule that leads to the queue at once. */
  async function ruleAt(number: string): Promise<void> {
    const nodes = [
      { id: 'queue', kind: 'queue', number: '310', exits: { refused: 'end' } },
      { id: 'end', kind: 'hangUp', exits: {} },
    ]
    const draft = { start: 'queue', nodes, timeZone: 'Europe/Stockholm', mostStaySeconds: 600 }
    const { id } = await api.post<{ id: string }>('/api/v1/flows', { name: 'To the queue', draft })
    await api.post(`/api/v1/flows/${id}/versions`, { revision: 1 })
    await api.post('/api/v1/numbers', { number, target: { kind: 'service', service: 'flow', id } })
  }

  async function anyReason(): Promise<string> {
    const { centre } = await api.get<{ centre: { reasons: { id: string }[] } }>('/api/v1/centre/draft')
    return centre.reasons[0]!.id
  }
})

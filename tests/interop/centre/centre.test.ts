import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CentreFact } from '@vaxel/core'
import { faultsOf, type WorkCounts } from '@vaxel/core'
import { ApiClient, eventually, FreePorts, type Platform, type Sipp, sippSdp, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { centreFaultsOf } from '../../../packages/features/src/contact-centre/ledger-faults.test-support.ts'
import { comesBackToWork, isMissed, type KillingGround, type WatchedAgent } from './killed-browsers.ts'
import { PostgresServer } from '../postgres/postgres-server.ts'
import {
  inDialog,
  maybe,
  pause,
  play,
  register,
  request,
  requestOf,
  respond,
  response,
  scenario,
  stopAll,
} from '../sipp/sipp-phone.ts'

const direct = '+46846500499'
const outside = '+46855512345'
/** Answer at once, and talk until the caller hangs up. */
const talkers = ['202', '205', '207']
/** Its telephone rings on. */
const ringer = '206'
/** Works in a browser. */
const browsing = '204'
const browserQueue = '312'
const callers = Number(process.env['VAXEL_TEST_CALLERS'] ?? 30)
const awayMs = Number(process.env['VAXEL_TEST_AWAY_MS'] ?? 8000)
const limitMs = 30_000

interface Draft {
  readonly revision: number
  readonly centre: { readonly queues: readonly Readonly<Record<string, unknown>>[] }
}
interface QueueNow {
  readonly id: string
  readonly now: {
    readonly counts: WorkCounts
    readonly waiting: readonly { readonly channel: string; readonly count: number; readonly oldestItemId?: string }[]
  }
}
interface AgentNow {
  readonly id: string
  readonly now: {
    readonly state: string
    readonly reason?: { readonly id: string }
    readonly asked: number
    readonly items: WatchedAgent['items']
  }
}
interface Wall {
  readonly day: string
  readonly queues: readonly QueueNow[]
  readonly agents: readonly AgentNow[]
}
interface Report {
  readonly rows: readonly { readonly queueId?: string; readonly counts: WorkCounts }[]
  readonly total: { readonly counts: WorkCounts }
}

describe('a contact centre on PostgreSQL, called from outside', () => {
  const phones: NetPhone[] = []
  const agents = new Map<string, ApiClient>()
  const userIds = new Map<string, string>()
  let server: PostgresServer
  let databaseUrl: string
  let platform: Platform
  let free: FreePorts
  let api: ApiClient
  let carrierPort: number
  let sales: string
  let web: string
  let browserQueueId: string

  before(async () => {
    server = await PostgresServer.start()
    databaseUrl = await server.newDatabase()
    free = await FreePorts.claim()
    carrierPort = await free.port()
    platform = await startPlatform({ environment: environment(120), mediaPortCount: 300 })
    await comeIn()
    const trunks = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    await api.patch(`/api/v1/trunks/${trunks.items.find(({ name }) => name === 'pstn')!.id}`, {
      fromAddresses: [`127.0.0.1:${carrierPort}`],
    })
    const users = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users')
    for (const { id, name } of users.items) userIds.set(name, id)
    const idsOf = (names: readonly string[]) => names.map((name) => userIds.get(name)!)
    const makeQueue = (name: string, number: string, names: readonly string[]) =>
      api.post<{ queueId: string }>('/api/v1/centre/queues', { name, number, userIds: idsOf(names), hours: 'always' })
    sales = (await makeQueue('Sales', '310', [...talkers, ringer])).queueId
    web = (await makeQueue('Web', '311', ['208'])).queueId
    browserQueueId = (await makeQueue('Browser', browserQueue, [browsing, '207'])).queueId
    await api.put(`/api/v1/centre/queues/${sales}/numbers/${encodeURIComponent(direct)}`, {})
    const { centre, revision } = await api.get<Draft>('/api/v1/centre/draft')
    const queues = centre.queues.map((queue) => ({
      ...queue,
      wrapUp: { seconds: 0, needsCode: false },
      ...(queue['id'] === web ? { channels: ['call', 'chat'] } : {}),
      ...(queue['id'] === browserQueueId
        ? { channels: ['call', 'chat'], offerSeconds: 60, wrapUp: { seconds: 300, needsCode: false } }
        : {}),
    }))
    const put = await api.put<Draft>('/api/v1/centre/draft', { revision, centre: { ...centre, queues } })
    await api.post('/api/v1/centre/publications', { revision: put.revision })
    const ringing = { platform, user: ringer, port: await free.port() }
    await register(ringing)
    play(ringing, scenario(requestOf('INVITE', 'rrs="true"'), respond('180 Ringing', ringer), pause(600_000)), {
      limitMs: 600_000,
    })
    for (const user of talkers) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      phones.push(phone)
      assert.equal(await phone.register(3600), 200)
      await state(user, 'logIn')
    }
  })
  after(async () => {
    await stopAll()
    for (const phone of phones) await phone.close()
    await platform?.program.stop('SIGKILL')
    free?.release()
    await server?.end()
  })

  const environment = (reconnectSeconds = 5) => ({
    VAXEL_DATABASE_URL: databaseUrl,
    VAXEL_RECONNECT: `${reconnectSeconds}`,
  })
  async function comeIn(): Promise<void> {
    api = await platform.login()
    for (const user of [...talkers, ringer, browsing]) agents.set(user, await platform.login(user))
  }
  const ground = (): KillingGround => ({
    url: platform.url,
    api,
    browsing,
    colleague: '207',
    queueNumber: browserQueue,
    queueId: browserQueueId,
    customer: phones[0]!,
    state,
    agent: (user) => agents.get(user)!,
    agentNow,
    facts: async () => (await facts()).filter((fact) => 'queueId' in fact && fact.queueId === browserQueueId),
  })
  const state = (user: string, to: string) => agents.get(user)!.post('/api/v1/agent/state', { to, reason: 'break' })
  const rest = (user: string) =>
    api.post(`/api/v1/centre/agents/${userIds.get(user)}/commands/notReady`, { reason: 'supervisor' })
  const wall = () => api.get<Wall>('/api/v1/centre/now')
  const queueNow = async (id: string) => (await wall()).queues.find((queue) => queue.id === id)!.now
  const agentNow = async (user: string) => (await wall()).agents.find(({ id }) => id === userIds.get(user))!.now
  const counts = async () => (await queueNow(sales)).counts
  const report = async (query: string): Promise<Report> => {
    const { day } = await wall()
    return await api.get<Report>(`/api/v1/centre/reports/work?from=${day}&to=${day}&${query}`)
  }

  /** Callers over the trunk, who hang up by themselves. */
  const call = (calls: number, rate: number, patience: string): Sipp =>
    play(
      { platform, user: outside, port: carrierPort },
      scenario(
        request('INVITE', outside, direct, 1, [], sippSdp),
        maybe(100),
        maybe(180),
        maybe(183),
        response(200, 'rrs="true"'),
        inDialog('ACK', outside, direct, 1),
        patience,
        inDialog('BYE', outside, direct, 2),
        response(200),
      ),
      { service: direct, calls, rate, limitMs: 120_000 },
    )

  /** Whether the wallboard, the reports by interval and the ledger itself say the same, and add up. */
  async function addsUp(): Promise<void> {
    const all = await report('by=queue,channel&interval=quarter')
    for (const { counts: some } of [...all.rows, all.total]) assert.deepEqual(faultsOf(some), [])
    const byQueue = await report('by=queue')
    for (const { id, now } of (await wall()).queues) {
      const row = byQueue.rows.find(({ queueId }) => queueId === id)
      if (row || now.counts.arrived > 0) assert.deepEqual(now.counts, row?.counts)
    }
    assert.deepEqual(centreFaultsOf(await facts()), [])
  }

  /** As the ledger has them. */
  async function facts(): Promise<CentreFact[]> {
    const rows = await server.execute(
      "select kind, at_ms, data from events where kind like 'work.%' order by number",
      databaseUrl,
    )
    return rows.map(
      ({ kind, at_ms: atMs, data }) =>
        ({ kind, atMs: Number(atMs), ...JSON.parse(String(data)) }) as unknown as CentreFact,
    )
  }

  it('a browser killed (kill -9) while its agent talks, holds or notes: opened anew, it is where the old one was', async () => {
    await comesBackToWork(ground())
    await addsUp()
  })

  it(`${callers} callers and three agents: every caller is counted once, in the interval in which they came`, async () => {
    for (const user of talkers) await state(user, 'ready')
    await call(callers, 6, '<pause distribution="uniform" min="200" max="6000"/>').succeed()
    const now = await eventually(
      'all are over',
      async () => {
        const some = await counts()
        return some.answered + some.abandoned === callers && some.handled === some.answered && some
      },
      limitMs,
    )
    assert.equal(now.arrived, callers)
    assert.ok(now.answered >= 3 && now.abandoned >= 1, JSON.stringify(now))
    await addsUp()
  })

  it('killed (kill -9) with calls that talk, ring and wait: what comes back is what is reported', async () => {
    for (const user of ['205', '207']) await rest(user)
    const site = await api.post<{ id: string }>('/api/v1/chat-sites', {
      name: 'Shop',
      queueId: web,
      origins: ['https://shop.example'],
      asks: 'nothing',
      consent: '',
      greeting: '',
      offersVoice: false,
      keepDays: 30,
    })
    const visitor = new ApiClient(platform.url)
    const { key } = await visitor.post<{ key: string }>(`/api/v1/visitor/sites/${site.id}/chats`, {
      hasAgreed: true,
      text: 'Do you have one?',
      language: 'en',
    })
    const chat = (await queueNow(web)).waiting.find(({ channel }) => channel === 'chat')
    assert.equal(chat?.count, 1)
    const before = await counts()
    const calling = call(4, 4, pause(600_000))
    await eventually('one talks', async () => (await counts()).answered === before.answered + 1, limitMs)
    await state(ringer, 'logIn')
    await state(ringer, 'ready')
    await eventually('one rings', async () => (await agentNow(ringer)).asked === 1, limitMs)
    await eventually('two wait on', async () => (await counts()).open === 3, limitMs)
    await platform.kill()
    await calling.stop()
    platform = await startPlatform({
      data: platform.data,
      ports: platform.ports,
      environment: environment(),
    })
    await comeIn()
    const after = await counts()
    assert.deepEqual(
      [
        after.arrived - before.arrived,
        after.answered - before.answered,
        after.abandoned - before.abandoned,
        after.open,
      ],
      [4, 1, 3, 0],
    )
    assert.equal(after.handled - before.handled, 1, 'the conversation is over')
    for (const user of ['202', ringer]) {
      const { state: is, reason, asked, items } = await agentNow(user)
      assert.deepEqual([is, reason?.id, asked, items], ['notReady', 'restarted', 0, []])
    }
    assert.equal((await agentNow('208')).state, 'loggedOff')
    assert.deepEqual(
      (await queueNow(web)).waiting.find(({ channel }) => channel === 'chat'),
      chat,
      'the visitor waits on, in their place',
    )
    const view = await new ApiClient(platform.url).get<{ state: string }>(`/api/v1/visitor/chats/${key}`)
    assert.equal(view.state, 'waiting')
    await addsUp()
  })

  it('a browser killed (kill -9) that does not come back: visitor and caller go to the next, the agent is not ready', async () => {
    await isMissed(ground())
    await eventually('nobody waits', async () => (await report('')).total.counts.open === 1, limitMs)
    await addsUp()
  })

  it(`PostgreSQL stopped for ${awayMs / 1000} s while callers wait and an agent answers: nothing is lost or told twice`, async () => {
    const before = await counts()
    const calling = call(4, 4, pause(6000))
    await eventually('four wait', async () => (await counts()).open === 4, limitMs)
    const stoppedMs = performance.now()
    await server.stop()
    await state('202', 'ready')
    await eventually('an agent talks', async () => (await agentNow('202')).items.length === 1, limitMs)
    await calling.succeed()
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, awayMs - (performance.now() - stoppedMs))))
    await server.resume()
    await eventually('all is well', async () => (await fetch(`${platform.url}/healthz`)).ok, limitMs)
    const after = await eventually('all are over', async () => {
      const some = await counts()
      return some.open === 0 && some.handled === some.answered && some
    })
    assert.equal(after.arrived - before.arrived, 4)
    assert.ok(after.answered > before.answered)
    await addsUp()
  })
})
